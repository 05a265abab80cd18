"""Reads the wording of an instrument from an XLSForm (xlsform.org): the sheets survey and choices of a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from karama.care.fitting import Option, Question, fit, is_total
from karama.care.problems import WordingDoesNotFit
from karama.care.wording import Wording
from karama.rules.scoring import Card

LARGEST = 20_000_000
MOST_ROWS = 5_000
PASSED_OVER = re.compile(
    r"^(begin|end)[ _](group|repeat)$|^(start|end|today|deviceid|username|calculate|hidden|audit|phonenumber)$"
)
Row = dict[str, str]


def read(content: bytes, card: Card, language: str) -> Wording:
    """The wording of `card` in `language`. Raises `WordingDoesNotFit` naming the question that does not fit."""
    book = _book(content)
    survey, choices, settings = (_rows(book, name) for name in ("survey", "choices", "settings"))
    if not survey:
        raise WordingDoesNotFit(_("The file has no sheet “survey” with questions."))
    label = _label_column(survey, language)
    lists = _lists(choices, _label_column(choices, language) if choices else "label")
    notes = [row.get(label, "") for row in survey if row.get("type") == "note"]
    questions = list(_questions(card, survey, label, lists))
    title = settings[0].get("form_title", "") if settings else ""
    return fit(card, questions, language=language, title=title, instructions=notes[0] if notes else "")


def _book(content: bytes) -> Any:
    if len(content) > LARGEST:
        raise WordingDoesNotFit(_("The file is far larger than a questionnaire."))
    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except Exception:
        raise WordingDoesNotFit(_("The file is not a workbook that can be read.")) from None


def _rows(book: Any, name: str) -> list[Row]:
    sheets = {str(one).strip().lower(): one for one in book.sheet_names}
    if name not in sheets:
        return []
    lines = book.get_sheet_by_name(sheets[name]).to_python(nrows=MOST_ROWS)
    if not lines:
        return []
    heads = [_spelt(_said(cell)) for cell in lines[0]]
    return [dict(zip(heads, map(_said, line), strict=False)) for line in lines[1:] if any(_said(cell) for cell in line)]


def _spelt(head: str) -> str:
    return re.sub(r"\s*::\s*", "::", head.strip().lower())


def _said(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell if cell is not None else "").strip()


def _label_column(rows: list[Row], language: str) -> str:
    """`label::Français (fr)` for fr, else `label::fr`, else plain `label` where there are no languages."""
    heads = [head for head in rows[0] if head == "label" or head.startswith("label::")]
    wanted = language.lower()
    for head in heads:
        named = head.partition("::")[2]
        code = re.search(r"\(([a-z]{2,3}(?:-[a-z0-9]+)*)\)\s*$", named)
        if (code.group(1) if code else named) == wanted:
            return head
    if heads == ["label"]:
        return "label"
    raise WordingDoesNotFit(_("The file has no column of labels in this language."))


def _lists(rows: list[Row], label: str) -> dict[str, list[Option]]:
    found: dict[str, list[Option]] = {}
    for row in rows:
        name = row.get("name") or row.get("value", "")
        option = Option(
            label=row.get(label, ""), name=name, loinc=row.get("loinc", ""), value=_number(row.get("score") or name)
        )
        found.setdefault(row.get("list_name") or row.get("list name", ""), []).append(option)
    return found


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _questions(card: Card, survey: list[Row], label: str, lists: dict[str, list[Option]]) -> Iterator[Question]:
    for row in survey:
        kind = re.sub(r"\s+", " ", row.get("type", "").strip().lower())
        name = row.get("name", "")
        if not kind or kind == "note" or PASSED_OVER.match(kind) or is_total(card, row.get("loinc", "")):
            continue
        if kind != "text" and not kind.startswith(("select_one ", "select one ")):
            raise WordingDoesNotFit(
                _("The question %(where)s has the type %(kind)s, which no item of this instrument has.")
                % {"where": name[:60], "kind": kind[:40]}
            )
        chosen = row.get("type", "").split()[-1] if kind != "text" else ""
        yield Question(
            where=name[:60],
            text=row.get(label, ""),
            names=(name,),
            loinc=row.get("loinc", ""),
            options=tuple(lists.get(chosen, ())),
        )
