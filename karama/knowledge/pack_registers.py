"""A programme's `registers.toml`: the registers of others it must fill, each column as something that Karama knows.

A programme without the file fills none. A register of `counts` is a table of protected numbers by site; one of `rows`
is a list without identity, with codes only where the pack says that the register cannot do without, and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.minors import BANDS
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "registers.toml"
MEASURES: Final = (
    "people_seen", "people_first_seen", "sessions_held", "sessions_missed", "episodes_opened", "episodes_ended",
)  # fmt: skip
HOLDS: Final = ("code", "day", "month", "site", "sex", "age_band", "attended", "place")
SEXES: Final = ("F", "M", "other", "unknown")
AGES: Final = (*BANDS, "unknown")
PLACES: Final = ("in_person", "phone", "online", "home")
SMALLEST: Final = 7
"""Counts up to this are never told: the house's floor. A pack may set it higher, never lower."""
MOST_COLUMNS: Final = 40


@dataclass(frozen=True)
class Column:
    """One column. Of a table of counts: `measure`, and of whom; of a list: what it `holds`."""

    code: str
    headings: Mapping[str, str]
    measure: str = ""
    holds: str = ""
    sex: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def heading(self, language: str) -> str:
        """The heading in a language, else in English."""
        return self.headings.get(language) or self.headings["en"]


@dataclass(frozen=True)
class Register:
    """One register of somebody else. `by_site`: a line for each site; otherwise the whole programme only."""

    code: str
    kind: str
    to: str
    titles: Mapping[str, str]
    columns: tuple[Column, ...]
    by_site: bool = True
    small: int = SMALLEST
    codes_because: str = ""
    draft: bool = True

    def title(self, language: str) -> str:
        """The title in a language, else in English."""
        return self.titles.get(language) or self.titles["en"]


@lru_cache(maxsize=64)
def registers_of(code: str) -> tuple[Register, ...]:
    """The registers of a programme. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return () if table is None else registers_from(code, table)


def registers_from(code: str, table: Mapping[str, Any]) -> tuple[Register, ...]:
    """The registers of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        fields.take("version", str)
        found = fields.each("registers", _register)
        fields.finish()
        if len({one.code for one in found}) != len(found):
            raise CardError(f"{fields.where}: two registers have one code.")
    except CardError as error:
        raise PackError(str(error)) from error
    return found


def _register(part: Fields) -> Register:
    kind = part.choose("kind", ("counts", "rows"))
    because = part.take("codes_because", str, "")
    small = int(part.take("small", int, SMALLEST))
    if small < SMALLEST:
        raise CardError(f"{part.where}: 'small' must be at least {SMALLEST}.")
    columns = part.each("columns", _counted if kind == "counts" else _listed)
    codes = [one.code for one in columns]
    if not columns or len(columns) > MOST_COLUMNS or len(set(codes)) != len(codes):
        raise CardError(f"{part.where}: 'columns' needs between 1 and {MOST_COLUMNS} columns with codes of their own.")
    if any(one.holds == "code" for one in columns) != bool(because):
        raise CardError(f"{part.where}: a column with codes and 'codes_because' belong together.")
    return Register(
        code=_code(part),
        kind=kind,
        to=part.choose("to", ("donor", "ministry", "coordination", "partner")),
        titles=_texts(part, "title"),
        columns=columns,
        by_site=part.take("by_site", bool, True),
        small=small,
        codes_because=because,
        draft=part.evidence().draft,
    )


def _counted(part: Fields) -> Column:
    return Column(
        code=_code(part),
        headings=_texts(part, "heading"),
        measure=part.choose("counts", MEASURES),
        sex=_among(part, "sex", SEXES),
        ages=_among(part, "ages", AGES),
        places=_among(part, "places", PLACES),
    )


def _listed(part: Fields) -> Column:
    return Column(code=_code(part), headings=_texts(part, "heading"), holds=part.choose("holds", HOLDS))


def _code(part: Fields) -> str:
    code = str(part.take("code", str))
    if not code.replace("-", "").isalnum() or not code.isascii() or code != code.lower() or len(code) > 40:
        raise CardError(f"{part.where}: 'code' must be small letters, digits and hyphens.")
    return code


def _texts(part: Fields, key: str) -> Mapping[str, str]:
    texts = part.take(key, dict)
    if not all(isinstance(one, str) and one.strip() and one.strip()[0] not in "=+-@" for one in texts.values()):
        raise CardError(f"{part.where}: {key!r} must hold words, none of which a spreadsheet would compute.")
    if "en" not in texts:
        raise CardError(f"{part.where}: {key!r} needs English words.")
    return {str(language): text.strip() for language, text in texts.items()}


def _among(part: Fields, key: str, allowed: tuple[str, ...]) -> frozenset[str]:
    said = part.take(key, list, [])
    if not set(said) <= set(allowed):
        raise CardError(f"{part.where}: {key!r} may hold {', '.join(allowed)}.")
    return frozenset(said)
