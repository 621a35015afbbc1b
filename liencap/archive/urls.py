"""Addresses of the archive room."""

from django.urls import path

from liencap.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.records, name="list"),
    path("check/", views.check, name="check"),
    path("<int:pk>/", views.record, name="record"),
    path("issued/<int:unit>/", views.issued, name="issued"),
    path("files/<int:pk>/", views.file, name="file"),
]
