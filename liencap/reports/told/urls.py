"""The addresses of the narrative workbench, within those of the reports room."""

from django.urls import path

from liencap.reports.told import listing, views

urlpatterns = [
    path("causes/", listing.causes, name="causes"),
    path("periods/<int:period>/units/<int:unit>/causes/", listing.counts, name="cause-counts"),
    path("consolidated/<int:pk>/tasks/<int:task>/", views.workbench, name="compose"),
    path("consolidated/<int:pk>/questions/<slug:question>/", views.question, name="compose-question"),
    path("consolidated/<int:pk>/tasks/<int:task>/late/", views.look, name="look-at-late"),
    path("consolidated/<int:pk>/take-over/", views.take_over, name="take-over"),
    path("passages/<int:pk>/", views.passage, name="passage"),
    path("<int:pk>/said/<int:task>/<slug:question>/", views.said, name="said"),
    path("files/<int:pk>/take-out/", views.take_out, name="evidence-take-out"),
    path("passages/<int:pk>/redact/", views.redact, name="passage-redact"),
]
