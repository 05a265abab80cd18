"""A programme's `referrals.toml`: when somebody asks whether a person arrived, and how long a packet can be opened.

A programme without the file, or with one that cannot be read, gets the house's own days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from karama.knowledge.packs.beside import between, table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.referrals import ASK_AFTER, URGENCIES
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "referrals.toml"
LASTS: Final[Mapping[str, int]] = MappingProxyType({"now": 1, "day": 3, "week": 14, "routine": 30})
"""Days within which a packet can be opened, by urgency; the house's own choice."""


@dataclass(frozen=True)
class Referring:
    """`ask_after`, `lasts`: days by urgency. `fresh`: how long what was verified about a service is believed."""

    ask_after: Mapping[str, int] = field(default_factory=lambda: MappingProxyType(dict(ASK_AFTER)))
    lasts: Mapping[str, int] = field(default_factory=lambda: LASTS)
    fresh: timedelta = timedelta(days=180)


USUAL: Final = Referring()


@lru_cache(maxsize=64)
def referring_of(code: str) -> Referring:
    """How a programme refers. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return USUAL if table is None else referring_from(code, table)


def referring_from(code: str, table: Mapping[str, Any]) -> Referring:
    """The same of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        fields.take("version", str)
        found = Referring(
            _days(fields, "ask_after_days", ASK_AFTER, 60),
            _days(fields, "packet_days", LASTS, 90),
            timedelta(days=between(fields, "service_fresh_days", 1, 730, USUAL.fresh.days)),
        )
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    return found


def _days(fields: Fields, key: str, usual: Mapping[str, int], most: int) -> Mapping[str, int]:
    part = fields.part_or_none(key)
    if part is None:
        return usual
    found = {one: between(part, one, 1, most, usual[one]) for one in URGENCIES}
    part.finish()
    return MappingProxyType(found)
