"""Security incidents as the reader may see them. Participants who were there stand in them for nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.outreach.access import FOLLOW_SECURITY, SEE_SECURITY
from karama.outreach.models import SECURITY_STEPS, SecurityIncident, SecurityPerson, SecurityPresent, SecurityStep
from karama.people.access import SEE, purpose_of, rows_near
from karama.rules.permission import Policy, permit

MOST = 200
ATTRIBUTES = {"site": "site_id", "author": "author_id"}


@dataclass(frozen=True)
class SecurityLine:
    """One incident in a list."""

    id: UUID
    kind: str
    site: str
    at: datetime
    open: bool


@dataclass(frozen=True)
class SecurityPage:
    """One incident. `codes`: of participants whom this reader may see. `steps`: (step, when, alias, words).

    `device_of`: alias of whoever's device is gone, with her id; `sessions_open`: nobody has said yet that they ended.
    """

    line: SecurityLine
    who: str
    words: str
    lost: list[str]
    present: list[str]
    codes: list[str]
    device_of: str
    device_user: UUID | None
    sessions_open: bool
    steps: list[tuple[str, datetime, str, str]]
    left: tuple[str, ...]
    may_follow: bool
    visit: UUID | None


def security_incidents(by: Actor) -> list[SecurityLine]:
    """What the reader wrote down or answers for, open ones first, the newest first."""
    rows = list(_visible(by, SEE_SECURITY).select_related("site").order_by("-occurred_at", "-id")[:MOST])
    closed = _closed([one.id for one in rows])
    return sorted((_line(one, one.id not in closed) for one in rows), key=lambda one: not one.open)


@asks
def security_to_follow(by: Actor) -> Asks[list[SecurityLine]]:
    """Open incidents that the reader answers for, the oldest first."""
    return [_line(one, True) for one in (yield _to_follow.later(by))]


@readymade
def _to_follow(by: Actor) -> QuerySet[SecurityIncident, SecurityIncident]:
    rows = _visible(by, FOLLOW_SECURITY).exclude(steps__step="closed").select_related("site")
    return rows.order_by("occurred_at", "id")[:MOST]


def security_page(by: Actor, event: UUID) -> SecurityPage:
    """One incident. Raises `Absent`."""
    row = _visible(by, SEE_SECURITY).filter(pk=event).select_related("site").first()
    if row is None:
        raise Absent()
    steps = list(SecurityStep.objects.filter(incident=row).order_by("recorded_at", "id"))
    present = list(SecurityPresent.objects.filter(incident=row).values_list("user_id", flat=True))
    done = {one.step for one in steps}
    device = [row.device_of_id] if row.device_of_id else []
    names = aliases_of({row.author_id, *present, *device, *(one.author_id for one in steps)})
    may = permit(FOLLOW_SECURITY, by.attributes(), {"site": row.site_id}, purpose_of(by), clock.now()).allowed
    lost = row.unseal("lost")
    return SecurityPage(
        line=_line(row, "closed" not in done),
        who=names.get(row.author_id, ""),
        words=row.text_of("words"),
        lost=list(lost) if isinstance(lost, list) else [],
        present=sorted(names.get(one, "") for one in present),
        codes=_codes(by, row),
        device_of=names.get(row.device_of_id, "") if row.device_of_id else "",
        device_user=row.device_of_id,
        sessions_open=row.device_of_id is not None and "sessions_ended" not in done,
        steps=[(one.step, one.recorded_at, names.get(one.author_id, ""), one.text_of("words")) for one in steps],
        left=_left(row, done),
        may_follow=may,
        visit=row.visit_id,
    )


def _visible(by: Actor, policy: Policy) -> QuerySet[SecurityIncident, SecurityIncident]:
    return visible_to(
        SecurityIncident.objects.all(),
        by=by,
        policy=policy,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )


def _codes(by: Actor, row: SecurityIncident) -> list[str]:
    there = SecurityPerson.objects.filter(incident=row).select_related("person")
    return [one.person.code for one in rows_near(there, by=by, policy=SEE).order_by("person__code")]


def _left(row: SecurityIncident, done: set[str]) -> tuple[str, ...]:
    """The steps that may be written down now; those that happen more than once stay."""
    if "closed" in done:
        return ()
    device = row.device_of_id is not None
    return tuple(one for one in SECURITY_STEPS if one != "sessions_ended" or (device and one not in done))


def _closed(ids: list[UUID]) -> set[UUID]:
    return set(SecurityStep.objects.filter(incident__in=ids, step="closed").values_list("incident_id", flat=True))


def _line(row: SecurityIncident, is_open: bool) -> SecurityLine:
    return SecurityLine(row.id, row.kind, row.site.name, row.occurred_at, is_open)
