"""The law of an episode of care, and which measures it makes due.

An episode is one stretch of care of one person. Nothing here refuses, delays or closes care because of a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

EPISODE_STATES: Final = ("screening", "waiting", "active", "on_hold", "follow_up", "closed")

EPISODE_LAW: Final[dict[str, tuple[str, ...]]] = {
    "screening": ("waiting", "active", "on_hold", "closed"),
    "waiting": ("screening", "active", "on_hold", "closed"),
    "active": ("on_hold", "follow_up", "closed"),
    "on_hold": ("screening", "waiting", "active", "follow_up", "closed"),
    "follow_up": ("active", "on_hold", "closed"),
    "closed": ("active",),
}
"""State -> the states that may follow. A closed episode may be taken up again."""

OPEN_STATES: Final = ("screening", "waiting", "active", "on_hold", "follow_up")
ENDED_STATES: Final = ("follow_up", "closed")
"""Regular care has ended: the measures of the end, and those after it, are counted from that day."""

GOAL_STATES: Final = ("planned", "in_progress", "met", "partly", "not_met", "dropped")

CLOSURE_REASONS: Final = (
    "goals_met",
    "completed",
    "improved",
    "transferred",
    "referred",
    "moved",
    "not_reached",
    "stopped_coming",
    "own_wish",
    "declined",
    "ineligible",
    "unsafe",
    "service_ended",
    "died",
)
"""Why an episode ends. `died` is a death, never a drop-out; `not_reached` and `stopped_coming` are drop-outs."""

DROP_OUT: Final = frozenset({"not_reached", "stopped_coming"})
OUTCOMES: Final = ("improved", "partly", "unchanged", "worse", "unknown")

WINDOW: Final = timedelta(days=14)
"""How long before its day a measure after the end is offered; the house's own choice."""


def allowed_states(state: str) -> tuple[str, ...]:
    """The states that may follow; none after an unknown one."""
    return EPISODE_LAW.get(state, ())


def ended_on(state: str, before: date | None, today: date) -> date | None:
    """The day regular care ended, after a change to `state`: kept once set, forgotten when care is taken up again."""
    if state not in ENDED_STATES:
        return None
    return before or today


@dataclass(frozen=True)
class Wave:
    """A moment of measurement of a pack: at the `start`, at the `end`, or `months` `after_end`."""

    code: str
    at: str
    months: int = 0


@dataclass(frozen=True)
class Planned:
    """One instrument in one wave."""

    instrument: str
    wave: Wave


@dataclass(frozen=True)
class Repeated:
    """One instrument asked again after every `sessions` held."""

    instrument: str
    sessions: int


@dataclass(frozen=True)
class Due:
    """A measure to be asked: since `on`. `state`: `due`, or `coming` within two weeks."""

    instrument: str
    wave: str
    on: date
    state: Literal["due", "coming"]


def due_measures(
    plan: Iterable[Planned],
    *,
    opened_on: date,
    ended: date | None,
    recorded: Collection[tuple[str, str]],
    today: date,
) -> list[Due]:
    """What the schedule asks for now. `recorded`: the (instrument, wave) pairs that have a response.

    Waves at the end wait for the day regular care ended; a measure is never taken for granted because a day passed.
    """
    found = []
    for one in plan:
        day = _day(one.wave, opened_on, ended)
        if day is None or (one.instrument, one.wave.code) in recorded:
            continue
        if day <= today:
            found.append(Due(one.instrument, one.wave.code, day, "due"))
        elif day - WINDOW <= today:
            found.append(Due(one.instrument, one.wave.code, day, "coming"))
    return sorted(found, key=lambda due: due.on)


def said_at_end(told: Iterable[tuple[datetime, str]]) -> str:
    """Whether somebody may be asked again after the end of care: `yes`, `no`, or `not_asked`.

    `told`: when it was asked, at the closing or at a goodbye, and what was said. The newest word of the person counts;
    a page on which it was not asked takes nothing back.
    """
    said = [answer for _moment, answer in sorted(told) if answer in ("yes", "no")]
    return said[-1] if said else "not_asked"


BETWEEN: Final = ""
"""The wave of a measure in between: none of the named moments."""


def due_after_sessions(
    repeated: Iterable[Repeated], *, held: Collection[date], asked: Collection[tuple[str, date]], today: date
) -> list[Due]:
    """What is due because so many sessions were held since the instrument was last asked; it counts in no wave.

    `held`: the days of the sessions that were held. `asked`: (instrument, day) of every response, whatever its wave.
    """
    found = []
    for one in repeated:
        if one.sessions < 1:
            continue
        last = max((day for instrument, day in asked if instrument == one.instrument), default=date.min)
        since = sorted(day for day in held if last < day <= today)
        if len(since) >= one.sessions:
            found.append(Due(one.instrument, BETWEEN, since[one.sessions - 1], "due"))
    return sorted(found, key=lambda due: (due.on, due.instrument))


@dataclass(frozen=True)
class GoalCount:
    """Goals of an episode. `decided`: met, partly or not met; `open`: planned or in progress; dropped apart."""

    met: int
    partly: int
    not_met: int
    open: int
    dropped: int

    @property
    def decided(self) -> int:
        """What "goals met" is counted among."""
        return self.met + self.partly + self.not_met


def count_goals(states: Iterable[str]) -> GoalCount:
    """How many goals stand where. In progress is not met; what is unknown counts as open, never as met."""
    counts = Counter(states)
    named = {state: counts.pop(state, 0) for state in ("met", "partly", "not_met", "dropped")}
    return GoalCount(open=sum(counts.values()), **named)


def _day(wave: Wave, opened_on: date, ended: date | None) -> date | None:
    if wave.at == "start":
        return opened_on
    if ended is None:
        return None
    return ended if wave.at == "end" else months_after(ended, wave.months)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def episode_diagram() -> str:
    """The law as the text of a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> screening"]
    for state, following in EPISODE_LAW.items():
        lines += [f"    {state} --> {one}" for one in following]
    return "\n".join([*lines, "    closed --> [*]", ""])
