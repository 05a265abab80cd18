"""What the actions of this room share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import StringConstraints

from karama.journal import Actor
from karama.rules.support import may_follow
from karama.staffcare.models import SupportRequest, SupportStep
from karama.staffcare.problems import NotNow
from karama.staffcare.standing import turn_of

PURPOSE: Final = "administration"
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


def of_myself(*, by: Actor, **_more: Any) -> Mapping[str, object]:
    """The target of what somebody decides for herself."""
    return {"user": by.id}


def locked(support: UUID) -> SupportRequest:
    """The request, held until the end of the action: two steps are never done at once."""
    return SupportRequest.objects.select_for_update(of=("self",)).get(pk=support)


def step(row: SupportRequest, what: str, user: UUID | None) -> SupportStep:
    """Write a step if the law allows it now. Raises `NotNow`."""
    if not may_follow(turn_of(row).state, what):
        raise NotNow()
    return written(row, what, user)


def written(row: SupportRequest, what: str, user: UUID | None) -> SupportStep:
    """Write a step."""
    last = SupportStep.objects.filter(request=row).order_by("-place").values_list("place", flat=True).first()
    return SupportStep.objects.create(request=row, user_id=user, place=(last or 0) + 1, step=what)
