"""Addresses of the programmes room."""

from django.urls import path

from liencap.programmes.views import assignments, cascades, conditions, directions, programmes, proposals

app_name = "programmes"
urlpatterns = [
    path("", programmes.programmes, name="list"),
    path("<int:pk>/", programmes.programme, name="detail"),
    path("<int:pk>/units/<int:unit>/", programmes.branch, name="branch"),
    path("tasks/<int:pk>/", programmes.task, name="task"),
    path("tasks/<int:pk>/assign/", assignments.assign, name="assign"),
    path("<int:pk>/assign/", cascades.assign_many, name="assign-many"),
    path("tasks/<int:pk>/condition/", conditions.condition, name="condition"),
    path("tasks/<int:pk>/events/", conditions.task_events, name="task-events"),
    path("directions/<int:pk>/", directions.direction, name="direction"),
    path("directions/<int:pk>/link/", directions.link, name="direction-link"),
    path("directions/<int:pk>/unlink/<int:task>/", directions.unlink, name="direction-unlink"),
    path("owed/receive/", cascades.receive_many, name="receive-many"),
    path("owed/pass-down/", cascades.pass_many, name="pass-many"),
    path("cascades/<int:pk>/", cascades.cascade, name="cascade"),
    path("cascades/<int:pk>/stop/", cascades.stop, name="cascade-stop"),
    path("cascades/<int:pk>/resume/", cascades.resume, name="cascade-resume"),
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
    path("proposals/<int:pk>/events/", conditions.event_words, name="proposal-events"),
    path("proposals/<int:pk>/confirm/", proposals.confirm, name="proposal-confirm"),
]
