"""A person as one actor may see her: the row if the relation holds, a field if its compartment does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from karama.journal import ERASED, Absent, Actor, Record, SealedField, clock
from karama.journal.access_log import opening_all
from karama.journal.asking import once
from karama.people import words
from karama.people.access import JOINED, SEE, purpose_of
from karama.people.attributes import person_attributes
from karama.people.deciding import is_minor, limits_shown
from karama.people.joined import last_file
from karama.people.models import Assignment, ContactRules, Person
from karama.people.models.person import IDENTITY_FIELDS, PROFILE_FIELDS
from karama.rules.permission import Policy, permit
from karama.security import vault

SHOWN_BY_NAME = ("named", "alias")


@dataclass(frozen=True)
class PersonPage:
    """What the page of a person shows. `fields` holds only what the reader's compartments open."""

    id: UUID
    code: str
    identity_mode: str
    status: str
    site: str
    programme: UUID
    registered_on: Any
    called: str
    held: bool
    fields: dict[str, Any]
    workers: list[Assignment]
    contact: dict[str, Any] | None
    limits_shown: bool
    moved_to: UUID | None = None
    mine: bool = False
    minor: bool = False
    text_versions: dict[str, str] = field(default_factory=dict)


def person_in_reach(by: Actor, person: UUID, policy: Policy = SEE) -> Person:
    """The person's row. Raises `Absent` when she does not exist or is not within reach: as many queries either way."""
    found, told = _row_of(person), _told_of(person)
    if found is None or not permit(policy, by.attributes(), told, purpose_of(by), clock.now()).allowed:
        raise Absent()
    if found.merged_into_id is not None and _kept_away(by, found.merged_into_id):
        raise Absent()
    return found


def _kept_away(by: Actor, into: UUID) -> bool:
    """Whether the actor is kept away from the file with which one was joined, or from the one that was joined with."""
    last, told = _row_of(into), _told_of(into)
    if last is None or not permit(JOINED, by.attributes(), told, purpose_of(by), clock.now()).allowed:
        return True
    return last.merged_into_id is not None and _kept_away(by, last.merged_into_id)


@once
def _row_of(person: UUID) -> Person | None:
    return Person.objects.filter(pk=person).select_related("site", "programme").first()


@once
def _told_of(person: UUID) -> dict[str, object]:
    return person_attributes(person)


def person_page(by: Actor, person: UUID) -> PersonPage:
    """Everything this actor may see of a person. Raises `Absent`."""
    found = person_in_reach(by, person)
    fields = fields_of(by, found, (*IDENTITY_FIELDS, *PROFILE_FIELDS))
    workers = list(
        Assignment.objects.filter(person=found, until__isnull=True).select_related("user").order_by("role", "since")
    )
    return PersonPage(
        id=found.id,
        code=found.code,
        identity_mode=found.identity_mode,
        status=found.status,
        site=found.site.name,
        programme=found.programme_id,
        registered_on=found.registered_on,
        called=_called(found, fields.get("names")),
        held=found.reach == "named_team",
        fields=fields,
        workers=workers,
        contact=_contact(by, found),
        limits_shown=limits_shown(found.id),
        moved_to=last_file(found).id if found.merged_into_id is not None else None,
        mine=any(one.user_id == by.id for one in workers),
        minor="general" in by.compartments and is_minor(found),
        text_versions=words.text_versions(found.programme_id),
    )


def fields_of(by: Actor, record: Record, names: Iterable[str]) -> dict[str, Any]:
    """The sealed fields of a record that the actor's compartments open: `{name: value}`; erased ones are left out."""
    opened: dict[str, Any] = {}
    for name in names:
        sealed = record._meta.get_field(name)
        if isinstance(sealed, SealedField) and sealed.compartment in by.compartments:
            value = record.unseal(name)
            if value is not ERASED:
                opened[name] = value
    return opened


def shown_names(by: Actor, people: Iterable[Person]) -> dict[UUID, str]:
    """What to call each person in a list; empty for a coded or anonymous one, or where names are not for this duty.

    Opens the identities of all of them in one access row.
    """
    if "general" not in by.compartments:
        return {}
    named = [one for one in people if one.identity_mode in SHOWN_BY_NAME and one.names is not None]
    if named:
        opening_all([one.id for one in named])
        vault.warm([one.id for one in named], "identity")
    return {one.id: _called(one, one.unseal("names")) for one in named}


def _called(person: Person, names: Any) -> str:
    return str(names.get("called", "")) if names and person.identity_mode in SHOWN_BY_NAME else ""


def _contact(by: Actor, person: Person) -> dict[str, Any] | None:
    rules = ContactRules.objects.filter(person=person).first()
    if rules is None:
        return None
    return {"channel": rules.channel} | fields_of(by, rules, ("address", "safe_hours", "phrase"))
