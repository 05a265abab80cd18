"""The first administrator and the operator: made by the first set-up, never by themselves, and never twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from karama.accounts import access
from karama.accounts.actions.posting import Alias, post
from karama.accounts.actions.users import PURPOSE, FirstSignIn, Username, make_user
from karama.accounts.models import Posting, User
from karama.journal import Absent, Actor, action

SETUP: Final = Actor(id=UUID(int=1), kind="job", duty=access.SETUP, name="set-up")
"""Who acts in `karama init` and in the demonstration until there is an administrator."""


def _nobody_yet(*, by: Actor, **_more: object) -> Mapping[str, object]:
    return {"users_exist": User.objects.exists()}


def _no_operator_yet(*, by: Actor, **_more: object) -> Mapping[str, object]:
    return {"operator_exists": Posting.objects.filter(duty="data_import").exists()}


@action("accounts.make_first_administrator", access=access.FIRST_ADMINISTRATOR, target=_nobody_yet, purpose=PURPOSE)
def make_first_administrator(*, by: Actor, username: Username, work_alias: Alias) -> FirstSignIn:
    """Make the first user: administrator of the whole organisation, with no duty of care. Only while there is
    no user.
    """
    made = make_user(by, username)
    post(made.id, "administrator", work_alias)
    return made


@action("accounts.become_operator", access=access.OPERATOR, target=_no_operator_yet, purpose=PURPOSE)
def become_operator(*, by: Actor, user: UUID, work_alias: Alias, programme: UUID | None = None) -> Posting:
    """Give the data-import duty to the operator named at `karama init`. Once; later an administrator gives it."""
    if not User.objects.filter(id=user, is_active=True).exists():
        raise Absent()
    return post(user, "data_import", work_alias, programme)
