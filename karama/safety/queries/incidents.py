"""Critical incidents as the reader may see them. Whoever is part of one finds nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts import duties
from karama.accounts.queries import aliases_of, everybody_at
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.journal.visibility import Many
from karama.people.access import purpose_of
from karama.people.attributes import person_attributes
from karama.people.models import HiddenFrom
from karama.people.queries import person_in_reach
from karama.programme.models import Site
from karama.rules.permission import Policy, permit
from karama.safety.access import FOLLOW_INCIDENT, LEFT_TO, REPORT_ABOUT, SEE_INCIDENT, SEE_LEFT_ALONE
from karama.safety.actions.incidents import incident_attributes
from karama.safety.answering import has_officer, left_alone
from karama.safety.models import INCIDENT_STEPS, Incident, IncidentKeptFrom, IncidentStep

MOST = 200
ATTRIBUTES: dict[str, str | Many] = {
    "site": "site_id",
    "author": "author_id",
    "kind": "kind",
    "kept_from": Many(IncidentKeptFrom, owner="incident_id", value="user_id"),
    "hidden_from": Many(
        HiddenFrom, owner="person_id", value="user_id", at="person_id", where={"lifted_at__isnull": True}
    ),
}
TOLD_KINDS = ("staff", "data")
"""Of these, whoever answers reads the words, also where she opens no person's record: nobody else may be left."""


@dataclass(frozen=True)
class IncidentLine:
    """One incident in a list."""

    id: UUID
    kind: str
    site: str
    on: date
    open: bool


@dataclass(frozen=True)
class IncidentShown:
    """An incident with what followed. `steps`: (step, when, alias, words); `code` of the participant, or empty.

    `kept`: (alias, when, by whom) of colleagues who were named, for whoever answers.
    `with_whom`: site, officer or nobody answers for it. `held`: it is about somebody whose record this reader does not
    open; code and words stay with those who do.
    """

    id: UUID
    kind: str
    site: str
    on: date
    who: str
    code: str
    words: str
    steps: list[tuple[str, datetime, str, str]]
    open: bool
    may_follow: bool
    held: bool
    kept: tuple[tuple[str, datetime, str], ...] = ()
    with_whom: str = "site"


def incidents_of(by: Actor) -> list[IncidentLine]:
    """The incidents a reader may see, open ones first, the newest first."""
    rows = (
        _visible(by, SEE_INCIDENT, clock.day_in_utc())
        .select_related("site")
        .order_by("-occurred_on", "-recorded_at")[:MOST]
    )
    ended = _ended(rows)
    found = [IncidentLine(one.id, one.kind, one.site.name, one.occurred_on, one.id not in ended) for one in rows]
    return sorted(found, key=lambda one: not one.open)


@asks
def incidents_to_follow(by: Actor) -> Asks[list[IncidentLine]]:
    """Open incidents that the reader answers for, the oldest first."""
    rows = yield _to_follow.later(by, clock.day_in_utc() if by.duty == LEFT_TO else None)
    return [IncidentLine(one.id, one.kind, one.site.name, one.occurred_on, True) for one in rows]


@readymade
def _to_follow(by: Actor, today: date | None) -> QuerySet[Incident, Incident]:
    rows = _visible(by, FOLLOW_INCIDENT, today).exclude(steps__step="closed").select_related("site")
    return rows.order_by("occurred_on", "recorded_at")[:MOST]


def incident_page(by: Actor, incident: UUID) -> IncidentShown:
    """One incident. Raises `Absent`."""
    row = _visible(by, SEE_INCIDENT, clock.day_in_utc()).filter(pk=incident).select_related("site", "person").first()
    if row is None:
        raise Absent()
    held = not _opens(by, row)
    if row.person_id is not None and not held:
        opening_all([row.person_id])
    steps = list(IncidentStep.objects.filter(incident=row).order_by("recorded_at"))
    kept = list(IncidentKeptFrom.objects.filter(incident=row).order_by("recorded_at", "id"))
    people = {row.author_id, *(one.author_id for one in (*steps, *kept)), *(one.user_id for one in kept)}
    names = aliases_of(people)
    attributes = incident_attributes(row)
    may = permit(FOLLOW_INCIDENT, by.attributes(), attributes, purpose_of(by), clock.now()).allowed
    alone = attributes["left_alone"]
    return IncidentShown(
        id=row.id,
        kind=row.kind,
        site=row.site.name,
        on=row.occurred_on,
        who=names.get(row.author_id, ""),
        code=row.person.code if row.person is not None and not held else "",
        words="" if held else row.text_of("words"),
        steps=[
            (one.step, one.recorded_at, names.get(one.author_id, ""), "" if held else one.text_of("words"))
            for one in steps
        ],
        open=all(one.step != "closed" for one in steps),
        may_follow=may,
        held=held,
        with_whom="site" if not alone else "officer" if has_officer(row.id) else "nobody",
        kept=tuple((names.get(one.user_id, ""), one.recorded_at, names.get(one.author_id, "")) for one in kept if may),
    )


def _opens(by: Actor, row: Incident) -> bool:
    """Whether this reader is told the words: about nobody in particular, written by her, or about somebody near her."""
    if row.person_id is None or row.author_id == by.id or row.kind in TOLD_KINDS:
        return True
    target = person_attributes(row.person_id)
    return permit(REPORT_ABOUT, by.attributes(), target, purpose_of(by), clock.now()).allowed


def steps_left(shown: IncidentShown) -> list[str]:
    """The steps that may follow now: closing only after the review."""
    learned = any(step == "learned" for step, *_rest in shown.steps)
    return [step for step in INCIDENT_STEPS if step != "closed" or learned] if shown.open else []


def incident_person(by: Actor, person: UUID) -> tuple[str, UUID]:
    """The code and the site of a participant about whom this reader may write an incident down. Raises `Absent`."""
    found = person_in_reach(by, person, REPORT_ABOUT)
    return found.code, found.site_id


def incident_sites(by: Actor) -> list[tuple[str, str]]:
    """(id, name) of the reader's sites."""
    return [
        (str(key), name)
        for key, name in Site.objects.filter(pk__in=by.sites).order_by("name").values_list("id", "name")
    ]


def incident_colleagues(by: Actor, *, with_self: bool = False) -> list[tuple[str, str]]:
    """(id, alias and duty) of colleagues at the reader's sites who may be part of it."""
    found: dict[UUID, str] = {}
    for site in sorted(by.sites):
        for user, alias, duty in everybody_at(by, site):
            if user != by.id or with_self:
                found.setdefault(user, f"{alias} · {duties.label(duty)}")
    return [(str(user), label) for user, label in sorted(found.items(), key=lambda one: one[1])]


def _visible(by: Actor, policy: Policy, today: date | None) -> QuerySet[Incident, Incident]:
    """`today` is None where the duty is certainly not the one to which incidents are left: who is left is not asked."""
    seen, others = _opened(by, policy), _opened(by, SEE_LEFT_ALONE)
    if others.query.is_empty():
        return seen
    assert today is not None
    left = left_alone(others, today)
    return Incident.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=left.values("pk")))


def _opened(by: Actor, policy: Policy) -> QuerySet[Incident, Incident]:
    told: dict[str, Any] = {"by": by, "purpose": purpose_of(by), "now": clock.now(), "attributes": ATTRIBUTES}
    return visible_to(Incident.objects.all(), policy=policy, **told)


def _ended(rows: Any) -> set[UUID]:
    ids = [one.id for one in rows]
    return set(IncidentStep.objects.filter(incident__in=ids, step="closed").values_list("incident_id", flat=True))
