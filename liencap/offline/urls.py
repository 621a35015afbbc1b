"""The room's addresses."""

from django.urls import path

from liencap.offline.views import bundles, intakes, own

app_name = "offline"
urlpatterns = [
    path("", bundles.home, name="home"),
    path("periods/<int:pk>/forms/", bundles.make, name="make"),
    path("bundles/<int:pk>/", bundles.bundle, name="bundle"),
    path("bundles/<int:pk>/file/", bundles.bundle_file, name="bundle-file"),
    path("drop/", intakes.drop, name="drop"),
    path("intakes/<int:pk>/", intakes.intake, name="intake"),
    path("intakes/<int:pk>/enter/", intakes.book, name="book"),
    path("intakes/<int:pk>/close/", intakes.close, name="close"),
    path("files/<int:pk>/", intakes.file, name="file"),
    path("files/<int:pk>/choose/", intakes.choose, name="choose"),
    path("files/<int:pk>/fill/", own.fill, name="fill"),
    path("reports/<int:pk>/", own.own, name="own"),
    path("reports/<int:pk>/form/", own.own_form, name="own-form"),
]
