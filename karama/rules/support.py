"""A colleague asks for a talk: whose turn it is to answer, and when it comes back to her. Derived at each reading.

She names whom she asks, and whom next, in her order. Each has the programme's hours. Whoever does not answer, cannot,
or is away is passed over; when nobody is left it is hers again, with the ways outside. No job has to run for that.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

ASKED, TAKEN, TALKED, WITHDRAWN, BACK = "asked", "taken", "talked", "withdrawn", "back"

SUPPORT_LAW: Final[dict[str, tuple[str, ...]]] = {
    ASKED: ("taken", "declined", "withdrawn"),
    TAKEN: ("talked", "given_back", "withdrawn"),
    BACK: ("withdrawn",),
    TALKED: (),
    WITHDRAWN: (),
}
"""State -> the steps that may follow. From `asked` and `taken` it comes `back` by itself."""

STEPS: Final = ("taken", "declined", "talked", "given_back", "withdrawn", "told", "returned")
"""What is written down. The last two only inform: somebody was told that it is her turn, or that it is back."""

OPEN_STATES: Final = (ASKED, TAKEN, BACK)


@dataclass(frozen=True)
class Asked:
    """Somebody she allowed to be asked, in her order; `since`: when she did."""

    user: Hashable
    since: datetime


@dataclass(frozen=True)
class Said:
    """A step, by whom it concerns, at a moment."""

    step: str
    user: Hashable
    at: datetime


@dataclass(frozen=True)
class Turn:
    """Where it stands: `holder` has to answer, or has taken it; `ends`: then it goes on, or should have been held."""

    state: str
    since: datetime
    holder: Hashable | None = None
    ends: datetime | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether a talk that somebody took should have been held by now."""
        return self.state == TAKEN and self.ends is not None and self.ends <= now


def turn(
    asked: Sequence[Asked],
    said: Sequence[Said],
    *,
    began: datetime,
    wait: timedelta,
    until: datetime | None,
    now: datetime,
    gone: Collection[Hashable] = (),
    away: Collection[Hashable] = (),
) -> Turn:
    """Where a request stands. `asked` in her order, `said` as it happened, `until`: the time she chose for a call.

    `gone`: who has left, is locked out, or has come to lead her since. `away`: who is on leave: she is not asked; what
    she took before stays with her.
    """
    over = next((one for one in said if one.step in (TALKED, WITHDRAWN)), None)
    if over is not None:
        return Turn(over.step, over.at)
    held = next((one for one in reversed(said) if one.step in ("taken", "given_back")), None)
    there = {each.user for each in asked} - set(gone)
    if held is not None and held.step == "taken" and held.user in there:
        return Turn(TAKEN, held.at, held.user, max(held.at, until or held.at) + wait)
    refused = {step.user: step.at for step in said if step.step in ("declined", "given_back")}
    end = began
    for one in asked:
        if one.user not in there or one.user in away:
            continue
        begins = max(end, one.since)
        ends = refused.get(one.user) or begins + wait
        if until is not None:
            ends = min(ends, until)
        if now < ends:
            return Turn(ASKED, begins, one.user, ends)
        end = max(end, ends)
    return Turn(BACK, end)


def may_follow(state: str, step: str) -> bool:
    """Whether a step may follow in a state."""
    return step in SUPPORT_LAW.get(state, ())


def support_diagram() -> str:
    """The law as the text of a Mermaid state diagram."""
    after = {"declined": ASKED, "given_back": ASKED, "taken": TAKEN, "talked": TALKED, "withdrawn": WITHDRAWN}
    lines = ["stateDiagram-v2", f"    [*] --> {ASKED}", f"    {ASKED} --> {BACK}: nobody is left"]
    for state, steps in SUPPORT_LAW.items():
        lines += [f"    {state} --> {after[step]}: {step}" for step in steps] or [f"    {state} --> [*]"]
    return "\n".join([*lines, ""])
