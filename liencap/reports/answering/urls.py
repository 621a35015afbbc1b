"""Addresses of answering line by line; mounted in the reports room."""

from django.urls import path

from liencap.reports.answering import views

urlpatterns = [
    path("corrections/", views.corrections, name="corrections"),
    path("<int:pk>/lines/", views.answer_lines, name="answer-lines"),
    path("<int:pk>/carry/", views.carry, name="carry"),
]
