"""A programme's `field.toml`: how long a telephone keeps records readable without the server, and of how many people.

A programme without the file gets the house's 7 days and 60 people. The lease covers the longest route between two
places with signal, and no more: it is what whoever finds a telephone can wait for. `daily_share = true`: what was kept
opens only with this server's share, once a day; without signal it stays closed on that day (decision 0110). Left out,
it is off: many work for days without signal.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from karama.knowledge.packs.reading import PackError
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "field.toml"
SHORTEST, LONGEST = 7, 30
MOST_PEOPLE: Final = 60


@dataclass(frozen=True)
class FieldTerms:
    """Days of the lease, people on one telephone, and whether the first unlock of a day needs this server's share."""

    lease_days: int = SHORTEST
    people: int = MOST_PEOPLE
    daily_share: bool = False


USUAL: Final = FieldTerms()


@lru_cache(maxsize=64)
def terms_of(code: str) -> FieldTerms:
    """The terms of a programme. Raises PackError naming the file and the key when the file is wrong."""
    path = files("karama.knowledge") / "programmes" / code / FILE
    if not code or not path.is_file():
        return USUAL
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PackError(f"programmes/{code}/{FILE}: {error}") from error
    return terms_from(code, table)


def terms_from(code: str, table: Mapping[str, Any]) -> FieldTerms:
    """The terms of a parsed file; what nobody confirmed may close sooner, never later. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        fields.take("version", str)
        draft = fields.evidence().draft
        days = _between(fields, "lease_days", SHORTEST, LONGEST)
        people = _between(fields, "people", 1, MOST_PEOPLE)
        daily = bool(fields.take("daily_share", bool, False))
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    return FieldTerms(min(days, SHORTEST) if draft else days, people, daily)


def _between(fields: Fields, name: str, low: int, high: int) -> int:
    value = int(fields.take(name, int))
    if not low <= value <= high:
        raise CardError(f"{fields.where}: {name!r} must lie between {low} and {high}.")
    return value
