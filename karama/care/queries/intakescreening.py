"""Screenings as their reader may see them, how urgent it was said to be last, and what cannot wait still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.queries import aliases_of
from karama.care import intakes
from karama.care.access import INTAKE, TAKING_IN
from karama.care.models import IntakeScreening
from karama.care.queries.files import deepest, files_of, living_rows
from karama.care.queries.intake import intake_person
from karama.journal import ERASED, Actor
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.notices.queries import silent_among
from karama.people.joined import last_file
from karama.people.models import Paper, Person
from karama.people.queries import fields_of
from karama.rules import intake as rule
from karama.safety.models import AlertSource
from karama.safety.standing import around_of


@dataclass(frozen=True)
class ScreeningShown:
    """A short screening with what it and those before suggest."""

    row: IntakeScreening
    who: str
    answers: Mapping[str, str]
    suggestion: str = field(default="unclear")


@dataclass(frozen=True)
class Urgency:
    """How urgent somebody said that it is, the last time that anybody said. `cannot_wait`: nobody was told since.
    `reason`: why it can wait after all."""

    screening: UUID
    said: str
    cannot_wait: bool
    reason: str = ""


def screenings_of(by: Actor, person: UUID) -> list[ScreeningShown]:
    """The newest of each screening, the first one first, each with what is suggested up to it. Raises `Absent`."""
    found = intake_person(by, person)
    rules = intakes.rules_of(found.programme.code)
    newest = {one.stage: one for one in _standing(files_of(by, found))}
    opening_all({one.person_id for one in newest.values()})
    who = aliases_of({one.author_id for one in newest.values()})
    said: dict[str, str] = {}
    shown = []
    for stage in sorted(newest):
        row = newest[stage]
        answers = fields_of(by, row, ("answers",)).get("answers")
        own = {} if answers in (None, ERASED) else dict(answers)
        said |= own
        suggested = rule.suggestion(rules.kinds(stage) if rules else {}, said)
        shown.append(ScreeningShown(row, who.get(row.author_id, ""), own, suggested))
    return shown


def urgency_of(by: Actor, person: UUID) -> Urgency | None:
    """How urgent it was said to be last: of the newest day, whichever screening, and whenever it was typed in. None
    where nobody said. Raises `Absent`."""
    found = intake_person(by, person)
    row = _standing(files_of(by, found)).filter(urgency__isnull=False).last()
    if row is None:
        return None
    opening_all({row.person_id})
    fields = fields_of(by, row, ("urgency", "amend_reason"))
    said = str(fields.get("urgency") or "")
    waits = said == "now" and row.id not in _told_since(by, [row])
    return Urgency(row.id, said, waits, str(fields.get("amend_reason") or ""))


@asks
def cannot_wait(by: Actor) -> Asks[list[tuple[UUID, str, date]]]:
    """Of whom it was said that it cannot wait, and nobody who answers was told since: (person, code, day). For whoever
    said so, and for the supervisor. Opens nothing."""
    if by.duty not in TAKING_IN:
        return []
    rows = yield _pressing.later(by, (yield from deepest.asking()))
    told = [(one, last_file(one.person)) for one in rows]
    if not told:
        return []
    dead = yield from silent_among.asking([file.id for _row, file in told])
    newest: dict[UUID, tuple[IntakeScreening, str]] = {}
    for row in (yield _said_in.later([file.id for _row, file in told])):
        newest[last_file(row.person).id] = (row, last_file(row.person).code)
    mine = {row.id for row, _file in told}
    last = [(file, row, code) for file, (row, code) in newest.items() if row.id in mine and file not in dead]
    settled = _told_since(by, [row for _file, row, _code in last])
    still = [(file, code, row.held_on) for file, row, code in last if row.id not in settled]
    return sorted(still, key=lambda one: (one[2], one[1]))


def _standing(files: Iterable[UUID]) -> QuerySet[IntakeScreening, IntakeScreening]:
    rows = IntakeScreening.objects.filter(person_id__in=list(files), amended_by__isnull=True)
    return rows.select_related("person").order_by("held_on", "recorded_at", "id")


@readymade
def _pressing(by: Actor, deep: int) -> QuerySet[IntakeScreening, IntakeScreening]:
    rows = IntakeScreening.objects.filter(pressing=True, amended_by__isnull=True)
    if by.duty != "supervisor":
        rows = rows.filter(author_id=by.id)
    near = living_rows(rows, by=by, policy=INTAKE, deep=deep)
    return near.select_related("person").order_by("held_on", "id")


@readymade
def _said_in(people: list[UUID]) -> QuerySet[IntakeScreening, IntakeScreening]:
    """Every screening that says how urgent it is, of these people and of files that were joined with another."""
    files = Q(person__in=people) | Q(person__merged_into__isnull=False)
    rows = IntakeScreening.objects.filter(files, urgency__isnull=False, amended_by__isnull=True)
    return rows.select_related("person").order_by("held_on", "recorded_at", "id")


def _told_since(by: Actor, rows: list[IntakeScreening]) -> set[UUID]:
    """Those of these screenings since which a worry about the person was told to those who answer, as far as the reader
    may know of it: afterwards, or from the sheet itself."""
    if not rows:
        return set()
    people = {last_file(row.person).id for row in rows}
    folded = Person.objects.filter(merged_into__isnull=False).values("id")
    told = AlertSource.objects.filter(
        Q(alert__person_id__in=people) | Q(alert__person_id__in=folded),
        recorded_at__date__gte=min(row.held_on for row in rows) - timedelta(days=1),
        alert__historic=False,
    ).select_related("alert")
    found = list(told)
    around = around_of([one.alert for one in found]) if found else {}
    seen = [(one, around[one.alert_id]) for one in found if by.id not in around[one.alert_id].barred]
    sheets = dict(Paper.objects.filter(record_id__in=[one.id for one in rows]).values_list("record_id", "id"))
    return {
        row.id
        for row in rows
        for one, near in seen
        if near.person is not None
        and near.person.id == last_file(row.person).id
        and (one.recorded_at >= row.recorded_at or one.source_record_id == sheets.get(row.id, row.id))
    }
