"""What the policies of this room ask about, in one query each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from karama.care.cards import compartment_of
from karama.care.models import Episode, FocalPoint, Response, Session
from karama.care.supervised import closer_of
from karama.journal import Actor, clock
from karama.journal.actors import NOBODY
from karama.journal.readymade import readymade
from karama.people.models import Assignment, HiddenFrom, Person
from karama.safety.models import Alert
from karama.safety.standing import standing_of

PLACED: Final = ("programme_id", "site_id", "status", "reach", "held_by_team_id", "merged_into_id")


def person_seen_by(by: Actor, person: UUID) -> dict[str, Any]:
    """The attributes of a person as far as this actor is concerned; empty when there is none, which denies.

    One query, unlike `people.access.person_attributes`: of the lists of workers and of the "do not show to" list only
    whether the actor stands on them, which is all a policy asks.
    """
    found = _seen_by.first(person, by.id)
    if found is None:
        return {}
    programme, site, status, reach, team, into, works, leading, unseen = found
    own = frozenset({by.id})
    return {
        "person": person,
        "programme": programme,
        "site": site,
        "status": status,
        "reach": reach,
        "held_by_team": team,
        "merged_into": into,
        "assigned": own if works else frozenset(),
        "leads": own if leading else frozenset(),
        "hidden_from": own if unseen else frozenset(),
    }


@readymade
def _seen_by(person: UUID, user: UUID) -> QuerySet[Any]:
    worker = Assignment.objects.filter(person=OuterRef("pk"), user_id=user, until__isnull=True)
    hidden = HiddenFrom.objects.filter(person=OuterRef("pk"), user_id=user, lifted_at__isnull=True)
    return (
        Person.objects.filter(pk=person)
        .annotate(works=Exists(worker), leading=Exists(worker.filter(role="lead")), unseen=Exists(hidden))
        .values_list(*PLACED, "works", "leading", "unseen")
    )


def people_seen_by(by: Actor, people: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """The same as `person_seen_by` for many people, in three queries; who is not there is not in the answer."""
    rows = _placed(people)
    working = dict(_working(people, by.id))
    unseen = frozenset(_hidden(people, by.id))
    own, nobody = frozenset({by.id}), frozenset[UUID]()
    return {
        person: {
            "person": person,
            "programme": programme,
            "site": site,
            "status": status,
            "reach": reach,
            "held_by_team": team,
            "merged_into": into,
            "assigned": own if person in working else nobody,
            "leads": own if working.get(person) == "lead" else nobody,
            "hidden_from": own if person in unseen else nobody,
        }
        for person, programme, site, status, reach, team, into in rows
    }


@readymade
def _placed(people: Collection[UUID]) -> QuerySet[Any]:
    return Person.objects.filter(pk__in=people).values_list("pk", *PLACED)


@readymade
def _working(people: Collection[UUID], user: UUID) -> QuerySet[Any]:
    rows = Assignment.objects.filter(person__in=people, user_id=user, until__isnull=True)
    return rows.order_by("-role").values_list("person_id", "role")


@readymade
def _hidden(people: Collection[UUID], user: UUID) -> QuerySet[Any]:
    rows = HiddenFrom.objects.filter(person__in=people, user_id=user, lifted_at__isnull=True)
    return rows.values_list("person_id", flat=True)


def present_file(by: Actor, person: UUID) -> dict[str, Any]:
    """The same of the file that remains, for a person whose file was joined with another."""
    found = person_seen_by(by, person)
    hidden = set(found.get("hidden_from", ()))
    while found.get("merged_into") is not None:
        found = person_seen_by(by, found["merged_into"])
        hidden |= set(found.get("hidden_from", ()))
    return {**found, "hidden_from": frozenset(hidden)} if found else {}


def of_site(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a site."""
    return {"site": site}


def of_person(*, by: Actor, person: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a person."""
    return person_seen_by(by, person)


def of_person_for_focal(*, by: Actor, person: UUID, **_more: Any) -> Mapping[str, object]:
    """The same, with those who are named at the person's site to record violence."""
    found = person_seen_by(by, person)
    return {**found, "focal_points": focal_points_at(found["site"])} if found else {}


def focal_points_at(site: UUID) -> frozenset[UUID]:
    """Who is named at a site to record violence, today."""
    return named_by_site(site).get(site, frozenset())


def named_by_site(only: UUID | None = None) -> dict[UUID, frozenset[UUID]]:
    """Site -> who is named there today, in one query. By the day of UTC, as every duty."""
    today = clock.day_in_utc()
    found: dict[UUID, frozenset[UUID]] = {}
    for site, user in _named(today) if only is None else _named_at(only, today):
        found[site] = found.get(site, frozenset()) | {user}
    return found


@readymade
def _named(day: date) -> QuerySet[Any]:
    ended = Q(until_on__isnull=True) | Q(until_on__gt=day)
    return FocalPoint.objects.filter(ended, since_on__lte=day).values_list("site_id", "user_id")


@readymade
def _named_at(site: UUID, day: date) -> QuerySet[Any]:
    return _named.make(day).filter(site_id=site)


def of_many_people(*, by: Actor, many: Sequence[Mapping[str, Any]]) -> list[Mapping[str, object]]:
    """The targets of many such actions at once: for imports."""
    seen = people_seen_by(by, {one["person"] for one in many})
    return [seen.get(one["person"], {}) for one in many]


def of_answers(*, by: Actor, person: UUID, instrument: str, mode: str = "", **_more: Any) -> Mapping[str, object]:
    """The target of an action that brings answers."""
    return {**person_seen_by(by, person), "compartment": compartment_of(instrument), "mode": mode}


def of_many_answers(*, by: Actor, many: Sequence[Mapping[str, Any]]) -> list[Mapping[str, object]]:
    """The targets of many such actions at once: for imports."""
    seen = people_seen_by(by, {one["person"] for one in many})
    return [
        {**seen.get(one["person"], {}), "compartment": compartment_of(one["instrument"]), "mode": one.get("mode", "")}
        for one in many
    ]


def of_response(*, by: Actor, response: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a response."""
    row = Response.objects.filter(pk=response).values("person_id", "compartment", "mode").first()
    if row is None:
        return {}
    return {**present_file(by, row["person_id"]), "compartment": row["compartment"], "mode": row["mode"]}


def of_session(*, by: Actor, session: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a session."""
    person = Session.objects.filter(pk=session).values_list("person_id", flat=True).first()
    return present_file(by, person) if person is not None else {}


def of_episode(*, by: Actor, episode: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about an episode."""
    person = Episode.objects.filter(pk=episode).values_list("person_id", flat=True).first()
    return present_file(by, person) if person is not None else {}


def of_closed_alert(*, by: Actor, closed: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of reading a closed alert once more: what a policy asks of the alert, and who closed it."""
    found, newest = Alert.objects.filter(pk=closed).first(), Alert.objects.order_by("-id").first()
    # One that does not exist costs what one that is not hers costs: the newest is looked at in its stead.
    looked_at = found or newest
    if looked_at is None:
        return {}
    step, standing = closer_of(looked_at), standing_of(looked_at).attributes()
    return {**standing, "closed_by": step.author_id if step else NOBODY} if found is not None else {}
