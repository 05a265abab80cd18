"""Security incidents: written down by anybody, followed by supervisor and director; whoever was there is cared for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.accounts.queries import everybody_at
from karama.accounts.registries import met_something_heavy
from karama.journal import Actor, Refused, action, clock, visible_to
from karama.notices.actions import tell
from karama.outreach.access import FOLLOW_SECURITY, REPORT
from karama.outreach.actions.planning import Users, Words
from karama.outreach.actions.watching import of_visit
from karama.outreach.models import SecurityIncident, SecurityPerson, SecurityPresent, SecurityStep, Visit
from karama.outreach.problems import (
    DeviceFirst,
    NotOfThisSite,
    NotYet,
    NotYourPeople,
    ReviewFirst,
    SayWhatHappened,
    SomebodyElseCloses,
    SupportFirst,
)
from karama.people.access import ATTRIBUTES, SEE, purpose_of
from karama.people.models import Person

Kind = Literal["threat", "checkpoint", "robbery", "attack", "detention", "accident", "other"]
Thing = Literal["device", "papers", "money", "goods", "vehicle", "documents"]
Step = Literal["acted", "told_authority", "sessions_ended", "staff_supported", "learned", "closed"]


def _of_report(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    return {"site": site}


@action("outreach.report_security", access=REPORT, target=_of_report)
def report_security(
    *,
    by: Actor,
    site: UUID,
    kind: Kind,
    words: Words,
    at: datetime | None = None,
    present: Users = [],  # noqa: B006 - pydantic copies it
    people: Annotated[list[UUID], Field(max_length=30)] = [],  # noqa: B006 - pydantic copies it
    lost: Annotated[list[Thing], Field(max_length=6)] = [],  # noqa: B006 - pydantic copies it
    device_of: UUID | None = None,
    visit: UUID | None = None,
) -> SecurityIncident:
    """Write down what happened on the way. `present`: colleagues who were there. `people`: participants who were.

    Whoever answers is told at once; whoever was there is offered care by the room that gives it; when a device was
    lost, administrators are told to end its sessions. `device_of`: whose device, the writer's own when not said.

    Raises:
        SayWhatHappened, NotYet. NotOfThisSite: a colleague of another site. NotYourPeople: a participant whom the
        writer may not see, or who does not exist.
    """
    now = clock.now()
    if not words:
        raise SayWhatHappened()
    if at is not None and (at.tzinfo is None or at > now):
        raise NotYet("at")
    staff = everybody_at(by, site)
    there = {user for user, _alias, _duty in staff} | {by.id}
    owner = (device_of or by.id) if "device" in lost else None
    if not {*present, *([owner] if owner else [])} <= there:
        raise NotOfThisSite()
    seen = _whom_she_sees(by, people)
    if visit is not None and not _sees_visit(by, visit, site):
        raise Refused("visit")
    made = SecurityIncident(site_id=site, visit_id=visit, kind=kind, occurred_at=at or now, device_of_id=owner)
    made.seal("lost", sorted(set(lost)))
    made.seal("words", words)
    made.save()
    for user in sorted(set(present)):
        SecurityPresent.objects.create(incident=made, user_id=user)
    for person in seen:
        SecurityPerson.objects.create(incident=made, person_id=person)
    _tell(by, made, staff)
    if present:
        met_something_heavy(by=by, people=sorted(set(present)), kind="security", at=made.occurred_at)
    return made


def _whom_she_sees(by: Actor, people: list[UUID]) -> list[UUID]:
    wanted = set(people)
    rows = visible_to(
        Person.objects.filter(pk__in=wanted),
        by=by,
        policy=SEE,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )
    found = sorted(rows.values_list("id", flat=True)) if wanted else []
    if len(found) != len(wanted):
        raise NotYourPeople()
    return found


def _sees_visit(by: Actor, visit: UUID, site: UUID) -> bool:
    told = of_visit(by=by, visit=visit)
    members = told.get("members")
    of_it = isinstance(members, frozenset) and by.id in members
    return Visit.objects.filter(pk=visit, site_id=site).exists() and (of_it or by.duty == "supervisor")


def _tell(by: Actor, made: SecurityIncident, staff: list[tuple[UUID, str, str]]) -> None:
    for user, _alias, duty in staff:
        if duty in ("supervisor", "director") and user != by.id:
            tell(by=by, user=user, kind="outreach.security", place=made.id)
        if duty == "administrator" and made.device_of_id is not None:
            tell(by=by, user=user, kind="outreach.device_lost", place=made.device_of_id)


def _of_event(*, by: Actor, event: UUID, **_more: Any) -> Mapping[str, object]:
    row = SecurityIncident.objects.filter(pk=event).values_list("site_id", "author_id").first()
    return {"site": row[0], "author": row[1]} if row is not None else {}


@action("outreach.follow_security", access=FOLLOW_SECURITY, target=_of_event)
def follow_security(*, by: Actor, event: UUID, step: Step, words: Words) -> SecurityStep:
    """Say what was done. Closed only after the review, after the sessions of a lost device, by somebody who was not
    there.

    Raises:
        SayWhatHappened, ReviewFirst, DeviceFirst, SupportFirst, SomebodyElseCloses.
    """
    row = SecurityIncident.objects.select_for_update(of=("self",)).get(pk=event)
    if not words:
        raise SayWhatHappened()
    if step == "closed":
        done = set(SecurityStep.objects.filter(incident=row).values_list("step", flat=True))
        if SecurityPresent.objects.filter(incident=row, user_id=by.id).exists():
            raise SomebodyElseCloses()
        if row.device_of_id is not None and "sessions_ended" not in done:
            raise DeviceFirst()
        if "staff_supported" not in done and SecurityPresent.objects.filter(incident=row).exists():
            raise SupportFirst()
        if "learned" not in done:
            raise ReviewFirst()
    made = SecurityStep(incident=row, step=step)
    made.seal("words", words)
    made.save()
    return made
