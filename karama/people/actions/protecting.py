"""Guardians of a child, and decisions in a child's best interest when none of them is safe."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from karama.journal import Absent, Actor, action, clock
from karama.people import deciding, words
from karama.people.access import CONTACT, PROTECT
from karama.people.actions import papers, shapes
from karama.people.actions.consenting import Purpose, record_consent
from karama.people.joined import files_of
from karama.people.models import BestInterest, Guardian, Paper, Person
from karama.people.problems import AssentMissing, DecidesAlone, GuardianSees, NameMissing, ProtectionDuty, ReasonMissing
from karama.programme.days import today_at, zone_of

Kin = Literal["mother", "father", "partner", "child", "sibling", "grandparent", "relative", "in_law", "friend", "carer"]
Topics = Annotated[list[Literal["attendance", "wellbeing", "homework", "safety", "medication"]], Field(max_length=5)]


@action("people.name_guardian", access=CONTACT, target=shapes.of_person)
def name_guardian(
    *,
    by: Actor,
    person: UUID,
    called: shapes.Name,
    kin: Kin,
    trust: Literal["safe", "unsafe", "unsure"],
    reason: shapes.Words = "",
    paper: UUID | None = None,
) -> Guardian:
    """Note somebody who may decide for a child, and whether she is safe. She is told nothing by this.

    `reason`: why she is not safe, sealed to child protection; whoever notes it may write it and not read it again.

    Raises:
        NameMissing, ReasonMissing: see `problems`. DecidesAlone: the person is an adult.
    """
    file = shapes.locked(person)
    sheet = papers.being_typed(by, paper, "guardian", person)
    if deciding.standing_of(file) == "adult":
        raise DecidesAlone()
    if not called:
        raise NameMissing()
    if trust == "unsafe" and not reason:
        raise ReasonMissing()
    made = Guardian(person_id=person, since=clock.now())
    for name, value in {"called": called, "kin": kin, "trust": trust, "reason": reason or None}.items():
        made.seal(name, value)
    made.save()
    papers.enter(sheet, made)
    return made


@action("people.end_guardian", access=CONTACT, target=shapes.of_person)
def end_guardian(*, by: Actor, person: UUID, guardian: UUID) -> Guardian:
    """She decides for the child no more. Raises `Absent` when she is no guardian of this person."""
    current = _guardian(person, guardian)
    current.until = clock.now()
    current.save()
    return current


@action("people.agree_guardian_knows", access=PROTECT, target=shapes.of_person)
def agree_guardian_knows(
    *,
    by: Actor,
    person: UUID,
    guardian: UUID,
    topics: Topics = [],  # noqa: B006  (pydantic copies it for every call)
    child_agrees: bool = False,
) -> Guardian:
    """What a guardian may be told from now on: only what the child and a protection duty both agree to.

    Raises:
        GuardianSees: topics without the child's agreement, or for a guardian who is not safe.
        ProtectionDuty: this duty is none of the programme's protection duties. Absent: no such guardian.
        DecidesAlone: the person is an adult; what was agreed before is history.
    """
    file = shapes.locked(person)
    _check_duty(by, file)
    if deciding.standing_of(file) == "adult":
        raise DecidesAlone()
    current = _guardian(person, guardian)
    if topics and (not child_agrees or current.unseal("trust") != "safe"):
        raise GuardianSees()
    current.seal("may_know", sorted(set(topics)) or None)
    current.save()
    return current


@action("people.ask_best_interest", access=CONTACT, target=shapes.of_person)
def ask_best_interest(
    *, by: Actor, person: UUID, purpose: Purpose, assent: bool, reason: shapes.Words, paper: UUID | None = None
) -> BestInterest:
    """No guardian is safe or to be found: emergency care goes on upon the child's assent and a written reason,
    and a protection duty is asked to decide (A4). Asking twice is one request. From a paper the hours of emergency
    care run from the beginning of its day.

    Raises:
        DecidesAlone: the person is an adult. AssentMissing: the child does not agree. ReasonMissing.
    """
    file = shapes.locked(person)
    sheet = papers.being_typed(by, paper, "interest", person)
    if deciding.standing_of(file, purpose) == "adult":
        raise DecidesAlone()
    if not assent:
        raise AssentMissing()
    if not reason:
        raise ReasonMissing()
    known = BestInterest.objects.filter(person_id__in=files_of(person), purpose=purpose, state="asked").first()
    if known is not None:
        papers.enter(sheet, known)
        return known
    ages = words.people_rules_of(file.programme_id).ages
    made = BestInterest(
        person_id=person,
        purpose=purpose,
        state="asked",
        assent=True,
        carries_until=_since(sheet, file) + timedelta(hours=ages.emergency_hours),
    )
    made.seal("reason", reason)
    made.save()
    papers.enter(sheet, made)
    return made


@action("people.decide_best_interest", access=PROTECT, target=shapes.of_person)
def decide_best_interest(
    *, by: Actor, person: UUID, request: UUID, decision: Literal["yes", "no"], assent: bool, why: shapes.Words
) -> BestInterest:
    """A protection duty decides what is best for the child, and writes why. A yes becomes a consent of its own.

    Raises:
        ProtectionDuty, AssentMissing, ReasonMissing: see `problems`. Absent: nothing waits for a decision.
    """
    file = shapes.locked(person)
    _check_duty(by, file)
    current = BestInterest.objects.filter(pk=request, person_id__in=files_of(person), state="asked").first()
    if current is None:
        raise Absent()
    if not why:
        raise ReasonMissing("why")
    if decision == "yes" and not assent:
        raise AssentMissing()
    rules = words.people_rules_of(file.programme_id)
    current.state = f"decided_{decision}"
    current.assent = assent
    current.decided_at = clock.now()
    current.decided_by_duty = by.duty
    current.review_on = today_at(file.site_id) + timedelta(days=rules.review_days)
    current.seal("decision", why)
    current.save()
    if decision == "yes":
        _become_consent(by, file, current)
    return current


@action("people.review_best_interest", access=PROTECT, target=shapes.of_person)
def review_best_interest(*, by: Actor, person: UUID, request: UUID, words_of_review: shapes.Words) -> BestInterest:
    """Look again at a decision: is it still the best for the child? Raises ReasonMissing, ProtectionDuty, Absent."""
    file = shapes.locked(person)
    _check_duty(by, file)
    current = BestInterest.objects.filter(pk=request, person_id__in=files_of(person), state="decided_yes").first()
    if current is None:
        raise Absent()
    if not words_of_review:
        raise ReasonMissing("words_of_review")
    current.state = "reviewed"
    current.review_on = None
    current.seal("review", words_of_review)
    current.save()
    return current


def _become_consent(by: Actor, file: Person, decided: BestInterest) -> None:
    text = words.consent_text(file.programme_id, decided.purpose)
    record_consent(
        by=by,
        person=file.id,
        purpose=decided.purpose,
        decision="yes",
        method="verbal",
        given_by="best_interest",
        assent=True,
        cites=sorted(deciding.must_cite(file, deciding.usual_requests(decided.purpose))),
        text_version=text.version,
        text_language=text.language,
        text_digest=text.digest,
        note=str(decided.id),
    )


def _since(sheet: Paper | None, file: Person) -> datetime:
    """From when emergency care goes on: now, or from the beginning of the day of a paper."""
    if sheet is None or sheet.taken_on >= today_at(file.site_id):
        return clock.now()
    return datetime.combine(sheet.taken_on, time(), tzinfo=zone_of(file.site_id))


def _guardian(person: UUID, guardian: UUID) -> Guardian:
    shapes.locked(person)
    found = Guardian.objects.filter(pk=guardian, person_id__in=files_of(person), until__isnull=True).first()
    if found is None:
        raise Absent()
    return found


def _check_duty(by: Actor, file: Person) -> None:
    if by.duty not in words.people_rules_of(file.programme_id).protection_duties:
        raise ProtectionDuty()
