"""Who belongs to a person, and families accompanied together."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Literal
from uuid import UUID

from django.db.models import Q

from karama.journal import Absent, Actor, action, clock
from karama.people.access import CONTACT, LIST
from karama.people.actions import shapes
from karama.people.actions.protecting import Kin
from karama.people.attributes import person_attributes
from karama.people.families import memberships_of
from karama.people.models import Family, FamilyMember, Person, Relation
from karama.people.problems import AlreadyInFamily, AnsweredMeanwhile, CannotLink, FileClosed, NameMissing
from karama.programme.days import today_at, zone_of
from karama.rules.families import answer_of_both
from karama.rules.permission import permit

QUIET_MODES = ("coded", "anonymous")
"""People known without a name: a link to them stands on nobody else's page."""

APART_KINS = ("partner", "in_law")
"""Whoever may do harm at home is most often one of these: no link leads from her file to theirs, or back."""

Mention = Literal["safe", "ask", "never"]
Reach = Literal["may", "never"]
Agrees = Literal["yes", "no", "later"]

INVERSE = {
    "mother": "child", "father": "child", "child": "relative", "grandparent": "relative", "partner": "partner",
    "sibling": "sibling", "relative": "relative", "in_law": "in_law", "friend": "friend", "carer": "relative",
}  # fmt: skip
"""What the person is to the other one, as far as it follows from what the other one is to her."""


@action("people.add_relation", access=CONTACT, target=shapes.of_person)
def add_relation(
    *,
    by: Actor,
    person: UUID,
    called: shapes.Name,
    kin: Kin,
    mention: Mention = "never",
    reach: Reach = "never",
    carer: bool = False,
    note: shapes.Line = "",
    other: UUID | None = None,
    quiet: bool = True,
) -> Relation:
    """Note somebody who belongs to a person, in that person's own words. Nothing is safe unless it was said so.

    `other`: the file of that somebody, which this reader must have in a list of her own. `quiet`: no link in clear
    and nothing on the other's page; always so for a partner or a relative by marriage (`APART_KINS`), and when either
    is coded or anonymous.

    Raises:
        NameMissing: nothing to call her by. CannotLink: the other file is not there for this reader.
    """
    file = shapes.locked(person)
    if not called:
        raise NameMissing()
    linked = None if other is None else _linkable(by, person, other)
    quiet = quiet or linked is None or kin in APART_KINS
    quiet = quiet or any(one.identity_mode in QUIET_MODES for one in (file, linked) if one is not None)
    made = _relation(person, None if quiet else other, quiet)
    said = {"called": called, "kin": kin, "carer": carer, "mention": mention, "reach": reach, "note": note or None}
    for name, value in said.items():
        made.seal(name, value)
    made.save()
    if linked is not None and not quiet:
        back = _relation(linked.id, person, False)
        for name, value in {"kin": INVERSE[kin], "carer": False, "mention": "ask", "reach": "never"}.items():
            back.seal(name, value)
        back.save()
    return made


@action("people.end_relation", access=CONTACT, target=shapes.of_person)
def end_relation(*, by: Actor, person: UUID, relation: UUID) -> Relation:
    """Take a relation off a person's page, and the link back off the other's. Raises `Absent`."""
    shapes.locked(person)
    current = Relation.objects.filter(pk=relation, person_id=person, until__isnull=True).first()
    if current is None:
        raise Absent()
    if current.other_id is not None:
        for back in Relation.objects.filter(person_id=current.other_id, other_id=person, until__isnull=True):
            back.until = clock.now()
            back.save()
    current.until = clock.now()
    current.save()
    return current


@action("people.keep_apart", access=CONTACT, target=shapes.of_person)
def keep_apart(*, by: Actor, person: UUID) -> Person:
    """From now on no page of anybody else leads to this person, and hers leads to nobody: every link in clear goes, and
    in her family she is a quiet member. What people said of each other in their own words stays, each on the own page.
    """
    file = shapes.locked(person)
    rows = Relation.objects.filter(until__isnull=True)
    for link in rows.filter(Q(other_id=person) | Q(person_id=person, quiet=False)):
        if link.called is None:
            link.until = clock.now()
        link.other_id, link.quiet = None, True
        link.save()
    for member in memberships_of(person):
        if not member.quiet:
            member.quiet = True
            member.save()
    return file


