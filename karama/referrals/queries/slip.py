"""In which language a slip is printed: that of whoever carries it."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor
from karama.people.queries import fields_of
from karama.referrals.models import Packet
from karama.referrals.queries.referral import referral_in_reach


def spoken_by_person(by: Actor, packet: UUID) -> list[str]:
    """The languages of the person, the preferred one first, as far as they are known. Raises `Absent`."""
    row = Packet.objects.filter(pk=packet).first()
    _row, _task, person = referral_in_reach(by, row.referral_id if row is not None else packet)
    spoken = fields_of(by, person, ("languages",)).get("languages") or ()
    return [str(one).split("-")[0] for one in spoken]
