"""Which columns hold which instrument, the key and the day, and what the numbers on the form mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from karama.interop.tabular.problems import WrongMapping
from karama.knowledge.loader import KnowledgeError, instrument, instruments
from karama.rules.scoring import VALUES, Card, codings

ROW_KEY: Final = "row"
UNKNOWN_DAY: Final = "unknown"


@dataclass(frozen=True)
class Columns:
    """One instrument in the file: (item code, column) pairs in item order, and the coding of its form."""

    card: Card
    pairs: tuple[tuple[str, str], ...]
    coding: str = VALUES


@dataclass(frozen=True)
class FileMapping:
    """Everything that was said about the file. `missing`: raw values that stand for no answer."""

    series: str
    wave: str
    key: str
    on: str | date
    columns: tuple[Columns, ...]
    missing: frozenset[str] = field(default_factory=frozenset)


def map_columns(
    table_columns: Sequence[str],
    *,
    series: str,
    wave: str,
    key: str,
    on: str,
    chosen: Sequence[str],
    chosen_codings: Sequence[str] = (),
    missing: str = "",
) -> FileMapping:
    """Read the options of the command line against the columns of the file.

    `chosen`: like `phq9=PHQ1..PHQ9` or `phq9=a,b,c`. Raises `WrongMapping` with a sentence that names the option.
    """
    by_instrument = dict(_split(one, "--instrument") for one in chosen_codings)
    pairs = [_columns(one, table_columns, by_instrument) for one in chosen]
    if not pairs:
        raise WrongMapping(_("Name at least one instrument, for example --instrument phq9=PHQ1..PHQ9."))
    for code in by_instrument.keys() - {one.card.code for one in pairs}:
        raise WrongMapping(_("--coding names %(code)s, which no --instrument names.") % {"code": code})
    if key != ROW_KEY and key not in table_columns:
        raise WrongMapping(_("There is no column %(column)s for --key.") % {"column": key})
    marks = frozenset(mark.strip() for mark in missing.split(",") if mark.strip())
    return FileMapping(series, wave, key, _day(on, table_columns), tuple(pairs), marks)


def _split(text: str, option: str) -> tuple[str, str]:
    code, equals, rest = text.partition("=")
    if not equals or not code or not rest:
        raise WrongMapping(_("%(option)s needs CODE=..., for example phq9=PHQ1..PHQ9.") % {"option": option})
    return code.strip(), rest.strip()


def _columns(chosen: str, table_columns: Sequence[str], by_instrument: Mapping[str, str]) -> Columns:
    code, rest = _split(chosen, "--instrument")
    try:
        card = instrument(code)
    except KnowledgeError:
        known = ", ".join(instruments())
        raise WrongMapping(
            _("There is no instrument %(code)s. There are: %(known)s.") % {"code": code, "known": known}
        ) from None
    if card.codings and code not in by_instrument:
        choice = {"code": code, "known": ", ".join(codings(card)), "first": card.codings[0].code}
        raise WrongMapping(
            _(
                "%(code)s is printed in more than one way: say which, for example --coding %(code)s=%(first)s. "
                "There are: %(known)s."
            )
            % choice
        )
    coding = by_instrument.get(code, VALUES)
    if coding not in codings(card):
        known = ", ".join(codings(card))
        raise WrongMapping(
            _("%(code)s has no coding of this name. There are: %(known)s.") % {"code": code, "known": known}
        )
    columns = _named(rest, table_columns)
    items = [item.code for item in card.items if item.answers is not None]
    scored = [item.code for item in card.items if item.answers is not None and item.scored]
    if len(columns) not in (len(scored), len(items)):
        told = {"code": code, "needs": len(scored), "came": len(columns)}
        raise WrongMapping(_("%(code)s has %(needs)s scored items, and %(came)s columns were named.") % told)
    chosen_items = scored if len(columns) == len(scored) else items
    return Columns(card, tuple(zip(chosen_items, columns, strict=True)), coding)


def _named(rest: str, table_columns: Sequence[str]) -> list[str]:
    first, dots, last = rest.partition("..")
    if dots:
        ends = [first.strip(), last.strip()]
        _must_exist(ends, table_columns)
        start, stop = table_columns.index(ends[0]), table_columns.index(ends[1])
        if stop < start:
            raise WrongMapping(_("The first column of the range stands after the last one."))
        return list(table_columns[start : stop + 1])
    columns = [column.strip() for column in rest.split(",")]
    _must_exist(columns, table_columns)
    if len(set(columns)) != len(columns):
        raise WrongMapping(_("One column is named twice for the same instrument."))
    return columns


def _must_exist(columns: Sequence[str], table_columns: Sequence[str]) -> None:
    absent = [column for column in columns if column not in table_columns]
    if absent:
        raise WrongMapping(_("The file has no column %(column)s.") % {"column": ", ".join(absent)})


def _day(on: str, table_columns: Sequence[str]) -> str | date:
    if on == UNKNOWN_DAY or on in table_columns:
        return on
    try:
        return date.fromisoformat(on)
    except ValueError:
        raise WrongMapping(
            _("--on needs a column of the file, a day such as 2026-03-31, or the word unknown.")
        ) from None
