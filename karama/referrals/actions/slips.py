"""Somebody came with the number of a slip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import StringConstraints

from karama.care.models import Offer
from karama.journal import Actor, action
from karama.referrals.access import TAKE_IN
from karama.referrals.models import ReferralStep
from karama.referrals.offered import referral_of
from karama.referrals.problems import NoSuchSlip
from karama.referrals.standing import Said, held, step, target_of, tell_worker
from karama.rules import referrals as law

Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]


def of_slip(*, by: Actor, number: str, **_more: Any) -> Mapping[str, object]:
    """The target: the referral of a slip; nothing for a number that stands on none."""
    found = referral_by(number)
    return {} if found is None else target_of(found)


def referral_by(number: str) -> UUID | None:
    """The referral of the slip with this number, as it is written."""
    offer = Offer.objects.filter(token=number).values_list("id", flat=True).first()
    return None if offer is None else referral_of(offer)


@action("referrals.take_in_slip", access=TAKE_IN, target=of_slip)
def take_in_slip(*, by: Actor, number: Number) -> ReferralStep:
    """Write down that whoever carries this slip arrived: the slip tells so. Nothing of the person is told.

    Of help that the taker may not know of, a slip proves no arrival (it may have been found): it is told, and somebody
    goes on asking.

    Raises:
        NoSuchSlip: what it stood for is over, or the arrival is known already.
    """
    found = referral_by(number)
    if found is None:
        raise NoSuchSlip()
    row, task = held(found)
    state = "arrived" if row.compartment in (*law.TOLD_TO_ALL, *by.compartments) else "unknown"
    if not law.may_follow(task.state, "arrived") or not law.may_follow(task.state, state):
        raise NoSuchSlip()
    made = step(row, task, state, Said(source="slip"))
    tell_worker(by, task, "referrals.moved")
    return made
