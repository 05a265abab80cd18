"""The board "you said, we did": written by one, put up by another, taken down by either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import StringConstraints

from karama.journal import Actor, action
from karama.people.actions import shapes
from karama.voice.access import BOARD, OTHER_WRITER
from karama.voice.models import BoardLine, BoardStep
from karama.voice.naming import named_in
from karama.voice.problems import NotNow, PersonalWords, WordsNeeded

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
NUMBERS: Final = re.compile(r"\d[\d\s().-]{4,}\d|@|[A-Z2-9]{4}-[A-Z2-9]{4}")
"""A telephone number, an address, a code."""


def _of_programme(*, by: Actor, programme: UUID, **_more: Any) -> Mapping[str, object]:
    return {"programme": programme}


def _of_line(*, by: Actor, line: UUID, **_more: Any) -> Mapping[str, object]:
    row = BoardLine.objects.filter(pk=line).first()
    return {} if row is None else {"programme": row.programme_id, "written_by": row.author_id}


@action("voice.write_line", access=BOARD, target=_of_programme, purpose="rights")
def write_line(*, by: Actor, programme: UUID, language: shapes.Language, said: Sentence, did: Sentence) -> BoardLine:
    """Write what people said and what was done, in own words. It stands on the board once somebody else puts it up.

    Raises:
        WordsNeeded: either is empty. PersonalWords: a number, a code or a colleague's name stands in it.
    """
    for name, words in (("said", said), ("did", did)):
        if not words:
            raise WordsNeeded(name)
        if NUMBERS.search(words) or named_in(words):
            raise PersonalWords(name)
    row = BoardLine(programme_id=programme, language=language)
    row.seal("said", said)
    row.seal("did", did)
    row.save()
    return row


@action("voice.put_up", access=OTHER_WRITER, target=_of_line, purpose="rights")
def put_up(*, by: Actor, line: UUID) -> BoardStep:
    """Put a line on the board that somebody else has written. Raises `NotNow`: it was put up or taken down before."""
    return _step(line, "put_up", after=())


@action("voice.take_down", access=BOARD, target=_of_line, purpose="rights")
def take_down(*, by: Actor, line: UUID) -> BoardStep:
    """Take a line down, or throw away one that was only written. For good. Raises `NotNow`: it is down already."""
    return _step(line, "taken_down", after=("put_up",))


def _step(line: UUID, step: str, after: tuple[str, ...]) -> BoardStep:
    row = BoardLine.objects.select_for_update().get(pk=line)
    if BoardStep.objects.filter(line=row).exclude(step__in=after).exists():
        raise NotNow()
    return BoardStep.objects.create(line=row, step=step, written_by=row.author_id)
