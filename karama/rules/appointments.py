"""The law of an appointment, what it clashes with, and which interpreter may be booked for a person.

Nothing here knows why somebody comes: whoever sits at a front desk works with codes, times, rooms and numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal

APPOINTMENT_STATES: Final = ("planned", "arrived", "in_room", "done", "missed", "cancelled", "moved")

APPOINTMENT_LAW: Final[dict[str, tuple[str, ...]]] = {
    "planned": ("arrived", "missed", "cancelled", "moved"),
    "arrived": ("in_room", "planned", "cancelled", "moved"),
    "in_room": ("done", "arrived"),
    "done": (),
    "missed": ("arrived",),
    "cancelled": (),
    "moved": (),
}
"""State -> the states that may follow. `arrived` and `in_room` can be taken back one step: a tap on the wrong line.

Whoever comes late after all has arrived, also when noted as missed; nobody who arrived is ever noted as missed.
"""

SETTLING_LAW: Final[dict[str, tuple[str, ...]]] = {
    "planned": ("done", "missed", "cancelled"),
    "arrived": ("done",),
    "in_room": ("done",),
    "missed": ("done", "cancelled"),
    "done": ("missed", "cancelled"),
    "cancelled": ("done", "missed"),
}
"""What a recorded session may do to its appointment at once, and what its correction may turn around.

Whom the desk has received is never noted as missed nor called off: `may_settle` keeps her appointment where the desk
put it. Whom somebody noted as missed is asked after; no other session takes that back by calling it off.
"""

SETTLED_AS: Final = {"came": "done", "absent": "missed", "cancelled": "cancelled", "staff": "cancelled"}
"""What a session says of the person -> where its appointment stands then."""


def may_settle(state: str, attended: str, *, received: bool, own: bool) -> bool:
    """Whether a session that says `attended` may settle an appointment. `received`: the desk gave her a number.

    `own`: this session, or the one it corrects, has settled it before; only then what is over is turned around.
    """
    wanted = SETTLED_AS.get(attended)
    if wanted == state:
        return True
    if wanted is None or wanted not in SETTLING_LAW.get(state, ()):
        return False
    if received and (wanted in ("missed", "cancelled") or state == "done"):
        return False
    if state == "missed" and wanted == "cancelled":
        return own
    return own or state not in ("done", "cancelled")


HOLDING: Final = ("planned", "arrived", "in_room")
"""States in which an appointment takes the time of its worker, room, interpreter and person."""


MAY_STAND_DOWN: Final = {
    "cannot": ("planned", "arrived"),
    "knows": ("planned", "arrived", "in_room", "done", "missed"),
}
"""Why somebody does not interpret -> states in which she may still say so. That she knows a person is often seen
only in the room, and is kept for the next time also when it is over."""


def may_decline(state: str, why: str) -> bool:
    """Whether whoever interprets may still say why she does not."""
    return state in MAY_STAND_DOWN.get(why, ())


def allowed_states(state: str) -> tuple[str, ...]:
    """The states that may follow; none after an unknown one."""
    return APPOINTMENT_LAW.get(state, ())


def may_be_missed(starts: datetime, now: datetime, grace: timedelta) -> bool:
    """Whether an appointment may be noted as missed: only when its start and the pack's grace have passed."""
    return now >= starts + grace


def appointment_diagram() -> str:
    """The law as the text of a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> planned"]
    for state, following in APPOINTMENT_LAW.items():
        lines += [f"    {state} --> {one}" for one in following] or [f"    {state} --> [*]"]
    for state, following in SETTLING_LAW.items():
        lines += [f"    {state} --> {one}: a session" for one in following if one not in APPOINTMENT_LAW[state]]
    return "\n".join([*lines, ""])


@dataclass(frozen=True)
class Slot:
    """A stretch of time (`ends` not included) and whom or what it takes; None: nobody, no room."""

    id: Hashable
    starts: datetime
    ends: datetime
    person: Hashable | None = None
    worker: Hashable | None = None
    room: Hashable | None = None
    interpreter: Hashable | None = None
    state: str = "planned"


Taken = Literal["person", "worker", "room", "interpreter"]
ABOUT: Final[tuple[Taken, ...]] = ("person", "worker", "room", "interpreter")


@dataclass(frozen=True)
class Clash:
    """What is taken already. `by`: the other appointment; None when somebody is away that day."""

    what: Taken
    by: Hashable | None = None


def clashes(wanted: Slot, others: Iterable[Slot], away: Collection[Hashable] = ()) -> list[Clash]:
    """Everything that speaks against a time: double bookings first, then who is away.

    An appointment never clashes with itself (it is being moved), nor with one that no longer holds its time.
    """
    found = [
        Clash(what, other.id)
        for other in others
        if other.id != wanted.id and other.state in HOLDING and _overlap(wanted, other)
        for what in ABOUT
        if getattr(wanted, what) is not None and getattr(wanted, what) == getattr(other, what)
    ]
    staff: tuple[Taken, ...] = ("worker", "interpreter")
    return found + [Clash(what) for what in staff if getattr(wanted, what) in away]


def _overlap(one: Slot, other: Slot) -> bool:
    return one.starts < other.ends and other.starts < one.ends


@dataclass(frozen=True)
class Interpreter:
    """Somebody who lends her voice. `signed_on`: the day she signed to keep what she hears to herself."""

    id: Hashable
    languages: frozenset[str]
    sex: Literal["woman", "man", "not_said"] = "not_said"
    signed_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """What a person asks for. `vetoed`: whom she does not want, relatives and those she knows privately among them.

    `hidden_from`: those for whom she does not exist here. Both are users.
    """

    language: str
    sex: Literal["woman", "man", "any"] = "any"
    vetoed: frozenset[Hashable] = field(default_factory=frozenset)
    hidden_from: frozenset[Hashable] = field(default_factory=frozenset)


Reason = Literal["language", "sex", "unsigned", "never"]


def against(one: Interpreter, asked: Asked, on: date) -> tuple[Reason, ...]:
    """Why an interpreter cannot be booked for a person on a day; empty when she can.

    A veto and a hidden record are one answer, `never`: whoever books is not told which of them it is.
    A sex that was not said does not fit a wish for one.
    """
    found: list[Reason] = []
    if one.id in asked.vetoed | asked.hidden_from:
        found.append("never")
    if asked.language not in one.languages:
        found.append("language")
    if asked.sex not in ("any", one.sex):
        found.append("sex")
    if one.signed_on is None or one.signed_on > on:
        found.append("unsigned")
    return tuple(found)


def fitting(roster: Iterable[Interpreter], asked: Asked, on: date) -> list[Interpreter]:
    """Those of a roster who may be booked, in its order."""
    return [one for one in roster if not against(one, asked, on)]
