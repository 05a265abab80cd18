"""The law of a rights request: what a person may ask for, where the request stands, and until when it is answered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

RIGHTS: Final = ("access", "correct", "restrict", "withdraw", "delete", "portability")
"""What may be asked for: a copy to read, a correction, a rest of the record, a yes taken back, deletion, a file."""

CHECKS: Final = ("known", "card", "find_me", "document", "guardian", "rule")
"""How it was made sure that it is the person who asks. What was seen is not copied. `rule`: nobody asked; the days are
over for which the programme keeps a record."""

BY_RULE: Final = "rule"

REQUEST_STATES: Final = ("received", "prepared", "granted", "partly", "done", "refused", "withdrawn")

REQUEST_LAW: Final[dict[str, tuple[str, ...]]] = {
    "received": ("prepared", "granted", "partly", "refused", "withdrawn"),
    "prepared": ("received", "done", "withdrawn"),
    "granted": ("done", "withdrawn"),
    "partly": ("done", "withdrawn"),
    "done": (),
    "refused": (),
    "withdrawn": (),
}
"""State -> the states that may follow. `prepared`: a deletion that waits for its second person. Whoever is refused
may ask anew: that is another request with a clock of its own.
"""

OPEN_STATES: Final = ("received", "prepared", "granted", "partly")
"""The clock runs until what was granted is done, not until somebody has said yes."""

WITH_REASON: Final = frozenset({"partly", "refused"})
REASONS: Final = ("identity", "others", "danger", "obligation", "claim", "not_held")
"""Why a request is refused, or granted only in part."""

DAYS: Final = 30
"""Days to answer where a programme says nothing (one month in most laws of data protection)."""

SOON: Final = 7
"""Days before the end at which a request is for today."""


def steps_after(right: str, state: str) -> tuple[str, ...]:
    """The states that may follow for this right. Nobody grants a deletion alone: it is prepared, then approved."""
    alone = {"granted", "partly"} if right == "delete" else {"prepared"}
    return tuple(one for one in REQUEST_LAW.get(state, ()) if one not in alone)


def may_follow(right: str, state: str, after: str) -> bool:
    """Whether `after` may follow `state`."""
    return after in steps_after(right, state)


def due_on(received_on: date, days: int = DAYS) -> date:
    """The last day on which the answer is in time."""
    return received_on + timedelta(days=days)


def days_left(due: date, today: date) -> int:
    """Days until the end; below zero it is overdue."""
    return (due - today).days


def grade(due: date, today: date) -> str:
    """How pressing a request is: `now` when overdue, `today` in its last week, else `soon`."""
    left = days_left(due, today)
    return "now" if left < 0 else "today" if left <= SOON else "soon"


def request_diagram() -> str:
    """The law as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> received"]
    for state, following in REQUEST_LAW.items():
        lines += [f"    {state} --> {one}" for one in following]
        lines += [f"    {state} --> [*]"] if not following else []
    return "\n".join(lines)
