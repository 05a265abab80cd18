"""A referral that a visit to the nurse asked for: what is known is filled in, and the way leads back to the visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest

from karama.care.queries.visits import looks_like
from karama.journal import Absent, Actor
from karama.ui.addresses import reverse

MEDICAL: Final = frozenset({"epilepsy", "delirium_dementia"})
"""Categories for which a doctor of the body is asked first; for the others a mental health service."""


@dataclass(frozen=True)
class FromVisit:
    """What a visit says of the help that is needed: the kind of service, and how soon. The nurse may change both."""

    visit: UUID
    sector: str
    urgency: str

    @property
    def url(self) -> str:
        """The visit."""
        return reverse("care:visit", args=[self.visit])


def visit_in(request: HttpRequest) -> UUID | None:
    """The visit from which a referral is prepared: an id, and nothing else, stands in the address."""
    try:
        return UUID(request.POST.get("visit") or request.GET.get("visit", ""))
    except ValueError:
        return None


def from_visit(by: Actor, person: UUID, visit: UUID | None) -> FromVisit | None:
    """What the visit says, as far as the reader opens it and it is of this person; None otherwise."""
    if visit is None:
        return None
    try:
        told = looks_like(by, person, visit)
    except Absent:
        return None
    sector = "medical" if told.category in MEDICAL else "mental_health"
    return FromVisit(visit, sector if told.category else "", "now" if told.emergency else "week")
