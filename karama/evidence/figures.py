"""The figures of one instrument at two waves, as plain values for JSON and for the page. Small groups show nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from karama.analytics.intervals import wilson
from karama.analytics.outcomes import INTERPRETER, MAIN, MINIMUM_SHOWN, UNVALIDATED, paired, summary
from karama.evidence.gathering import Pair
from karama.evidence.marks import Marks, beyond, lines_of, usable
from karama.rules.change import Rate
from karama.rules.scoring import Card
from karama.rules.scoring.card import Cutoff, Scale
from karama.rules.scoring.conditions import Number

LINES: Final = (MAIN, INTERPRETER, UNVALIDATED)
FEWER: Final = f"fewer than {MINIMUM_SHOWN}"
UNDETERMINED: Final = "undetermined"
Figures = dict[str, Any]


def instrument_figures(card: Card, versions: Sequence[str], pairs: Sequence[Pair]) -> Figures:
    """Everything about one instrument: a line for each way of asking that somebody was asked in."""
    by_line = {name: [pair for pair in pairs if pair.line == name] for name in LINES}
    return {
        "instrument": card.code,
        "name": card.name,
        "versions": sorted(versions),
        "total_scale": usable(card).total,
        "lines": [_line(card, name, found) for name, found in by_line.items() if found],
    }


def shown(count: int) -> int | str:
    """A count of people; below the minimum only that it is below."""
    return count if count == 0 or count >= MINIMUM_SHOWN else FEWER


def shown_parts(one: int, other: int) -> tuple[int | str, int | str]:
    """Two parts of a whole that stands beside them: where one is too small to be told, the other would tell it."""
    told = shown(one), shown(other)
    return (FEWER, FEWER) if FEWER in told and one + other >= MINIMUM_SHOWN else told


def withheld(name: str) -> Figures:
    """A group too small to be described."""
    return {"name": name, "n": None, "withheld": FEWER}


def rate_figures(rate: Rate) -> Figures:
    """A counted answer with its denominator, Wilson's interval of the known, and the bounds of the missing ones.

    Nothing where few answers are known, however many people were asked: it would tell what those few said.
    """
    if rate.n < MINIMUM_SHOWN or 0 < rate.known < MINIMUM_SHOWN:
        return {"n": None, "withheld": FEWER}
    interval = wilson(rate.yes, rate.known)
    return {
        "yes": rate.yes,
        "n": rate.n,
        "missing": rate.missing,
        "rate": rate.rate,
        "interval": asdict(interval) if interval else None,
        "if_missing_no": rate.if_missing_no,
        "if_missing_yes": rate.if_missing_yes,
    }


def _line(card: Card, name: str, pairs: Sequence[Pair]) -> Figures:
    if len(pairs) < MINIMUM_SHOWN:
        return withheld(name)
    start, end = [pair.start for pair in pairs], [pair.end for pair in pairs]
    return {
        "name": name,
        "n": len(pairs),
        "start": _wave(card, start),
        "end": _wave(card, end),
        "change": _change(card, pairs),
    }


def _wave(card: Card, marks: Sequence[Marks | None]) -> Figures:
    """One wave: who answered, with and without a total; the scales; the published lines; algorithms; bounds."""
    given = [one for one in marks if one is not None]
    told: Figures = {"asked": shown(len(given)), "no_response": len(marks) - len(given)}
    if not given:
        return {**told, "n": 0, "missing": len(marks), "why": "no_wave"}
    if len(given) < MINIMUM_SHOWN:
        return {"asked": FEWER, "no_response": None, "n": None, "withheld": FEWER}
    total = usable(card).total
    told |= _scale_figures(given, total, with_alpha=True) if total else {"n": len(given), "missing": 0}
    told["missing"] += told["no_response"]
    told["subscales"] = [
        {"scale": scale.code, "label": scale.label, **_scale_figures(given, scale.code)}
        for scale in usable(card).scales
        if scale.code != total
    ]
    told["lines"] = [_at_line(card, cuts, marks) for cuts in lines_of(card)]
    told["algorithms"] = [_algorithm(one.code, given) for one in usable(card).algorithms]
    told["bounds"] = _bounds(card, given, total) if total and "withheld" not in told else None
    return told


def _scale_figures(given: Sequence[Marks], scale: str, *, with_alpha: bool = False) -> Figures:
    found = summary((one.scores.get(scale) for one in given), [one.items for one in given] if with_alpha else None)
    if 0 < found.n < MINIMUM_SHOWN:
        return {"n": None, "withheld": FEWER, "missing": found.missing}
    told: Figures = {"n": found.n, "missing": found.missing, "mean": found.mean, "sd": found.sd}
    if with_alpha:
        reliable = found.alpha_n >= MINIMUM_SHOWN
        told |= {"alpha": found.alpha if reliable else None, "alpha_n": shown(found.alpha_n)}
    return told


def _at_line(card: Card, cuts: tuple[Cutoff, ...], marks: Sequence[Marks | None]) -> Figures:
    first = cuts[0]
    answers = [beyond(first, one.scores.get(first.scale)) if one else None for one in marks]
    rate = Rate(yes=sum(one is True for one in answers), n=len(answers), missing=sum(one is None for one in answers))
    return {
        "codes": [one.code for one in cuts],
        "scale": first.scale,
        "scale_label": card.scale(first.scale).label,
        "at_least": first.at_least,
        "at_most": first.at_most,
        "set_on": sorted({one.population for one in cuts}),
        "purposes": list(dict.fromkeys(one.purpose for one in cuts)),
        "sources": list(dict.fromkeys(one.evidence.source for one in cuts)),
        **rate_figures(rate),
    }


def _algorithm(code: str, given: Sequence[Marks]) -> Figures:
    results = [one.algorithms.get(code, UNDETERMINED) for one in given]
    known = [one for one in results if one != UNDETERMINED]
    if 0 < len(known) < MINIMUM_SHOWN:
        return {"algorithm": code, "n": None, "withheld": FEWER}
    counts = {label: known.count(label) for label in sorted(set(known))}
    return {"algorithm": code, "n": len(known), "missing": len(results) - len(known), "results": counts}


def _bounds(card: Card, given: Sequence[Marks], total: str) -> Figures | None:
    """What the figures would be if every missing answer were the lowest, or the highest. None without missing ones."""
    if all(one.scores.get(total) is not None for one in given):
        return None
    return {
        "lowest": _bound(card, total, [one.lowest for one in given]),
        "highest": _bound(card, total, [one.highest for one in given]),
    }


def _bound(card: Card, total: str, scores: Sequence[Mapping[str, Number | None]]) -> Figures:
    found = summary(one.get(total) for one in scores)
    at_lines = [
        {
            "at_least": cuts[0].at_least,
            "at_most": cuts[0].at_most,
            "yes": sum(beyond(cuts[0], one.get(total)) is True for one in scores),
        }
        for cuts in lines_of(card)
        if cuts[0].scale == total
    ]
    return {"n": found.n, "mean": found.mean, "sd": found.sd, "lines": at_lines}


def _change(card: Card, pairs: Sequence[Pair]) -> Figures | None:
    """The same people at both waves; None where one of the waves has no answers at all or there is no total."""
    total = usable(card).total
    if total is None or not any(pair.start for pair in pairs) or not any(pair.end for pair in pairs):
        return None
    read = _reader(card.scale(total))
    found = paired([read(pair.start) for pair in pairs], [read(pair.end) for pair in pairs], card.scale(total).higher)
    if found.n < MINIMUM_SHOWN:
        return {"n": None, "withheld": FEWER, "missing": found.missing}
    told = asdict(found)
    if told["effect"]:
        told["effect"]["n"] = list(told["effect"]["n"])
    return told


def _reader(scale: Scale) -> Callable[[Marks | None], Number | None]:
    return lambda marks: None if marks is None else marks.scores.get(scale.code)
