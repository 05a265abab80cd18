"""The door for somebody outside: a token and its code, tried slowly, and one answer for everything that is wrong."""

from __future__ import annotations

import time
from typing import Final
from uuid import UUID

from karama.journal import Actor
from karama.notices.reports import Pace
from karama.referrals import queries
from karama.referrals.access import PARTNER_JOB
from karama.referrals.actions import lock_packet, open_packet, try_packet
from karama.referrals.actions.receiving import MOST_TRIES
from karama.security import digests, packets

PARTNER: Final = Actor(id=UUID("0190c0de-0000-7000-8000-0000000ca4d5"), kind="job", duty=PARTNER_JOB, name="Partner")
"""Whoever stands outside with a token and its code. Which organisation it is stands beside the referral."""

MOST_A_MINUTE: Final = 60
PACE: Final = Pace(MOST_A_MINUTE)
"""Tokens that nobody gave out, or that are closed, are worked on so many times a minute and process; more get the same
answer, sooner."""

EVEN: Final = 0.25
"""Seconds that every wrong try takes at least, beyond `PACE` as well: longer than the slow computation and what is
written down of a try. Waiting costs no computation; otherwise the clock would tell whether a slip is still open."""


def enter(token: str, code: str) -> tuple[UUID, packets.Unlocked] | None:
    """The packet and what opens it; None for a wrong token, a wrong code, one that is over, and one that never was.

    A try is counted before anything is compared. The slow computation is done for tokens that nobody gave out as well.
    """
    opening, began = packets.Opening(token, code), time.monotonic()
    if not packets.well_formed(opening):
        return None
    opened = _opened(token, opening)
    if opened is None:
        time.sleep(max(0.0, began + EVEN - time.monotonic()))
    return opened


def _opened(token: str, opening: packets.Opening) -> tuple[UUID, packets.Unlocked] | None:
    found = queries.packet_of(token)
    if found is None:
        _as_slow(opening)
        return None
    packet, check, before, closed = found
    tried = int(try_packet(by=PARTNER, packet=packet).value) if before < MOST_TRIES else 0
    if not tried:
        if not closed:  # whoever tried last was interrupted before saying so
            lock_packet(by=PARTNER, packet=packet)
        _as_slow(opening)
        return None
    unlocked = packets.unlock(opening)
    if not digests.constant_time_equal(unlocked.check, check):
        if tried >= MOST_TRIES:
            lock_packet(by=PARTNER, packet=packet)
        return None
    return (packet, unlocked) if open_packet(by=PARTNER, packet=packet).value is not None else None


def _as_slow(opening: packets.Opening) -> None:
    """Take the time that a code which is compared takes, so many times a minute: the clock tells nothing either."""
    if not PACE.too_fast(time.monotonic()):
        packets.unlock(opening)
