"""A talk is offered after something heavy. What she does with the offer is kept nowhere: taken or declined, it goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from karama.journal import Actor, action, clock
from karama.staffcare.access import JOB, MYSELF
from karama.staffcare.actions.shapes import PURPOSE
from karama.staffcare.models import Offer

PUT_OFF: Final = timedelta(days=3)
FORGOTTEN: Final = timedelta(days=30)
"""An offer that nobody answered goes after this time."""


@action("staffcare.offer", access=JOB, purpose=PURPOSE)
def offer(*, by: Actor, user: UUID, when: datetime | None = None) -> Offer:
    """Offer a talk, from now on or from `when`; an offer that waits already begins anew. For actions of rooms below."""
    begins = when or clock.now()
    row, made = Offer.objects.get_or_create(user_id=user, defaults={"shown_from": begins})
    if not made and row.shown_from != begins:
        row.shown_from = begins
        row.save()
    return row


@action("staffcare.end_offer", access=JOB, purpose=PURPOSE)
def end_offer(*, by: Actor, user: UUID, when: datetime) -> int:
    """End an offer whose only reason was none: it was made at that moment and begins there still. For rooms below.

    One that was made before, or that begins anew since, has another reason; to put one off is her own decision.
    """
    rows = list(Offer.objects.filter(user_id=user, shown_from=when, recorded_at__gte=when))
    for row in rows:
        row.delete()
    return len(rows)


def _of_offer(*, by: Actor, offer: UUID, **_more: Any) -> Mapping[str, object]:
    user = Offer.objects.filter(pk=offer).values_list("user_id", flat=True).first()
    return {"user": user} if user is not None else {}


@action("staffcare.answer_offer", access=MYSELF, target=_of_offer, purpose=PURPOSE)
def answer_offer(*, by: Actor, offer: UUID, answer: Literal["take", "later", "decline"]) -> UUID:
    """Take it, put it off for some days, or decline. Taking and declining leave the same: nothing."""
    row = Offer.objects.get(pk=offer)
    if answer == "later":
        row.shown_from = clock.now() + PUT_OFF
        row.save()
    else:
        row.delete()
    return offer


@action("staffcare.forget_offers", access=JOB, purpose=PURPOSE)
def forget_offers(*, by: Actor) -> int:
    """Offers that waited too long go, as if they had been declined."""
    rows = list(Offer.objects.filter(shown_from__lt=clock.now() - FORGOTTEN))
    for row in rows:
        row.delete()
    return len(rows)
