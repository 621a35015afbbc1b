"""The addresses on the way from a draft to a numbered paper, within the reports room."""

from django.urls import path

from liencap.reports.issuing.views import drafts, presenting, register

urlpatterns = [
    path("consolidated/<int:pk>/draft/", drafts.send, name="draft-send"),
    path("consolidated/<int:pk>/adopt/", drafts.adopt, name="adopt"),
    path("consolidated/<int:pk>/minutes/", register.minutes, name="minutes"),
    path("register/papers/<int:pk>/number/", register.enter, name="register-enter"),
    path("consolidated/<int:pk>/annex/", register.annex, name="annex"),
    path("register/papers/<int:pk>/", register.issue, name="issue"),
    path("register/papers/<int:pk>/<slug:kind>/", register.issue_file, name="issue-file"),
    path("consolidated/<int:pk>/present/", presenting.present, name="present"),
    path("drafts/", drafts.asked_list, name="drafts"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/changes/", drafts.changes, name="draft-changes"),
    path("drafts/<int:pk>/agree/", drafts.agree, name="draft-agree"),
    path("drafts/<int:pk>/close/", drafts.close, name="draft-close"),
    path("drafts/<int:pk>/<slug:kind>/", drafts.draft_file, name="draft-file"),
    path("comments/<int:pk>/answer/", drafts.answer, name="comment-answer"),
    path("comments/<int:pk>/withdraw/", drafts.withdraw, name="comment-withdraw"),
    path("copies/<int:pk>/", register.copy, name="copy"),
    path("copies/<int:pk>/file/", register.copy_file, name="copy-file"),
    path("register/", register.register, name="register"),
    path("register/<int:unit>/", register.register, name="register-of"),
    path("register/<int:unit>/<slug:kind>/", register.register_export, name="register-export"),
]
