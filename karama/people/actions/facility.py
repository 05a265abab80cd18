"""The number of a hospital: kept under seal, found by a keyed digest. Two files with one number: a human decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from karama.journal import Actor, Refused, action, canonical
from karama.people.access import NUMBERS
from karama.people.actions import shapes
from karama.people.actions.identity import NAMELESS
from karama.people.attributes import person_attributes
from karama.people.joined import all_files_of, file_that_remains
from karama.people.models import FacilityNumber, Person, Suggestion
from karama.people.problems import NumberNotKept, NumbersEnough, NumberUnreadable
from karama.rules import facility_numbers
from karama.security import digests

MOST: Final = 10
"""Numbers of one file."""
MOST_ALIKE: Final = 20
CERTAIN: Final = 1000
SAME_NUMBER: Final = "same_number"


def number_digest(site: UUID, number: str) -> bytes:
    """HMAC-SHA256 of a number at a site, 32 bytes. Raises `NumberUnreadable`."""
    try:
        plain = facility_numbers.plain(number)
    except facility_numbers.BadNumber:
        raise NumberUnreadable() from None
    return digests.keyed("people.facility_number", canonical.text([site.hex, plain]).encode("utf-8"))


@action("people.note_number", access=NUMBERS, target=shapes.of_person)
def note_number(*, by: Actor, person: UUID, site: UUID, facility_no: shapes.Line) -> FacilityNumber:
    """Keep the number that a person has at a site of the worker's own. The same one again changes nothing.

    Raises:
        Refused: the site is not one of the worker's. NumberUnreadable, NumberNotKept, NumbersEnough.
    """
    if site not in by.sites:
        raise Refused("site")
    return keep_number(shapes.locked(person), site, facility_no)


def keep_number(person: Person, site: UUID, number: str) -> FacilityNumber:
    """The number of a person at a site; other files with it are suggested to a supervisor. Called inside an action."""
    digest = number_digest(site, number)
    if person.identity_mode in NAMELESS:
        raise NumberNotKept()
    known = FacilityNumber.objects.filter(person=person, digest=digest).first()
    if known is not None:
        return known
    if FacilityNumber.objects.filter(person=person).count() >= MOST:
        raise NumbersEnough()
    row = FacilityNumber(person=person, site_id=site, digest=digest)
    row.seal("number", " ".join(number.split()))
    row.save()
    _suggest(person, digest)
    return row


def _suggest(person: Person, digest: bytes) -> None:
    """Never joined by itself: a number may be mistyped, or given to two people. What was decided stays decided."""
    own = set(all_files_of(person.id))
    rows = FacilityNumber.objects.filter(digest=digest).exclude(person__in=own).order_by("recorded_at", "id")
    others = {file_that_remains(one) for one in rows.values_list("person_id", flat=True)[:MOST_ALIKE]}
    for other in sorted(others):
        first, second = sorted((file_that_remains(person.id), other))
        if Suggestion.objects.filter(person_id=first, other_id=second).exists():
            continue
        Suggestion(
            person_id=first, other_id=second, likeness=CERTAIN, reasons=SAME_NUMBER, found_by="registration"
        ).save()


def of_number(*, by: Actor, facility_number: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a number that is kept."""
    person = FacilityNumber.objects.filter(pk=facility_number).values_list("person_id", flat=True).first()
    return person_attributes(person) if person is not None else {}


@action("people.drop_number", access=NUMBERS, target=of_number)
def drop_number(*, by: Actor, facility_number: UUID) -> None:
    """Take a number off a person's file: it was mistyped, or belongs to somebody else. Nobody is found by it then."""
    FacilityNumber.objects.select_for_update(of=("self",)).get(pk=facility_number).delete()


def forget_numbers(person: Person) -> None:
    """Whoever is known by a code only has no number of a hospital: those of every file of hers go, and the hint that
    a number made of two files, which nobody answered yet. Called inside an action."""
    if person.identity_mode not in NAMELESS:
        return
    files = all_files_of(person.id)
    for row in FacilityNumber.objects.select_for_update(of=("self",)).filter(person__in=files):
        row.delete()
    pair = Q(person__in=files) | Q(other__in=files)
    for hint in Suggestion.objects.filter(pair, reasons=SAME_NUMBER, state="open"):
        hint.delete()
