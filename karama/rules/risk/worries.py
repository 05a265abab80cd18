"""What anyone can raise in three taps, without a form: the kinds of worry, each with its pathway and clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

Worry = Literal[
    "suicide",
    "harm_to_others",
    "child_in_danger",
    "recent_sexual_violence",
    "violence_at_home",
    "medical_emergency",
    "armed_threat",
]


@dataclass(frozen=True)
class WorryKind:
    """`pathway` names who answers; `first_step` what the person beside her does now; `clock` until somebody takes it.

    A pack may shorten the clock, never lengthen it. The defaults are the house's own.
    """

    code: Worry
    pathway: str
    grade: str
    clock: timedelta
    first_step: str


WORRY_KINDS: Final = (
    WorryKind("suicide", "mental_health", "today", timedelta(hours=2), "stay_and_ask_follow_up"),
    WorryKind("harm_to_others", "mental_health", "now", timedelta(minutes=15), "keep_distance_and_call"),
    WorryKind("child_in_danger", "child_protection", "now", timedelta(minutes=30), "stay_with_child"),
    WorryKind("recent_sexual_violence", "gbv", "now", timedelta(minutes=30), "offer_health_within_72_hours"),
    WorryKind("violence_at_home", "gbv", "today", timedelta(hours=2), "ask_where_safe_alone"),
    WorryKind("medical_emergency", "health", "now", timedelta(minutes=5), "call_emergency_health"),
    WorryKind("armed_threat", "security", "now", timedelta(minutes=5), "move_to_safety"),
)
"""Every kind once. The 72 hours for health care after sexual violence follow the clinical practice of the field."""

WORRIES: Final[dict[str, WorryKind]] = {kind.code: kind for kind in WORRY_KINDS}


def worry_due_at(code: str, raised_at: datetime, longest: timedelta | None = None) -> datetime:
    """When somebody has to have taken the worry. An unknown kind gets the shortest clock of all."""
    kind = WORRIES.get(code)
    clock = kind.clock if kind is not None else min(each.clock for each in WORRY_KINDS)
    return raised_at + (clock if longest is None else min(clock, longest))
