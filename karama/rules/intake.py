"""What two short screenings suggest, and which chapters of an intake stand. Nothing here refuses anybody.

A missing answer is not "no": as long as one is missing, nothing speaks for another service.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal

STAGES: Final = (1, 2)
KINDS: Final = ("fits", "elsewhere")
YES_OR_NO: Final = ("yes", "no")
MISSING: Final = ("skipped", "refused", "not_asked", "dont_know")
"""Why there is no answer. Each is kept as what it is."""

URGENCIES: Final = ("now", "days", "weeks")
LEAVING: Final = ("calmer", "as_before", "more_upset")
"""How somebody leaves after the chapter of what happened; when nobody asked, the reason is said."""
NOT_ASKED_BECAUSE: Final = ("left_suddenly", "interrupted", "did_not_want")

OWN: Final = "own"
"""The chapter of what happened: by category only, sealed apart, asked once."""

Suggestion = Literal["fits", "unclear", "elsewhere"]


def suggestion(kinds: Mapping[str, str], answers: Mapping[str, str]) -> Suggestion:
    """What the answers suggest. `kinds`: question -> `fits` or `elsewhere`; `answers`: question -> yes, no or why not.

    One yes that fits is enough, unless another service helps already. Only when everything was answered, and nothing
    fits, another service may be the better one.
    """
    fits = [answers.get(one, "not_asked") for one, kind in kinds.items() if kind == "fits"]
    helped = any(answers.get(one) == "yes" for one, kind in kinds.items() if kind == "elsewhere")
    if "yes" in fits:
        return "unclear" if helped else "fits"
    return "elsewhere" if fits and all(one == "no" for one in fits) else "unclear"


def fits_choices(answer: Collection[str], choices: Collection[str], *, many: bool) -> bool:
    """Whether this is an answer: one reason for none, or choices of the list, one of them unless several may be."""
    if not answer or len(set(answer)) != len(answer):
        return False
    if len(answer) == 1 and set(answer) <= set(MISSING):
        return True
    return set(answer) <= set(choices) and (many or len(answer) == 1)


def to_ask(questions: Collection[str], answered: Collection[str]) -> str:
    """The next question of a chapter; empty when each has an answer or a reason for none."""
    return next((one for one in questions if one not in answered), "")


def asked_once(state: str) -> bool:
    """Whether what happened stands, so that nobody asks again: told, stopped on the way, or refused."""
    return state in ("told", "stopped", "refused")


def says(answer: Collection[str]) -> bool:
    """Whether an answer is one, and not a reason for none."""
    return bool(answer) and not set(answer) <= set(MISSING)


def together(
    theirs: Mapping[str, list[str]], mine: Mapping[str, list[str]], begun: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """The answers of two colleagues who went through one chapter beside each other, question by question. `theirs`
    stand already; `begun`: what stood when the other began. What was told is never replaced by a reason for none."""
    found = {question: list(answer) for question, answer in theirs.items()}
    for question, answer in mine.items():
        before = found.get(question, [])
        changed = list(answer) != list(begun.get(question, []))
        if not before or (changed and (says(answer) or not says(before))):
            found[question] = list(answer)
    return found


def added(stands: Mapping[str, list[str]], more: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """What stands, with answers to questions that had none: nothing that was told is replaced."""
    new = {question: list(answer) for question, answer in more.items() if not says(stands.get(question, []))}
    kept = {question: list(answer) for question, answer in stands.items()}
    return kept | {one: answer for one, answer in new.items() if says(answer) or one not in kept}


def words_together(theirs: str, mine: str, begun: str) -> str:
    """The words of two colleagues who wrote beside each other: both, unless one of them wrote nothing new."""
    if not mine or mine == begun or mine in (theirs, *theirs.split("\n\n")):
        return theirs
    if not theirs or theirs == begun or mine.startswith(theirs):
        return mine
    return f"{theirs}\n\n{mine}"
