"""How people fared between two waves: the one function behind the page, the command line and its JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from karama.analytics.definitions import DEFINITIONS
from karama.analytics.outcomes import MINIMUM_SHOWN, QUESTIONS, OutcomeLine, outcomes
from karama.care import cards
from karama.care.facts import ResponseRow, died_in, response_rows
from karama.evidence import danger
from karama.evidence.figures import Figures, instrument_figures, rate_figures, shown, withheld
from karama.evidence.gathering import Gathered, gather, outcome_rows
from karama.evidence.marks import usable
from karama.evidence.problems import SameWave
from karama.evidence.queries.places import readable
from karama.journal import Actor, clock
from karama.people.deciding import reportable
from karama.rules.change import OutcomeDefinition
from karama.rules.change.effect import UNCONTROLLED


def outcomes_of(by: Actor, *, programme: str, start: str, end: str) -> dict[str, Any]:
    """The outcomes table of a programme, ready for JSON; unrounded, and nothing about groups of fewer than ten.

    `programme`: its code. `start`, `end`: waves, as they were given when the answers were recorded. Instruments that
    were answered in one of the waves only stand there with what is missing. Newest version of an amended response only.

    Raises:
        Absent: no such programme within reach. Refused: this duty reads no numbers. SameWave: see `problems`.
    """
    place = readable(by, programme)
    if start == end:
        raise SameWave()
    rows = list(response_rows(by=by, programme=place.id, waves=(start, end)))
    agreed = frozenset(reportable({row.person for row in rows}, clock.now()))
    gathered = gather(rows, start, agreed, died_in(by=by, programme=place.id))
    return {
        "programme": place.code,
        "from": start,
        "to": end,
        "basis": "people",
        "label": UNCONTROLLED,
        "minimum": MINIMUM_SHOWN,
        "people": shown(len(gathered.people)),
        "left_out": {"not_agreed_to_reports": shown(gathered.not_agreed), "died": shown(gathered.died)},
        "demonstration": gathered.demonstration,
        "definitions": list(_definitions(gathered)),
        "instruments": list(_instruments(gathered, rows)),
        "safety": danger.open_after(place.id, start, gathered.people),
    }


def _instruments(gathered: Gathered, rows: list[ResponseRow]) -> Iterator[Figures]:
    newest = {row.instrument: row.version for row in sorted(rows, key=lambda row: row.version)}
    for code in sorted(gathered.pairs):
        card = cards.card(code, newest[code])
        yield instrument_figures(card, sorted(gathered.versions[code]), list(gathered.of(code).values()))


def _definitions(gathered: Gathered) -> Iterator[Figures]:
    """The published definitions all of whose measures were asked in this programme at one of the waves."""
    for definition in DEFINITIONS:
        codes = [measure.code for measure in definition.measures]
        totals = {code: usable(cards.card(code)).total for code in codes}
        if all(gathered.of(code) and totals[code] for code in codes):
            yield _definition(definition, gathered, {code: total for code, total in totals.items() if total})


def _definition(definition: OutcomeDefinition, gathered: Gathered, totals: dict[str, str]) -> Figures:
    table = outcomes(definition, outcome_rows(gathered, totals))
    return {
        "definition": definition.code,
        "source": definition.source,
        "population": definition.population,
        "label": table.label,
        "measures": [
            {
                "instrument": one.code,
                "name": cards.card(one.code).name,
                "case_at": one.case_at,
                "reliable_change": one.reliable_change,
                "source": one.source,
            }
            for one in definition.measures
        ],
        "lines": [_definition_line(line) for line in table.lines if line.n],
    }


def _definition_line(line: OutcomeLine) -> Figures:
    if line.n < MINIMUM_SHOWN:
        return withheld(line.name)
    figures: Figures = {"name": line.name, "n": line.n, "case_at_start": rate_figures(line.case_at_start)}
    for question in QUESTIONS:
        rate = line.rates[question]
        figures[question] = rate_figures(rate)
        figures[question]["unclassified"] = rate.unclassified
    return figures
