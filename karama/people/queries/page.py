"""A person as one actor may see her: the row if the relation holds, a field if its compartment does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import ERASED, Absent, Actor, Record, SealedField, clock
from karama.journal.access_log import opening_all
from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
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
    site_id: UUID
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


@asks
def person_in_reach(by: Actor, person: UUID, policy: Policy = SEE) -> Asks[Person]:
    """The person's row. Raises `Absent` when she does not exist or is not within reach: as many queries either way."""
    found, told = yield from _known.asking(person)
    if found is None or not permit(policy, by.attributes(), told, purpose_of(by), clock.now()).allowed:
        raise Absent()
    if found.merged_into_id is not None and (yield from _kept_away(by, found.merged_into_id)):
        raise Absent()
    return found


def _kept_away(by: Actor, into: UUID) -> Asks[bool]:
    """Whether the actor is kept away from the file with which one was joined, or from the one that was joined with."""
    last, told = yield from _known.asking(into)
    if last is None or not permit(JOINED, by.attributes(), told, purpose_of(by), clock.now()).allowed:
        return True
    return last.merged_into_id is not None and (yield from _kept_away(by, last.merged_into_id))


@once
@asks
def _known(person: UUID) -> Asks[tuple[Person | None, dict[str, object]]]:
    """A person's row, and what a policy may ask about her."""
    rows, told = yield from together(_row(person), person_attributes.asking(person))
    return next(iter(rows), None), told


def _row(person: UUID) -> Asks[list[Person]]:
    found: list[Person] = yield _with_place.later(person)
    return found


@readymade
def _with_place(person: UUID) -> QuerySet[Person, Person]:
    return Person.objects.filter(pk=person).select_related("site", "programme")


@asks
def person_page(by: Actor, person: UUID) -> Asks[PersonPage]:
    """Everything this actor may see of a person. Raises `Absent`."""
    found = yield from person_in_reach.asking(by, person)
    fields = fields_of(by, found, (*IDENTITY_FIELDS, *PROFILE_FIELDS))
    (workers, rules), told, minor = yield from together(
        _around(person), limits_shown.asking(person), _may_be_minor(by, found)
    )
    return PersonPage(
        id=found.id,
        code=found.code,
        identity_mode=found.identity_mode,
        status=found.status,
        site=found.site.name,
        site_id=found.site_id,
        programme=found.programme_id,
        registered_on=found.registered_on,
        called=_called(found, fields.get("names")),
        held=found.reach == "named_team",
        fields=fields,
        workers=workers,
        contact=_contact(by, rules[0]) if rules else None,
        limits_shown=told,
        moved_to=last_file(found).id if found.merged_into_id is not None else None,
        mine=any(one.user_id == by.id for one in workers),
        minor=minor,
        text_versions=words.text_versions(found.programme_id),
    )


def _around(person: UUID) -> Asks[tuple[list[Assignment], list[ContactRules]]]:
    found: tuple[list[Assignment], list[ContactRules]] = yield _workers.later(person), _contact_rules.later(person)
    return found


@readymade
def _workers(person: UUID) -> QuerySet[Assignment, Assignment]:
    rows = Assignment.objects.filter(person_id=person, until__isnull=True)
    return rows.select_related("user").order_by("role", "since")


@readymade
def _contact_rules(person: UUID) -> QuerySet[ContactRules, ContactRules]:
    return ContactRules.objects.filter(person_id=person).order_by("id")[:1]


def _may_be_minor(by: Actor, person: Person) -> Asks[bool]:
    return "general" in by.compartments and (yield from is_minor.asking(person))


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


def _contact(by: Actor, rules: ContactRules) -> dict[str, Any]:
    return {"channel": rules.channel} | fields_of(by, rules, ("address", "safe_hours", "phrase"))
