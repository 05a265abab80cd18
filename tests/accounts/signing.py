"""A browser signed in as one of the cast, past every gate, as after a real sign-in."""

from __future__ import annotations

import time

from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from karama.accounts.models import User


def browser(user: User, *, factor: bool = True, **headers: str) -> Client:
    """Signed in with her own password; `factor`: with a second factor set up."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    User.objects.filter(id=user.id).update(must_change_password=False)
    if factor and not user.authenticator_set.exists():
        TOTP.activate(user, generate_totp_secret())
    client = Client(**headers)
    client.force_login(user)
    session = client.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    session.save()
    return client
