"""The law of an alert: which step may follow which state. The diagram in the manual is printed from this table."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

ALERT_STATES: Final = ("raised", "seen", "taken", "first_contact", "closed", "after_death")

ALERT_STEPS: Final[dict[str, dict[str, str]]] = {
    "raised": {
        "seen": "seen",
        "taken": "taken",
        "contact_tried": "raised",
        "handed_over": "raised",
        "follow_up": "raised",
        "first_contact": "first_contact",
        "died": "closed",
        "death_confirmed": "closed",
        "not_found": "closed",
        "after_death": "after_death",
    },
    "seen": {
        "seen": "seen",
        "taken": "taken",
        "contact_tried": "seen",
        "handed_over": "raised",
        "follow_up": "seen",
        "first_contact": "first_contact",
        "died": "closed",
        "death_confirmed": "closed",
        "not_found": "closed",
    },
    "taken": {
        "seen": "taken",
        "taken": "taken",
        "contact_tried": "taken",
        "handed_over": "raised",
        "follow_up": "taken",
        "first_contact": "first_contact",
        "died": "closed",
        "death_confirmed": "closed",
        "not_found": "closed",
    },
    "first_contact": {
        "seen": "first_contact",
        "taken": "first_contact",
        "contact_tried": "first_contact",
        "handed_over": "raised",
        "follow_up": "first_contact",
        "first_contact": "first_contact",
        "closed": "closed",
        "died": "closed",
        "death_confirmed": "closed",
    },
    "closed": {"reopened": "raised"},
    "after_death": {
        "seen": "after_death",
        "handed_over": "after_death",
        "closed": "closed",
        "reopened": "raised",
    },
}
"""State -> step -> next state. An alert is closed only after somebody has spoken with the person, by a death, by a
second colleague who confirms a death, or by a supervisor when nobody could find the person.

`died` and `after_death` are the house's own steps: a recorded death settles what was open, and what comes late from
before the death is looked at and closed. What a human tells after a death runs like any other: it is closed as
`death_confirmed`. A try to reach somebody before it is taken stands as a step and stops no clock.
"""

DIED_WITH: Final = frozenset({"suicide", "medical_emergency", "injecting"})
"""Kinds of danger that are only the person's own. Any other, and an unknown one, may leave somebody else in danger: a
child, whoever lives in the same home. A death never settles those. Sexual violence is not among them, however recent:
whoever did it lives, and others may live with them.
"""

TRIES_BEFORE_GIVING_UP: Final[dict[str, tuple[int, int]]] = {"now": (6, 5), "today": (4, 3), "soon": (3, 3)}
"""Grade -> how many tries, on how many different days, before a supervisor may close an alert because the person could
not be found. The house's own; an unknown grade needs the most."""

CLOSING_STEPS: Final = tuple(
    dict.fromkeys(step for steps in ALERT_STEPS.values() for step, to in steps.items() if to == "closed")
)
"""Steps that close, by whomever."""


def settled_by_death(kind: str) -> bool:
    """Whether the death of the person it is about leaves nobody in this danger."""
    return kind in DIED_WITH


STEP_KINDS: Final = tuple(dict.fromkeys(step for steps in ALERT_STEPS.values() for step in steps))


@dataclass(frozen=True)
class Step:
    """One recorded step. `at` is the server's moment; `to` names who takes over in a hand-over."""

    kind: str
    at: datetime
    by: Hashable
    to: Hashable = None


@dataclass(frozen=True)
class AlertState:
    """Where an alert stands: its state, who has it in hand (None: nobody yet) and who spoke with the person.

    `since`: when the present clock started. Seeing an alert, or taking it twice, never restarts a clock.
    """

    state: str
    since: datetime
    owner: Hashable = None
    contacted_by: Hashable = None

    @property
    def is_open(self) -> bool:
        return self.state != "closed"


def allowed_steps(state: str) -> tuple[str, ...]:
    """The steps that may be recorded in a state; none in an unknown one."""
    return tuple(ALERT_STEPS.get(state, {}))


def alert_state(steps: Sequence[Step], raised_at: datetime) -> AlertState:
    """Fold the steps in the server's order. A step the law does not allow changes nothing: it never loses an alert."""
    current = AlertState("raised", raised_at)
    for step in steps:
        current = _after(current, step)
    return current


def _after(current: AlertState, step: Step) -> AlertState:
    following = ALERT_STEPS[current.state].get(step.kind)
    if following is None or (step.kind == "handed_over" and step.to is None):
        return current
    owner, contacted_by = current.owner, current.contacted_by
    if step.kind == "handed_over":
        owner = step.to
    elif step.kind == "reopened":
        owner, contacted_by = None, None
    elif step.kind == "taken" or (step.kind == "first_contact" and owner is None):
        owner = step.by
    if step.kind == "first_contact":
        contacted_by = step.by
    restarts = owner != current.owner or (following != current.state and step.kind != "seen")
    return AlertState(following, step.at if restarts else current.since, owner, contacted_by)


def steps_diagram() -> str:
    """The law as the text of a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> raised"]
    for state, steps in ALERT_STEPS.items():
        lines += [f"    {state} --> {following}: {step}" for step, following in steps.items()]
    return "\n".join([*lines, "    closed --> [*]", ""])


def may_be_given_up(grade: str, tries: Collection[tuple[Hashable, date]], approver: Hashable) -> bool:
    """Whether an alert may be closed because nobody could find the person. `tries`: by whom and on which day, since it
    was raised last. Somebody else than the approver must be among those who tried: two people say so.
    """
    needed, days = TRIES_BEFORE_GIVING_UP.get(grade, TRIES_BEFORE_GIVING_UP["now"])
    enough = len(tries) >= needed and len({day for _who, day in tries}) >= days
    return enough and any(who != approver for who, _day in tries)
