"""How the sign-in library behaves here: nobody signs up, nothing says whether a name exists, secrets are sealed."""

from __future__ import annotations

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, Final

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from karama.accounts import duties
from karama.accounts.models import User
from karama.accounts.queries.acting import current_postings
from karama.accounts.queries.staff import FACTORS
from karama.accounts.registries import own_password
from karama.security import vault
from karama.ui.addresses import reverse

SEALED_FOR: Final = "accounts.second_factor"


class SignIn(DefaultAccountAdapter):  # type: ignore[misc]
    """`ACCOUNT_ADAPTER`."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("User name or password is wrong. Look at both and try again."),
        "invalid_login": _("User name or password is wrong. Look at both and try again."),
        "incorrect_password": _("The password is wrong. Try again."),
        "enter_current_password": _("The present password is wrong. Type the one you signed in with."),
        "incorrect_code": _("This code does not fit. Wait for the next one and type it again."),
        "too_many_login_attempts": _(
            "Too many tries. Wait five minutes, then try again. If you forgot your password, ask your administrator."
        ),
        "rate_limited": _("Too many tries. Wait a little, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Users are added by an administrator, never by themselves."""
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only errors are shown: the library's other notices name the user."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)

    def set_password(self, user: Any, password: str) -> None:
        """A password the user chose herself need not be changed again."""
        handed = user.must_change_password
        user.must_change_password = False
        super().set_password(user, password)
        if handed:
            own_password(user.id)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to her own account."""
        return reverse("accounts:me")

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Karama sends no letters: an address book of staff would be one more thing to lose."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """See `send_mail`."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not when the password, code or passkey was given within the last minutes, also at sign-in itself."""
        request = context.request
        records = get_authentication_records(request, request.user)
        newest = max((record["at"] for record in records), default=0.0)
        return bool(time.time() - newest >= app_settings.REAUTHENTICATION_TIMEOUT)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """`MFA_ADAPTER`."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": SignIn.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _(
            "Your duty needs a second factor. Set up another one first, then remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with the installation's key."""
        return urlsafe_b64encode(vault.seal_installation(SEALED_FOR, text.encode("utf-8"))).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed. Raises `vault.CannotOpen` when it was changed or copied from elsewhere."""
        return vault.open_installation(SEALED_FOR, urlsafe_b64decode(encrypted_text)).decode("utf-8")

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What the form suggests to call the next passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("My key") if number == 1 else gettext("My key %(number)d") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second factor stays as long as a duty needs one."""
        if authenticator.type not in FACTORS:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        held = current_postings(authenticator.user_id)
        needed = any(duties.needs_second_factor(one.duty) for one in held)
        return not needed or others.exclude(pk=authenticator.pk).exists()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a phone or key shows beside a passkey: the neutral name, not the address."""
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """The passkey's own user: the user name, which only she knows."""
        assert isinstance(user, User)
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.username}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """See `SignIn.send_mail`."""
