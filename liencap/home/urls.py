"""Addresses of the home room: the start page and the seat have plain names."""

from django.urls import include, path

from liencap.home import views

pages = [
    path("member/", views.member, name="member"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>/", views.job_progress, name="job-progress"),
    path("audit/", views.audit, name="audit"),
    path("audit/<int:pk>/", views.audit_entry, name="audit-entry"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("seat/", views.seat_choose, name="seat-choose"),
    path("", include((pages, "home"))),
]
