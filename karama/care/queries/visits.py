"""Visits to the nurse: of a person, and the register of a site with its tally."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.care.access import GIVE, GIVING, SEE_MEDICINES
from karama.care.models import NurseVisit, VisitDraft
from karama.care.queries.files import files_of, with_owner
from karama.care.queries.stock import site_for
from karama.care.queries.versions import Versions, versions_of
from karama.care.registries import arrivals
from karama.journal import ERASED, Absent, Actor
from karama.journal.access_log import opening_all
from karama.people.access import rows_near
from karama.people.joined import last_files
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.rules.permission import Policy

FIELDS = (
    "seen", "emergency", "physical_ruled_out", "pregnant", "category", "certainty", "done", "change", "change_step",
    "icd",
)  # fmt: skip


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


@dataclass(frozen=True)
class LooksLike:
    """What a visit says that matters to whoever refers."""

    category: str
    emergency: bool


def looks_like(by: Actor, person: UUID, visit: UUID) -> LooksLike:
    """The category of a visit, of a follow-up that of the first visit before it, and whether it was an emergency.

    Raises:
        Absent: it is not of this person, or not for this reader.
    """
    found, told = visit_page(by, visit)
    if found.id != person:
        raise Absent()
    fields = told.newest.fields
    rows = NurseVisit.objects.filter(person_id__in=files_of(by, found), kind="new", amended_by__isnull=True)
    first = rows.order_by("occurred_on", "recorded_at").last()
    of_first = fields_of(by, first, ("category",)) if first is not None and not fields.get("category") else {}
    category = str(fields.get("category") or of_first.get("category") or "")
    return LooksLike(category, fields.get("emergency") not in (None, "", "none"))


def was_seen(by: Actor, person: UUID) -> bool:
    """Whether a nurse has seen this person before. Opens nothing. Raises `Absent`."""
    found = person_in_reach(by, person, GIVE)
    return NurseVisit.objects.filter(person_id__in=files_of(by, found), amended_by__isnull=True).exists()


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
        rows_near(_of_month(site, month).select_related("person"), by=by, policy=SEE_MEDICINES).order_by(
            "occurred_on", "recorded_at"
        )
    )
    lines = _shown(by, rows)
    news = NurseVisit.objects.filter(person_id__in={one.person_id for one in rows}, kind="new", amended_by__isnull=True)
    firsts = {one.person_id: one for one in news.order_by("occurred_on", "recorded_at")}
    known = {person: str(fields_of(by, one, ("category",)).get("category") or "") for person, one in firsts.items()}
    told = [(one, str(one.fields.get("category") or known.get(one.row.person_id, ""))) for one in lines]
    count = Counter((category, one.row.kind) for one, category in told)
    categories = sorted({category for category, _kind in count})
    return Register(told, [(one, count[one, "new"], count[one, "follow_up"]) for one in categories])


@dataclass(frozen=True)
class Mine:
    """What became of the people whom one nurse saw for the first time in a month; each person counts once."""

    identified: int
    referred: int
    came: int
    unknown: int


def identified_by(by: Actor, site: UUID, month: date) -> Mine | None:
    """What the reader herself identified in a month at a site, and whom of them she referred; of her own work alone,
    and told to nobody else. None for a duty that sees nobody as a nurse does. Raises `Absent`."""
    site_for(by, site)
    if by.duty not in GIVING:
        return None
    rows = rows_near(_of_month(site, month).filter(kind="new"), by=by, policy=GIVE).select_related("amends")
    own = {one.person_id for one in rows if _first_writer(one) == by.id}
    people = set(last_files(own).values())
    became = arrivals(by, people, month.replace(day=1))
    return Mine(
        identified=len(people),
        referred=len(became),
        came=sum(one == "arrived" for one in became.values()),
        unknown=sum(one == "unknown" for one in became.values()),
    )


def _first_writer(row: Any) -> UUID:
    while row.amends is not None:
        row = row.amends
    found: UUID = row.author_id
    return found


def _of_month(site: UUID, month: date) -> QuerySet[NurseVisit, NurseVisit]:
    return NurseVisit.objects.filter(
        site_id=site,
        occurred_on__year=month.year,
        occurred_on__month=month.month,
        amended_by__isnull=True,
    )


def _shown(by: Actor, rows: list[NurseVisit]) -> list[VisitShown]:
    if rows:
        opening_all({one.person_id for one in rows})
    names = aliases_of({one.author_id for one in rows})
    return [VisitShown(one, names.get(one.author_id, ""), fields_of(by, one, FIELDS)) for one in rows]
