"""Where a referral stands, derived from its steps; who may be asked about it; and the step that moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from karama.journal import Actor, clock
from karama.notices.actions import tell
from karama.people.actions import shapes
from karama.people.attributes import person_attributes
from karama.people.joined import all_files_of, file_that_remains
from karama.people.workers import kept_from
from karama.programme.days import day_at, today_at
from karama.referrals import packs
from karama.referrals.models import Packet, Referral, ReferralStep, ReferralTask
from karama.referrals.problems import NoBarrier, NotNow, WhoTold
from karama.rules import referrals as law


@dataclass(frozen=True)
class Said:
    """What a step says besides its state."""

    source: str = ""
    barrier: str = ""
    scheduled_on: date | None = None
    way: str = ""
    by_receiver: bool = False
    words: str = ""


NOTHING = Said()


def states_of(referral: UUID) -> list[str]:
    """The states of a referral, the first one first."""
    return list(ReferralStep.objects.filter(referral_id=referral).order_by("place").values_list("state", flat=True))


def target_of(referral: UUID) -> dict[str, object]:
    """What a policy may ask about a referral: its person as her file is now, its compartment, its worker."""
    row = ReferralTask.objects.filter(referral_id=referral).first()
    return {} if row is None else {**person_attributes(file_that_remains(row.person_id)), **attributes_of(row)}


def attributes_of(task: ReferralTask) -> dict[str, object]:
    """What a policy may ask about the referral itself."""
    return {"compartment": task.compartment, "worker": task.worker_id, "followed": task.followed}


def held(referral: UUID) -> tuple[Referral, ReferralTask]:
    """The referral and its task, after its person's row is held: what follows is in one order."""
    row = Referral.objects.get(pk=referral)
    task = ReferralTask.objects.get(referral_id=referral)
    shapes.locked(task.person_id)
    return row, ReferralTask.objects.select_for_update(of=("self",)).get(referral_id=referral)


def begin(row: Referral, worker: UUID, on: date | None = None) -> ReferralTask:
    """The task of a new referral, where the law begins."""
    state = law.BEGINS[row.direction]
    task = ReferralTask(
        person_id=row.person_id,
        referral=row,
        worker_id=worker,
        direction=row.direction,
        compartment=row.compartment,
        urgency=row.urgency,
        state=state,
        ask_on=_ask_on(row, state, on),
    )
    task.save()
    ReferralStep(person_id=row.person_id, referral=row, place=1, state=state).save()
    return task


def step(row: Referral, task: ReferralTask, state: str, said: Said = NOTHING) -> ReferralStep:
    """Add a step and move the task. What was shared closes with the referral.

    Raises:
        NotNow: the law does not allow it after the last one. WhoTold, NoBarrier: what is said does not fit the state.
    """
    if not law.may_follow(task.state, state):
        raise NotNow()
    if not law.source_fits(state, said.source):
        raise WhoTold()
    if not law.barrier_fits(state, said.barrier):
        raise NoBarrier()
    made = ReferralStep(
        person_id=row.person_id,
        referral=row,
        place=ReferralStep.objects.filter(referral=row).count() + 1,
        state=state,
        source=said.source,
        barrier=said.barrier,
        scheduled_on=said.scheduled_on,
        way=said.way,
        by_receiver=said.by_receiver,
    )
    made.seal("words", said.words or None)
    made.save()
    task.state = state
    task.ask_on = _ask_on(row, state, None, said.scheduled_on, outside=said.by_receiver)
    task.save()
    if law.has_ended(state):
        close_packets(row.id, "stopped" if state == "stopped" else "ended")
    return made


def _ask_on(
    row: Referral, state: str, on: date | None, scheduled: date | None = None, *, outside: bool = False
) -> date | None:
    after = packs.referring(row.site.programme_id).ask_after
    found = law.ask_on(state, row.urgency, on or today_at(row.site_id), scheduled=scheduled, after=after)
    if found is None or not outside:
        return found
    return min(found, law.asked_at_latest(row.urgency, _last_of_ours(row), after=after))


def _last_of_ours(row: Referral) -> date:
    """The day, at its site, of the last step that was not told from outside."""
    ours = ReferralStep.objects.filter(referral=row, by_receiver=False).order_by("place").last()
    return day_at(row.site_id, ours.recorded_at) if ours else today_at(row.site_id)


def close_packets(referral: UUID, why: str) -> list[Packet]:
    """Close what is open of a referral, at once and for good: its content goes."""
    found = list(Packet.objects.filter(referral_id=referral, closed_at__isnull=True))
    for packet in found:
        close(packet, why)
    return found


def close(packet: Packet, why: str) -> None:
    """Close one packet."""
    packet.closed_at, packet.closed_why = clock.now(), why
    packet.seal("content", None)
    packet.save()


def hidden_from(person: UUID) -> set[UUID]:
    """For whom any file of this person is not to be seen."""
    return {user for _file, user in kept_from(all_files_of(person))}


def tell_worker(by: Actor, task: ReferralTask, kind: str) -> None:
    """Tell whoever carries a referral that something happened, unless it is her own doing or she is kept away."""
    if task.worker_id != by.id and task.worker_id not in hidden_from(task.person_id):
        told = "referrals.followed" if task.followed else kind
        tell(by=by, user=task.worker_id, kind=told, place=task.referral_id)


def details_of(row: Referral) -> dict[str, Any]:
    """The sealed details of a referral; empty when its person was erased."""
    found = row.unseal("details")
    return found if isinstance(found, dict) else {}


def words_compartment(row: Referral) -> str:
    """The compartment of its words: the reason, and what was told at each step and back."""
    sector = details_of(row).get("sector", "")
    return law.words_compartment_of(sector) if sector in law.SECTORS else row.compartment


def opens_words(by: Actor, row: Referral, task: ReferralTask) -> bool:
    """Whether this reader may know its words: her duty opens their compartment, or she wrote and still carries it."""
    return words_compartment(row) in by.compartments or by.id == row.author_id == task.worker_id
