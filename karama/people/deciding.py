"""From the consent facts of a person to the answer of `rules.consent`: one place, for every channel."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people import registries, words
from karama.people.models import BestInterest, Consent, Guardian, LimitsExplained, Merge, Person
from karama.programme.days import today_at
from karama.rules import consent as rule
from karama.rules import minors
from karama.rules.classes import SENSITIVE_CLASSES

STATES = {"yes": "given", "no": "refused", "withdrawn": "withdrawn", "later": "never_asked"}
Folded = Sequence[tuple[UUID, datetime]]
OWN_CARE = frozenset({"care", "notes", "contact"})
"""Purposes about which a country may let a young person decide alone before the age of majority."""

DEFAULT_CLASSES: Mapping[str, tuple[str, ...]] = {
    "care": ("contact", "general", "clinical"),
    "notes": ("general", "clinical"),
    "share": ("contact", "general", "clinical"),
    "report": ("general", "clinical"),
    "photo": ("general",),
    "quotation": ("general",),
    "research": ("general", "clinical"),
    "forensic": ("general",),
    "contact": ("contact",),
}
"""What a yes covers when nothing narrower was said. Never a sensitive class: each is asked for by itself."""


@dataclass(frozen=True)
class Around:
    """What the caller knows around a request that this room does not: see `rules.consent.Context`."""

    referral: rule.Referral | None = None
    break_glass: rule.BreakGlass | None = None
    reporting_table: tuple[rule.ReportingDuty, ...] = ()
    text_versions: Mapping[str, str] = field(default_factory=dict)


def as_rule(fact: Consent) -> rule.Consent:
    """A consent fact as the rules read it. Opens the sensitive class, when there is one."""
    plain = as_plain_rule(fact)
    if fact.sensitive_class is None:
        return plain
    sensitive = str(fact.unseal("sensitive_class")) or "unknown"
    return replace(plain, data_classes=frozenset(fact.classes) | {sensitive})


def as_plain_rule(fact: Consent) -> rule.Consent:
    """The same without opening anything, for reminders only: a sealed class of a yes is told from others by its fact.

    A no about a sealed class counts as one about every class: nobody is reminded to ask again after it.
    """
    hidden = {f"sealed:{fact.id}"} if fact.sensitive_class is not None and fact.decision == "yes" else set()
    return rule.Consent(
        id=fact.id,
        sequence=fact.sequence,
        purpose=fact.purpose,
        state=STATES[fact.decision],
        data_classes=frozenset(fact.classes) | hidden,
        recipient=fact.recipient,
        organisation="" if fact.organisation_id is None else str(fact.organisation_id),
        legal_basis=fact.legal_basis,
        given_by=fact.given_by,
        assent=fact.assent,
        decided_by_duty=fact.author_duty,
        ends_at=fact.expires_at,
        cites=frozenset(UUID(one) for one in fact.cites),
        text_version=fact.text_version,
        text_digest=fact.text_digest,
        language=fact.text_language,
        channel=fact.method,
        explained_by=fact.author_id,
    )


def records_of(person: Person) -> list[list[rule.Consent]]:
    """The decisions that count, one list for each file of this person; sharing needs a yes in every list.

    A file that was joined counts with what was decided in it, and with what was decided since then in the
    remaining one. So joining takes the stricter of both, and asking again after it settles the difference.
    """
    folded = joined_files(person)
    facts = Consent.objects.filter(person_id__in=[person.id, *(one for one, _since in folded)])
    return in_lists(person, folded, facts.order_by("sequence"))


def in_lists(person: Person, folded: Folded, facts: Iterable[Consent]) -> list[list[rule.Consent]]:
    """The same of facts that were read already, each file's in its own order."""
    said: dict[UUID, list[Consent]] = {person.id: []}
    for fact in facts:
        said.setdefault(fact.person_id, []).append(fact)
    own = said[person.id]
    lists = [[as_rule(fact) for fact in own]]
    for file, since in folded:
        older, newer = said.get(file, []), [fact for fact in own if fact.recorded_at >= since]
        merged = heapq.merge(older, newer, key=lambda fact: fact.recorded_at)
        lists.append([replace(as_rule(fact), sequence=place) for place, fact in enumerate(merged, start=1)])
    return lists


