"""Who belongs to a person, and her family, without telling anything of one member on another's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.models import Posting
from karama.accounts.reach import current
from karama.journal import Actor, clock, visible_to
from karama.people.access import ATTRIBUTES, CONTACT, JOINED, LIST, purpose_of
from karama.people.actions.family import APART_KINS
from karama.people.families import Standing, standing_of, standings_in
from karama.people.joined import last_files
from karama.people.models import HiddenFrom, Person, Relation
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
    own = standing_of(file.id)
    others = _others(file.id, own)
    rows = list(Relation.objects.filter(person=file, until__isnull=True).order_by("since"))
    seen = {one.id: one for one in in_lists(by, {file.id, *others, *(row.other_id for row in rows if row.other_id)})}
    shown = [one for one in others if one in seen]
    called = shown_names(by, [seen[one] for one in shown])
    members = [Member(one, called.get(one, "")) for one in shown]
    agreed = [others[one].agrees for one in shown]
    return FamilyPage(
        relatives=[_relative(by, row, seen) for row in rows],
        in_family=own is not None,
        agrees=own.agrees if own else "",
        quiet=bool(own and own.quiet),
        begun_on=own.family.begun_on if own else None,
        members=members,
        together=own is not None and bool(members) and all(one == "yes" for one in (own.agrees, *agreed)),
    )


def _others(person: UUID, own: Standing | None) -> dict[UUID, Standing]:
    """The other members who may be known of here. A quiet one stands on her own page only."""
    if own is None:
        return {}
    rows = standings_in(own.family.id)
    return {one: stands for one, stands in rows.items() if one != person and not stands.quiet}


@dataclass(frozen=True)
class Together:
    """The family of a person who said yes herself: those who did so too and whom this reader has in a list.

    `members`: her file first. `called`: what to call each, where names are for this reader. Whoever is not in it might
    as well not be there: hidden, quiet, elsewhere, or without a yes.
    """

    family: UUID
    begun_on: date
    members: tuple[Person, ...]
    called: dict[UUID, str]
    since: dict[UUID, datetime]


def together(by: Actor, file: Person) -> Together | None:
    """The family of this file as one; None when this person is not accompanied together."""
    own = standing_of(file.id)
    if own is None or not own.together:
        return None
    stands = {one: said for one, said in standings_in(own.family.id).items() if said.together and one != file.id}
    seen = {one.id: one for one in in_lists(by, {file.id, *stands})}
    members = (file, *(seen[one] for one in stands if one in seen))
    since = {file.id: own.since} | {one: said.since for one, said in stands.items()}
    return Together(own.family.id, own.family.begun_on, members, shown_names(by, members), since)


def kept_from(by: Actor, people: Iterable[UUID]) -> frozenset[UUID]:
    """Of these people, those from whom this actor is kept away: by her "do not show to" list, or because another team
    holds her file. What was said in front of somebody is read by nobody who may not know of her."""
    last = last_files(set(people))
    rows = visible_to(
        Person.objects.filter(pk__in={*last, *last.values()}), by=by, policy=JOINED, purpose=purpose_of(by),
        now=clock.now(), attributes=ATTRIBUTES,
    )  # fmt: skip
    seen = set(rows.values_list("id", flat=True))
    return frozenset(one for one, now in last.items() if not {one, now} <= seen)


def kept_from_user(reader: UUID, people: Iterable[UUID]) -> frozenset[UUID]:
    """The same of a user, whatever the duty she reads in."""
    last = last_files(set(people))
    files = Person.objects.filter(pk__in={*last, *last.values()})
    teams = Posting.objects.filter(current(clock.now()), user_id=reader, team__isnull=False).values("team")
    named = files.exclude(reach="usual").exclude(held_by_team__in=teams)
    hidden = HiddenFrom.objects.filter(person__in=files, user_id=reader, lifted_at__isnull=True)
    away = {*named.values_list("id", flat=True), *hidden.values_list("person_id", flat=True)}
    return frozenset(one for one, now in last.items() if away & {one, now})


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
