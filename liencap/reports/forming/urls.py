"""The addresses of the form of a programme."""

from django.urls import path

from liencap.reports.forming import views

urlpatterns = [
    path("programmes/<int:programme>/indicators/", views.overview, name="indicators"),
    path("programmes/<int:programme>/indicators/new/", views.indicator, name="indicator-new"),
    path("programmes/<int:programme>/indicators/<slug:code>/", views.indicator, name="indicator"),
    path(
        "programmes/<int:programme>/indicators/<slug:code>/leave-out/", views.leave_out, name="indicator-out"
    ),
    path("programmes/<int:programme>/tasks/<int:task>/asked/", views.asked, name="asked"),
    path("programmes/<int:programme>/targets/", views.targets, name="targets"),
]
