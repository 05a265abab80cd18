"""The history of one measure as a picture: with its line, and the band within which a change may be chance."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karama.care.queries.scoring import Result, usable
from karama.care.words import WHY_NO_TOTAL, Text, number, source_of
from karama.rules.change import Reliability, reliable_change
from karama.rules.scoring import Card
from karama.ui.bidi import isolate_plain
from karama.ui.charts import Band, Cutoff, Point, line
from karama.ui.labels import said


def chart(results: Sequence[Result]) -> SafeString | str:
    """The chart of the totals, oldest first; nothing for a measure without a total."""
    card = usable(results[-1].card)
    if card.total is None:
        return ""
    scale = card.scale(card.total)
    points = [
        Point(one.response.occurred_on, one.scored.total, _note(one))
        for one in results
        if one.response.occurred_on is not None
    ]
    if not points:
        return ""
    return line(
        points,
        title=card.name,
        low=float(scale.lowest),
        high=float(scale.highest),
        band=_band(card, results),
        cutoff=_cutoff(results[-1]),
    )


def _note(result: Result) -> Text:
    if result.scored.total is None:
        return WHY_NO_TOTAL.get(result.scored.why_no_total or "", "")
    if not result.response.validated:
        return _("not validated: interpreter mode")
    return ""


def threshold(card: Card) -> tuple[float, str] | None:
    """How many points a change of the total needs to exceed the measure's error, with its source; None if unknown.

    The published threshold where there is one, else 1.96 * SD * sqrt(2 (1 - r)) (Jacobson and Truax 1991).
    """
    for one in card.reliable_change:
        if one.scale != card.total:
            continue
        if one.threshold is not None:
            return float(one.threshold), source_of(one.evidence.source)
        r, kind = (one.retest, "retest") if one.retest is not None else (one.alpha, "alpha")
        if one.sd and r is not None:
            found = reliable_change(one.sd, Reliability(r, "retest" if kind == "retest" else "alpha"))
            return found.threshold, source_of(one.evidence.source)
    return None


def _band(card: Card, results: Sequence[Result]) -> Band | None:
    found = threshold(card)
    first = next((one.scored.total for one in results if one.scored.total is not None), None)
    if found is None or first is None or card.total is None:
        return None
    scale = card.scale(card.total)
    low = max(float(scale.lowest), first - found[0])
    high = min(float(scale.highest), first + found[0])
    return Band(low, high, _("A change within this band may be chance"))


def band_words(results: Sequence[Result]) -> str:
    """The band in a sentence, with its source."""
    found = threshold(usable(results[-1].card))
    if found is None:
        return _("How large a change must be to exceed chance is not known for this measure.")
    words = _("From the first total, a change of less than %(points)s points may be chance (%(source)s).")
    return words % {"points": number(found[0]), "source": isolate_plain(found[1])}


def _cutoff(result: Result) -> Cutoff | None:
    """The first line that applies to this person on the total."""
    card = usable(result.card)
    for cut in card.cutoffs:
        if cut.code in result.scored.cutoffs and cut.scale == card.total:
            value = cut.at_least if cut.at_least is not None else cut.at_most
            label = _("Line set on: %(population)s") % {"population": said(cut.population)}
            return Cutoff(float(value or 0), label)
    return None
