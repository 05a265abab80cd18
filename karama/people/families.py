"""A family as one: who is in it now and what each says, through every file of each member. It asks nobody who reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from karama.journal import clock
from karama.people import deciding
from karama.people.joined import files_of, last_files
from karama.people.models import Family, FamilyMember, Person
from karama.rules.consent import Request
from karama.rules.families import answer_of_both


@dataclass(frozen=True)
class Standing:
    """How one person stands in a family now. Where her files were joined, the more cautious answer counts."""

    family: Family
    agrees: str
    quiet: bool
    since: datetime

    @property
    def together(self) -> bool:
        """Whether she is accompanied together with the others: her own yes, and nothing to be kept quiet."""
        return self.agrees == "yes" and not self.quiet


def memberships_of(person: UUID) -> list[FamilyMember]:
    """Her memberships that last, in whichever of her files; those of the file that was asked for come first."""
    rows = FamilyMember.objects.select_related("family").filter(person_id__in=files_of(person), until__isnull=True)
    return sorted(rows.order_by("since"), key=lambda one: one.person_id != person)


def standing_of(person: UUID) -> Standing | None:
    """How she stands in her family; None when she is in none."""
    rows = memberships_of(person)
    return _standing(rows) if rows else None


def standings_in(family: UUID) -> dict[UUID, Standing]:
    """Everybody in a family now, by the file that remains of each, in the order in which they came."""
    rows = FamilyMember.objects.select_related("family").filter(family_id=family, until__isnull=True)
    told = list(rows.order_by("since", "id"))
    last = last_files({one.person_id for one in told})
    found: dict[UUID, list[FamilyMember]] = defaultdict(list)
    for one in told:
        found[last[one.person_id]].append(one)
    return {person: _standing(several) for person, several in found.items()}


def may_take_part(person: Person) -> bool:
    """Whether somebody who is, or may be, a child takes part by the rules about children: the guardian's yes with the
    child's own, or what was decided in the child's interest. An adult decides by her answer to the family alone."""
    if deciding.capacity_of(person, "care") == "own":
        return True
    request = Request("care", "general")
    return deciding.decide(
        person, request, permitted=True, hidden=False, around=deciding.Around(), now=clock.now()
    ).allowed


def _standing(rows: Sequence[FamilyMember]) -> Standing:
    return Standing(
        family=rows[0].family,
        agrees=answer_of_both([one.agrees for one in rows]),
        quiet=any(one.quiet for one in rows),
        since=min(one.since for one in rows if one.family_id == rows[0].family_id),
    )
