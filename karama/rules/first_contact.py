"""The short conversation of a first contact by code: eleven questions of our own, what they raise and suggest.

It is a guide for a conversation and no instrument: it has no total, no line and no band, and nobody validated it. The
topics follow what peer navigators are said to ask: distress, substances, safety, hope. Every question may be skipped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

DISTRESS: Final = ("worry", "sadness", "sleep", "calm", "daily")
SUBSTANCE: Final = ("alcohol", "drugs")
HOPE: Final = ("hope",)
SAFETY: Final = ("hurt", "forced", "afraid")
"""About violence: put only when nobody can overhear and somebody can answer; kept apart from the others."""

ITEMS: Final = (*DISTRESS, *SUBSTANCE, *HOPE, *SAFETY)
AGAIN: Final = ("change", "hope", "afraid")
"""What is asked when somebody comes back; `change` is better, same or worse."""

ANSWERS: Final = ("no", "sometimes", "often")
YES_OR_NO: Final = ("no", "yes")
CHANGES: Final = ("better", "same", "worse")
SKIPPED: Final = "skipped"
BRIEF: Final = ("pfa", "motivational", "coping", "psychoeducation")
"""Brief interventions, by 4Ws sub-code below."""

FOUR_WS: Final = {"pfa": "7.1", "motivational": "8.1", "coping": "8.1", "psychoeducation": "8.6"}


@dataclass(frozen=True)
class Raised:
    """What an answer raises at once: the kind of alert and its grade."""

    kind: str
    grade: str


RAISES: Final[Mapping[str, Raised]] = {
    "hope": Raised("suicide", "today"),
    "hurt": Raised("gbv", "today"),
    "forced": Raised("recent_sexual_violence", "now"),
    "afraid": Raised("gbv", "today"),
}


def choices(item: str) -> tuple[str, ...]:
    """The answers to a question, without skipping."""
    if item == "change":
        return CHANGES
    return YES_OR_NO if item in RAISES else ANSWERS


def fits(item: str, answer: str) -> bool:
    """Whether this is an answer to this question."""
    return item in (*ITEMS, *AGAIN) and answer in (*choices(item), SKIPPED)


CHILD_TOO: Final = Raised("child_in_danger", "now")
"""What violence and exploitation raise besides, where the person is or may be a child."""


def raised_by(item: str, answer: str, *, child: bool) -> tuple[Raised, ...]:
    """What an answer raises; anything but a yes raises nothing. `child`: the person is, or may be, a child."""
    if answer != "yes" or item not in RAISES:
        return ()
    return (RAISES[item], CHILD_TOO) if child and item in SAFETY else (RAISES[item],)


def to_ask(again: bool, *, safety: bool, hope: bool) -> tuple[str, ...]:
    """The questions in their order. `safety`, `hope`: whether these may be asked now; the others always may."""
    items = AGAIN if again else ITEMS
    return tuple(one for one in items if (safety or one not in SAFETY) and (hope or one not in HOPE))


def themes(answers: Mapping[str, str]) -> tuple[str, ...]:
    """What came up, from what was said; a skipped question says nothing. In the order of the questions."""
    said = {item: answer for item, answer in answers.items() if answer != SKIPPED}
    found = {
        "distress": any(said.get(item) in ("sometimes", "often") for item in DISTRESS) or said.get("change") == "worse",
        "substance": any(said.get(item) in ("sometimes", "often") for item in SUBSTANCE),
        "hope": said.get("hope") == "yes",
    }
    return tuple(theme for theme, came in found.items() if came)


def suggested(came_up: Collection[str]) -> str:
    """The brief intervention that stands first; the worker chooses freely. Somebody in danger is not lectured."""
    if "hope" in came_up or "safety" in came_up:
        return "pfa"
    if "substance" in came_up:
        return "motivational"
    return "coping" if "distress" in came_up else "psychoeducation"


def apart(answers: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers of everybody's compartment, and those about violence."""
    plain = {item: answer for item, answer in answers.items() if item not in SAFETY}
    return plain, {item: answer for item, answer in answers.items() if item in SAFETY}


def unasked(again: bool, answered: Iterable[str]) -> dict[str, str]:
    """What was not put stands as `not_asked`: it is never a no."""
    known = set(answered)
    return {item: "not_asked" for item in (AGAIN if again else ITEMS) if item not in known}
