"""The addresses of the narrative workbench, within those of the reports room."""

from django.urls import path

from liencap.reports.told import views

urlpatterns = [
    path("consolidated/<int:pk>/tasks/<int:task>/", views.workbench, name="compose"),
    path("consolidated/<int:pk>/questions/<slug:question>/", views.question, name="compose-question"),
    path("passages/<int:pk>/", views.passage, name="passage"),
]
