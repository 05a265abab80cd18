"""Asking for a talk. Each request gets a key of its own before anything of it is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from karama.journal import Actor, action, clock
from karama.notices.actions import take_back, tell
from karama.rules.support import ASKED, BACK, OPEN_STATES, TAKEN
from karama.security import vault
from karama.staffcare import packs
from karama.staffcare.access import MYSELF, OWN
from karama.staffcare.actions.shapes import PURPOSE, Words, locked, of_myself, step
from karama.staffcare.actions.telling import OVER, tell_once
from karama.staffcare.colleagues import Colleague, who_may_be_asked
from karama.staffcare.models import SupportAsked, SupportRequest, SupportStep
from karama.staffcare.problems import NobodyToAsk, NotNow, TimeDoesNotFit, TooManyOpen
from karama.staffcare.standing import of_request, turn_of, unfinished

MOST_OPEN: Final = 3
FARTHEST: Final = timedelta(days=14)


@action("staffcare.ask_colleague", access=MYSELF, target=of_myself, purpose=PURPOSE)
def ask_colleague(*, by: Actor, colleague: UUID, others: bool = False, words: Words = "") -> SupportRequest:
    """Ask a colleague who agreed to be asked for a talk. `others`: and if she cannot, the others, one after the other;
    never somebody who leads her, unless it is the one she chose.

    Raises:
        NobodyToAsk: she did not agree, is away, or has left. TooManyOpen.
    """
    there = who_may_be_asked(by.id)
    first = [one for one in there if one.user == colleague]
    if not first:
        raise NobodyToAsk()
    more = [one for one in there if others and one.user != colleague and not one.leads]
    return _ask(by, [*first, *more], words, None)


@action("staffcare.ask_for_call", access=MYSELF, target=of_myself, purpose=PURPOSE)
def ask_for_call(*, by: Actor, when: datetime, words: Words = "") -> SupportRequest:
    """Ask to be called at a time she chooses, by whoever agreed to be asked and can; never by somebody who leads her.

    Raises:
        TimeDoesNotFit: it is over, or too far away. NobodyToAsk: nobody agreed. TooManyOpen.
    """
    if when.tzinfo is None or not clock.now() < when <= clock.now() + FARTHEST:
        raise TimeDoesNotFit()
    there = [one for one in who_may_be_asked(by.id) if not one.leads]
    if not there:
        raise NobodyToAsk()
    return _ask(by, there, words, when)


def _ask(by: Actor, order: Iterable[Colleague], words: str, until: datetime | None) -> SupportRequest:
    if unfinished(SupportRequest.objects.filter(author_id=by.id)).count() >= MOST_OPEN:
        raise TooManyOpen()
    care = packs.care_for(by.programmes)
    row = SupportRequest(until=until, wait_hours=care.take_within // timedelta(hours=1), keep_days=care.keep.days)
    vault.create_keys([row.id])
    row.seal("words", words or None)
    row.save()
    for place, one in enumerate(order, start=1):
        SupportAsked.objects.create(request=row, user_id=one.user, place=place, knowingly=one.leads)
    tell_once(by, row)
    return row


@action("staffcare.allow", access=OWN, target=of_request, purpose=PURPOSE)
def allow(*, by: Actor, support: UUID, colleague: UUID) -> SupportAsked:
    """Let one more colleague be asked, after those before her. Raises `NobodyToAsk`, `NotNow`."""
    row = locked(support)
    if turn_of(row).state not in (ASKED, BACK) or (row.until is not None and row.until <= clock.now()):
        raise NotNow()
    chosen = next((one for one in who_may_be_asked(by.id) if one.user == colleague), None)
    rows = SupportAsked.objects.filter(request=row)
    if chosen is None or rows.filter(user_id=colleague).exists():
        raise NobodyToAsk()
    last = rows.order_by("-place").values_list("place", flat=True).first() or 0
    made = SupportAsked.objects.create(request=row, user_id=colleague, place=last + 1, knowingly=chosen.leads)
    tell_once(by, row)
    return made


@action("staffcare.withdraw", access=OWN, target=of_request, purpose=PURPOSE)
def withdraw(*, by: Actor, support: UUID) -> SupportStep:
    """Take it back, at any time before the talk: whoever was asked sees nothing of it any more. Raises `NotNow`."""
    row = locked(support)
    call_off(by, row)
    return step(row, "withdrawn", None)


def call_off(by: Actor, row: SupportRequest) -> None:
    """Take the notices back; whoever has taken it learns that it is not needed any more, without a name."""
    now = turn_of(row)
    if now.state in OPEN_STATES:
        take_back(by=by, place=row.id)
        if now.state == TAKEN and isinstance(now.holder, UUID):
            tell(by=by, user=now.holder, kind=OVER)
