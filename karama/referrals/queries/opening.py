"""For somebody outside: finding a packet by its token, and what is shown of it to whoever has the code as well."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from uuid import UUID

from karama.journal import Actor, clock
from karama.programme.days import zone_of
from karama.programme.models import Organisation
from karama.referrals import sharing
from karama.referrals.access import RECEIVE
from karama.referrals.models import Packet
from karama.referrals.standing import states_of
from karama.rules import referrals as law
from karama.rules.permission import permit
from karama.security import packets


@dataclass(frozen=True)
class Look:
    """What whoever receives is shown. `content` stays empty until it has accepted: then exactly what was previewed."""

    sender: str
    urgency: str
    state: str
    sent_at: datetime
    expires_at: datetime
    shares: bool
    accepted: bool
    content: list[sharing.Field]
    following: tuple[str, ...]


def zone_of_packet(packet: UUID) -> tzinfo:
    """The time zone of the site from which it was sent: in it days and hours are told."""
    return zone_of(Packet.objects.values_list("referral__site_id", flat=True).get(pk=packet))


def packet_of(token: str) -> tuple[UUID, bytes, int, bool] | None:
    """Id, check, tries of a packet by its token, and whether it is closed; None for a token that nobody gave out."""
    rows = Packet.objects.filter(token_digest=packets.token_digest(token))
    found = rows.values_list("id", "check_digest", "tries", "closed_at").first()
    return None if found is None else (found[0], bytes(found[1]), found[2], found[3] is not None)


def look(by: Actor, packet: UUID, unlocked: packets.Unlocked) -> Look:
    """What is shown after the code was right and the packet is open. Called within a reading."""
    row = Packet.objects.select_related("referral__site").get(pk=packet)
    states = states_of(row.referral_id)
    accepted = law.is_accepted(states)
    now = clock.now()
    may = permit(RECEIVE, by.attributes(), {}, "care", now).allowed and sharing.may_still_be_read(row)
    return Look(
        sender=str(Organisation.objects.filter(role="own").values_list("name", flat=True).first() or ""),
        urgency=row.referral.urgency,
        state=states[-1],
        sent_at=row.recorded_at,
        expires_at=row.expires_at,
        shares=row.shares,
        accepted=accepted,
        content=_content(row, unlocked) if accepted and may else [],
        following=law.steps_after(states[-1]),
    )


def _content(row: Packet, unlocked: packets.Unlocked) -> list[sharing.Field]:
    return sharing.still_safe(sharing.person_of(row.referral), sharing.unsealed(unlocked, row))
