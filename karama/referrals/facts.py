"""Rows for analytics: what became of referrals, without identity, free text or kind of help. Counted, never shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import cache
from itertools import islice
from uuid import UUID

from karama.care.access import STATISTICS
from karama.care.facts import last_file, survivors
from karama.journal import Actor, Refused, clock
from karama.programme.days import zone_of
from karama.referrals.models import ReferralStep, ReferralTask
from karama.rules import referrals as law
from karama.rules.permission import permit

CHUNK = 2000


@dataclass(frozen=True)
class ReferralRow:
    """One referral that was sent or came in. `person`: a random id, the same for all files of one person.

    `arrival`: unknown until somebody knew. `barrier`: the last one that was told, or empty.
    """

    person: UUID
    direction: str
    urgency: str
    on: date
    state: str
    arrival: str
    barrier: str


def referral_rows(*, by: Actor, programme: UUID) -> Iterator[ReferralRow]:
    """The referrals of a programme. What was only prepared is a draft and counts nowhere.

    Raises:
        Refused: the duty counts nothing in this programme.
    """
    decision = permit(STATISTICS, by.attributes(), {"programme": programme}, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
    rows = ReferralTask.objects.filter(person__programme_id=programme, compartment__in=law.TOLD_TO_ALL)
    rows = rows.exclude(state="prepared").exclude(person__status="erased").select_related("referral")
    into, zones = survivors(programme), cache(zone_of)  # each site is looked up once, not with every row
    source = rows.order_by("recorded_at", "id").iterator(chunk_size=CHUNK)
    while chunk := list(islice(source, CHUNK)):
        steps: dict[UUID, list[tuple[str, str]]] = {}
        told = ReferralStep.objects.filter(referral_id__in=[one.referral_id for one in chunk]).order_by("place")
        for referral, state, barrier in told.values_list("referral_id", "state", "barrier"):
            steps.setdefault(referral, []).append((state, barrier))
        yield from (_row(one, steps.get(one.referral_id, []), into, zones) for one in chunk)


def _row(
    task: ReferralTask, steps: list[tuple[str, str]], into: dict[UUID, UUID], zones: Callable[[UUID], tzinfo]
) -> ReferralRow:
    return ReferralRow(
        person=last_file(task.person_id, into),
        direction=task.direction,
        urgency=task.urgency,
        on=task.referral.recorded_at.astimezone(zones(task.referral.site_id)).date(),
        state=task.state,
        arrival=law.arrival_of(state for state, _barrier in steps),
        barrier=next((barrier for _state, barrier in reversed(steps) if barrier), ""),
    )
