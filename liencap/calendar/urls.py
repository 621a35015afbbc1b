"""Addresses of the calendar room."""

from django.urls import path

from liencap.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.month, name="month"),
    path("list/", views.listed, name="list"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("subscribe/end/", views.end, name="end-feed"),
    path("feed/<str:token>.ics", views.feed, name="feed"),
]
