"""Addresses of the accounts room: our own pages, and those of allauth's that we use, under the names it knows."""

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from liencap.accounts.views import devices
from liencap.accounts.views import doors as views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/pin/", devices.pin_sign_in, name="pin-sign-in"),
    path("sign-in/second/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/<slug:provider_id>/", views.other_sign_in, name="openid_connect_login"),
    path("sign-in/<slug:provider_id>/back/", views.other_sign_in_back, name="openid_connect_callback"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.password, name="password"),
    path("language/", views.set_language, name="set-language"),
    path("account/", views.account, name="account"),
    path("account/", views.account, name="mfa_index"),
    path("account/", views.account, name="mfa_list_webauthn"),
    path("account/disconnect/<int:pk>/", views.disconnect, name="disconnect"),
    path("account/pin/", devices.pin_add, name="pin-add"),
    path("account/devices/<int:pk>/end/", devices.device_end, name="device-end"),
    path("account/sessions/<int:pk>/end/", devices.session_end, name="session-end"),
    path("account/sessions/end/", devices.sessions_end, name="sessions-end"),
    path("account/confirm/pin/", devices.pin_confirm, name="pin-confirm"),
    path("account/confirm/", reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
