"""Addresses of the room."""

from django.urls import include, path

from liencap.reviews.views import (
    calling,
    carrying,
    earlier,
    judging,
    lists,
    looking,
    publishing,
    sampling,
    writing,
)

app_name = "reviews"
of_unit = [
    path("", looking.unit_review, name="unit"),
    path("figures/", looking.figures, name="figures"),
    path("timeline/", looking.moments, name="timeline"),
    path("standing/", looking.standing, name="standing"),
    path("print/<str:kind>/", looking.print_review, name="print"),
    path("write/", writing.overview, name="write"),
    path("write/whole/", writing.whole, name="write-whole"),
    path("write/groups/<int:group>/", writing.group, name="write-group"),
    path("write/points/", writing.points, name="write-points"),
    path("take/<str:kind>/<int:source>/", writing.take, name="take"),
    path("send/", writing.send, name="send"),
    path("accept/", judging.accept, name="accept"),
    path("return/", judging.send_back, name="return"),
    path("publish/", publishing.publish, name="publish"),
    path("published/<int:n>/<str:kind>/", publishing.published_file, name="published-file"),
    path("samples/", sampling.samples, name="samples"),
    path("carry/", carrying.carry, name="carry"),
    path("earlier/", earlier.overview, name="earlier"),
    path("earlier/sheet.xlsx", earlier.sheet, name="earlier-sheet"),
    path("earlier/figures/", earlier.upload, name="earlier-upload"),
    path("earlier/reports/", earlier.add_report, name="earlier-report"),
]
urlpatterns = [
    path("", lists.owed, name="list"),
    path("inbox/", lists.inbox, name="inbox"),
    path("codes/", lists.codes, name="codes"),
    path("new/", calling.new, name="new"),
    path("<int:pk>/", calling.review, name="review"),
    path("<int:pk>/edit/", calling.edit, name="edit"),
    path("<int:pk>/subjects/<int:subject>/groups/", calling.groups, name="groups"),
    path("<int:pk>/open/", calling.open_, name="open"),
    path("<int:pk>/close/", calling.close, name="close"),
    path("<int:pk>/drop/", calling.drop, name="drop"),
    path("units/<int:pk>/", include(of_unit)),
    path("samples/<int:pk>/", sampling.sample, name="sample"),
    path("samples/<int:pk>/items/<int:item>/", sampling.check, name="check"),
    path("earlier/<int:pk>/", earlier.preview, name="earlier-preview"),
    path("earlier/<int:pk>/confirm/", earlier.confirm, name="earlier-confirm"),
    path("earlier/<int:pk>/drop/", earlier.drop, name="earlier-drop"),
    path("old/<int:pk>/", earlier.old_report, name="old"),
    path("old/<int:pk>/cut/", earlier.cut, name="old-cut"),
    path("programmes/<int:pk>/first-page/", carrying.first_page, name="first-page"),
    path("programmes/<int:pk>/first-page/<str:kind>/", carrying.print_first_page, name="first-page-print"),
    path("carried/<int:pk>/take/", carrying.take, name="carried-take"),
    path("carried/<int:pk>/leave/", carrying.leave, name="carried-leave"),
]
