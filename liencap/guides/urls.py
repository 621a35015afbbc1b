"""Addresses of the guides and of the tour."""

from django.urls import path

from liencap.guides import views

app_name = "guides"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.guide, name="guide"),
]
