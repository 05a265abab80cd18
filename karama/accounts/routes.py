"""The policy of every route (declared with `karama.ui.routes.route_policy`), and the routes that have special needs."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

from karama.journal import Actor
from karama.rules.permission import Policy
from karama.ui.routes import ANY_DUTY, PUBLIC, SIGNED_IN, policy_of, route_policy

__all__ = ["ANY_DUTY", "PUBLIC", "SIGNED_IN", "current_actor", "match_of", "policy_of_route", "route_policy"]

PUBLIC_BELOW: Final = frozenset({"ui:language", "ui:hide", "ui:style"})
"""Routes of rooms below that show no record and need nobody signed in."""

WITHOUT_ACCOUNT: Final = frozenset({"voice:say", "voice:reply", "voice:wall"})
"""Public pages on which nobody acts, whoever is signed in in this browser: no session is read, no row is written.

A colleague who complains from her own browser must not stand in the access log with the moment at which she did.
"""

FOR_TELEPHONES: Final = frozenset(
    {
        "sync:field_app",
        "sync:field_worker",
        "sync:field_manifest",
        "sync:field_sync",
        "sync:field_courier",
        "accounts:enrol",
    }
)
"""Where no cookie is looked at: who speaks is who signed, or who holds a code."""

WHILE_LOCKED: Final = frozenset({"accounts:locked", "accounts:lock", "account_logout", *PUBLIC_BELOW, *FOR_TELEPHONES})
"""What a locked screen may still do."""

PASSWORD_FIRST: Final = WHILE_LOCKED | {"account_change_password", "account_reauthenticate"}
"""What may be done before a password that was handed over is changed."""

FACTOR_FIRST: Final = PASSWORD_FIRST | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}
"""What may be done before a required second factor is set up."""


def current_actor(request: HttpRequest) -> Actor | None:
    """The Actor of this request, set by the middleware; None when nobody is signed in or no duty is chosen."""
    return getattr(request, "actor", None)


def match_of(request: HttpRequest) -> ResolverMatch | None:
    """The route of a request before its view runs; None when there is none."""
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


def policy_of_route(match: ResolverMatch) -> Policy | None:
    """The declared policy; None for a route that declares none: nobody comes in."""
    declared = policy_of(match.func)
    if declared is None and match.view_name in PUBLIC_BELOW:
        return PUBLIC
    return declared
