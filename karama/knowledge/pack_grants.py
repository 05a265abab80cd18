"""A programme's `grants.toml`: grants that are known when the programme is opened. None ships with one: a grant is the
organisation's own, and is usually written down on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from karama.knowledge.packs.beside import table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "grants.toml"


@dataclass(frozen=True)
class DeclaredGrant:
    """A grant of a pack. `sites`, `services`: codes of the pack; without services it pays for all of them."""

    code: str
    name: str
    donor: str
    from_on: date
    to_on: date
    sites: tuple[str, ...]
    services: tuple[str, ...] = ()


def grants_of(code: str) -> tuple[DeclaredGrant, ...]:
    """The grants of a programme; none without the file. Raises PackError naming the file and the key."""
    table = table_of(code, FILE)
    return () if table is None else grants_from(code, table)


def grants_from(code: str, table: Mapping[str, Any]) -> tuple[DeclaredGrant, ...]:
    """The grants of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        found: tuple[DeclaredGrant, ...] = fields.each("grants", _grant)
        fields.finish()
        codes = [one.code for one in found]
        if len(set(codes)) < len(codes):
            raise CardError(f"{fields.where}: a code of 'grants' stands twice.")
    except CardError as error:
        raise PackError(str(error)) from error
    return found


def _grant(each: Fields) -> DeclaredGrant:
    made = DeclaredGrant(
        code=each.take("code", str),
        name=each.take("name", str),
        donor=each.take("donor", str),
        from_on=each.take("from_on", date),
        to_on=each.take("to_on", date),
        sites=tuple(each.take("sites", list)),
        services=tuple(each.take("services", list, [])),
    )
    if made.to_on < made.from_on:
        raise CardError(f"{each.where}: 'to_on' lies before 'from_on'.")
    if not made.sites:
        raise CardError(f"{each.where}: 'sites' names no site.")
    return made
