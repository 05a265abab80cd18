"""Random responses to any instrument, as rows and as columns, and the comparison of the two scorers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from karama.analytics.scoring import BulkScored, answer_codes, bulk_score
from karama.rules.scoring import MISSING_CODES, Card, Scored, score

Row = dict[str, str | None]


@dataclass(frozen=True)
class People:
    """Responses in row form, with what is known about who gave them (``None``: not known)."""

    rows: list[Row]
    age: list[int | None]
    sex: list[str | None]
    population: list[str | None]
    language: list[str | None]

    def about(self, row: int) -> dict[str, Any]:
        return {
            "age": self.age[row],
            "sex": self.sex[row],
            "population": self.population[row],
            "language": self.language[row],
        }


def people(card: Card, rng: random.Random, n: int, gaps: float) -> People:
    populations = [None, "somebody_else", *{cut.population for cut in card.cutoffs}]
    languages = [None, "xx", *{language for cut in card.cutoffs for language in cut.languages}]
    return People(
        rows=[_row(card, rng, gaps) for _ in range(n)],
        age=[rng.choice([None, *range(2, 95)]) for _ in range(n)],
        sex=[rng.choice([None, "F", "M"]) for _ in range(n)],
        population=[rng.choice(populations) for _ in range(n)],
        language=[rng.choice(languages) for _ in range(n)],
    )


def _row(card: Card, rng: random.Random, gaps: float) -> Row:
    row: Row = {}
    for item in card.items:
        if rng.random() >= gaps:
            row[item.code] = "words" if item.answers is None else rng.choice(answer_codes(card, item.code))
        elif rng.random() < 0.8:
            row[item.code] = rng.choice([None, *MISSING_CODES])
    return row


def in_bulk(card: Card, given: People, *, drafts: bool = False, without: frozenset[str] = frozenset()) -> BulkScored:
    columns = {item.code: [row.get(item.code) for row in given.rows] for item in card.items if item.code not in without}
    return bulk_score(
        card,
        columns,
        len(given.rows),
        age=given.age,
        sex=given.sex,
        population=given.population,
        language=given.language,
        drafts=drafts,
    )


def one_by_one(
    card: Card, given: People, *, drafts: bool = False, without: frozenset[str] = frozenset()
) -> list[Scored]:
    return [
        score(card, {k: v for k, v in row.items() if k not in without}, **given.about(place), drafts=drafts)
        for place, row in enumerate(given.rows)
    ]


def differences(bulk: BulkScored, rows: list[Scored]) -> list[int]:
    """The rows on which the two disagree, down to whole number or float."""
    assert bulk.n == len(rows)
    return [place for place, row in enumerate(rows) if repr(bulk.row(place)) != repr(row)]
