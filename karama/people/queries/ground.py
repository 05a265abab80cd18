"""On what care rests now: whose decision, until when, or that it rests on nothing. It warns and never refuses care."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people import deciding
from karama.people.models import BestInterest, Consent, Guardian, Person
from karama.people.queries.page import person_in_reach
from karama.rules import consent as rule
from karama.rules import minors

PURPOSES = frozenset({"care", "notes"})


@dataclass(frozen=True)
class Ground:
    """On what care rests. `ground`: a code of `minors.Basis`, empty for nothing; `until`: when that ends, or is looked
    at again; `why`: for nothing, `refused`, `of_age`, `expired`, `emergency_over` or `nobody`.

    `alone`: whether the person decides herself; `notes_refused`: a no to notes stands.
    """

    ground: str
    until: datetime | date | None
    why: str
    alone: bool
    notes_refused: bool


@dataclass(frozen=True)
class Known:
    """What a ground is worked out of: everything about one person, in whichever of her files."""

    person: Person
    stands: minors.Standing
    folded: deciding.Folded
    facts: Sequence[Consent]
    interest: Sequence[BestInterest]
    trusts: Sequence[minors.Trust]


@asks
def ground_of_care(by: Actor, person: UUID) -> Asks[Ground | None]:
    """On what care of a person rests; None for a file that is closed, and for whoever opens nothing general.
    Raises `Absent`.
    """
    found = yield from person_in_reach.asking(by, person)
    if found.status != "active" or "general" not in by.compartments:
        return None
    stands, own = yield from together(deciding.standing_of.asking(found, "care"), _around([found.id]))
    folded = yield from deciding.joined_files.asking(found)
    if folded:
        more = yield from _around([one for one, _since in folded])
        own = tuple([*mine, *theirs] for mine, theirs in zip(own, more, strict=True))
    facts, interest, guardians = own
    trusts: list[Any] = [] if stands == "adult" else [one.unseal("trust") or "unsure" for one in guardians]
    return _ground(Known(found, stands, folded, facts, interest, trusts), clock.now())


def _around(files: list[UUID]) -> Asks[tuple[Any, ...]]:
    found: tuple[Any, ...] = yield _facts.later(files), _interest.later(files), _guardians.later(files)
    return found


@readymade
def _facts(files: list[UUID]) -> QuerySet[Consent, Consent]:
    return Consent.objects.filter(person_id__in=files).order_by("sequence", "id")


@readymade
def _interest(files: list[UUID]) -> QuerySet[BestInterest, BestInterest]:
    return BestInterest.objects.filter(person_id__in=files).order_by("-recorded_at", "id")


@readymade
def _guardians(files: list[UUID]) -> QuerySet[Guardian, Guardian]:
    return Guardian.objects.filter(person_id__in=files, until__isnull=True).order_by("id")


def _ground(known: Known, now: datetime) -> Ground:
    """What the rules say (`minors.care_basis`), of what is known."""
    told = [one for one in known.facts if one.purpose in PURPOSES]
    lists = deciding.in_lists(known.person, known.folded, told)
    capacity = _capacity(known)
    yes = _standing_yes(lists, capacity, now)
    refused = _refused(lists, "care")
    asked = None if capacity == "own" or refused else _emergency(known.interest, now)
    basis = minors.care_basis(
        who_decides=capacity,
        own_yes=(yes is not None and (yes.given_by == "self" or yes.assent)) or (asked is not None and asked.assent),
        guardian_yes=yes is not None and yes.given_by == "guardian",
        interest_decided=yes is not None and yes.given_by == "best_interest",
        reason=asked is not None,
        danger=asked is not None,
    )
    return Ground(
        ground=basis.ground,
        until=_until(basis.ground, yes, asked, known.interest),
        why="" if basis.allowed else "refused" if refused else _why(told, known.interest, capacity, now),
        alone=capacity == "own",
        notes_refused=_refused(lists, "notes"),
    )


def _capacity(known: Known) -> str:
    decided = any(one.given_by == "best_interest" for one in known.facts) or any(
        one.state in ("decided_yes", "reviewed") for one in known.interest
    )
    return minors.capacity(known.stands, known.trusts, decided_in_her_interest=decided)


def _standing_yes(lists: list[list[rule.Consent]], capacity: str, now: datetime) -> rule.Consent | None:
    """The yes to care on which it rests: each file of the person has to carry it. The one that ends first counts."""
    context = rule.Context(permitted=True, hidden=False, erased=False, capacity=capacity)
    found: list[rule.Consent] = []
    for records in lists:
        answer = rule.decide(rule.Request("care", "general"), records, context, now)
        if not answer.allowed:
            return None
        found += [one for one in records if one.id == answer.consent_id]
    return min(found, key=lambda one: (one.ends_at is None, one.ends_at or now), default=None)


def _refused(lists: list[list[rule.Consent]], purpose: str) -> bool:
    return any(rule.refused(rule.Request(purpose, "general"), records) for records in lists)


def _emergency(interest: Collection[BestInterest], now: datetime) -> BestInterest | None:
    """A request that carries emergency care today."""
    waiting = (one for one in interest if _asked(one) and one.carries_until is not None and one.carries_until > now)
    return next(waiting, None)


def _asked(one: BestInterest) -> bool:
    return one.purpose == "care" and one.state == "asked"


def _until(
    ground: str, yes: rule.Consent | None, asked: BestInterest | None, interest: Collection[BestInterest]
) -> datetime | date | None:
    if ground == "emergency":
        return asked.carries_until if asked is not None else None
    if ground == "best_interest":
        again = [one.review_on for one in interest if one.purpose == "care" and one.review_on is not None]
        if again:
            return min(again)
    return yes.ends_at if yes is not None else None


def _why(told: list[Consent], interest: Collection[BestInterest], capacity: str, now: datetime) -> str:
    """Why care rests on nothing, where nobody said no."""
    yeses = [one for one in told if one.purpose == "care" and one.decision == "yes"]
    if capacity == "own" and yeses and yeses[-1].given_by != "self":
        return "of_age"
    if any(one.expires_at is not None and one.expires_at <= now for one in yeses):
        return "expired"
    return "emergency_over" if any(_asked(one) for one in interest) else "nobody"
