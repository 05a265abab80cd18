"""The codes of the outcomes table in words, a definition for each number; and the table as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from karama.ui.labels import said
from karama.ui.numerals import NOTHING, number, percent

LINES: Final = {
    "main": gettext_lazy("Asked in a validated language, without an interpreter"),
    "interpreter": gettext_lazy("Asked through an interpreter"),
    "unvalidated_language": gettext_lazy("Asked in a language in which nobody validated the instrument"),
}
QUESTIONS: Final = {
    "case_at_start": gettext_lazy("At caseness at the start"),
    "recovery": pgettext_lazy("outcome", "Recovered"),
    "reliable_improvement": gettext_lazy("Reliably improved"),
    "reliable_recovery": gettext_lazy("Reliably recovered"),
    "reliable_deterioration": gettext_lazy("Reliably worse"),
}
MEANINGS: Final = {
    "case_at_start": gettext_lazy("At or beyond the line of at least one of the measures at the first wave."),
    "recovery": gettext_lazy(
        "Of those at caseness at the start: below the line of every measure at the second wave. It does not mean cured."
    ),
    "reliable_improvement": gettext_lazy(
        "Of everybody with answers at the start: better on at least one measure by more than its error, worse on none."
    ),
    "reliable_recovery": gettext_lazy("Of those at caseness at the start: recovered and reliably improved."),
    "reliable_deterioration": gettext_lazy(
        "Of everybody with answers at the start: worse on at least one measure by more than its error, better on none."
    ),
    "n": gettext_lazy("People with a total. Who left a needed answer open has none; missing is never zero."),
    "missing": gettext_lazy(
        "People without a total: they left answers open, or there are no answers of theirs in this wave."
    ),
    "mean": gettext_lazy("The average of the totals, in points of the instrument; SD is their spread (n - 1)."),
    "alpha": gettext_lazy("Cronbach's alpha: how well the items go together, over people who answered all of them."),
    "r12": gettext_lazy("Correlation of the totals of the same people at both waves."),
    "effect": gettext_lazy(
        "Change of the same people divided by their spread before; positive is better. Nobody else was compared with."
    ),
    "interval": gettext_lazy("95 % interval: Wilson's for shares, from a large sample for the size of change."),
    "bounds": gettext_lazy("What the number would be if all missing answers were no, or all were yes."),
}
FEWER: Final = gettext_lazy("fewer than 10 people: not shown")
UNCONTROLLED: Final = gettext_lazy("Uncontrolled change, not effect: nobody who received no care was compared.")


def line_name(code: str) -> str:
    """How people of a line were asked."""
    return str(LINES.get(code, code))


def wave_name(code: str) -> str:
    """A wave as it was given when the answers were recorded."""
    known = {"baseline": _("baseline"), "end": _("end"), "follow_up": _("follow-up"), "screening": _("screening")}
    return known.get(code, code)


def plain(code: str) -> str:
    """A code or label of the knowledge base, readable, in the language of the reader."""
    return said(code)


def people(value: int | str | None) -> str:
    """A number of people; below the minimum only that it is below."""
    if value is None:
        return NOTHING
    return number(value) if isinstance(value, int) else _("fewer than 10")


def share(figures: Mapping[str, Any]) -> str:
    """`55 (35 %)`, or that the group is too small."""
    if "withheld" in figures:
        return str(FEWER)
    return f"{number(figures['yes'])} ({percent(figures['rate'])})"


def between(low: float | None, high: float | None) -> str:
    """Two shares with a dash."""
    return NOTHING if low is None or high is None else f"{percent(low, 1)} – {percent(high, 1)}"


def points(value: float | None, places: int = 4) -> str:
    """A mean, a spread or a coefficient; nothing is not zero."""
    return NOTHING if value is None else number(value, places)


def outcomes_in_words(table: Mapping[str, Any]) -> str:
    """The table as plain text, the same numbers as the page."""
    from karama.evidence.sections import sections_of

    return "\n".join(_text(table, sections_of(table)))


def _text(table: Mapping[str, Any], sections: list[Any]) -> Iterator[str]:
    yield _("%(programme)s: from %(start)s to %(end)s") % {
        "programme": table["programme"],
        "start": wave_name(table["from"]),
        "end": wave_name(table["to"]),
    }
    yield str(UNCONTROLLED)
    for section in sections:
        yield ""
        yield str(section.title)
        yield from (f"  {note}" for note in section.notes)
        for grid in section.grids:
            yield f"  {grid.caption}"
            yield from (f"    {line}" for line in _columns([list(grid.headers), *grid.rows]))


def _columns(rows: list[list[str]]) -> Iterator[str]:
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
