"""The law of a visit outside: where it stands, until when a sign of life is waited for, who is called when none comes.

No place is followed: a visit knows an area, times, and what people say. Everything is derived at each read from the
steps recorded and `now`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from karama.rules.risk.escalation import Escalation, Responder, Waits, escalation, stand_in_of
from karama.rules.risk.steps import Step

VISIT_STATES: Final = ("planned", "out", "back", "called_off")

VISIT_STEPS: Final[dict[str, dict[str, str]]] = {
    "planned": {
        "out": "out",
        "fine": "planned",
        "back": "back",
        "called_off": "called_off",
        "taken": "planned",
        "not_reached": "planned",
    },
    "out": {"fine": "out", "back": "back", "taken": "out", "not_reached": "out"},
    "back": {"out": "out"},
    "called_off": {"out": "out"},
}
"""State -> step -> next state. Whoever was said to be back, or not to go, can be out again: no visit is lost."""

STEP_KINDS: Final = tuple(dict.fromkeys(step for steps in VISIT_STEPS.values() for step in steps))
OPEN_STATES: Final = ("planned", "out")
SIGNS: Final = frozenset({"out", "fine"})
"""Steps by which somebody who is away was heard of."""

AREA_STATES: Final = ("go", "care", "no_go")
"""From open to closed. `care`: nobody goes alone, and the supervisor is told of each plan."""

LONE_RULES: Final = ("allowed", "with_calls", "never")
"""Whether somebody may go alone. `with_calls`: a colleague waits for a sign of life at set times."""


@dataclass(frozen=True)
class VisitStep:
    """One recorded step. `at`: the server's moment. `back_at`: a new time of coming back that was agreed."""

    kind: str
    at: datetime
    by: Hashable
    back_at: datetime | None = None


@dataclass(frozen=True)
class VisitState:
    """Where a visit stands. `heard_at`: the last sign of life. `taken`: who looks after a silent one, and since when.

    A sign of life ends what was taken before it.
    """

    state: str
    back_at: datetime
    heard_at: datetime | None = None
    taken: tuple[tuple[Hashable, datetime], ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True)
class Clocks:
    """What a programme waits for. `grace`: after the time of coming back. `call_every`: of whoever is out alone.

    `recall`: how long whoever is called back from an area has to answer.
    """

    grace: timedelta = timedelta(minutes=30)
    call_every: timedelta | None = None
    recall: timedelta = timedelta(minutes=30)


def allowed_steps(state: str) -> tuple[str, ...]:
    """The steps that may follow; none after an unknown state."""
    return tuple(VISIT_STEPS.get(state, {}))


def visit_state(steps: Sequence[VisitStep], back_at: datetime) -> VisitState:
    """Fold the steps in the server's order. A step that the law does not allow changes nothing."""
    current = VisitState("planned", back_at)
    for step in steps:
        current = _after(current, step)
    return current


def _after(current: VisitState, step: VisitStep) -> VisitState:
    following = VISIT_STEPS[current.state].get(step.kind)
    if following is None:
        return current
    if step.kind == "taken":
        return replace(current, taken=(*current.taken, (step.by, step.at)))
    if step.kind == "not_reached":
        return current
    again = max(current.back_at, step.at) if not current.is_open else current.back_at
    heard = step.at if step.kind in SIGNS else current.heard_at
    return VisitState(following, step.back_at or again, heard)


def overdue_at(
    visit: VisitState, clocks: Clocks, *, leaves_at: datetime, alone: bool, recalled_at: datetime | None = None
) -> datetime | None:
    """From when somebody is called; None when nothing is waited for.

    Also of a visit that nobody set out on in words: whoever planned it may be there all the same. `recalled_at`: since
    when the area is closed. A sign of life after that ends the recall's own clock, never the one of coming back.
    """
    if not visit.is_open:
        return None
    ends = [visit.back_at + clocks.grace]
    if alone and clocks.call_every is not None and visit.state == "out" and visit.heard_at is not None:
        ends.append(visit.heard_at + clocks.call_every + clocks.grace)
    if recalled_at is not None and (visit.heard_at is None or visit.heard_at < recalled_at):
        begins = recalled_at if visit.state == "out" else max(recalled_at, leaves_at)
        ends.append(begins + clocks.recall)
    return min(ends)


