"""A programme's `rights.toml`: within how many days each rights request is answered.

A programme without the file, or with one that cannot be read, gets the house's 30 days. What no lawyer has confirmed
(`draft`) may shorten that time, never lengthen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.rights import DAYS, RIGHTS
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "rights.toml"
MOST: Final = 90
USUAL: Final[Mapping[str, int]] = dict.fromkeys(RIGHTS, DAYS)


@lru_cache(maxsize=64)
def answer_days(code: str) -> Mapping[str, int]:
    """Right -> days to answer. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return USUAL if table is None else days_from(code, table)


def days_from(code: str, table: Mapping[str, Any]) -> Mapping[str, int]:
    """The days of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        fields.take("version", str)
        draft = fields.evidence().draft
        part = fields.part("days")
        said = {one: _days(part, one) for one in RIGHTS if part.has(one)}
        part.finish()
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    return {**USUAL, **{one: min(days, DAYS) if draft else days for one, days in said.items()}}


def _days(part: Fields, right: str) -> int:
    days = int(part.take(right, int))
    if not 1 <= days <= MOST:
        raise CardError(f"{part.where}: {right!r} must lie between 1 and {MOST}.")
    return days
