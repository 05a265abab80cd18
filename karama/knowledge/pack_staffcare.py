"""A programme's `staffcare.toml`: who outside the organisation listens to staff, and how long a colleague may take.

A programme without the file gets the house's own hours and nobody outside. The file holds no measure and no question:
a key that could name one is refused like any other that is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import between, table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "staffcare.toml"


@dataclass(frozen=True)
class Outside:
    """Somebody outside the organisation, free of charge. `reach`: how, by language; `phone`, `mail`: to tap.

    `checked`: a person of the programme has tried that it answers; otherwise it is shown in the demonstration only.
    """

    code: str
    name: str
    languages: tuple[str, ...]
    reach: Mapping[str, str]
    phone: str = ""
    mail: str = ""
    checked: bool = False


@dataclass(frozen=True)
class StaffCare:
    """`take_within`: how long each colleague who is asked has to answer. `keep`: then a talk that is over is erased."""

    take_within: timedelta = timedelta(hours=4)
    keep: timedelta = timedelta(days=90)
    outside: tuple[Outside, ...] = ()


USUAL: Final = StaffCare()


@lru_cache(maxsize=64)
def staff_care_of(code: str) -> StaffCare:
    """What a programme has for its staff. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return USUAL if table is None else staff_care_from(code, table)


def staff_care_from(code: str, table: Mapping[str, Any]) -> StaffCare:
    """The same of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        fields.take("version", str)
        found = StaffCare(
            timedelta(hours=between(fields, "take_within_hours", 1, 48, 4)),
            timedelta(days=between(fields, "keep_days", 7, 365, 90)),
            fields.each("outside", _outside),
        )
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    return found


def _outside(fields: Fields) -> Outside:
    code, name = fields.take("code", str), fields.take("name", str)
    languages = fields.take("languages", list)
    if not languages or not all(isinstance(one, str) for one in languages):
        raise CardError(f"{fields.where}: 'languages' must name at least one language.")
    for key in ("free", "outside_the_organisation"):
        if fields.take(key, bool) is not True:
            raise CardError(f"{fields.where}: {key!r} must be true: whoever charges or works here is not named here.")
    reach = fields.take("reach", dict)
    if not reach or not all(isinstance(words, str) and words.strip() for words in reach.values()):
        raise CardError(f"{fields.where}: 'reach' must say how, in at least one language.")
    evidence = fields.evidence()
    return Outside(
        code,
        name,
        tuple(languages),
        reach,
        fields.take("phone", str, ""),
        fields.take("mail", str, ""),
        checked=not evidence.draft,
    )
