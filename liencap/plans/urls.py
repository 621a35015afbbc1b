"""Addresses of the room."""

from django.urls import path

from liencap.plans.views import drafting, own, standing, styling

app_name = "plans"
urlpatterns = [
    path("", own.plans, name="list"),
    path("templates/", styling.templates, name="templates"),
    path("templates/<str:language>/", styling.template_file, name="template-file"),
    path("templates/<str:language>/reset/", styling.template_reset, name="template-reset"),
    path("programmes/<int:pk>/begin/", own.begin, name="begin"),
    path("programmes/<int:pk>/upload/", own.upload, name="upload"),
    path("programmes/<int:pk>/standing/", standing.standing, name="standing"),
    path("programmes/<int:pk>/standing.xlsx", standing.sheet, name="sheet"),
    path("programmes/<int:pk>/ask/", standing.ask, name="ask"),
    path("<int:pk>/", own.plan, name="detail"),
    path("<int:pk>/progress/", own.progress, name="progress"),
    path("<int:pk>/preview/", own.preview, name="preview"),
    path("<int:pk>/print/<str:kind>/", own.print_draft, name="print"),
    path("<int:pk>/file/<str:kind>/", own.file, name="file"),
    path("<int:pk>/revise/", own.begin_new_edition, name="revise"),
    path("<int:pk>/words/", drafting.words, name="words"),
    path("<int:pk>/add/", drafting.add, name="add"),
    path("<int:pk>/compare/", drafting.compare, name="compare"),
    path("<int:pk>/take-in/", drafting.take_in, name="take-in"),
    path("<int:pk>/issue/", drafting.issue, name="issue"),
    path("<int:pk>/drop/", drafting.drop, name="drop"),
    path("<int:pk>/items/<int:item>/", drafting.item, name="item"),
    path("<int:pk>/items/<int:item>/decide/", drafting.decide, name="decide"),
]
