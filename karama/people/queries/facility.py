"""Somebody found by the number of a hospital, and the numbers of a person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from karama.journal import Absent, Actor
from karama.journal.access_log import opening_all
from karama.journal.actors import NOBODY
from karama.people.access import NUMBERS
from karama.people.actions.facility import number_digest
from karama.people.actions.identity import NAMELESS
from karama.people.joined import files_of
from karama.people.models import FacilityNumber, Person
from karama.people.queries.page import fields_of, person_in_reach
from karama.people.queries.search import MOST_FOUND, Found, as_found, in_scope
from karama.people.searching import searching
from karama.rules.permission import Policy


@dataclass(frozen=True)
class NumberLine:
    """One number of a person at a site."""

    id: UUID
    number: str
    site: str


def found_by_number(by: Actor, *, site: UUID, number: str) -> list[Found]:
    """Who has this number at a site of the searcher's, as far as she may be named in a search; a search like any other.
    Several where two files have one number.

    Raises:
        Absent: a site of others. NumberUnreadable. SearchPause: too many searches.
    """
    if site not in by.sites:
        raise Absent()
    digest = number_digest(site, number)
    with searching(by) as now:
        held, with_it = Q(), FacilityNumber.objects.filter(digest=digest)
        for file in ("person", "person__merged_into", "person__merged_into__merged_into"):
            held |= Q(pk__in=with_it.filter(**{f"{file}__gt": NOBODY}).values(file))
        named = Person.objects.filter(held).exclude(identity_mode__in=NAMELESS)  # rows of before a mode took them along
        rows = in_scope(by, named, now).order_by("pk")
        return as_found(by, list(rows.select_related("site")[:MOST_FOUND]), ("number",))


def numbers_of(by: Actor, person: UUID, policy: Policy = NUMBERS) -> list[NumberLine]:
    """The numbers of a person, of her joined files too. `policy`: another one for her own copy. Raises `Absent`."""
    files = files_of(person_in_reach(by, person, policy).id)
    opening_all(files)
    rows = FacilityNumber.objects.filter(person__in=files).select_related("site").order_by("site__name", "recorded_at")
    told = [(one, fields_of(by, one, ("number",)).get("number")) for one in rows]
    return [NumberLine(one.id, str(number), one.site.name) for one, number in told if number]


def number_in_reach(by: Actor, facility_number: UUID) -> FacilityNumber:
    """A number of somebody whom this actor may work with. Raises `Absent`."""
    row = FacilityNumber.objects.filter(pk=facility_number).first()
    person_in_reach(by, row.person_id if row is not None else facility_number, NUMBERS)
    if row is None:
        raise Absent()
    return row
