"""The addresses of the reports room."""

from django.urls import include, path

from liencap.reports.told.urls import urlpatterns as told
from liencap.reports.views import (
    consolidating,
    device,
    evidence,
    members,
    periods,
    review,
    rollup,
    templates,
    writing,
)

app_name = "reports"
of_unit = [
    path("", rollup.rollup, name="rollup"),
    path("consolidate/", consolidating.begin, name="consolidate"),
    path("check/", rollup.check, name="check-totals"),
    path("missing/", rollup.missing, name="missing"),
    path("ledger.csv", rollup.ledger, name="ledger"),
    path("<slug:kind>/<slug:code>/<str:cell>/", rollup.parts, name="parts"),
]
urlpatterns = [
    path("", include("liencap.reports.issuing.urls")),
    path("", include("liencap.reports.owed.urls")),
    path("", writing.owed_list, name="list"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<slug:language>/", templates.template_file, name="template-file"),
    path("templates/<slug:language>/reset/", templates.template_reset, name="template-reset"),
    path("", include("liencap.reports.answering.urls")),
    path("inbox/", review.inbox, name="inbox"),
    path("periods/", periods.period_list, name="periods"),
    path("periods/<int:pk>/open/", periods.period_open, name="period-open"),
    path("periods/<int:pk>/plan/", periods.period_change, name="period-change"),
    path("periods/<int:pk>/plan/take-back/", periods.period_drop, name="period-drop"),
    path("periods/<int:pk>/close/", periods.period_close, name="period-close"),
    path("periods/<int:period>/units/<int:unit>/", include(of_unit)),
    path("programmes/<int:programme>/periods/new/", periods.period_new, name="period-new"),
    path("", include("liencap.reports.forming.urls")),
    path("", include("liencap.reports.joint.urls")),
    path("", include("liencap.reports.recorded.urls")),
    path("consolidated/<int:pk>/", consolidating.consolidated, name="consolidated"),
    *told,
    path("consolidated/<int:pk>/editions/", include("liencap.reports.editions.urls")),
    path("consolidated/<int:pk>/publish/", consolidating.publish, name="publish"),
    path("consolidated/<int:pk>/<slug:kind>/", consolidating.file, name="consolidated-file"),
    path("issued/<int:unit>/", members.issued_list, name="issued-list"),
    path("issued/<int:unit>/<int:pk>/", members.issued_report, name="issued"),
    path("<int:pk>/", review.report, name="report"),
    path("<int:pk>/write/", writing.write, name="write"),
    path("<int:pk>/autosave/", writing.autosave, name="autosave"),
    path("<int:pk>/tasks/<int:task>/files/", evidence.evidence, name="evidence"),
    path("files/<int:pk>/", evidence.evidence_file, name="evidence-file"),
    path("files/<int:pk>/remove/", evidence.evidence_remove, name="evidence-remove"),
    path("worker.js", device.worker, name="device-worker"),
    path("device/key/", device.key, name="device-key"),
    path("device/news/", device.news, name="device-news"),
    path("<int:pk>/deliver/", device.deliver, name="deliver"),
    path("<int:pk>/send/", writing.send, name="send"),
    path("<int:pk>/accept/", review.accept, name="accept"),
    path("<int:pk>/return/", review.send_back, name="return"),
]
