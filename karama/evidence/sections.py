"""The outcomes table cut into sections in words: notes, tiles, grids and bars, for the page and the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from karama.evidence import words
from karama.evidence.words import MEANINGS, QUESTIONS, between, line_name, people, plain, points, share, wave_name
from karama.ui.bidi import isolate_plain
from karama.ui.labels import said
from karama.ui.numerals import number

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Tile:
    """One big number with its basis."""

    label: str
    value: str
    n: int | None
    missing: int | None
    note: str


@dataclass(frozen=True)
class Grid:
    """A table in words."""

    caption: str
    headers: tuple[str, ...]
    rows: list[list[str]]


@dataclass(frozen=True)
class Bar:
    """A share between 0 and 1 with its interval, and its bounds where answers are missing."""

    label: str
    value: float
    low: float
    high: float
    worst: float | None
    best: float | None


@dataclass(frozen=True)
class Section:
    """One part of the page."""

    title: str
    notes: list[str] = field(default_factory=list)
    tiles: list[Tile] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)


def sections_of(table: Figures) -> list[Section]:
    """Everything that the outcomes table says, in the order in which it is read."""
    found = [_people(table)]
    for definition in table["definitions"]:
        found += [_defined(definition, line) for line in definition["lines"]]
    for instrument in table["instruments"]:
        found += [_instrument(table, instrument, line) for line in instrument["lines"]]
    return found


def _people(table: Figures) -> Section:
    safety, left_out = table["safety"], table["left_out"]
    notes = [
        _("People counted: %(n)s.") % {"n": people(table["people"])},
        _("Left out because they did not agree to be counted in reports: %(n)s.")
        % {"n": people(left_out["not_agreed_to_reports"])},
        _("Left out because they have died, which is never counted as a drop-out: %(n)s.")
        % {"n": people(left_out["died"])},
        _("Open alerts from imported answers, %(wave)s: people %(people)s; with owner %(owned)s; without %(without)s.")
        % {
            "wave": wave_name(safety["wave"]),
            "people": people(safety["people"]),
            "owned": people(safety["with_owner"]),
            "without": people(safety["without_owner"]),
        },
    ]
    if table["demonstration"]:
        notes.append(
            _("%(n)s responses were asked with demonstration labels, not with the instrument.")
            % {"n": number(table["demonstration"])}
        )
    open_alerts = safety["people"] if isinstance(safety["people"], int) else None
    tile = Tile(
        _("People with an open alert from imported answers"),
        people(safety["people"]),
        table["people"] if isinstance(table["people"], int) else None,
        0,
        _("Each has an owner who reviews it.")
        if open_alerts and safety["without_owner"] == 0
        else _("With an owner: %(owned)s.") % {"owned": people(safety["with_owner"])},
    )
    return Section(_("Who is counted"), notes, [tile])


def _title(name: str, line: str) -> str:
    return name if line == "main" else f"{name}. {line_name(line)}"


def _defined(definition: Figures, line: Figures) -> Section:
    title = _title(
        _("Recovery and reliable change: %(name)s") % {"name": plain(definition["definition"])}, line["name"]
    )
    if "withheld" in line:
        return Section(title, [str(words.FEWER)])
    notes = [
        str(words.UNCONTROLLED),
        _("Definition: %(source)s. Its lines were set on: %(population)s.")
        % {"source": definition["source"], "population": definition["population"]},
        *(_measure(one) for one in definition["measures"]),
    ]
    found = [(code, line[code]) for code in QUESTIONS]
    headers = (_("Outcome"), _("People"), _("Of"), _("Missing"), _("95 % interval"), _("Lowest and highest possible"))
    rows = [
        [str(QUESTIONS[code]), share(one), people(one.get("n")), people(one.get("missing")), *_ranges(one)]
        for code, one in found
    ]
    tiles = [
        Tile(str(QUESTIONS[code]), share(one), one["n"], one["missing"], str(MEANINGS[code]))
        for code, one in found
        if "withheld" not in one
    ]
    grid = Grid(_("People by outcome, n = %(n)s") % {"n": number(line["n"])}, headers, rows)
    return Section(title, notes, tiles, [grid], [bar for code, one in found for bar in _bar(str(QUESTIONS[code]), one)])


def _measure(measure: Figures) -> str:
    return _("%(name)s: at caseness from %(line)s points, reliable from %(change)s points.") % {
        "name": measure["name"],
        "line": number(measure["case_at"]),
        "change": number(measure["reliable_change"]),
    }


def _ranges(figures: Figures) -> list[str]:
    interval = figures.get("interval") or {}
    possible = (
        between(figures.get("if_missing_no"), figures.get("if_missing_yes"))
        if figures.get("missing")
        else _("the same")
    )
    return [between(interval.get("low"), interval.get("high")), possible]


def _bar(label: str, figures: Figures) -> Iterator[Bar]:
    if figures.get("rate") is not None and figures.get("interval"):
        bounds = (figures["if_missing_no"], figures["if_missing_yes"]) if figures["missing"] else (None, None)
        yield Bar(label, figures["rate"], figures["interval"]["low"], figures["interval"]["high"], *bounds)


def _instrument(table: Figures, instrument: Figures, line: Figures) -> Section:
    title = _title(instrument["name"], line["name"])
    if "withheld" in line:
        return Section(title, [str(words.FEWER)])
    waves = [(table["from"], line["start"]), (table["to"], line["end"])]
    notes = [note for wave, figures in waves for note in _about_wave(wave, figures)] + _change(line["change"])
    grids = [_totals(waves)]
    shown = [(wave, figures) for wave, figures in waves if "lines" in figures]
    grids += [_subscales(wave, figures) for wave, figures in shown if figures["subscales"]]
    grids += [_lines(wave, figures) for wave, figures in shown if figures["lines"]]
    grids += [_results(wave, one) for wave, figures in shown for one in figures["algorithms"] if one.get("n")]
    bars = [
        bar
        for wave, figures in shown
        for one in figures["lines"]
        for bar in _bar(f"{isolate_plain(_line_words(one))} · {wave_name(wave)}", one)
    ]
    return Section(title, notes, [], grids, bars)


def _about_wave(wave: str, figures: Figures) -> Iterator[str]:
    name = wave_name(wave)
    if figures.get("why") == "no_wave":
        yield _("There is no wave %(wave)s: %(missing)s people have no answers there.") % {
            "wave": name, "missing": people(figures["missing"]),
        }  # fmt: skip
        return
    bounds = figures.get("bounds")
    for code, sentence in (
        ("lowest", _("%(wave)s: if every missing answer were the lowest one: n %(n)s, mean %(mean)s%(lines)s.")),
        ("highest", _("%(wave)s: if every missing answer were the highest one: n %(n)s, mean %(mean)s%(lines)s.")),
    ):
        if bounds:
            one = bounds[code]
            at_lines = "".join(f"; {_line_words(each)}: {number(each['yes'])}" for each in one["lines"])
            yield sentence % {"wave": name, "n": number(one["n"]), "mean": points(one["mean"]), "lines": at_lines}


def _change(change: Figures | None) -> list[str]:
    if change is None:
        return [_("Without totals at both waves no change is computed.")]
    if "withheld" in change:
        return [_("Change: %(why)s") % {"why": words.FEWER}]
    effect, interval = change["effect"], change["interval"]
    told = [
        str(words.UNCONTROLLED),
        _("The same people at both waves: n %(n)s, missing %(missing)s, mean change %(change)s points, r12 %(r12)s.")
        % {
            "n": number(change["n"]),
            "missing": number(change["missing"]),
            "change": points(change["change"]),
            "r12": points(change["r12"]),
        },
    ]
    if effect and interval:
        told.append(
            _("Size of the change: d %(d)s, 95 %% interval %(low)s to %(high)s, by the spread before.")
            % {"d": points(effect["d"], 2), "low": points(interval["low"], 2), "high": points(interval["high"], 2)}
        )
    return told


def _totals(waves: list[tuple[str, Figures]]) -> Grid:
    headers = (_("Wave"), _("n"), _("Missing"), _("Mean"), _("SD"), _("Alpha"))
    rows = [
        [
            wave_name(wave),
            str(words.FEWER) if "withheld" in one else people(one["n"]),
            people(one.get("missing")),
            points(one.get("mean")),
            points(one.get("sd")),
            points(one.get("alpha")),
        ]
        for wave, one in waves
    ]
    return Grid(_("Totals"), headers, rows)


def _subscales(wave: str, figures: Figures) -> Grid:
    rows = [
        [plain(one["label"]), people(one["n"]), people(one["missing"]), points(one.get("mean")), points(one.get("sd"))]
        for one in figures["subscales"]
    ]
    return Grid(
        _("Subscales, %(wave)s") % {"wave": wave_name(wave)},
        (_("Scale"), _("n"), _("Missing"), _("Mean"), _("SD")),
        rows,
    )


def _line_words(line: Figures) -> str:
    sign, value = ("≥", line["at_least"]) if line["at_least"] is not None else ("≤", line["at_most"])
    return f"{sign} {number(value)}"


def _lines(wave: str, figures: Figures) -> Grid:
    headers = (
        _("Line"),
        _("People"),
        _("Of"),
        _("Missing"),
        _("95 % interval"),
        _("Lowest and highest possible"),
        _("Set on"),
    )
    rows = [
        [
            f"{plain(one['scale_label'])} {_line_words(one)}",
            share(one),
            people(one.get("n")),
            people(one.get("missing")),
            *_ranges(one),
            f"{', '.join(map(plain, one['set_on']))}: {', '.join(map(said, one['purposes']))}",
        ]
        for one in figures["lines"]
    ]
    return Grid(_("At published lines or beyond, %(wave)s") % {"wave": wave_name(wave)}, headers, rows)


def _results(wave: str, algorithm: Figures) -> Grid:
    rows = [[plain(label), people(n)] for label, n in algorithm["results"].items()]
    rows.append([_("missing"), people(algorithm["missing"])])
    told = {"name": plain(algorithm["algorithm"]), "wave": wave_name(wave)}
    return Grid(_("By the rule %(name)s, %(wave)s") % told, (_("Result"), _("People")), rows)
