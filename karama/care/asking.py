"""Whom a supervisor can ask: whether a colleague may open now what she is asked about, and what she opens of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from karama.accounts.models import Posting
from karama.accounts.queries import actor_of
from karama.accounts.reach import current
from karama.care import targets
from karama.care.access import QUESTION
from karama.journal import Actor, clock
from karama.people.access import purpose_of
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import permit
from karama.safety.models import Alert
from karama.safety.standing import standing_of


def opens(user: UUID, about: str, subject: UUID, person: UUID | None) -> bool | None:
    """Whether this colleague opens what is told in care, in every duty in which she may read the record; None where
    she may not read it in any."""
    rows = Posting.objects.filter(current(clock.now()), user_id=user, user__is_active=True, duty__in=CARE_DUTIES)
    held = [actor_of(one) for one in rows.select_related("site", "programme")]
    able = [one for one in held if _may(one, about, subject, person)]
    return all("clinical" in one.compartments for one in able) if able else None


def _may(one: Actor, about: str, subject: UUID, person: UUID | None) -> bool:
    around: dict[str, Any] = {}
    if about == "alert":
        found = Alert.objects.filter(pk=subject).first()
        standing = standing_of(found).attributes() if found is not None else {}
        around = dict(standing) if standing.get("site") in one.sites else {}
    elif person is not None:
        around = targets.present_file(one, person)
    if not around:
        return False
    target = {**around, "about": about, "to": one.id}
    return permit(QUESTION, one.attributes(), target, purpose_of(one), clock.now()).allowed
