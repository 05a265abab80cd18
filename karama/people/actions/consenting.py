"""What a person decides, purpose by purpose, and the limits of confidentiality that are explained before."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from uuid import UUID

from django.db.models import Max
from pydantic import AwareDatetime, Field

from karama.journal import Absent, Actor, action, clock
from karama.notices.actions import tell
from karama.people import deciding, registries, words
from karama.people.access import CONSENT, WITHDRAW
from karama.people.actions import papers, shapes, witnessing
from karama.people.models import Assignment, Consent, LimitsExplained, Person, WithdrawalEffect
from karama.people.problems import (
    AgeUnknown,
    ConsentCapacity,
    ConsentClasses,
    ConsentMustCite,
    ConsentRecipient,
    FileClosed,
    ReasonMissing,
)
from karama.programme.days import day_at
from karama.programme.models import Organisation
from karama.rules.classes import DATA_CLASSES, SENSITIVE_CLASSES
from karama.rules.consent import Request
from karama.security import ledger

Purpose = Literal["care", "notes", "share", "report", "photo", "quotation", "research", "forensic", "contact"]
Method = Literal["verbal", "witnessed", "signature", "mark", "audio", "elsewhere"]
Recipient = Literal[
    "none", "any", "partner_health", "partner_protection", "partner_legal", "authority", "researcher", "public"
]
Classes = Annotated[list[str], Field(max_length=12)]
Cites = Annotated[list[UUID], Field(max_length=50)]
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
SAID_NO = "people.said_no"
LONGEST = timedelta(days=3650)
MONTH = timedelta(days=30)
"""A month of a programme's rules: a yes is asked again a little early rather than late."""


@action("people.explain_limits", access=CONSENT, target=shapes.of_person)
def explain_limits(
    *,
    by: Actor,
    person: UUID,
    how: Literal["read_aloud", "own_reading", "interpreter", "postponed"],
    reason: shapes.Line = "",
    text_version: shapes.Code = "",
    text_language: shapes.Code = "",
    text_digest: Digest = "",
) -> LimitsExplained:
    """Record that the limits of confidentiality were explained, or why this is put off.

    Raises:
        ReasonMissing: postponed without a reason.
    """
    if how == "postponed" and not reason:
        raise ReasonMissing()
    fact = LimitsExplained(
        person_id=person, how=how, text_version=text_version, text_language=text_language, text_digest=text_digest
    )
    fact.seal("reason", reason or None)
    fact.save()
    return fact


