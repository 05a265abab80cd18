"""A child's guardians and the decisions in a child's best interest, as far as the reader's compartments open them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.journal import Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, NumberOf, asks
from karama.people import deciding, words
from karama.people.access import ATTRIBUTES, CONTACT, PROTECT, purpose_of
from karama.people.attributes import person_attributes
from karama.people.guarding import guardians_now
from karama.people.joined import files_of
from karama.people.models import BestInterest, Guardian, Person
from karama.people.queries.page import fields_of, person_in_reach, shown_names
from karama.programme.days import today_for
from karama.rules.permission import permit


@dataclass(frozen=True)
class GuardianLine:
    """One guardian. `fields` holds what the reader's compartments open; `may_know` is empty where nothing is agreed."""

    id: UUID
    since: datetime
    until: datetime | None
    fields: dict[str, Any]

    @property
    def may_know(self) -> list[str]:
        """Codes of what may be told."""
        return list(self.fields.get("may_know") or [])


@dataclass(frozen=True)
class InterestLine:
    """One request or decision in a child's best interest."""

    id: UUID
    purpose: str
    state: str
    carries_until: datetime | None
    decided_at: datetime | None
    decided_by_duty: str
    review_on: Any
    fields: dict[str, Any]


@dataclass(frozen=True)
class Protection:
    """Who decides for this person. `decides`: a code of `rules.classes.CAPACITIES`; `stands`: adult, child, unknown.

    `guardians`: in force today, nobody for an adult; `former`: those of before, with what they might know then.
    """

    decides: str
    stands: str
    guardians: list[GuardianLine]
    former: list[GuardianLine]
    interest: list[InterestLine]
    may_write: bool
    may_decide: bool


def protection(by: Actor, person: UUID) -> Protection:
    """Who decides, guardians and decisions. Raises `Absent`.

    A reader without the child compartment learns who decides, and not why.
    """
    file = person_in_reach(by, person, CONTACT)
    child, files, stands = "child" in by.compartments, files_of(file.id), deciding.standing_of(file)
    noted = Guardian.objects.filter(person_id__in=files).order_by("since", "id")
    now = [one for one in noted if one.until is None and stands != "adult"]
    rows = BestInterest.objects.filter(person_id__in=files).order_by("-recorded_at")
    duties = words.people_rules_of(file.programme_id).protection_duties
    allowed = permit(PROTECT, by.attributes(), person_attributes(person), purpose_of(by), clock.now()).allowed
    return Protection(
        decides=deciding.capacity_of(file, "care"),
        stands=deciding.standing_of(file, "care"),
        guardians=[_guardian(by, one) for one in now],
        former=[_guardian(by, one) for one in noted if one not in now],
        interest=[_interest(by, one) for one in rows] if child else [_bare(one) for one in rows.filter(state="asked")],
        may_write=stands != "adult",
        may_decide=allowed and by.duty in duties,
    )


def guardian_may_know(by: Actor, person: UUID) -> dict[UUID, list[str]]:
    """Guardian -> what may be told to her, codes of `Topic`. A room that speaks with guardians asks here first.

    Nothing for one who is not safe, and nobody at all once the person is an adult.
    """
    shown = protection(by, person).guardians
    return {one.id: one.may_know if one.fields.get("trust") == "safe" else [] for one in shown}


def guardians_of(by: Actor, person: Person) -> list[GuardianLine]:
    """Those who may decide today for a person in the reader's reach, as far as her compartments open them."""
    return [_guardian(by, one) for one in guardians_now(person)]


def waiting_for_protection(by: Actor) -> list[tuple[UUID, str, str]]:
    """Children of whom this reader has something to decide or to look at again: `(person, code, called)`."""
    people = list(_waiting.make(by, today_for(by)).order_by("code")[:100])
    called = shown_names(by, people)
    return [(one.id, one.code, called.get(one.id, "")) for one in people]


@asks
def count_of_waiting_for_protection(by: Actor) -> Asks[int]:
    """How many that are."""
    return int((yield NumberOf(_waiting.later(by, today_for(by)))))


@readymade
def _waiting(by: Actor, today: date) -> QuerySet[Person]:
    due = Q(state="asked") | Q(state="decided_yes", review_on__lte=today)
    rows = BestInterest.objects.filter(due)
    own, once, twice = (rows.values(f"person__{path}") for path in ("pk", "merged_into", "merged_into__merged_into"))
    return visible_to(
        Person.objects.filter(Q(pk__in=own) | Q(pk__in=once) | Q(pk__in=twice)),
        by=by,
        policy=PROTECT,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )


def _guardian(by: Actor, one: Guardian) -> GuardianLine:
    fields = fields_of(by, one, ("called", "kin", "trust", "reason", "may_know"))
    return GuardianLine(one.id, one.since, one.until, fields)


def _interest(by: Actor, one: BestInterest) -> InterestLine:
    return InterestLine(
        one.id,
        one.purpose,
        one.state,
        one.carries_until,
        one.decided_at,
        one.decided_by_duty,
        one.review_on,
        fields_of(by, one, ("reason", "decision", "review")),
    )


def _bare(one: BestInterest) -> InterestLine:
    """What a worker without the child compartment needs: that it was asked, and until when emergency care goes on."""
    return InterestLine(one.id, one.purpose, one.state, one.carries_until, None, "", None, {})
