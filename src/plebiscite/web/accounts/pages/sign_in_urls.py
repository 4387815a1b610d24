"""The routes of allauth that we open: sign-in, second factor, own password."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path

from plebiscite.web.accounts.access import public, signed_in
from plebiscite.web.accounts.pages.views import closed

urlpatterns: list[URLPattern] = [
    path("sign-in/", public(account.login), name="account_login"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("sign-up/", public(closed), name="account_signup"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path(
        "sign-in/again/",
        signed_in(account.reauthenticate),
        name="account_reauthenticate",
    ),
    path(
        "account/password/",
        signed_in(account.password_change),
        name="account_change_password",
    ),
    path("sign-in/code/", public(mfa.authenticate), name="mfa_authenticate"),
    path(
        "sign-in/code/again/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"
    ),
    path("account/second-factor/", signed_in(mfa.index), name="mfa_index"),
    path(
        "account/second-factor/app/",
        signed_in(totp.activate_totp),
        name="mfa_activate_totp",
    ),
    path(
        "account/second-factor/app/off/",
        signed_in(totp.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/second-factor/codes/",
        signed_in(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/codes/new/",
        signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes/file/",
        signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(
        "account/second-factor/keys/",
        signed_in(webauthn.list_webauthn),
        name="mfa_list_webauthn",
    ),
    path(
        "account/second-factor/keys/add/",
        signed_in(webauthn.add_webauthn),
        name="mfa_add_webauthn",
    ),
    path(
        "account/second-factor/keys/<int:pk>/edit/",
        signed_in(webauthn.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
    path(
        "account/second-factor/keys/<int:pk>/remove/",
        signed_in(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "sign-in/key/again/",
        signed_in(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
]