@action("people.record_consent", access=CONSENT, target=shapes.of_person)
def record_consent(
    *,
    by: Actor,
    person: UUID,
    purpose: Purpose,
    decision: Literal["yes", "no", "later"],
    method: Method,
    recipient: Recipient = "none",
    organisation: UUID | None = None,
    data_classes: Classes = [],  # noqa: B006  (pydantic copies it for every call)
    given_by: Literal["self", "guardian", "best_interest"] = "self",
    assent: bool = False,
    legal_basis: Literal["consent", "public_interest", "legitimate_interest", "legal_obligation"] = "consent",
    cites: Cites = [],  # noqa: B006 - pydantic copies it
    expires_at: AwareDatetime | None = None,
    text_version: shapes.Code = "",
    text_language: shapes.Code = "",
    text_digest: Digest = "",
    note: shapes.Words = "",
    paper: UUID | None = None,
    witness: shapes.Name = "",
    witness_kin: witnessing.WitnessKin = "",
) -> Consent:
    """Record one decision. Refusing anything never ends a service; a yes after a no cites it. What rested on a yes that
    a no has ended, such as something that was shared, ends with it.

    `data_classes`: empty means the ordinary classes of the purpose (`deciding.DEFAULT_CLASSES`) for a yes, and
    everything for a no. `recipient` "none" of a yes: nobody outside this organisation; of a no: nobody at all (`any`).
    `paper`: the sheet from which it is typed in. A yes on it lifts no refusal that was said on its day or later, and it
    lasts from that day.

    Raises:
        ConsentMustCite: an earlier refusal or withdrawal is not cited.
        ConsentRecipient: a yes that names a kind of recipient without the organisation, or an unknown organisation.
        ConsentCapacity: who said yes is not who decides for this person (`deciding.capacity_of`).
        AgeUnknown: it is not known whether she is an adult.
        ConsentClasses: an unknown class, or two sensitive ones in one decision.
        FileClosed: the file was joined with another or erased. PaperEntered: this purpose stands already.
        WitnessMissing, WitnessNotThere: see `witnessing`.
    """
    file = _open_file(person)
    sheet = papers.being_typed(by, paper, "consent", person)
    classes = list(data_classes) or (list(deciding.DEFAULT_CLASSES[purpose]) if decision == "yes" else [])
    sensitive = _sensitive(classes)
    if organisation is not None and not Organisation.objects.filter(pk=organisation).exists():
        raise ConsentRecipient()
    if decision == "no" and recipient == "none":
        recipient = "any"
    if decision == "yes":
        _check_recipient(recipient, organisation)
        told = "" if organisation is None else str(organisation)
        wanted = [Request(purpose, one, recipient, told) for one in classes]
        _check_capacity(file, by, purpose, given_by, assent, note)
        if sheet is not None:
            cites = said_before(cites, sheet.taken_on, file.site_id)
        if not deciding.must_cite(file, wanted) <= set(cites):
            raise ConsentMustCite()
    fact = Consent(
        person_id=person,
        sequence=_next(person),
        purpose=purpose,
        decision=decision,
        recipient=recipient,
        organisation_id=organisation,
        legal_basis=legal_basis,
        given_by=given_by,
        assent=assent,
        method=method,
        classes=deciding.ordinary(classes),
        cites=[one.hex for one in cites],
        expires_at=_lasts_until(file, purpose, decision, expires_at, sheet.taken_on if sheet is not None else None),
        text_version=text_version,
        text_language=text_language,
        text_digest=text_digest,
    )
    fact.seal("sensitive_class", sensitive)
    fact.seal("note", note or None)
    witnessing.note_witness(by, fact, sheet, witness, witness_kin)
    fact.save()
    papers.enter(sheet, fact, part=purpose)
    if decision == "no":
        end_what_rested(by, person, fact)
        _tell_lead(by, person, purpose)
    return fact


def said_before(cites: Cites, day: date, site: UUID) -> Cites:
    """Of refusals that a yes on paper would lift, those said before its day at her site: a newer no stands."""
    rows = Consent.objects.filter(pk__in=cites).values_list("pk", "recorded_at")
    return [one for one, moment in rows if day_at(site, moment) < day]


@action("people.withdraw_consent", access=WITHDRAW, target=shapes.of_person)
def withdraw_consent(
    *,
    by: Actor,
    person: UUID,
    consent: UUID,
    method: Method = "verbal",
    note: shapes.Words = "",
) -> Consent:
    """Take one yes back, for the same purpose, recipient and classes. Also written in the outlives ledger.

    Raises:
        Absent: there is no such yes of this person.
    """
    file = _open_file(person)
    files = [file.id, *(folded for folded, _since in deciding.joined_files(file))]
    grant = Consent.objects.filter(pk=consent, person_id__in=files, decision="yes").first()
    if grant is None:
        raise Absent()
    fact = withdrawal_of(grant, person=person, method=method)
    fact.seal("note", note or None)
    fact.save()
    ledger.append("withdrawal", {"person": str(person), "consent": str(grant.id), "by": str(fact.id)})
    _tell_lead(by, person, grant.purpose)
    carry_out(by, person, grant, fact)
    return fact


def withdrawal_of(grant: Consent, *, person: UUID, method: str) -> Consent:
    """The fact, not yet saved, that takes a yes back: the same purpose, recipient and classes."""
    fact = Consent(
        person_id=person,
        sequence=_next(person),
        purpose=grant.purpose,
        decision="withdrawn",
        recipient=grant.recipient,
        organisation_id=grant.organisation_id,
        legal_basis=grant.legal_basis,
        given_by=grant.given_by,
        method=method,
        classes=grant.classes,
        cites=[grant.id.hex],
    )
    if grant.sensitive_class is not None:
        fact.seal("sensitive_class", grant.unseal("sensitive_class"))
    return fact


