"""Addresses of the guides and of the tour."""

from django.urls import path

from liencap.guides.views import guides, tour

app_name = "guides"
urlpatterns = [
    path("", guides.index, name="index"),
    path("tour/", tour.tour, name="tour"),
    path("tour/leave/", tour.leave, name="tour-leave"),
    path("tour/<slug:code>/<int:n>/", tour.step, name="tour-step"),
    path("<slug:slug>/", guides.guide, name="guide"),
]