@once
@asks
def joined_files(person: Person) -> Asks[list[tuple[UUID, datetime]]]:
    """The files joined with this one, directly or through another, with the moment of joining."""
    found: list[tuple[UUID, datetime]] = []
    fresh = [person.id]
    while fresh:
        folded = yield _folded_into.later(fresh)
        moments = dict((yield _joinings.later(folded)) if folded else ())
        found += [(one, moments[one]) for one in folded]
        fresh = folded
    return found


@readymade
def _folded_into(files: list[UUID]) -> QuerySet[Any, Any]:
    return Person.objects.filter(merged_into__in=files).values_list("id", flat=True)


@readymade
def _joinings(files: list[UUID]) -> QuerySet[Any, Any]:
    rows = Merge.objects.filter(person_id__in=files, deed="joined").order_by("recorded_at")
    return rows.values_list("person_id", "recorded_at")


def age_of(person: Person) -> minors.Age:
    """What is known of a person's age. Opens birth year and band, where there are any."""
    birth = person.unseal("birth") or {}
    band = person.unseal("age_band") or None
    noted = person.unseal("age_noted_on") or ""
    return minors.Age(
        birth_year=birth.get("year"),
        approximate=birth.get("precision") == "approx",
        band=None if band == "unknown" else band,
        noted_on=date.fromisoformat(noted) if noted else None,
    )


@asks
def standing_of(person: Person, purpose: str = "") -> Asks[minors.Standing]:
    """Whether the person is an adult for this purpose, a child, or not known: then possibly a child.

    Where joined files disagree about an age, the younger one counts; one that tells nothing says nothing against it.
    """
    rules = words.people_rules_of(person.programme_id).ages
    years = rules.alone_from if purpose in OWN_CARE else rules.majority
    files = yield from together.asking(person)
    known = [age for one in files if (age := age_of(one)).birth_year is not None or age.band is not None]
    today = today_at(person.site_id)
    told = {minors.standing(one, years, today) for one in known}
    return "child" if "child" in told else "adult" if told == {"adult"} else "unknown"


@asks
def together(person: Person) -> Asks[list[Person]]:
    """A person's file and those that were joined with it."""
    folded = [one for one, _since in (yield from joined_files.asking(person))]
    return [person, *((yield _files.later(folded)) if folded else ())]


@readymade
def _files(files: list[UUID]) -> QuerySet[Person, Person]:
    return Person.objects.filter(pk__in=files)


@asks
def is_minor(person: Person) -> Asks[bool]:
    """Whether the person is, or may be, under the age of majority: an age nobody knows counts so."""
    return (yield from standing_of.asking(person)) != "adult"


def capacity_of(person: Person, purpose: str = "") -> str:
    """Who decides: herself; a guardian with her assent; or a protection duty, when no guardian is safe."""
    stands = standing_of(person, purpose)
    if stands == "adult":
        return "own"
    files = [one.id for one in together(person)]
    decided = (
        Consent.objects.filter(person_id__in=files, given_by="best_interest").exists()
        or BestInterest.objects.filter(person_id__in=files, state__in=("decided_yes", "reviewed")).exists()
    )
    return minors.capacity(stands, trusts_of(person), decided_in_her_interest=decided)


def trusts_of(person: Person) -> list[minors.Trust]:
    """The trust in each guardian on record today, in whichever of her files."""
    files = [one.id for one in together(person)]
    rows = Guardian.objects.filter(person_id__in=files, until__isnull=True)
    return [str(one.unseal("trust") or "unsure") for one in rows]  # type: ignore[misc]


CAPACITY_BY_GIVER = {"self": "own", "guardian": "minor", "best_interest": "guardian_unsafe"}


