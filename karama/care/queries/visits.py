"""Visits to the nurse: of a person, and the register of a site with its tally."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.queries import aliases_of
from karama.care.access import GIVE, SEE_MEDICINES
from karama.care.models import NurseVisit, VisitDraft
from karama.care.queries.files import deepest, files_of, living_rows, with_owner
from karama.care.queries.stock import site_for
from karama.care.queries.versions import Versions, versions_of
from karama.journal import ERASED, Actor
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.notices.queries import silent_among
from karama.people.access import rows_near
from karama.people.joined import last_file
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.programme.days import today_at
from karama.rules.permission import Policy

FIELDS = ("seen", "emergency", "physical_ruled_out", "pregnant", "category", "certainty", "done", "change")


@dataclass(frozen=True)
class VisitShown:
    """A visit with what the reader's compartments open."""

    row: NurseVisit
    who: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Register:
    """A month at a site: the lines, and their count by kind and category. Both come from the same rows.

    `lines`: each visit with the category it counts under, "" where no first visit is known.
    """

    lines: list[tuple[VisitShown, str]]
    tally: list[tuple[str, int, int]]
    """(category, new visits, follow-ups); "" where no first visit is known."""


def visits_of(by: Actor, person: UUID, most: int = 20) -> list[VisitShown]:
    """The visits of a person, the newest first. Raises `Absent`."""
    found = person_in_reach(by, person, SEE_MEDICINES)
    rows = NurseVisit.objects.filter(person_id__in=files_of(by, found), amended_by__isnull=True)
    return _shown(by, list(rows.order_by("-occurred_on", "-recorded_at")[:most]))


def visit_page(by: Actor, visit: UUID, policy: Policy = SEE_MEDICINES) -> tuple[Person, Versions[NurseVisit]]:
    """One visit with every version before it. Raises `Absent`."""
    row = NurseVisit.objects.filter(pk=visit).select_related("person").first()
    row, found = with_owner(by, row, visit, policy)
    return found, versions_of(by, row, FIELDS)


def draft_visit(by: Actor, person: UUID) -> dict[str, list[str]]:
    """What this nurse has tapped and not saved. Raises `Absent`."""
    person_in_reach(by, person, GIVE)
    draft = VisitDraft.objects.filter(person_id=person, user_id=by.id).first()
    chosen = draft.unseal("chosen") if draft is not None else None
    return {} if chosen is None or chosen is ERASED else dict(chosen)


def register_of(by: Actor, site: UUID, month: date) -> Register:
    """The visits of a month at a site, of people in the reader's reach, and what they come to. Raises `Absent`.

    A follow-up counts under the category of the person's last first visit.
    """
    site_for(by, site)
    rows = list(
        rows_near(
            NurseVisit.objects.filter(
                site_id=site,
                occurred_on__year=month.year,
                occurred_on__month=month.month,
                amended_by__isnull=True,
            ).select_related("person"),
            by=by,
            policy=SEE_MEDICINES,
        ).order_by("occurred_on", "recorded_at")
    )
    lines = _shown(by, rows)
    news = NurseVisit.objects.filter(person_id__in={one.person_id for one in rows}, kind="new", amended_by__isnull=True)
    firsts = {one.person_id: one for one in news.order_by("occurred_on", "recorded_at")}
    known = {person: str(fields_of(by, one, ("category",)).get("category") or "") for person, one in firsts.items()}
    told = [(one, str(one.fields.get("category") or known.get(one.row.person_id, ""))) for one in lines]
    count = Counter((category, one.row.kind) for one, category in told)
    categories = sorted({category for category, _kind in count})
    return Register(told, [(one, count[one, "new"], count[one, "follow_up"]) for one in categories])


@asks
def missed_today(by: Actor) -> Asks[list[tuple[UUID, str, date]]]:
    """(person, code, day) of those who were to come again before today and have not, oldest first. Opens nothing; in
    whichever of her files the visits were written; of nobody who has died."""
    if by.duty not in ("nurse", "prescriber"):
        return []
    deep = yield from deepest.asking()
    last: dict[UUID, tuple[Person, date, date]] = {}
    for one in (yield _to_return.later(by, deep)):
        if one.return_on is not None:
            file = last_file(one.person)
            last[file.id] = (file, one.occurred_on, one.return_on)
    waited = [told for told in last.values() if told[2] < today_at(told[0].site_id)]
    dead = yield from silent_among.asking([file.id for file, _seen, _day in waited])
    came = yield from _last_visits([file.id for file, _seen, _day in waited if file.id not in dead])
    open_ones = [(file.id, file.code, day) for file, seen, day in waited if came.get(file.id, date.max) <= seen]
    return sorted(open_ones, key=lambda told: told[2])


@readymade
def _to_return(by: Actor, deep: int) -> QuerySet[NurseVisit, NurseVisit]:
    rows = living_rows(
        NurseVisit.objects.filter(return_on__isnull=False, amended_by__isnull=True), by=by, policy=GIVE, deep=deep
    )
    return rows.select_related("person").order_by("occurred_on", "recorded_at")


def _last_visits(people: list[UUID]) -> Asks[dict[UUID, date]]:
    """The day of the last visit of each of these people, whichever of her files it was written in."""
    rows = (yield _of_all_files.later(people)) if people else ()
    return {last_file(one.person).id: one.occurred_on for one in rows}


@readymade
def _of_all_files(people: list[UUID]) -> QuerySet[NurseVisit, NurseVisit]:
    files = Q(person__in=people) | Q(person__merged_into__isnull=False)
    return NurseVisit.objects.filter(files, amended_by__isnull=True).select_related("person").order_by("occurred_on")


def _shown(by: Actor, rows: list[NurseVisit]) -> list[VisitShown]:
    if rows:
        opening_all({one.person_id for one in rows})
    names = aliases_of({one.author_id for one in rows})
    return [VisitShown(one, names.get(one.author_id, ""), fields_of(by, one, FIELDS)) for one in rows]
