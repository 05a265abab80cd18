"""Addresses of this room. Of the sign-in library only what is needed; its other routes do not exist here."""

from __future__ import annotations

from allauth.account import views as signing
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from django.urls import include, path

from karama.accounts import views
from karama.accounts.routes import PUBLIC, SIGNED_IN, route_policy

public, signed_in = route_policy(PUBLIC), route_policy(SIGNED_IN)

own = [
    path("duty/", views.choose_duty, name="duty"),
    path("me/", views.me, name="me"),
    path("me/language/", views.language, name="language"),
    path("me/alias/<uuid:posting>/", views.alias, name="alias"),
    path("me/leave/", views.own_leave, name="own_leave"),
    path("me/browsers/<uuid:browser>/end/", views.end_browser, name="end_browser"),
    path("me/browsers/end-others/", views.end_other_browsers, name="end_other_browsers"),
    path("me/phones/new/", views.new_device, name="new_device"),
    path("phones/<uuid:device>/take-back/", views.revoke_device, name="revoke_device"),
    path("field/enrol", views.enrol, name="enrol"),
    path("lock/", views.lock, name="lock"),
    path("locked/", views.locked, name="locked"),
    path("colleagues/", views.staff, name="staff"),
    path("colleagues/new/", views.new_user, name="new_user"),
    path("colleagues/<uuid:user>/", views.colleague, name="colleague"),
    path("colleagues/<uuid:user>/duty/", views.give_duty, name="give_duty"),
    path("colleagues/<uuid:user>/leave/", views.leave, name="leave"),
    path("colleagues/<uuid:user>/lock/", views.lock_user, name="lock_user"),
    path("colleagues/<uuid:user>/unlock/", views.unlock_user, name="unlock_user"),
    path("colleagues/<uuid:user>/password/", views.new_password, name="new_password"),
    path("colleagues/<uuid:user>/second-factor/", views.reset_second_factor, name="reset_second_factor"),
    path("duties/<uuid:posting>/end/", views.end_duty, name="end_duty"),
    path("leave/<uuid:leave>/cancel/", views.cancel_leave, name="cancel_leave"),
    path("on-call/", views.rota, name="rota"),
    path("on-call/<uuid:site>/", views.rota_week, name="rota_week"),
    path("on-call/<uuid:site>/new/", views.new_shift, name="new_shift"),
    path("on-call/shifts/<uuid:shift>/end/", views.end_shift, name="end_shift"),
]

urlpatterns = [
    path("", views.today, name="today"),
    path("", include((own, "accounts"))),
    path("sign-in/", public(signing.login), name="account_login"),
    path("sign-out/", public(signing.logout), name="account_logout"),
    path("sign-in/locked/", public(signing.account_inactive), name="account_inactive"),
    path("sign-in/again/", signed_in(signing.reauthenticate), name="account_reauthenticate"),
    path("me/password/", signed_in(signing.password_change), name="account_change_password"),
    path("sign-in/code/", public(factor.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", public(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/again/code/", signed_in(factor.reauthenticate), name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", signed_in(passkey.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("me/second-factor/", signed_in(factor.index), name="mfa_index"),
    path("me/second-factor/app/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("me/second-factor/app/remove/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("me/second-factor/codes/", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "me/second-factor/codes/new/", signed_in(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path(
        "me/second-factor/codes/file/", signed_in(recovery.download_recovery_codes), name="mfa_download_recovery_codes"
    ),
    path("me/second-factor/passkeys/", signed_in(passkey.list_webauthn), name="mfa_list_webauthn"),
    path("me/second-factor/passkeys/new/", signed_in(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("me/second-factor/passkeys/<int:pk>/name/", signed_in(passkey.edit_webauthn), name="mfa_edit_webauthn"),
    path("me/second-factor/passkeys/<int:pk>/remove/", signed_in(passkey.remove_webauthn), name="mfa_remove_webauthn"),
]
