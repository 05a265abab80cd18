"""What this room answers to others: erasing, whose keys it needs, who has left, who met something heavy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from karama.journal import Actor
from karama.notices.actions import take_back
from karama.staffcare.colleagues import exist, has_left
from karama.staffcare.models import SupportAsked, SupportRequest, SupportStep


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete the rows under a key that was destroyed: a request owns its key. A participant has none here."""
    if not SupportRequest.objects.filter(pk=person).exists():
        return
    take_back(by=by, place=person)
    SupportStep.objects.filter(request_id=person).erase()
    SupportAsked.objects.filter(request_id=person).erase()
    SupportRequest.objects.filter(pk=person).erase()


def needed(ids: list[UUID]) -> set[UUID]:
    """Those of the ids under whose keys a request lies."""
    return set(SupportRequest.objects.filter(pk__in=ids).values_list("pk", flat=True))


def somebody_left(*, by: Actor, user: UUID) -> None:
    """Whoever holds no duty any more takes with her what was hers."""
    from karama.staffcare.actions import end_all

    if has_left(user):
        end_all(by=by, user=user)


def met_something_heavy(*, by: Actor, people: Iterable[UUID], kind: str, at: datetime) -> None:
    """Offer each of these users a talk. What it was is not kept: whoever is kept out of an incident learns nothing.
    After a death the offer begins at the moment of it, as it ends when the death was none."""
    from karama.staffcare.actions import offer

    for user in exist(list(people)):
        offer(by=by, user=user, when=at if kind == "death" else None)


def was_a_mistake(*, by: Actor, people: Iterable[UUID], at: datetime) -> None:
    """End the offers that began at this moment and had no other reason before or since."""
    from karama.staffcare.actions import end_offer

    for user in exist(list(people)):
        end_offer(by=by, user=user, when=at)
