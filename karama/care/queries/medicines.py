"""Medicines of a person, and whose medicines end soon, as far as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from karama.accounts.queries import aliases_of
from karama.care.access import GIVE, PRESCRIBE, SEE_MEDICINES
from karama.care.models import Dispensing, MedicineCheck, Prescription
from karama.care.queries.files import deepest, files_of, living_rows, with_owner
from karama.care.queries.versions import Versions, versions_of
from karama.journal import Absent, Actor
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.notices.queries import silent_among
from karama.people.joined import last_file
from karama.people.models import Person
from karama.people.queries import fields_of, person_in_reach
from karama.programme.days import today_at, today_for
from karama.rules import medication as rule
from karama.rules.permission import Policy

STILL_SHOWN = timedelta(days=60)
"""So long a lapsed prescription that nobody answered stays on Today."""

CHECKED = ("side_effects", "adherent", "pills_left")


@dataclass(frozen=True)
class Prescribed:
    """A prescription. `state`: running, due, lapsed, stopped or renewed. `handed`: units handed out so far."""

    row: Prescription
    who: str
    state: str
    fields: dict[str, Any]
    why: str
    handed: int


@dataclass(frozen=True)
class Checked:
    """How somebody did with the medicines on a day."""

    row: MedicineCheck
    who: str
    fields: dict[str, Any]


def person_for(by: Actor, person: UUID, policy: Policy = SEE_MEDICINES) -> Person:
    """The person's row, where this policy lets the actor in. Raises `Absent`."""
    return person_in_reach(by, person, policy)


def prescriptions_of(by: Actor, person: UUID) -> list[Prescribed]:
    """Every prescription, the newest first. Raises `Absent`."""
    found = person_in_reach(by, person, SEE_MEDICINES)
    rows = Prescription.objects.filter(person_id__in=files_of(by, found)).select_related("stop", "renewed_by")
    return _shown(by, list(rows.order_by("-occurred_on", "-recorded_at")), today_at(found.site_id))


def prescription_page(by: Actor, prescription: UUID, policy: Policy = SEE_MEDICINES) -> tuple[Person, Prescribed]:
    """One prescription and whose it is. Raises `Absent`."""
    row = Prescription.objects.filter(pk=prescription).select_related("person", "stop", "renewed_by").first()
    row, found = with_owner(by, row, prescription, policy)
    return found, _shown(by, [row], today_at(found.site_id))[0]


def checks_of(by: Actor, person: UUID, most: int = 10) -> list[Checked]:
    """How this person did with the medicines, the newest first. Raises `Absent`."""
    found = person_in_reach(by, person, SEE_MEDICINES)
    checks = MedicineCheck.objects.filter(person_id__in=files_of(by, found), amended_by__isnull=True)
    rows = checks.order_by("-occurred_on", "-recorded_at")[:most]
    names = aliases_of({one.author_id for one in rows})
    return [Checked(one, names.get(one.author_id, ""), fields_of(by, one, CHECKED)) for one in rows]


def check_page(by: Actor, check: UUID, policy: Policy = SEE_MEDICINES) -> tuple[Person, Versions[MedicineCheck]]:
    """How somebody did with the medicines, with every version before it. Raises `Absent`."""
    row = MedicineCheck.objects.filter(pk=check).select_related("person").first()
    row, found = with_owner(by, row, check, policy)
    return found, versions_of(by, row, CHECKED)


@asks
def refills_due(by: Actor) -> Asks[list[tuple[UUID, UUID, str, date, str]]]:
    """(prescription, person, code, day after the last dose, state) of what ends soon or has ended, oldest first.

    Opens nothing: which medicine it is stands behind the link. Also of a file that was joined with another; of nobody
    who has died.
    """
    if by.duty != "prescriber":
        return []
    today, deep = today_for(by), (yield from deepest.asking())
    rows = yield _ending.later(by, today - STILL_SHOWN, today + timedelta(days=rule.REFILL_DAYS), deep)
    told = [(one, last_file(one.person)) for one in rows]
    dead = yield from silent_among.asking([file.id for _one, file in told])
    return [
        (one.id, file.id, file.code, one.until_on, rule.refill(one.until_on, today))
        for one, file in told
        if file.id not in dead
    ]


@readymade
def _ending(by: Actor, since: date, until: date, deep: int) -> QuerySet[Prescription, Prescription]:
    rows = Prescription.objects.filter(until_on__lte=until, until_on__gte=since, stop=None, renewed_by=None)
    near = living_rows(rows, by=by, policy=PRESCRIBE, deep=deep)
    return near.select_related("person").order_by("until_on", "id")


def may_give(by: Actor, person: UUID) -> bool:
    """Whether this actor may hand out and ask about medicines of this person."""
    try:
        person_in_reach(by, person, GIVE)
    except Absent:
        return False
    return True


def _shown(by: Actor, rows: list[Prescription], today: date) -> list[Prescribed]:
    if rows:
        opening_all([one.person_id for one in rows])
    names = aliases_of({one.author_id for one in rows})
    given = Dispensing.objects.filter(prescription__in=[one.id for one in rows])
    handed = dict(given.values_list("prescription").annotate(n=Sum("move__quantity")))
    return [
        Prescribed(
            one,
            names.get(one.author_id, ""),
            _state(one, today),
            fields_of(by, one, ("medicine", "dose", "bearing", "told")),
            str(fields_of(by, stop, ("why",)).get("why", "")) if (stop := getattr(one, "stop", None)) else "",
            -(handed.get(one.id) or 0),
        )
        for one in rows
    ]


def _state(one: Prescription, today: date) -> str:
    if getattr(one, "stop", None) is not None:
        return "stopped"
    return "renewed" if getattr(one, "renewed_by", None) is not None else rule.refill(one.until_on, today)
