"""What a slip needs to be drawn: its referral, and the language of whoever carries it."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor
from karama.people.queries import fields_of
from karama.referrals.models import Packet
from karama.referrals.queries.referral import referral_in_reach


def of_packet(by: Actor, packet: UUID) -> tuple[UUID, list[str]]:
    """The referral, and the languages of the person, the preferred one first, as far as known. Raises `Absent`."""
    row = Packet.objects.filter(pk=packet).first()
    referral, _task, person = referral_in_reach(by, row.referral_id if row is not None else packet)
    spoken = fields_of(by, person, ("languages",)).get("languages") or ()
    return referral.id, [str(one).split("-")[0] for one in spoken]
