"""For the demonstration installation and for tests: known passwords and second factors. Refuses a real installation."""

from __future__ import annotations

from allauth.mfa import app_settings
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from karama.accounts.models import User
from karama.accounts.registries import own_password
from karama.journal import Problem
from karama.journal.clock import now


class OnlyInDemonstration(Problem):
    """A known password was to be set in a real installation."""

    code = "accounts.only_in_demonstration"
    what = _("This is only done in the demonstration.")
    do = _("Add the user as an administrator: the first password is shown once.")


def _check() -> None:
    if not settings.KARAMA_DEMO:
        raise OnlyInDemonstration()


def password(user: User, words: str) -> None:
    """Give a user a known password that need not be changed. Raises `OnlyInDemonstration`."""
    _check()
    user.set_password(words)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    own_password(user.id)


def second_factor(user: User) -> tuple[str, list[str]]:
    """Set up a one-time-code app and recovery codes; returns the secret and the codes. Raises `OnlyInDemonstration`."""
    _check()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret, RecoveryCodes.activate(user).generate_codes()


def code_now(secret: str) -> str:
    """The one-time code of a secret at this moment, for printing beside the demonstration's sign-ins."""
    period = int(now().timestamp()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(secret, period)))
