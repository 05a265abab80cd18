"""Who was to come again to the nurse and has not: the list of today, what was tried, and the count of a month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.queries import aliases_of
from karama.care.access import GIVE, SEE_MEDICINES
from karama.care.missed import expected, standing_of
from karama.care.models import MissedVisit, NurseVisit
from karama.care.queries.files import deepest, files_of, living_rows
from karama.care.queries.stock import site_for
from karama.journal import Actor
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.notices.queries import silent_among
from karama.people.access import rows_near
from karama.people.joined import last_file, last_files
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.programme.days import today_at

FIELDS = ("tried", "reason")


class Missed(NamedTuple):
    """Somebody who was to come on a day and has not. `tried_on`: when something was last written about it."""

    person: UUID
    code: str
    day: date
    tried_on: date | None


@dataclass(frozen=True)
class Noted:
    """What a colleague wrote about a day that was missed."""

    row: MissedVisit
    who: str
    fields: dict[str, Any]


@asks
def missed_today(by: Actor) -> Asks[list[Missed]]:
    """Those who were to come again before today and have not, oldest first. Opens nothing; in whichever of her files
    the visits were written; of nobody who has died, or will not come again."""
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
    living = [file.id for file, _seen, _day in waited if file.id not in dead]
    came, noted = yield from together(_last_visits(living), _noted(living))
    found = []
    for file, seen, day in waited:
        due = expected(day, noted[file.id])
        if came.get(file.id, date.max) <= seen and due is not None and due < today_at(file.site_id):
            tried = [one.occurred_on for one in noted[file.id] if one.missed_on == due]
            found.append(Missed(file.id, file.code, due, max(tried, default=None)))
    return sorted(found, key=lambda told: told.day)


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


def _noted(people: list[UUID]) -> Asks[dict[UUID, list[MissedVisit]]]:
    """What was written about days that each of these people missed, the oldest first."""
    found: dict[UUID, list[MissedVisit]] = defaultdict(list)
    for one in (yield _noted_of.later(people)) if people else ():
        found[last_file(one.person).id].append(one)
    return found


@readymade
def _noted_of(people: list[UUID]) -> QuerySet[MissedVisit, MissedVisit]:
    files = Q(person__in=people) | Q(person__merged_into__isnull=False)
    return MissedVisit.objects.filter(files).select_related("person").order_by("recorded_at")


@dataclass(frozen=True)
class MissedPage:
    """A person and the day of hers that something is written about: on which she was expected and did not come; None
    when there is none. `moved`: what was written of that day and can be taken back, as she is missed no more by it;
    `noted`: all that was written about days that she missed, the newest first."""

    person: Person
    day: date | None
    moved: Noted | None
    noted: list[Noted]


def missed_page(by: Actor, person: UUID) -> MissedPage:
    """What is known of somebody who did not come again. Raises `Absent`."""
    found = person_in_reach(by, person, GIVE)
    files = files_of(by, found)
    due, moved = standing_of(files)
    rows = list(MissedVisit.objects.filter(person__in=files).order_by("-recorded_at")[:20])
    if rows:
        opening_all({one.person_id for one in rows})
    names = aliases_of({one.author_id for one in rows})
    told = [Noted(one, names.get(one.author_id, ""), fields_of(by, one, FIELDS)) for one in rows]
    if due is not None and due < today_at(found.site_id):
        return MissedPage(found, due, None, told)
    stands = next((one for one in told if moved is not None and one.row.id == moved.id), None)
    return MissedPage(found, stands.row.missed_on if stands is not None else None, stands, told)


def missed_in(by: Actor, site: UUID, month: date) -> list[tuple[str, int]]:
    """(reason, visits) of the days of a month on which people in the reader's reach were expected at a site and did not
    come; "" where nobody wrote down why. Whoever came later missed that day all the same. Raises `Absent`."""
    site_for(by, site)
    first, today = month.replace(day=1), today_at(site)
    until = min((first + timedelta(days=32)).replace(day=1), today)
    visits = list(_near(by, NurseVisit, site, amended_by__isnull=True))
    noted = list(_near(by, MissedVisit, site))
    into = last_files({one.person_id for one in (*visits, *noted)})
    seen = _days_seen(set(into.values()), into)
    days = {(into[one.person_id], one.occurred_on, one.return_on) for one in visits if one.return_on}
    last = {(into[one.person_id], one.missed_on): one for one in noted}  # what was taken back moved no day
    days |= {(into[one.person_id], one.occurred_on, one.again_on) for one in last.values() if one.again_on}
    missed = {
        (person, due)
        for person, since, due in days
        if first <= due < until and not any(since < day <= due for day in seen[person])
    }
    why = _reasons(by, [one for one in noted if (into[one.person_id], one.missed_on) in missed], into)
    count = Counter(why.get(told, "") for told in missed)
    return sorted(count.items(), key=lambda told: (not told[0], told[0]))


def _near(by: Actor, model: Any, site: UUID, **where: Any) -> QuerySet[Any]:
    rows = model.objects.filter(site_id=site, **where).order_by("recorded_at")
    return rows_near(rows, by=by, policy=SEE_MEDICINES)


def _days_seen(people: Collection[UUID], into: dict[UUID, UUID]) -> dict[UUID, list[date]]:
    files = Q(person__in=people) | Q(person__in=list(into))
    found: dict[UUID, list[date]] = defaultdict(list)
    rows = NurseVisit.objects.filter(files, amended_by__isnull=True).values_list("person_id", "occurred_on")
    for person, day in rows:
        found[into.get(person, person)].append(day)
    return found


def _reasons(by: Actor, rows: list[MissedVisit], into: dict[UUID, UUID]) -> dict[tuple[UUID, date], str]:
    """The last reason that was written about each missed day."""
    if rows:
        opening_all({one.person_id for one in rows})
    told: dict[tuple[UUID, date], str] = {}
    for one in rows:
        if reason := str(fields_of(by, one, ("reason",)).get("reason") or ""):
            told[into[one.person_id], one.missed_on] = reason
    return told
