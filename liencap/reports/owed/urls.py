"""The addresses of the ledger, within those of the reports room."""

from django.urls import path

from liencap.reports.owed.views import instead, ledger, one, preparing

urlpatterns = [
    path("periods/<int:period>/units/<int:unit>/owed/", ledger.ledger, name="owed"),
    path("periods/<int:period>/units/<int:unit>/owed/branches/", ledger.branches, name="owed-branches"),
    path("periods/<int:period>/units/<int:unit>/owed/extend/", ledger.extend, name="owed-extend"),
    path("periods/<int:period>/units/<int:unit>/owed/file/<slug:kind>/", ledger.ledger_file, name="owed-file"),
    path("periods/<int:pk>/who/", preparing.period_who, name="period-who"),
    path("periods/<int:pk>/who/exceptions/", preparing.exception, name="period-exception"),
    path(
        "periods/<int:pk>/who/exceptions/<int:exception>/remove/", preparing.exception_off,
        name="period-exception-off",
    ),
    path("periods/<int:pk>/join/", preparing.join, name="period-join"),
    path("<int:pk>/in-stead/", instead.carry_in_stead, name="carry-in-stead"),
    path("owed/<int:pk>/", one.one, name="owed-one"),
    path("owed/<int:pk>/ask/", one.ask, name="owed-ask"),
    path("owed/<int:pk>/do/<slug:deed>/", one.act, name="owed-act"),
]  # fmt: skip
