"""The addresses of joint activities."""

from django.urls import path

from liencap.reports.joint import views

urlpatterns = [
    path("periods/<int:period>/joint/", views.activities, name="joint"),
    path("periods/<int:period>/joint/tasks/<int:task>/", views.new, name="joint-new"),
    path("joint/<int:pk>/", views.activity, name="joint-activity"),
    path("joint/<int:pk>/withdraw/", views.withdraw, name="joint-withdraw"),
    path("joint/<int:pk>/answer/", views.answer, name="joint-answer"),
]