def carry_out(by: Actor, person: UUID, grant: Consent, withdrawal: Consent) -> None:
    """Let every room end what rested on the yes, and write down what was executed where (A3)."""
    done = end_what_rested(by, person, withdrawal)
    if grant.organisation_id is not None and not done:
        name = str(Organisation.objects.values_list("name", flat=True).get(pk=grant.organisation_id))
        _note_effect(withdrawal, name, "cannot", None)


def end_what_rested(by: Actor, person: UUID, said: Consent) -> bool:
    """Let every room end what rested on a yes that this no or withdrawal has ended; whether one had anything to say."""
    done = registries.withdraw_everywhere(by=by, person=person, purpose=said.purpose, consent=said)
    for one in done:
        _note_effect(said, str(one.where), one.state, one.at)
    return bool(done)


def _tell_lead(by: Actor, person: UUID, purpose: str) -> None:
    """Care goes on until people have spoken: whoever leads hears of a no to it, or to notes, that a colleague noted."""
    if purpose not in ("care", "notes"):
        return
    leading = Assignment.objects.filter(person_id=person, role="lead", until__isnull=True).exclude(user_id=by.id)
    for user in leading.values_list("user_id", flat=True):
        tell(by=by, user=user, kind=SAID_NO, place=person)


def _note_effect(withdrawal: Consent, place: str, state: str, at: datetime | None) -> None:
    moment = (at or withdrawal.recorded_at) if state == "done" else at
    effect = WithdrawalEffect(person_id=withdrawal.person_id, consent=withdrawal, state=state, executed_at=moment)
    effect.seal("place", place)
    effect.save()


def _open_file(person: UUID) -> Person:
    file = shapes.locked(person)
    if file.status not in ("active", "closed"):
        raise FileClosed()
    return file


def _next(person: UUID) -> int:
    last = Consent.objects.filter(person_id=person).aggregate(last=Max("sequence"))["last"]
    return int(last or 0) + 1


def _sensitive(classes: list[str]) -> str | None:
    found = set(classes) & SENSITIVE_CLASSES
    if not set(classes) <= set(DATA_CLASSES) or len(found) > 1:
        raise ConsentClasses()
    return next(iter(found), None)


def _check_recipient(recipient: str, organisation: UUID | None) -> None:
    if recipient == "any" or (recipient != "none" and organisation is None):
        raise ConsentRecipient()


def _check_capacity(file: Person, by: Actor, purpose: str, given_by: str, assent: bool, note: str) -> None:
    if by.kind == "user" and by.duty == "data_import":
        return  # what was decided elsewhere is taken over as it was recorded there
    if given_by == "best_interest":
        if by.duty not in words.people_rules_of(file.programme_id).protection_duties or not assent:
            raise ConsentCapacity()
        if not note:
            raise ReasonMissing("note")
        return
    who = deciding.capacity_of(file, purpose)
    if who == "own":
        if given_by != "self":
            raise ConsentCapacity()
    elif deciding.standing_of(file, purpose) == "unknown" and given_by == "self":
        raise AgeUnknown()
    elif who == "guardian_unsafe" or not (given_by == "guardian" and assent):
        raise ConsentCapacity()


def _lasts_until(
    file: Person, purpose: str, decision: str, until: datetime | None, taken_on: date | None
) -> datetime | None:
    """The earlier of what was said and what the programme allows; no yes lasts for ever: ten years at most."""
    begun = clock.now() if taken_on is None else datetime.combine(taken_on, time.min, UTC)
    months = words.people_rules_of(file.programme_id).consent_months.get(purpose)
    if months is not None and decision == "yes":
        allowed = begun + MONTH * months
        until = allowed if until is None else min(until, allowed)
    return None if until is None else min(until, begun + LONGEST)