def reportable(people: Iterable[UUID], now: datetime) -> set[UUID]:
    """Of many people those whose records may be counted in statistics (rule 13), without opening anything sealed.

    Who may decide was checked when the decision was recorded. Files joined with another count through both.
    """
    wanted = list(people)
    found: set[UUID] = set()
    for start in range(0, len(wanted), 500):
        found |= _reportable(wanted[start : start + 500], now)
    return found


def _reportable(people: list[UUID], now: datetime) -> set[UUID]:
    living = dict(Person.objects.filter(pk__in=people).values_list("pk", "status"))
    for one in registries.restricted_among(people):
        living.pop(one, None)
    facts: dict[UUID, list[Consent]] = {}
    for fact in Consent.objects.filter(person_id__in=people, purpose="report").order_by("sequence"):
        facts.setdefault(fact.person_id, []).append(fact)
    joined = {one.merged_into_id for one in Person.objects.filter(merged_into__in=people).only("merged_into_id")}
    return {one for one in people if _counts(living.get(one), facts.get(one, []), one in joined, now)}


def _counts(status: str | None, facts: list[Consent], joined: bool, now: datetime) -> bool:
    if status not in ("active", "closed") or not facts:
        return False
    if joined:
        person = Person.objects.get(pk=facts[0].person_id)
        lists = records_of(person)
    else:
        lists = [[as_rule(fact) for fact in facts]]
    return all(_counted(records, now) for records in lists)


def _counted(records: list[rule.Consent], now: datetime) -> bool:
    own = [one for one in records if one.purpose == "report"]
    capacity = CAPACITY_BY_GIVER.get(own[-1].given_by, "") if own else ""
    context = rule.Context(permitted=True, hidden=False, erased=False, capacity=capacity)
    return rule.counted_in_reports(own, context, now)


@asks
def limits_shown(person: UUID) -> Asks[bool]:
    """Whether the limits of confidentiality were explained to this person (postponed is not explained)."""
    return bool((yield _explained.later(person)))


@readymade
def _explained(person: UUID) -> QuerySet[Any, Any]:
    return LimitsExplained.objects.filter(person_id=person).exclude(how="postponed").values_list("pk")[:1]


def decide(
    person: Person, request: rule.Request, *, permitted: bool, hidden: bool, around: Around, now: datetime
) -> rule.ConsentDecision:
    """Ask the rules for every file of the person; the first refusal is the answer."""
    context = rule.Context(
        permitted=permitted,
        hidden=hidden,
        erased=person.status == "erased",
        capacity=capacity_of(person, request.purpose) if person.status != "erased" else "own",
        referral=around.referral,
        break_glass=around.break_glass,
        reporting_table=around.reporting_table,
        limits_shown=limits_shown(person.id),
        text_versions=around.text_versions,
    )
    answers = [rule.decide(request, records, context, now) for records in records_of(person)]
    refusals = [answer for answer in answers if not answer.allowed]
    return refusals[0] if refusals else answers[0]


def must_cite(person: Person, requests: Sequence[rule.Request]) -> frozenset[UUID]:
    """The refusals and withdrawals a new yes has to cite, over every file of the person."""
    lists = records_of(person)
    found = {one for records in lists for request in requests for one in rule.must_cite(request, records)}
    return frozenset(one for one in found if isinstance(one, UUID))


def refuses(person: Person, purpose: str) -> bool:
    """Whether a no to this purpose, or a yes taken back, stands in any file of the person."""
    return any(rule.refused(one, records) for records in records_of(person) for one in usual_requests(purpose))


def usual_requests(purpose: str) -> list[rule.Request]:
    """What a usual yes to this purpose covers, as requests."""
    return [rule.Request(purpose, one) for one in DEFAULT_CLASSES[purpose]]


def ordinary(classes: Sequence[str]) -> list[str]:
    """The classes that may stand open in a decision."""
    return sorted(set(classes) - SENSITIVE_CLASSES)
