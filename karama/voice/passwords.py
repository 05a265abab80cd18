"""Whoever handed a password over could sign in with it: the data protection officers are told, until its user has
chosen her own. What they cannot see is whether it was she who chose it: so their page says to ask her."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.accounts.queries.watching import officers_for
from karama.journal import Actor
from karama.notices.actions import take_back, tell
from karama.notices.jobs import SENDER

KIND: Final = "voice.password"
WORDS: Final = _("Somebody else knows the password of a colleague: look at your page")


def handed_over(*, by: Actor, user: UUID) -> None:
    """Tell every officer within whose reach this user is."""
    for officer in officers_for(user):
        tell(by=by, user=officer, kind=KIND, place=user)


def chosen(user: UUID) -> None:
    """The user has a password of her own: what was told about it goes off the lists."""
    take_back(by=SENDER, place=user)
