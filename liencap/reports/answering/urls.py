"""Addresses of answering line by line; mounted in the reports room."""

from django.urls import path

from liencap.reports.answering import views

urlpatterns = [
    path("inbox/accept/", views.accept_many, name="accept-many"),
    path("periods/<int:period>/units/<int:unit>/without/", views.go_on_without, name="go-on-without"),
    path("corrections/", views.corrections, name="corrections"),
    path("<int:pk>/lines/", views.answer_lines, name="answer-lines"),
    path("<int:pk>/carry/", views.carry, name="carry"),
]
