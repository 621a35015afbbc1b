"""Addresses of editions; mounted in the reports room under a consolidated report."""

from django.urls import path

from liencap.reports.editions import views

urlpatterns = [
    path("begin/", views.begin, name="edition-begin"),
    path("draft/", views.draft, name="edition-draft"),
    path("drop/", views.drop, name="edition-drop"),
    path("<int:n>/", views.edition, name="edition"),
    path("<int:n>/<slug:kind>/", views.file, name="edition-file"),
]
