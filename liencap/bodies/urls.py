"""Addresses of the bodies room."""

from django.urls import path

from liencap.bodies import views

app_name = "bodies"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("kinds/", views.kinds, name="kinds"),
    path("requirements/new/", views.ask, name="ask"),
    path("requirements/<int:pk>/units/<int:unit>/", views.requirement, name="requirement"),
    path("requirements/<int:pk>/units/<int:unit>/bodies.xlsx", views.export, name="export"),
    path("requirements/<int:pk>/end/", views.end, name="end"),
    path("<int:pk>/", views.body, name="body"),
    path("<int:pk>/papers/", views.describe, name="describe"),
    path("<int:pk>/regulations/new/", views.regulation, name="regulation"),
    path("regulations/<int:pk>/end/", views.regulation_end, name="regulation-end"),
    path("<int:pk>/<slug:sort>/new/", views.line, name="line-new"),
    path("<int:pk>/<slug:sort>/<int:number>/", views.line, name="line"),
    path("<int:pk>/<slug:sort>/<int:number>/remove/", views.line_remove, name="line-remove"),
]
