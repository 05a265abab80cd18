"""What the packs of a colleague's programmes say about care for staff."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from karama.journal import Actor
from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_staffcare import USUAL, Outside, StaffCare, staff_care_of
from karama.knowledge.packs import PackError
from karama.programme.queries import programme_code


def care_in(programme: UUID) -> StaffCare:
    """What a programme has; the house's own where the pack says nothing that can be read."""
    try:
        return staff_care_of(programme_code(programme) or "")
    except (PackError, KnowledgeError, OSError):
        return USUAL


def care_for(programmes: Iterable[UUID]) -> StaffCare:
    """The shortest hours and days of somebody's programmes: what promises her most."""
    found = [care_in(one) for one in sorted(programmes)] or [USUAL]
    return StaffCare(min(one.take_within for one in found), min(one.keep for one in found))


def outside(by: Actor) -> list[Outside]:
    """Who listens outside the organisation. Whom nobody has tried is shown in the demonstration only."""
    found = {one.code + one.name: one for where in sorted(by.programmes) for one in care_in(where).outside}
    return [one for one in found.values() if one.checked or settings.KARAMA_DEMO]
