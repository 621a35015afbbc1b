"""Addresses of the programmes room."""

from django.urls import path

from liencap.programmes.views import amendments, assignments, programmes, proposals

app_name = "programmes"
urlpatterns = [
    path("", programmes.programmes, name="list"),
    path("<int:pk>/", programmes.programme, name="detail"),
    path("<int:pk>/units/<int:unit>/", programmes.branch, name="branch"),
    path("tasks/<int:pk>/", programmes.task, name="task"),
    path("<int:pk>/amend/", amendments.amend, name="amend"),
    path("readings/<int:pk>/amends/", amendments.amends, name="amends"),
    path("amendments/proposals/<int:pk>/", amendments.proposal, name="amendment-proposal"),
    path("amendments/proposals/<int:pk>/edit/", amendments.edit, name="amendment-edit"),
    path("amendments/proposals/<int:pk>/rows/<str:name>/", amendments.row, name="amendment-row"),
    path("amendments/proposals/<int:pk>/confirm/", amendments.confirm, name="amendment-confirm"),
    path("amendments/<int:pk>/", amendments.amendment, name="amendment"),
    path("amendments/<int:pk>/progress/", amendments.progress, name="amendment-progress"),
    path("amendments/<int:pk>/units/<int:unit>/", amendments.seen, name="amendment-seen"),
    path("assignments/<int:pk>/acknowledge/", amendments.acknowledge, name="acknowledge"),
    path("tasks/<int:pk>/like/", amendments.like, name="assign-like"),
    path("tasks/<int:pk>/versions/<int:n>/", amendments.version, name="task-version"),
    path("tasks/<int:pk>/assign/", assignments.assign, name="assign"),
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
