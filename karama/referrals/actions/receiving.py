"""What somebody outside does who has a token and its code. Nothing here tells which of them was wrong."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import StringConstraints

from karama.journal import Absent, Actor, action, clock
from karama.referrals import sharing
from karama.referrals.access import RECEIVE
from karama.referrals.actions import shapes
from karama.referrals.actions.referring import current_epoch
from karama.referrals.actions.stepping import check_day
from karama.referrals.models import Feedback, Packet, Referral, ReferralStep, ReferralTask
from karama.referrals.problems import EnoughSaid
from karama.referrals.standing import Said, close, held, step, tell_worker
from karama.rules import referrals as law

MOST_TRIES: Final = 5
"""Codes that may be tried since a packet was last opened. After that it never opens again."""

MOST_ANSWERS: Final = 40
"""Steps and words that somebody outside may leave beside one referral."""

Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


@action("referrals.try_packet", access=RECEIVE)
def try_packet(*, by: Actor, packet: UUID) -> int:
    """Count a try before the code is compared, so that many at once are many. Which one it is; 0: none is left."""
    row = Packet.objects.select_for_update(of=("self",)).get(pk=packet)
    if row.tries >= MOST_TRIES:
        return 0
    row.tries += 1
    row.save()
    return row.tries


@action("referrals.open_packet", access=RECEIVE)
def open_packet(*, by: Actor, packet: UUID) -> Packet | None:
    """The code was right: the receipt is written down, and the tries begin anew.

    None: it may not be read at this moment. What lapsed may come back, so a right code costs no try.
    """
    try:
        row, referral, task = live(packet)
    except Absent:
        row = Packet.objects.select_for_update(of=("self",)).get(pk=packet)
        row.tries = max(0, row.tries - 1)
        row.save()
        return None
    if row.opened_at is None:
        row.opened_at = clock.now()
    row.tries = 0
    row.save()
    if task.state == "sent":
        step(referral, task, "received", Said(by_receiver=True))
    return row


@action("referrals.lock_packet", access=RECEIVE)
def lock_packet(*, by: Actor, packet: UUID) -> Packet:
    """Too many wrong codes: the packet is closed for good and its worker is told."""
    _referral, task = held(Packet.objects.get(pk=packet).referral_id)
    row = Packet.objects.select_for_update(of=("self",)).get(pk=packet)
    if row.closed_at is None:
        close(row, "codes")
        tell_worker(by, task, "referrals.codes")
    return row


@action("referrals.answer_packet", access=RECEIVE)
def answer_packet(
    *,
    by: Actor,
    packet: UUID,
    state: Literal["", "accepted", "declined", "scheduled", "arrived", "not_arrived"] = "",
    barrier: shapes.Barrier = "",
    scheduled_on: date | None = None,
    words: Note = "",
) -> ReferralStep | Feedback | None:
    """What whoever received says: a step of the referral, or only words.

    Raises:
        Absent: it cannot be opened any more. NotNow, NoBarrier, DayNeeded: as for a colleague.
    """
    _row, referral, task = live(packet)
    if answers_of(referral) >= MOST_ANSWERS:
        raise EnoughSaid()
    made: ReferralStep | Feedback | None = None
    if state:
        check_day(state, scheduled_on, referral.site_id)
        source = "receiver" if state in law.KNOWN_BY_SOMEBODY else ""
        made = step(referral, task, state, Said(source, barrier, scheduled_on, by_receiver=True, words=words))
    elif words:
        made = Feedback(person_id=referral.person_id, referral=referral, toward="us")
        made.seal("words", words)
        made.save()
    if made is not None:
        tell_worker(by, task, "referrals.answered")
    return made


def answers_of(referral: Referral) -> int:
    """How often whoever received has answered."""
    steps = ReferralStep.objects.filter(referral=referral, by_receiver=True).count()
    return steps + Feedback.objects.filter(referral=referral, toward="us").count()


def live(packet: UUID) -> tuple[Packet, Referral, ReferralTask]:
    """A packet that may be opened at this moment, held after its person. Raises `Absent`."""
    found = Packet.objects.filter(pk=packet).first()
    if found is None:
        raise Absent()
    referral, task = held(found.referral_id)
    row = Packet.objects.select_for_update(of=("self",)).select_related("referral__site").get(pk=packet)
    now = clock.now()
    if not sharing.is_live(row, current_epoch(), now) or not sharing.may_still_be_read(row):
        raise Absent()
    return row, referral, task
