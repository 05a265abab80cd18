"""Who belongs to a person, and her family, without telling anything of one member on another's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Actor, clock, visible_to
from karama.people.access import ATTRIBUTES, CONTACT, LIST, purpose_of
from karama.people.actions.family import APART_KINS
from karama.people.models import FamilyMember, Person, Relation
from karama.people.queries.page import fields_of, person_in_reach, shown_names


@dataclass(frozen=True)
class Relative:
    """Somebody who belongs to a person. `other` and `code` only when this reader has the other one in a list."""

    id: UUID
    fields: dict[str, Any]
    other: UUID | None = None
    code: str = ""


@dataclass(frozen=True)
class Member:
    """Another member of the family whom this reader may see: that she belongs to it, and nothing else of her.

    No code and no address: a page may be seen by whoever sits beside the person, and must not lead to another file.
    """

    id: UUID
    called: str


@dataclass(frozen=True)
class FamilyPage:
    """A person's relations and family. `agrees` and `quiet` are her own; `together`: everybody this reader may see
    here has said yes herself."""

    relatives: list[Relative]
    in_family: bool
    agrees: str
    quiet: bool
    begun_on: date | None
    members: list[Member]
    together: bool


def family_page(by: Actor, person: UUID) -> FamilyPage:
    """The page about her family. Raises `Absent`.

    A linked person who is not in a list of this reader looks exactly like somebody without a file. A quiet member
    stands on her own page only.
    """
    file = person_in_reach(by, person, CONTACT)
    own = FamilyMember.objects.select_related("family").filter(person=file, until__isnull=True).first()
    others = _others(own)
    rows = list(Relation.objects.filter(person=file, until__isnull=True).order_by("since"))
    wanted = {one.person_id for one in others} | {row.other_id for row in rows if row.other_id}
    seen = {one.id: one for one in in_lists(by, wanted)}
    called = shown_names(by, [seen[one.person_id] for one in others if one.person_id in seen])
    members = [Member(one.person_id, called.get(one.person_id, "")) for one in others if one.person_id in seen]
    agreed = [one.agrees for one in others if one.person_id in seen]
    return FamilyPage(
        relatives=[_relative(by, row, seen) for row in rows],
        in_family=own is not None,
        agrees=own.agrees if own else "",
        quiet=bool(own and own.quiet),
        begun_on=own.family.begun_on if own else None,
        members=members,
        together=own is not None and bool(members) and all(one == "yes" for one in (own.agrees, *agreed)),
    )


def _others(own: FamilyMember | None) -> list[FamilyMember]:
    """The other members who may be known of here; for a quiet person nobody, as she stands on nobody's page."""
    if own is None:
        return []
    rows = FamilyMember.objects.filter(family_id=own.family_id, until__isnull=True, quiet=False)
    return list(rows.exclude(person_id=own.person_id).order_by("since"))


def in_lists(by: Actor, people: Iterable[UUID]) -> QuerySet[Person, Person]:
    """Those of these people who stand in this actor's lists."""
    return visible_to(
        Person.objects.filter(pk__in=list(people)),
        by=by,
        policy=LIST,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )


def _relative(by: Actor, row: Relation, seen: dict[UUID, Person]) -> Relative:
    fields = fields_of(by, row, ("called", "kin", "carer", "mention", "reach", "note"))
    apart = fields.get("kin") in APART_KINS
    other = seen.get(row.other_id) if row.other_id and not apart else None
    return Relative(row.id, fields, other.id if other else None, other.code if other else "")
