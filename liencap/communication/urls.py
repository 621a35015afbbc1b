"""Addresses of the communication room."""

from django.urls import path

from liencap.communication.views import channels, items, plan, questions, sessions, shares, standing

app_name = "communication"
urlpatterns = [
    path("", plan.plan, name="plan"),
    path("<int:year>/<int:month>/", plan.month, name="month"),
    path("owed/", plan.owed, name="owed"),
    path("channels/", channels.channels, name="channels"),
    path("channels/<int:pk>/close/", channels.close, name="channel-close"),
    path("new/<str:kind>/", items.new, name="item-new"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/edit/", items.edit, name="item-edit"),
    path("items/<int:pk>/cancel/", items.cancel, name="item-cancel"),
    path("items/<int:pk>/hand-out/", items.hand, name="hand-out"),
    path("items/<int:pk>/units/<int:unit>/", standing.standing, name="standing"),
    path("items/<int:pk>/units/<int:unit>/missing/", standing.missing, name="missing"),
    path("items/<int:pk>/units/<int:unit>/export/<str:kind>/", standing.export, name="export"),
    path("shares/<int:pk>/", shares.share, name="share"),
    path("shares/<int:pk>/done/", shares.done, name="share-done"),
    path("shares/<int:pk>/not-applicable/", shares.not_applicable, name="share-not-applicable"),
    path("shares/<int:pk>/take-back/", shares.back, name="share-take-back"),
    path("shares/<int:pk>/seen/", shares.seen, name="share-seen"),
    path("shares/<int:pk>/pass-down/", shares.pass_down, name="share-pass-down"),
    path("shares/<int:pk>/files/", shares.attach, name="share-attach"),
    path("files/<int:pk>/", shares.file, name="file"),
    path("files/<int:pk>/remove/", shares.remove, name="file-remove"),
    path("shares/<int:pk>/sessions/", sessions.plan, name="session-plan"),
    path("shares/<int:pk>/held/", sessions.held_now, name="session-held-now"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/held/", sessions.held, name="session-held"),
    path("sessions/<int:pk>/move/", sessions.move, name="session-move"),
    path("sessions/<int:pk>/cancel/", sessions.cancel, name="session-cancel"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/forward/", questions.forward, name="question-forward"),
    path("questions/<int:pk>/take-out/", questions.redact, name="question-redact"),
]
