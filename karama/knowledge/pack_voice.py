"""A programme's `voice.toml`: who answers feedback and complaints, how soon, who outside may be told instead, and how
long the words of a message are kept after it is over.

A programme without the file, or with one that cannot be read, gets the house's own: the data protection officer and
the director. What is sensitive may never be named to a duty of a site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import between, table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.complaints import FOCAL, HANDLERS
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "voice.toml"
LONGEST_HOURS: Final = 24 * 14
LONGEST_DAYS: Final = 60
SHORTEST_KEPT: Final = 30
LONGEST_KEPT: Final = 365 * 5
NOTHING: Final[Mapping[str, str]] = {}


@dataclass(frozen=True)
class Answering:
    """Who is asked, in this order, how long each is waited for, and within which time an answer is given."""

    handlers: tuple[str, ...]
    acknowledge: timedelta
    answer: timedelta


@dataclass(frozen=True)
class Outside:
    """Somebody outside the organisation who may be told instead: `name` and `how` by language."""

    name: Mapping[str, str]
    how: Mapping[str, str]
    draft: bool


@dataclass(frozen=True)
class Keeping:
    """How long the words of a message are kept after it is over. `said`: the pack says it; `confirmed`: a lead did."""

    after: timedelta = timedelta(days=365)
    said: bool = False
    confirmed: bool = False


@dataclass(frozen=True)
class Voice:
    """`usual`: thanks, suggestions and complaints. `sensitive`: what passes everybody of the site."""

    usual: Answering = Answering(("director", "data_protection_officer"), timedelta(hours=72), timedelta(days=30))
    sensitive: Answering = Answering(FOCAL, timedelta(hours=24), timedelta(days=30))
    outside: tuple[Outside, ...] = field(default=())
    keeping: Keeping = Keeping()

    def answering(self, kind: str) -> Answering:
        """Who answers this kind."""
        return self.sensitive if kind == "sensitive" else self.usual


USUAL: Final = Voice()


@lru_cache(maxsize=64)
def voice_of(code: str) -> Voice:
    """What a programme says. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return USUAL if table is None else voice_from(code, table)


def voice_from(code: str, table: Mapping[str, Any]) -> Voice:
    """What a parsed file says. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        fields.take("version", str)
        found = Voice(
            _answering(fields.part("usual"), HANDLERS, USUAL.usual),
            _answering(fields.part("sensitive"), FOCAL, USUAL.sensitive),
            fields.each("outside", _outside),
            _keeping(fields.part_or_none("keeping")),
        )
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    return found


def _answering(part: Fields, allowed: tuple[str, ...], usual: Answering) -> Answering:
    handlers = tuple(part.take("handlers", list))
    if not handlers or not set(handlers) <= set(allowed):
        raise CardError(f"{part.where}: 'handlers' must name some of {', '.join(allowed)}.")
    hours = between(part, "acknowledge_hours", 1, LONGEST_HOURS, usual.acknowledge // timedelta(hours=1))
    days = between(part, "answer_days", 1, LONGEST_DAYS, usual.answer.days)
    part.finish()
    return Answering(handlers, timedelta(hours=hours), timedelta(days=days))


def _keeping(part: Fields | None) -> Keeping:
    if part is None:
        return Keeping()
    days = between(part, "days_after_closing", SHORTEST_KEPT, LONGEST_KEPT)
    found = Keeping(timedelta(days=days), said=True, confirmed=not part.evidence().draft)
    part.finish()
    return found


def _outside(part: Fields) -> Outside:
    name, how = part.take("name", dict), part.take("how", dict)
    for texts in (name, how):
        if not texts or not all(isinstance(one, str) and one.strip() for one in texts.values()):
            raise CardError(f"{part.where}: 'name' and 'how' must hold words by language.")
    return Outside(name, how, part.evidence().draft)
