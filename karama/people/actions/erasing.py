"""Erasing a person: the ledger, then her keys, then the rows of every room. Each step may be repeated."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from karama.journal import Actor, action, registries
from karama.people.access import ERASE, SETTLE
from karama.people.actions import shapes
from karama.people.models import (
    Assignment,
    BestInterest,
    ContactRules,
    Erasure,
    FacilityNumber,
    FamilyMember,
    FindMe,
    Guardian,
    HiddenFrom,
    LimitsExplained,
    Merge,
    NameKey,
    NewFile,
    Paper,
    Person,
    PrintedSheet,
    Relation,
    SeriesKey,
    Suggestion,
    Transfer,
    WithdrawalEffect,
)
from karama.people.models.person import IDENTITY_FIELDS, PROFILE_FIELDS
from karama.people.problems import FileClosed, ReasonMissing
from karama.security import vault


@action("people.erase_person", access=ERASE, target=shapes.of_person, purpose="rights", erases=True)
def erase_person(*, by: Actor, person: UUID, reason: shapes.Line) -> Erasure:
    """Erase a person and every file joined with hers, for good. The reason must not describe her.

    A tombstone without values remains, and her decisions about consent as codes without words, so that counts and
    the lawfulness of what was done can still be shown.

    Raises:
        ReasonMissing: without a reason. FileClosed: the file was joined with another: erase that one.
    """
    if not reason:
        raise ReasonMissing()
    if shapes.locked(person).status == "merged_into":
        raise FileClosed()
    everyone = vault.erase(person)
    for one in everyone:
        _empty_everywhere(by, one)
    fact = Erasure(whom=person)
    fact.seal("reason", reason)
    fact.save()
    return fact


@action("people.settle_erasure", access=SETTLE, purpose="rights", erases=True)
def settle_erasure(*, by: Actor, person: UUID) -> None:
    """Finish, at start-up, an erasure that was interrupted after the keys were destroyed."""
    _empty_everywhere(by, person)


def _empty_everywhere(by: Actor, person: UUID) -> None:
    for _room, answer in registries.on_erase:
        answer(by=by, person=person)
    transaction.on_commit(lambda: vault.settled(person))


def empty_rows(*, by: Actor, person: UUID) -> None:
    """This room's answer to an erasure. Consent facts stay: codes and days, their words can no longer be opened."""
    NameKey.objects.filter(person_id=person).delete()
    for model in OWN_ROWS:
        model.objects.filter(person_id=person).erase()
    Suggestion.objects.filter(other_id=person).erase()
    for model in (Relation, Guardian):
        _unlink(model, person)
    HiddenFrom.objects.filter(person_id=person).erase()
    Merge.objects.filter(into_id=person).erase()
    file = Person.objects.filter(pk=person).first()
    if file is not None:
        _make_tombstone(file)


OWN_ROWS: tuple[Any, ...] = (
    FacilityNumber, Assignment, ContactRules, LimitsExplained, Merge, WithdrawalEffect, Guardian, BestInterest,
    Relation, SeriesKey, FamilyMember, FindMe, NewFile, Suggestion, Transfer, Paper, PrintedSheet,
)  # fmt: skip
"""Rows about her that go; her decisions stay as codes."""


def _unlink(model: Any, person: UUID) -> None:
    """Take the link to her off other people's rows; what they said of her in their own words is theirs."""
    name = "other_id" if model is Relation else "guardian_id"
    for row in model.objects.filter(**{name: person}):
        setattr(row, name, None)
        row.save()


def _make_tombstone(file: Person) -> None:
    values: dict[str, Any] = dict.fromkeys((*IDENTITY_FIELDS, *PROFILE_FIELDS))
    values |= {"status": "erased", "merged_into_id": None, "reach": "usual", "held_by_team_id": None}
    for name, value in values.items():
        setattr(file, name, value)
    file.save()
