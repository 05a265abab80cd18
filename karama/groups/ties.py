"""What is known between people, asked for many at once: only to answer whether somebody needs another group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from karama.groups.models import Group, GroupFacilitator, GroupMember
from karama.people.models import FamilyMember, Person, Relation
from karama.people.workers import kept_from
from karama.rules.groups import Ties, needs_another


def roots_of(people: Collection[UUID]) -> dict[UUID, UUID]:
    """Each file of these people -> the one asked for: their own, and those that were joined with it."""
    roots = {one: one for one in people}
    layer = dict(roots)
    while layer:
        rows = Person.objects.filter(merged_into__in=layer).values_list("id", "merged_into_id")
        layer = {file: roots[into] for file, into in rows if into is not None and file not in roots}
        roots |= layer
    return roots


def ties_of(people: Collection[UUID]) -> dict[UUID, Ties]:
    """Of each person: from whom she is hidden, with whom she is linked, in which families. Five queries."""
    roots = roots_of(people)
    hidden: dict[UUID, set[UUID]] = defaultdict(set)
    linked: dict[UUID, set[UUID]] = defaultdict(set)
    families: dict[UUID, set[UUID]] = defaultdict(set)
    for person, user in kept_from(list(roots)):
        hidden[roots[person]].add(user)
    known = Relation.objects.filter(until__isnull=True, other__isnull=False)
    either = known.filter(Q(person_id__in=roots) | Q(other_id__in=roots))
    for one, other in either.values_list("person_id", "other_id"):
        for mine, theirs in ((one, other), (other, one)):
            if mine in roots and theirs is not None:
                linked[roots[mine]].add(roots.get(theirs, theirs))
    for person, family in FamilyMember.objects.filter(person_id__in=roots, until__isnull=True).values_list(
        "person_id", "family_id"
    ):
        families[roots[person]].add(family)
    return {one: Ties(frozenset(hidden[one]), frozenset(linked[one]), frozenset(families[one])) for one in set(people)}


def in_the_way(group: Group, person: UUID) -> bool:
    """Whether this person cannot come into this group as it stands."""
    others = set(
        GroupMember.objects.filter(cycle__group=group, until_on__isnull=True).values_list("person_id", flat=True)
    )
    return needs_another(person, ties_of(others | {person}), others, facilitators_of(group.id), together=group.together)


def members_to_move(group: Group, members: Collection[UUID], facilitators: Collection[UUID]) -> frozenset[UUID]:
    """Members who, as things stand now, would need another group."""
    ties = ties_of(members)
    return frozenset(one for one in members if needs_another(one, ties, members, facilitators, together=group.together))


def facilitators_of(group: UUID) -> frozenset[UUID]:
    """Who facilitates a group now."""
    rows = GroupFacilitator.objects.filter(group_id=group, until_on__isnull=True)
    return frozenset(rows.values_list("user_id", flat=True))
