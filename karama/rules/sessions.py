"""Codes of individual sessions, notes, goals and closures; which goals were met; when a note waits for a colleague.

Goals: "in progress" is not met. A published programme system counted it as met; that is never done here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

ATTENDANCE: Final = ("attended", "missed", "cancelled_by_person", "cancelled_by_us")
MODALITIES: Final = ("in_person", "phone", "online", "home")
RISK: Final = ("no_concern", "concern", "not_asked", "not_now")
"""Whether danger was asked about: nothing worrying, something worrying, not asked, or not the moment to ask."""

TECHNIQUES: Final = (
    "listening",
    "psychoeducation",
    "breathing_relaxation",
    "problem_solving",
    "behavioural_activation",
    "cognitive_work",
    "trauma_work",
    "social_support",
    "family_work",
    "safety_planning",
    "practical_help",
    "other",
)
NEXT_WEEKS: Final = (1, 2, 4)
TEMPLATES: Final = ("free", "session", "intake", "supervision_question")

GOAL_LAW: Final[dict[str, tuple[str, ...]]] = {
    "planned": ("in_progress", "met", "partly", "not_met", "dropped"),
    "in_progress": ("met", "partly", "not_met", "dropped", "planned"),
    "met": ("in_progress",),
    "partly": ("in_progress", "met"),
    "not_met": ("in_progress",),
    "dropped": ("planned", "in_progress"),
}
"""State of a goal -> the states that may follow. The person may always take a goal up again."""

GOAL_STATES: Final = tuple(GOAL_LAW)

CLOSURE_REASONS: Final = (
    "goals_reached",
    "agreed_end",
    "moved_away",
    "transferred",
    "declined",
    "lost_contact",
    "not_eligible",
    "safety",
    "service_ends",
    "died",
    "other",
)
CLOSURE_KINDS: Final = ("completed", "ended", "died")
"""What a count may know of a closure: as planned, before the plan was done, or by death. Death is no drop-out."""

FOLLOW_UP: Final = ("yes", "no", "not_asked")

_COMPLETED: Final = frozenset({"goals_reached", "agreed_end"})


def closure_kind(reason: str) -> str:
    """What kind of ending a reason is. Raises `ValueError` for an unknown reason."""
    if reason not in CLOSURE_REASONS:
        raise ValueError("unknown reason of closure")
    if reason == "died":
        return "died"
    return "completed" if reason in _COMPLETED else "ended"


@dataclass(frozen=True)
class Goals:
    """How many goals there are, by what became of them. `open` are planned or in progress: neither met nor failed."""

    met: int
    partly: int
    not_met: int
    open: int
    dropped: int

    @property
    def decided(self) -> int:
        """The denominator of "goals met": goals that were met, partly met or not met."""
        return self.met + self.partly + self.not_met


def goals(states: Iterable[str]) -> Goals:
    """Count goals by state. Raises `ValueError` for an unknown state."""
    found = list(states)
    if set(found) - set(GOAL_STATES):
        raise ValueError("unknown state of a goal")
    return Goals(
        met=found.count("met"),
        partly=found.count("partly"),
        not_met=found.count("not_met"),
        open=found.count("planned") + found.count("in_progress"),
        dropped=found.count("dropped"),
    )


def waits_for_colleague(*, author_duty: str, cosigned_duties: Collection[str], verdicts: Iterable[str]) -> bool:
    """Whether a note still waits to be co-signed: its author's duty is, and the last verdict is not a signature."""
    if author_duty not in cosigned_duties:
        return False
    last = None
    for last in verdicts:
        pass
    return last not in ("cosigned", "taken_over")


def sessions_due(every: int | None, attended: Iterable[date], asked_on: Iterable[date]) -> bool:
    """Whether a measure asked every `every` sessions is due: so many were attended since it was last asked.

    Without `every` it never is; without a first answer the schedule of the waves asks for it, not this rule.
    """
    days = sorted(asked_on)
    if not every or not days:
        return False
    return sum(day > days[-1] for day in attended) >= every


def goal_diagram() -> str:
    """The law of goals as the text of a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> planned"]
    for state, following in GOAL_LAW.items():
        lines += [f"    {state} --> {one}" for one in following]
    return "\n".join([*lines, ""])
