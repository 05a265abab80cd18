"""One referral: its page, and what would be shared, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from karama.accounts.queries import aliases_of
from karama.journal import Absent, Actor, clock
from karama.people.access import purpose_of
from karama.people.attributes import person_attributes
from karama.people.joined import file_that_remains
from karama.people.models import Person
from karama.programme.days import today_at
from karama.programme.models import Organisation
from karama.referrals import sharing
from karama.referrals.access import FOLLOW, SEE
from karama.referrals.models import Feedback, Packet, Referral, ReferralStep, ReferralTask, Service
from karama.referrals.offered import goes_along, sector_and_way
from karama.referrals.standing import attributes_of, details_of, opens_words
from karama.rules import referrals as law
from karama.rules.permission import Policy, permit


@dataclass(frozen=True)
class StepShown:
    """One step of a referral. `by_receiver`: whoever received wrote it, without an account."""

    state: str
    at: datetime
    who: str
    by_receiver: bool
    source: str
    barrier: str
    scheduled_on: date | None
    way: str
    words: str


@dataclass(frozen=True)
class ReferralPage:
    """One referral with everything this reader may know of it. `words_kept`: its words are for others, and so empty.

    `followed`: the reader took it up and sees nothing else of the person.
    """

    id: UUID
    person: UUID
    code: str
    direction: str
    urgency: str
    emergency: bool
    state: str
    stored: str
    arrival: str
    ask_on: date | None
    sector: str
    provider: str
    stale: bool
    organisation: str
    came_from: str
    by_way: str
    reason: str
    worker: str
    mine: bool
    steps: list[StepShown]
    feedback: list[tuple[str, datetime, str]]
    following: tuple[str, ...]
    packet: Packet | None
    tells_back: bool = False
    words_kept: bool = False
    followed: bool = False
    accompany: bool | None = None


@dataclass(frozen=True)
class Preview:
    """Exactly what would be shared, with whom, and what speaks against it. `against`: code of the problem, or empty."""

    id: UUID
    person: UUID
    code: str
    state: str
    organisation: str
    provider: str
    content: list[sharing.Field]
    refused: dict[str, str] = field(default_factory=dict)
    against: str = ""
    until_on: date | None = None
    seen: str = ""


def referral_in_reach(by: Actor, referral: UUID, policy: Policy = SEE) -> tuple[Referral, ReferralTask, Person]:
    """A referral with its task and its person's file of today. Raises `Absent`: as many queries either way."""
    task = (
        ReferralTask.objects.filter(referral_id=referral)
        .select_related("referral__site", "person__site", "person__merged_into")
        .first()
    )
    person = file_that_remains(task.person_id if task is not None else referral)
    told: dict[str, object] = dict(person_attributes(person))
    if task is not None:
        told |= attributes_of(task)
    allowed = permit(policy, by.attributes(), told, purpose_of(by), clock.now()).allowed
    if task is None or not allowed:
        raise Absent()
    found = task.person if task.person_id == person else Person.objects.select_related("site").get(pk=person)
    return task.referral, task, found


def followed_page(by: Actor, referral: UUID) -> ReferralPage:
    """One referral that the reader took up without working with the person. Raises `Absent`."""
    return referral_page(by, referral, FOLLOW)


def referral_page(by: Actor, referral: UUID, policy: Policy = SEE) -> ReferralPage:
    """One referral. Raises `Absent`: nobody's, not in reach, or in a compartment that is not opened: one answer."""
    row, task, person = referral_in_reach(by, referral, policy)
    open_ = opens_words(by, row, task)
    details = details_of(row)
    steps = list(ReferralStep.objects.filter(referral=row).order_by("place"))
    named = aliases_of({task.worker_id, *(one.author_id for one in steps)})
    place = service_of(details)
    sector, way = sector_and_way(by, row, details)
    back = list(Feedback.objects.filter(referral=row).order_by("recorded_at")) if open_ else []
    return ReferralPage(
        id=row.id,
        person=person.id,
        code=person.code,
        direction=row.direction,
        urgency=row.urgency,
        emergency=row.emergency,
        state=law.stands(task.state, task.ask_on, today_at(row.site_id)),
        stored=task.state,
        arrival=law.arrival_of([one.state for one in steps]),
        ask_on=task.ask_on,
        sector=sector,
        provider=place.provider if place is not None else way,
        stale=place is not None and place.closed_on is not None,
        organisation=organisation_name(row.organisation_id),
        came_from=details.get("came_from", ""),
        by_way=details.get("by_way", ""),
        reason=row.text_of("reason") if open_ else "",
        worker=named.get(task.worker_id, ""),
        mine=task.worker_id == by.id,
        steps=[_step(one, named, open_) for one in steps],
        feedback=[(one.toward, one.recorded_at, one.text_of("words")) for one in back],
        following=law.steps_after(task.state),
        packet=Packet.objects.filter(referral=row).order_by("-recorded_at", "-id").first(),
        tells_back=row.direction == "in" and sharing.may_tell_back(row),
        words_kept=not open_,
        followed=policy is FOLLOW,
        accompany=goes_along(row, details),
    )


def preview(by: Actor, referral: UUID) -> Preview:
    """What would be shared now, and what speaks against it. Raises `Absent`."""
    row, task, person = referral_in_reach(by, referral)
    place = service_of(details_of(row))
    open_ = opens_words(by, row, task)
    content = sharing.content_of(person, row) if open_ else []
    agreement = sharing.agreement_with(row.organisation_id, person.programme_id)
    classes = sharing.classes_of(row)
    against, refused = "", {}
    if not open_:
        against = "referrals.words_kept"
    elif row.organisation_id is None:
        against = "referrals.no_partner"
    elif agreement is None:
        against = "referrals.no_agreement"
    elif sharing.at_rest(person):
        against = "referrals.at_rest"
    elif not content:
        against = "referrals.nothing_to_share"
    elif not sharing.covers(agreement, classes):
        against = "referrals.beyond_agreement"
    else:
        refused = sharing.gate(person, row, agreement, classes, accepted=True).refused
        against = "referrals.not_agreed" if refused else ""
    return Preview(
        id=row.id,
        person=person.id,
        code=person.code,
        state=task.state,
        organisation=organisation_name(row.organisation_id),
        provider=place.provider if place is not None else "",
        content=content,
        refused=refused,
        against=against,
        until_on=agreement.until_on if agreement is not None else None,
        seen=sharing.seen_digest(row, content) if open_ else "",
    )


def service_of(details: dict[str, Any]) -> Service | None:
    """The service that the sealed details name."""
    found = details.get("service")
    return Service.objects.filter(pk=UUID(found)).first() if found else None


def organisation_name(organisation: UUID | None) -> str:
    """The name of an organisation; empty for none."""
    if organisation is None:
        return ""
    return str(Organisation.objects.values_list("name", flat=True).get(pk=organisation))


def _step(row: ReferralStep, named: dict[UUID, str], open_: bool) -> StepShown:
    return StepShown(
        state=row.state,
        at=row.recorded_at,
        who=named.get(row.author_id, ""),
        by_receiver=row.by_receiver,
        source=row.source,
        barrier=row.barrier,
        scheduled_on=row.scheduled_on,
        way=row.way,
        words=row.text_of("words") if open_ else "",
    )
