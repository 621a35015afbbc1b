"""Addresses of the search."""

from django.urls import path

from liencap.search import views

app_name = "search"
urlpatterns = [path("", views.search, name="search"), path("<int:n>/", views.more, name="more")]
