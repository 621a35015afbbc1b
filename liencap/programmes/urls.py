"""Addresses of the programmes room."""

from django.urls import path

from liencap.programmes.views import assignments, programmes, proposals

app_name = "programmes"
urlpatterns = [
    path("", programmes.programmes, name="list"),
    path("<int:pk>/", programmes.programme, name="detail"),
    path("<int:pk>/units/<int:unit>/", programmes.branch, name="branch"),
    path("tasks/<int:pk>/", programmes.task, name="task"),
    path("tasks/<int:pk>/assign/", assignments.assign, name="assign"),
    path("asked/<int:unit>/", assignments.asked, name="asked"),
    path("owed/", assignments.owed, name="owed"),
    path("assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path("assignments/<int:pk>/receive/", assignments.receive, name="receive"),
    path("assignments/<int:pk>/pass-down/", assignments.hand_down, name="pass-down"),
    path("readings/<int:pk>/propose/", proposals.propose_rows, name="propose"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/case/", proposals.case, name="proposal-case"),
    path("proposals/<int:pk>/edit/", proposals.edit, name="proposal-edit"),
    path("proposals/<int:pk>/rows/<str:name>/", proposals.row, name="proposal-row"),
    path("proposals/<int:pk>/part/<str:name>/", proposals.part, name="proposal-part"),
    path("proposals/<int:pk>/tiers/", proposals.tiers, name="proposal-tiers"),
    path("proposals/<int:pk>/confirm/", proposals.confirm, name="proposal-confirm"),
]
