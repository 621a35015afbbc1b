"""Addresses of the notices room."""

from django.urls import path

from liencap.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("read/", views.read_all, name="read-all"),
    path("mail/", views.preferences, name="preferences"),
    path("mail/confirm/<str:token>/", views.confirm, name="confirm"),
    path("<int:pk>/", views.notice, name="notice"),
    path("<int:pk>/open/", views.open_notice, name="open"),
    path("<int:pk>/read/", views.read, name="read"),
]
