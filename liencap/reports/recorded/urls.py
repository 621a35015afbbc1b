"""The address of what a period asks for of communication and study."""

from django.urls import path

from liencap.reports.recorded import views

urlpatterns = [path("periods/<int:period>/recorded/", views.asked, name="recorded")]
