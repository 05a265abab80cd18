"""What a withdrawal left open: somebody asked whoever still held something, and it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from karama.journal import Actor, action, clock
from karama.people.access import SETTLE_EFFECT
from karama.people.actions import shapes
from karama.people.attributes import person_attributes
from karama.people.models import WithdrawalEffect
from karama.people.problems import ReasonMissing


def _of_effect(*, by: Actor, effect: UUID, **_more: Any) -> Mapping[str, object]:
    person = WithdrawalEffect.objects.filter(pk=effect).values_list("person_id", flat=True).first()
    return person_attributes(person) if person is not None else {}


@action("people.settle_effect", access=SETTLE_EFFECT, target=_of_effect, purpose="rights")
def settle_effect(*, by: Actor, effect: UUID, how: shapes.Words) -> WithdrawalEffect:
    """Write down how what a withdrawal left open was settled: whom somebody asked, and what they answered. Both stay
    readable. What is settled already stays as it was.

    Raises:
        ReasonMissing: without words nobody could look at it afterwards.
    """
    if not how:
        raise ReasonMissing("how")
    row = WithdrawalEffect.objects.get(pk=effect)
    shapes.locked(row.person_id)
    known = WithdrawalEffect.objects.filter(amends=row).first()
    if row.state == "done" or known is not None:
        return known or row
    made = WithdrawalEffect(
        person_id=row.person_id, consent_id=row.consent_id, state="done", executed_at=clock.now(), amends=row
    )
    made.seal("place", row.unseal("place"))
    made.seal("amend_reason", how)
    made.save()
    return made
