"""Critical incidents: written down by anybody, followed by supervisor and director, never by whoever is in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.accounts.queries import everybody_at
from karama.accounts.queries.answering import away_on
from karama.accounts.registries import met_something_heavy
from karama.journal import Actor, action, clock
from karama.people.models import HiddenFrom, Person
from karama.programme.days import today_at
from karama.safety.access import ANSWERERS, FOLLOW_INCIDENT, REPORT_ABOUT, REPORT_INCIDENT
from karama.safety.actions.target import of_person
from karama.safety.answering import is_left_alone
from karama.safety.models import Incident, IncidentKeptFrom, IncidentStep
from karama.safety.problems import (
    DayInFuture,
    NobodyLeft,
    NotOfThisSite,
    ReviewFirst,
    SayWhatHappened,
    SomebodyElseCloses,
)

Kind = Literal["self_harm", "violence", "threat", "staff", "medical", "data", "other"]
Step = Literal["acted", "told_family", "told_authority", "staff_supported", "learned", "closed"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
NOBODY_ACCUSED = ("self_harm", "medical", "threat")
"""Kinds in which a colleague who is part of it is no suspect: she is offered a talk, which does not say after what. In
any other kind an offer could tell her that somebody wrote something down."""
Users = Annotated[list[UUID], Field(max_length=20)]


def _of_site(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    return {"site": site}


def incident_attributes(row: Incident) -> dict[str, object]:
    """What the policies ask about an incident."""
    kept_from = IncidentKeptFrom.objects.filter(incident=row).values_list("user_id", flat=True)
    hidden = HiddenFrom.objects.filter(person=row.person_id, lifted_at__isnull=True).values_list("user_id", flat=True)
    return {
        "site": row.site_id,
        "author": row.author_id,
        "kind": row.kind,
        "kept_from": frozenset(kept_from),
        "hidden_from": frozenset(hidden) if row.person_id else frozenset(),
        "left_alone": is_left_alone(row.id),
    }


def _of_incident(*, by: Actor, incident: UUID, **_more: Any) -> Mapping[str, object]:
    row = Incident.objects.filter(pk=incident).first()
    return incident_attributes(row) if row is not None else {}


@action("safety.report_incident", access=REPORT_INCIDENT, target=_of_site)
def report_incident(
    *,
    by: Actor,
    site: UUID,
    kind: Kind,
    words: Words,
    on: date | None = None,
    involved: Users = [],  # noqa: B006 - pydantic copies it
) -> Incident:
    """Write down what happened at a site. `involved`: colleagues who are part of it; for them it does not exist.

    Raises:
        SayWhatHappened: no words. DayInFuture.
    """
    return _report(by, Incident(site_id=site, kind=kind), words, on, involved)


@action("safety.report_incident_about", access=REPORT_ABOUT, target=of_person)
def report_incident_about(
    *,
    by: Actor,
    person: UUID,
    kind: Kind,
    words: Words,
    on: date | None = None,
    involved: Users = [],  # noqa: B006 - pydantic copies it
) -> Incident:
    """The same about one participant. Raises the same."""
    site = Person.objects.values_list("site_id", flat=True).get(pk=person)
    return _report(by, Incident(site_id=site, person_id=person, kind=kind), words, on, involved)


def _report(by: Actor, row: Incident, words: str, on: date | None, involved: list[UUID]) -> Incident:
    today = today_at(row.site_id)
    if not words:
        raise SayWhatHappened()
    if on is not None and on > today:
        raise DayInFuture()
    row.occurred_on = on or today
    row.seal("words", words)
    row.save()
    for user in sorted(set(involved) - {by.id}):
        IncidentKeptFrom.objects.create(incident=row, user_id=user)
    touched = {by.id, *involved} if row.kind in NOBODY_ACCUSED else {by.id}
    met_something_heavy(by=by, people=sorted(touched), kind="incident", at=clock.now())
    return row


@action("safety.name_in_incident", access=FOLLOW_INCIDENT, target=_of_incident)
def name_in_incident(*, by: Actor, incident: UUID, user: UUID) -> IncidentKeptFrom:
    """Say afterwards that a colleague is part of it; for her it does not exist from now on. One may name oneself.

    Somebody else must be left who answers and is not away, so that nobody can take an incident away from everybody but
    herself; of lost records also the data protection officer. Whoever wrote it down keeps sight of it.

    Raises:
        NotOfThisSite: nobody of this site, or its writer. NobodyLeft.
    """
    row = Incident.objects.select_for_update(of=("self",)).get(pk=incident)
    there = everybody_at(by, row.site_id)
    if user == row.author_id or user not in {one for one, _alias, _duty in there}:
        raise NotOfThisSite()
    told = incident_attributes(row)
    shut_out = {*_users(told["kept_from"]), *_users(told["hidden_from"]), *away_on(today_at(row.site_id)), user, by.id}
    left = {duty for one, _alias, duty in there if one not in shut_out}
    if not left & set(ANSWERERS) or (row.kind == "data" and "data_protection_officer" not in left):
        raise NobodyLeft()
    return IncidentKeptFrom.objects.get_or_create(incident=row, user_id=user)[0]


def _users(value: object) -> frozenset[UUID]:
    return value if isinstance(value, frozenset) else frozenset()


@action("safety.follow_incident", access=FOLLOW_INCIDENT, target=_of_incident)
def follow_incident(*, by: Actor, incident: UUID, step: Step, words: Words) -> IncidentStep:
    """Say what was done. An incident is closed after what was learned is written down.

    Raises:
        SayWhatHappened: no words. ReviewFirst: nothing was learned yet. SomebodyElseCloses: she has taken it from a
        colleague.
    """
    row = Incident.objects.select_for_update(of=("self",)).get(pk=incident)
    if not words:
        raise SayWhatHappened()
    if step == "closed" and not IncidentStep.objects.filter(incident=row, step="learned").exists():
        raise ReviewFirst()
    named = IncidentKeptFrom.objects.filter(incident=row, author_id=by.id)
    if step == "closed" and row.author_id != by.id and named.exists():
        raise SomebodyElseCloses()
    made = IncidentStep(incident=row, person_id=row.person_id, step=step)
    made.seal("words", words)
    made.save()
    return made
