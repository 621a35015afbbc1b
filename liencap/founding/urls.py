"""Addresses of the first hour."""

from django.urls import path

from liencap.founding import views

app_name = "founding"
urlpatterns = [
    path("", views.steps, name="steps"),
    path("begin/", views.begin, name="begin"),
    path("tiers/", views.tiers, name="tiers"),
    path("units/", views.units, name="units"),
    path("units/sample.xlsx", views.sample, name="sample"),
    path("slips/", views.slips, name="slips"),
    path("plan/", views.plan, name="plan"),
    path("dates/", views.dates, name="dates"),
    path("skip/<slug:step>/", views.skip, name="skip"),
    path("finish/", views.finish, name="finish"),
]
