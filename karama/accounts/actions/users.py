"""Making users, handing over passwords, locking and unlocking."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Annotated
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from pydantic import Field

from karama.accounts import access, problems, reach
from karama.accounts.models import Posting, SignedIn, User
from karama.accounts.models.user import USERNAME_PATTERN
from karama.accounts.registries import has_left, password_handed_over
from karama.journal import Actor, action
from karama.journal.clock import now
from karama.security import randomness

PURPOSE = "administration"
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letters and digits that look alike: the password is read from a screen and typed once."""

Username = Annotated[str, Field(max_length=40)]


@dataclass(frozen=True)
class FirstSignIn:
    """Given once, to whoever hands it over: `id` of the user, her name and a password she must change."""

    id: UUID
    username: str
    password: str = field(repr=False)


def make_user(by: Actor, username: str, language: str = "en") -> FirstSignIn:
    """A new user with a password to be changed at the first sign-in. Called by actions. Raises `BadName`,
    `NameTaken`.
    """
    username = username.strip()
    if not re.match(USERNAME_PATTERN, username):
        raise problems.BadName(field="username")
    if User.objects.filter(username=username).exists():
        raise problems.NameTaken(field="username")
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return _with_password(by, User(username=username, language=known))


def _with_password(by: Actor, user: User) -> FirstSignIn:
    """Whoever hands a password over knows it: until its user has chosen her own, others are told (`registries`)."""
    password = "-".join(randomness.code(4, READABLE) for _part in range(4))
    user.set_password(password)
    user.must_change_password, user.password_by, user.password_at = True, by.id, now()
    user.save()
    password_handed_over(by=by, user=user.id)
    return FirstSignIn(user.id, user.username, password)


@action("accounts.add_user", access=access.ADD_USER, purpose=PURPOSE)
def add_user(*, by: Actor, username: Username, language: str = "en") -> FirstSignIn:
    """Add a user without any duty. The password is in the receipt's value, once."""
    return make_user(by, username, language)


@action("accounts.new_password", access=access.MANAGE_USER, target=reach.of_user, purpose=PURPOSE)
def new_password(*, by: Actor, user: UUID) -> FirstSignIn:
    """Hand over a new password to be changed at the next sign-in. Ends every session of the user."""
    made = _with_password(by, User.objects.get(id=user))
    _end_sessions(user)
    return made


@action("accounts.lock_user", access=access.MANAGE_USER, target=reach.of_user, purpose=PURPOSE)
def lock_user(*, by: Actor, user: UUID) -> UUID:
    """Lock a user out at once, in every browser. Duties, records and what she wrote stay."""
    held = Posting.objects.filter(reach.current(now()), user_id=user, duty="administrator").exists()
    if held and not other_administrator(user):
        raise problems.LastAdministrator()
    User.objects.filter(id=user).update(is_active=False)
    _end_sessions(user)
    has_left(by=by, user=user)
    return user


@action("accounts.unlock_user", access=access.MANAGE_USER, target=reach.of_user, purpose=PURPOSE)
def unlock_user(*, by: Actor, user: UUID) -> UUID:
    """Let a locked user sign in again."""
    User.objects.filter(id=user).update(is_active=True)
    return user


@action("accounts.reset_second_factor", access=access.MANAGE_USER, target=reach.of_user, purpose=PURPOSE)
def reset_second_factor(*, by: Actor, user: UUID) -> UUID:
    """Remove every second factor of a user who lost hers, and end her sessions. She sets up a new one."""
    Authenticator.objects.filter(user_id=user).delete()
    _end_sessions(user)
    return user


def other_administrator(user: UUID) -> bool:
    """Whether somebody else who may sign in is an administrator now."""
    rows = Posting.objects.filter(reach.current(now()), duty="administrator", user__is_active=True)
    return rows.exclude(user_id=user).exists()


def _end_sessions(user: UUID) -> None:
    from django.contrib.sessions.models import Session

    keys = list(SignedIn.objects.filter(user_id=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignedIn.objects.filter(user_id=user).delete()