@action("people.begin_family", access=CONTACT, target=shapes.of_person)
def begin_family(
    *, by: Actor, person: UUID, agrees: Agrees = "later", quiet: bool = False, on: date | None = None
) -> FamilyMember:
    """Begin to accompany a family, with this person as its first member. `on`: the day from which it was accompanied on
    paper; a day to come counts as now. Raises AlreadyInFamily, FileClosed."""
    file = _free_member(person)
    since = _since(on)
    family = Family(site_id=file.site_id, begun_on=since.astimezone(zone_of(file.site_id)).date())
    family.save()
    return _join(file, family, agrees, quiet, since)


@action("people.add_family_member", access=CONTACT, target=shapes.of_person)
def add_family_member(
    *, by: Actor, person: UUID, member: UUID, agrees: Agrees = "later", quiet: bool = False, on: date | None = None
) -> FamilyMember:
    """Take another participant into the family of `person`: her own answer counts for herself only. `on`: see
    `begin_family`.

    Raises:
        CannotLink: that file is not there for this reader. AlreadyInFamily. Absent: `person` is in no family.
    """
    own = _memberships(person)[0]
    _linkable(by, person, member)
    return _join(_free_member(member), own.family, agrees, quiet, _since(on))


@action("people.set_family_answer", access=CONTACT, target=shapes.of_person)
def set_family_answer(*, by: Actor, person: UUID, agrees: Agrees, was: Agrees | None = None) -> FamilyMember:
    """What this member says now to being accompanied together. `was`: what stood on the page on which it was said.

    Raises:
        Absent: she is in no family. AnsweredMeanwhile: a bolder answer, from a page on which another one stood.
    """
    rows = _memberships(person)
    stands = answer_of_both([one.agrees for one in rows])
    if was not in (None, stands) and answer_of_both([stands, agrees]) != agrees:
        raise AnsweredMeanwhile()
    for own in rows:
        if own.agrees != agrees:
            own.agrees = agrees
            own.save()
    return rows[0]


@action("people.leave_family", access=CONTACT, target=shapes.of_person)
def leave_family(*, by: Actor, person: UUID) -> FamilyMember:
    """A member leaves; when nobody is left the family has ended. Her own file and care go on as they are."""
    rows = _memberships(person)
    for own in rows:
        own.until = clock.now()
        own.save()
        if not FamilyMember.objects.filter(family_id=own.family_id, until__isnull=True).exists():
            own.family.ended_on = max(today_at(own.family.site_id), own.family.begun_on)
            own.family.save()
    return rows[0]


def _relation(person: UUID, other: UUID | None, quiet: bool) -> Relation:
    return Relation(person_id=person, other_id=other, quiet=quiet, since=clock.now())


def _linkable(by: Actor, person: UUID, other: UUID) -> Person:
    """The other file, when this reader has her in a list. One answer for absent, hidden and out of reach."""
    attributes = person_attributes(other)
    if other == person or not permit(LIST, by.attributes(), attributes, "care", clock.now()).allowed:
        raise CannotLink()
    return shapes.locked(other)


def _free_member(person: UUID) -> Person:
    file = shapes.locked(person)
    if file.status != "active":
        raise FileClosed()
    if memberships_of(person):
        raise AlreadyInFamily()
    return file


def _since(on: date | None) -> datetime:
    """Noon of an earlier day, which is that day by any clock; else now."""
    now = clock.now()
    return now if on is None else min(datetime.combine(on, time(12), UTC), now)


def _join(file: Person, family: Family, agrees: str, quiet: bool, since: datetime) -> FamilyMember:
    made = FamilyMember(person=file, family=family, agrees=agrees, since=since)
    made.quiet = quiet or file.identity_mode in QUIET_MODES
    made.save()
    return made


def _memberships(person: UUID) -> list[FamilyMember]:
    """Hers in every file of hers, that of this one first. Raises `Absent` when she is in no family."""
    shapes.locked(person)
    rows = memberships_of(person)
    if not rows:
        raise Absent()
    return rows
