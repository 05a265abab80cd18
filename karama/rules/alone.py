"""Who is in the room: whether questions about violence may be asked, and whether anything about them may be shown.

Said by the worker, each time, and good for one conversation. Nothing said means that nothing is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

ALONE: Final = ("alone", "our_interpreter", "desk")
"""Nobody can overhear: the person and the worker; with them an interpreter of ours who is nobody's relative; or the
worker by herself, at a desk, where the person is not."""

ACCOMPANIED: Final = ("partner", "child", "relative", "relative_interprets", "somebody")
"""Somebody is there or may overhear. One who cannot tell says `somebody`."""

COMPANY: Final = (*ALONE, *ACCOMPANIED)
HOLDS: Final = timedelta(minutes=90)
"""How long one answer holds; the house's own choice: about one conversation."""


@dataclass(frozen=True)
class Company:
    """`may_ask`: questions about violence are open. `hide`: somebody is there, so nothing of it stands on a screen."""

    may_ask: bool
    hide: bool


UNSAID: Final = Company(may_ask=False, hide=False)


def company(said: str, said_at: datetime | None, now: datetime) -> Company:
    """What follows from the newest answer. One that lapsed, or a code that is not known, opens nothing."""
    if said_at is None or not said_at <= now < said_at + HOLDS:
        return UNSAID
    return Company(may_ask=said in ALONE, hide=said not in ALONE)
