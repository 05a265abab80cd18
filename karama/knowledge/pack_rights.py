"""A programme's `rights.toml`: within how many days each rights request is answered, and how long a record is kept.

A programme without the file, or with one that cannot be read, gets the house's 30 days. What no lawyer has confirmed
(`draft`) may shorten that time, never lengthen it. How long a record is kept has no default: where nothing is said, or
nobody has confirmed it, no record is ever proposed for deletion.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import between, table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.rights import DAYS, RIGHTS
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "rights.toml"
MOST: Final = 90
USUAL: Final[Mapping[str, int]] = dict.fromkeys(RIGHTS, DAYS)


LONGEST_YEARS: Final = 50
YEAR: Final = timedelta(days=366)
"""A year of a rule of keeping, rather a day too long than one too short."""


@dataclass(frozen=True)
class RecordKeeping:
    """For how many years after the last thing written about a person her closed record is kept."""

    years: int
    confirmed: bool

    @property
    def lasts(self) -> timedelta:
        """The same as a stretch of time."""
        return YEAR * self.years


@dataclass(frozen=True)
class RightsRules:
    """Right -> days to answer; and the rule of keeping, where one is said."""

    days: Mapping[str, int]
    keeping: RecordKeeping | None = None


@lru_cache(maxsize=64)
def rights_rules(code: str) -> RightsRules:
    """What a programme says. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return RightsRules(USUAL) if table is None else rules_from(code, table)


def answer_days(code: str) -> Mapping[str, int]:
    """Right -> days to answer. Raises PackError."""
    return rights_rules(code).days


def record_keeping(code: str) -> RecordKeeping | None:
    """How long a record is kept; None where nothing is said. Raises PackError."""
    return rights_rules(code).keeping


def days_from(code: str, table: Mapping[str, Any]) -> Mapping[str, int]:
    """The days of a parsed file. Raises PackError."""
    return rules_from(code, table).days


def rules_from(code: str, table: Mapping[str, Any]) -> RightsRules:
    """What a parsed file says. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        fields.take("version", str)
        draft = fields.evidence().draft
        part = fields.part("days")
        said = {one: _days(part, one) for one in RIGHTS if part.has(one)}
        part.finish()
        keeping = _keeping(fields.part_or_none("keeping"))
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    days = {one: min(number, DAYS) if draft else number for one, number in said.items()}
    return RightsRules({**USUAL, **days}, keeping)


def _keeping(part: Fields | None) -> RecordKeeping | None:
    if part is None:
        return None
    years = between(part, "years_after_last_entry", 1, LONGEST_YEARS)
    found = RecordKeeping(years, confirmed=not part.evidence().draft)
    part.finish()
    return found


def _days(part: Fields, right: str) -> int:
    days = int(part.take(right, int))
    if not 1 <= days <= MOST:
        raise CardError(f"{part.where}: {right!r} must lie between 1 and {MOST}.")
    return days
