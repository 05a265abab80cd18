"""Which column holds which fact of a programme's own sheet, and what its words mean.

Said by options (`--column key="File no"`, `--value attended:Yes=came`, `--always place=in_person`) or by a mapping file
with the tables `columns`, `values` and `always`; an option stands above the file.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from django.utils.translation import gettext as _

from karama.interop.tabular.problems import WrongMapping

LARGEST_MAPPING: Final = 256 * 1024
DayOrder = Literal["ymd", "dmy", "mdy"]
DAY_ORDERS: Final = ("ymd", "dmy", "mdy")


@dataclass(frozen=True)
class Field:
    """One fact a row may tell. `codes`: the only answers, if fixed. `per_row`: never the same for everybody."""

    name: str
    codes: tuple[str, ...] = ()
    required: bool = False
    per_row: bool = False


@dataclass(frozen=True)
class Chosen:
    """Everything that was said about one sheet. `values`: field -> {word of the sheet: code}."""

    kind: str
    series: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    days: DayOrder = "ymd"

    def tells(self, name: str) -> bool:
        """Whether the sheet, or what was said for all of it, has this fact."""
        return name in self.columns or name in self.always


@dataclass(frozen=True)
class Said:
    """The options as they were typed, before they are held against the file."""

    series: str
    columns: Sequence[str] = ()
    values: Sequence[str] = ()
    always: Sequence[str] = ()
    missing: str = ""
    days: str = "ymd"
    file: Path | None = None


def choose(kind: str, fields: Sequence[Field], table_columns: Sequence[str], said: Said) -> Chosen:
    """Hold what was said against the columns of the file. Raises `WrongMapping` with a sentence naming the option."""
    known = {one.name: one for one in fields}
    columns, values, always = _file(said.file)
    columns |= dict(_pair(one, "--column") for one in said.columns)
    always |= dict(_pair(one, "--always") for one in said.always)
    for text in said.values:
        where, code = _pair(text, "--value", last=True)
        name, colon, word = where.partition(":")
        if not colon or not word.strip():
            raise WrongMapping(_("--value needs FIELD:WORD=CODE, for example attended:Yes=came."))
        values.setdefault(name.strip(), {})[word] = code
    for name in (*columns, *values, *always):
        if name not in known:
            told = {"field": name, "known": ", ".join(known)}
            raise WrongMapping(_("There is no field %(field)s. There are: %(known)s.") % told)
    _check_columns(columns, always, table_columns, known)
    read = {name: {plain(word): code for word, code in words.items()} for name, words in values.items()}
    for name, code in [*always.items(), *((name, code) for name, words in read.items() for code in words.values())]:
        if known[name].codes and code not in known[name].codes:
            told = {"field": name, "known": ", ".join(known[name].codes)}
            raise WrongMapping(_("The field %(field)s has no such code. There are: %(known)s.") % told)
    if said.days not in DAY_ORDERS:
        raise WrongMapping(_("--days is one of ymd, dmy and mdy."))
    marks = frozenset(plain(mark) for mark in said.missing.split(",") if mark.strip())
    return Chosen(kind, said.series, columns, read, always, marks, said.days)  # type: ignore[arg-type]  # looked at above


def _check_columns(
    columns: Mapping[str, str], always: Mapping[str, str], there: Sequence[str], known: Mapping[str, Field]
) -> None:
    for name, column in columns.items():
        if column not in there:
            raise WrongMapping(_("The file has no column %(column)s.") % {"column": column})
        if name in always:
            raise WrongMapping(_("The field %(field)s is named with --column and with --always.") % {"field": name})
    for name in always:
        if known[name].per_row:
            told = {"field": name}
            raise WrongMapping(_("The field %(field)s is each person's own: it needs a column.") % told)
    for one in known.values():
        if one.required and one.name not in columns and one.name not in always:
            raise WrongMapping(_("Say which column holds %(field)s: --column %(field)s=NAME.") % {"field": one.name})


def _pair(text: str, option: str, *, last: bool = False) -> tuple[str, str]:
    name, equals, rest = text.rpartition("=") if last else text.partition("=")
    if not equals or not name.strip() or not rest.strip():
        raise WrongMapping(_("%(option)s needs NAME=..., for example key=number.") % {"option": option})
    return name.strip(), rest.strip()


def _file(path: Path | None) -> tuple[dict[str, str], dict[str, dict[str, str]], dict[str, str]]:
    if path is None:
        return {}, {}, {}
    try:
        if path.stat().st_size > LARGEST_MAPPING:
            raise WrongMapping(_("The mapping file is far too large."))
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise WrongMapping(_("There is no mapping file of this name.")) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        line = getattr(wrong, "lineno", None)
        raise WrongMapping(
            _("The mapping file cannot be read: line %(line)s.") % {"line": line}
            if line
            else _("The mapping file cannot be read: it is not TOML in UTF-8.")
        ) from None
    for name in table.keys() - {"columns", "values", "always"}:
        raise WrongMapping(_("The mapping file has the table %(name)s, which means nothing here.") % {"name": name})
    values = table.get("values", {})
    if not isinstance(values, dict):
        raise WrongMapping(
            _("The table %(name)s of the mapping file holds something else than words.") % {"name": "values"}
        )
    return (
        _words(table.get("columns", {}), "columns"),
        {str(name): _words(words, f"values.{name}") for name, words in values.items()},
        _words(table.get("always", {}), "always"),
    )


def _words(table: Any, name: str) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(one, str) for one in table.values()):
        raise WrongMapping(
            _("The table %(name)s of the mapping file holds something else than words.") % {"name": name}
        )
    return dict(table)


def plain(text: str) -> str:
    """A word as it is compared: without case, outer spaces and the differences between digits of scripts."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in folded)
