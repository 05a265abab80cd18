"""The chapters of an intake: questions with what may be tapped. No instrument: nothing of it is added up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from karama.knowledge.languages import unread
from karama.knowledge.loader import KnowledgeError
from karama.knowledge.value_sets.lists import Coded, Texts, once, said_in, table, words_in
from karama.rules.scoring.fields import CardError, Fields

NAME: Final = "intake"


@dataclass(frozen=True)
class IntakeQuestion(Coded):
    """A question. `many`: several answers may be tapped; `choices`: (code, words) in their order."""

    many: bool
    choices: tuple[tuple[str, Texts], ...]


@dataclass(frozen=True)
class IntakeChapter(Coded):
    """A chapter with its questions in their order."""

    questions: tuple[IntakeQuestion, ...]

    def question(self, code: str) -> IntakeQuestion | None:
        """One of its questions; None for a code that it does not ask."""
        return next((one for one in self.questions if one.code == code), None)


@lru_cache(maxsize=1)
def intake_chapters() -> tuple[IntakeChapter, ...]:
    """Every chapter, in its order. Raises KnowledgeError naming the file and the key."""
    fields = table(NAME)
    try:
        fields.take("version", str)
        unread(fields)
        found = fields.each("chapters", _chapter)
        fields.finish()
    except CardError as error:
        raise KnowledgeError(str(error)) from error
    once(NAME, found)
    for one in found:
        once(NAME, one.questions)
    return found


def intake_chapter(code: str) -> IntakeChapter | None:
    """One chapter; None for a code that is not there."""
    return next((one for one in intake_chapters() if one.code == code), None)


def _chapter(each: Fields) -> IntakeChapter:
    return IntakeChapter(*said_in(each), questions=each.each("questions", _question))


def _question(each: Fields) -> IntakeQuestion:
    choices = each.each("choices", _choice)
    if not choices or len({code for code, _names in choices}) != len(choices):
        raise CardError(f"{each.where}: each choice must stand there once.")
    return IntakeQuestion(*said_in(each), many=each.take("many", bool), choices=choices)


def _choice(each: Fields) -> tuple[str, Texts]:
    return each.take("code", str), words_in(each)
