"""A programme's `desk.toml`: how a front desk works there.

A programme without the file, or with one that cannot be read, gets the house's own times.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import between, table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "desk.toml"


@dataclass(frozen=True)
class Desk:
    """`grace`: how late somebody may be before not having come is noted. `remind_before`: when a reminder goes out.

    `length`: how long an appointment usually takes. `opens`, `closes`: hours of the day in which one may be booked.
    `card_place`: language -> where to come, in words that tell nobody what for; empty: it is said, not printed.
    `card_number`: whom to call on a printed card; empty: written in by hand.
    """

    grace: timedelta = timedelta(minutes=15)
    remind_before: timedelta = timedelta(hours=24)
    length: timedelta = timedelta(minutes=60)
    opens: int = 7
    closes: int = 20
    card_place: Mapping[str, str] = field(default_factory=dict)
    card_number: str = ""


USUAL: Final = Desk()


@lru_cache(maxsize=64)
def desk_of(code: str) -> Desk:
    """The desk of a programme. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return USUAL if table is None else desk_from(code, table)


def desk_from(code: str, table: Mapping[str, Any]) -> Desk:
    """The desk of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        fields.take("version", str)
        found = Desk(
            timedelta(minutes=between(fields, "grace_minutes", 0, 240, 15)),
            timedelta(hours=between(fields, "remind_hours_before", 2, 72, 24)),
            timedelta(minutes=between(fields, "usual_minutes", 10, 240, 60)),
            between(fields, "opens_hour", 0, 22, 7),
            between(fields, "closes_hour", 1, 24, 20),
            _words(fields, "card_place"),
            str(fields.take("card_number", str, "")).strip(),
        )
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    if found.opens >= found.closes:
        raise PackError(f"programmes/{code}/{FILE}: 'opens_hour' must lie before 'closes_hour'.")
    return found


def _words(fields: Fields, key: str) -> Mapping[str, str]:
    """Language -> words, at least in English; empty when the key is left out. Raises CardError."""
    found = fields.take(key, dict, {})
    wrong = [one for one in found.values() if not isinstance(one, str) or not one.strip() or len(one) > 60]
    if wrong or (found and "en" not in found):
        raise CardError(f"{fields.where}: {key!r} needs short words, in English at least.")
    return {str(language): str(words) for language, words in found.items()}
