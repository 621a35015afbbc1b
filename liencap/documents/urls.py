"""Addresses of the documents room."""

from django.urls import path

from liencap.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.documents, name="list"),
    path("upload/", views.upload, name="upload"),
    path("letterhead/", views.letterhead, name="letterhead"),
    path("<int:pk>/", views.document, name="detail"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("versions/<int:pk>/original/", views.original, name="original"),
]
