"""The body of a person as physiotherapy sees it, what to avoid, and assistive needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.care.access import CAUTION, NEED, SEE, SEE_BODY
from karama.care.models import Activity, AssistiveNeed, BodySession, Caution, Response
from karama.care.queries.files import files_of, with_owner
from karama.care.queries.responses import newest_of, opened, shown_to
from karama.care.queries.scoring import Result
from karama.care.queries.versions import Versions, versions_of
from karama.journal import Absent, Actor
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.rules.permission import Policy
from karama.rules.physiotherapy import Function, function_of

FIELDS = ("places", "intensity", "ratings", "flags", "exercises", "reaction", "practice")


@dataclass(frozen=True)
class BodyShown:
    """A session. `function`: the mean of the activities that were followed on that day, when all were rated."""

    row: BodySession
    who: str
    fields: dict[str, Any]
    function: Function


def person_for(by: Actor, person: UUID, policy: Policy = SEE_BODY) -> Person:
    """The person's row, where this policy lets the actor in. Raises `Absent`."""
    return person_in_reach(by, person, policy)


@asks
def cautions_of(by: Actor, person: UUID) -> Asks[list[tuple[Caution, str]]]:
    """(row, code) of what to avoid with a person now. Raises `Absent`."""
    found = yield from person_in_reach.asking(by, person, CAUTION)
    rows = yield _cautions.later((yield from files_of.asking(by, found)))
    return [(one, str(fields_of(by, one, ("avoid",)).get("avoid", ""))) for one in rows]


@readymade
def _cautions(files: list[UUID]) -> QuerySet[Caution, Caution]:
    return Caution.objects.filter(person_id__in=files, ended_on__isnull=True).order_by("recorded_at")


def person_of_caution(by: Actor, caution: UUID) -> Person:
    """Whose caution it is. Raises `Absent`."""
    return with_owner(by, Caution.objects.filter(pk=caution).select_related("person").first(), caution, CAUTION)[1]


def person_of_activity(by: Actor, activity: UUID, policy: Policy) -> Person:
    """Whose activity it is. Raises `Absent`."""
    return with_owner(by, Activity.objects.filter(pk=activity).select_related("person").first(), activity, policy)[1]


def person_of_need(by: Actor, need: UUID) -> Person:
    """Whose need it is. Raises `Absent`."""
    return with_owner(by, AssistiveNeed.objects.filter(pk=need).select_related("person").first(), need, NEED)[1]


def activities_of(by: Actor, person: UUID) -> list[tuple[Activity, str]]:
    """(row, words) of the activities that are followed now. Raises `Absent`."""
    found = person_in_reach(by, person, SEE_BODY)
    rows = list(
        Activity.objects.filter(person_id__in=files_of(by, found), ended_on__isnull=True).order_by("recorded_at")
    )
    if rows:
        opening_all([one.person_id for one in rows])
    return [(one, str(fields_of(by, one, ("words",)).get("words", ""))) for one in rows]


def body_sessions_of(by: Actor, person: UUID, most: int = 20) -> list[BodyShown]:
    """The sessions of a person, the newest first. Raises `Absent`."""
    found = person_in_reach(by, person, SEE_BODY)
    rows = BodySession.objects.filter(person_id__in=files_of(by, found), amended_by__isnull=True)
    return _shown(by, list(rows.order_by("-occurred_on", "-recorded_at")[:most]))


def body_page(by: Actor, body: UUID) -> tuple[Person, BodyShown]:
    """One session. Raises `Absent`."""
    row = BodySession.objects.filter(pk=body).select_related("person").first()
    row, found = with_owner(by, row, body, SEE_BODY)
    return found, _shown(by, [row])[0]


def body_versions(by: Actor, body: UUID, policy: Policy = SEE_BODY) -> tuple[Person, Versions[BodySession]]:
    """One session with every version before it. Raises `Absent`."""
    row = BodySession.objects.filter(pk=body).select_related("person").first()
    row, found = with_owner(by, row, body, policy)
    return found, versions_of(by, row, FIELDS)


def activities_then(by: Actor, row: BodySession) -> list[tuple[UUID, str]]:
    """(id, words) of the activities that were followed on the day of a session, or were rated in it."""
    rated = set((fields_of(by, row, ("ratings",)).get("ratings") or {}).keys())
    rows = Activity.objects.filter(person_id=row.person_id).order_by("recorded_at")
    return [
        (one.id, str(fields_of(by, one, ("words",)).get("words", "")))
        for one in rows
        if str(one.id) in rated
        or (one.chosen_on <= row.occurred_on and (one.ended_on is None or one.ended_on > row.occurred_on))
    ]


def _shown(by: Actor, rows: list[BodySession]) -> list[BodyShown]:
    if rows:
        opening_all([one.person_id for one in rows])
    names = aliases_of({one.author_id for one in rows})
    chosen = list(Activity.objects.filter(person_id__in={one.person_id for one in rows}))
    shown = []
    for one in rows:
        fields = fields_of(by, one, FIELDS)
        then = [
            str(each.id)
            for each in chosen
            if each.chosen_on <= one.occurred_on and (each.ended_on is None or each.ended_on > one.occurred_on)
        ]
        shown.append(
            BodyShown(one, names.get(one.author_id, ""), fields, function_of(then, fields.get("ratings") or {}))
        )
    return shown


@asks
def needs_of(by: Actor, person: UUID) -> Asks[list[tuple[AssistiveNeed, dict[str, Any]]]]:
    """Assistive needs, those that are not answered first. Raises `Absent`."""
    found = yield from person_in_reach.asking(by, person, NEED)
    told = yield _needs.later((yield from files_of.asking(by, found)))
    rows = sorted(told, key=lambda one: one.provided_on is not None)
    return [(one, fields_of(by, one, ("product", "cause", "cause_torture"))) for one in rows]


@readymade
def _needs(files: list[UUID]) -> QuerySet[AssistiveNeed, AssistiveNeed]:
    return AssistiveNeed.objects.filter(person_id__in=files).order_by("recorded_at")


@asks
def disability_of(by: Actor, person: UUID) -> Asks[Result | None]:
    """The newest answers to the short set of the Washington Group, where this duty reads answers."""
    try:
        found = yield from person_in_reach.asking(by, person, SEE)
    except Absent:
        return None
    shown, files = yield from shown_to(by, found)
    results = opened(by, found, (yield _short_set.later(files, sorted(shown))) if shown else [])
    return results[0] if results else None


@readymade
def _short_set(files: list[UUID], compartments: list[str]) -> QuerySet[Response, Response]:
    return newest_of(files, compartments).filter(instrument="wgss").order_by("-occurred_on", "-recorded_at")[:1]