def next_sign_at(visit: VisitState, clocks: Clocks, *, alone: bool) -> datetime | None:
    """When whoever is out alone gives the next sign of life; None when only the coming back is waited for."""
    if not alone or clocks.call_every is None or visit.state != "out" or visit.heard_at is None:
        return None
    return min(visit.heard_at + clocks.call_every, visit.back_at)


def calling(
    visit: VisitState,
    overdue: datetime | None,
    now: datetime,
    line: Sequence[Responder],
    *,
    absent: Collection[Hashable] = (),
    deputies: Mapping[Hashable, Hashable] | None = None,
    away: Collection[Hashable] = (),
    waits: Waits | None = None,
) -> Escalation | None:
    """Who is called now for a visit of which nothing was heard; None while nothing is overdue.

    `away`: whoever leads it, who cannot be called about herself. Absent colleagues are passed over for their deputies,
    and called all the same when everybody else was: leave never means that nobody is told. When there is nobody at
    all, whoever leads it is the last.
    """
    if overdue is None or now < overdue:
        return None
    taken = [Step("taken", at, by) for by, at in visit.taken if at >= overdue and by not in away]
    people = _people(line, frozenset(absent), deputies or {}, frozenset(away))
    found = escalation(taken, overdue, now, people, hidden_from=away, waits=waits)
    if found.owner is None:
        last = next(iter(away), None)
        found = Escalation(0, last, None, None, True, () if last is None else (last,))
    return found


def _people(
    line: Sequence[Responder],
    absent: frozenset[Hashable],
    deputies: Mapping[Hashable, Hashable],
    away: frozenset[Hashable],
) -> list[Responder]:
    """Those who are there, or stand in, in order; then, all at once, those who are not there."""
    asked = [one for one in line if one.id not in away]
    there = [(stand_in_of(one.id, absent, deputies, away), one.wait) for one in asked]
    found = [Responder(person, wait) for person, wait in there if person is not None]
    return [*found, *(Responder(one.id, timedelta(0)) for one in asked if one.id in absent)]


def area_now(said: str | None, until: datetime | None, now: datetime, usual: str) -> str:
    """The state of an area: what was said last while it holds; then the usual one, never more open than its ending.

    An area that was closed is not open because a clock ran out: it is gone to with care until somebody says more.
    """
    if said not in AREA_STATES or until is None:
        return usual
    if now < until:
        return said
    return stricter(usual, "care") if said == "no_go" else usual


def stricter(one: str, other: str) -> str:
    """The more closed of two states of an area; an unknown one counts as closed."""
    place = {state: number for number, state in enumerate(AREA_STATES)}
    return max(one, other, key=lambda state: place.get(state, len(place)))


def against_plan(area: str, lone: str, *, alone: bool, watched: bool) -> str:
    """What speaks against a plan: `no_go`, `not_alone`, `nobody_waits`; empty when nothing does.

    An unknown state or rule is the strictest one. `watched`: a colleague who stays waits for a call.
    """
    if area not in ("go", "care"):
        return "no_go"
    if alone and (area == "care" or lone not in ("allowed", "with_calls")):
        return "not_alone"
    return "nobody_waits" if alone and lone == "with_calls" and not watched else ""


def travel_cost(fare: int | None, people: int) -> int | None:
    """There and back for everybody who goes; None when the programme names no fare for the area."""
    return None if fare is None else fare * people


def visit_diagram() -> str:
    """The law as the text of a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> planned"]
    for state, steps in VISIT_STEPS.items():
        lines += [f"    {state} --> {following}: {step}" for step, following in steps.items()]
    return "\n".join([*lines, "    back --> [*]", "    called_off --> [*]", ""])
