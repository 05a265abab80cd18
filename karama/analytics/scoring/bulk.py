"""Scoring many responses to one instrument. A card is compiled once; the rows then pass through in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

from karama.analytics.scoring.block import ROWS, Block, Flags, Numbers
from karama.analytics.scoring.codes import ABSENT, Codes, Written, answer_codes, as_codes, refuse_strangers
from karama.analytics.scoring.conditions import Compiler, Score
from karama.analytics.scoring.results import AlgorithmColumns, BandColumns, Small, met, state
from karama.analytics.scoring.scales import add_scales, no_score
from karama.analytics.scoring.scored import DOES_NOT_APPLY, NONE, BulkScored, Named, Scores
from karama.analytics.scoring.skips import skips_of
from karama.analytics.scoring.whom import Ages, Trait, Whom
from karama.rules.scoring import AnswersError, Card, without_drafts
from karama.rules.scoring.card import Cutoff
from karama.rules.scoring.scored import WhyNoTotal

Columns: TypeAlias = Mapping[str, "Codes | Written"]


def bulk_score(
    card: Card,
    columns: Columns,
    n: int | None = None,
    *,
    age: Ages = None,
    sex: Trait = None,
    population: Trait = None,
    language: Trait = None,
    drafts: bool = False,
) -> BulkScored:
    """Score ``n`` responses at once; every row equals what ``karama.rules.scoring.score`` gives for it.

    ``columns`` maps item codes to columns of ``n`` answers: whole numbers as ``encode`` makes them (bytes are
    read without copying), or answer codes as Arrow or plain texts. An item without a column is absent from
    every row; a column of free words is not read. ``n`` may be left out when there is a column. ``age``,
    ``sex``, ``population`` and ``language`` are one value for all or a column of them, null where not known.
    Raises ``AnswersError`` for an item or answer the card does not know and for columns of other lengths, and
    ``CardError`` for a card that cannot be computed over columns.
    """
    known = {item.code for item in card.items}
    for item in columns:
        if item not in known:
            raise AnswersError(f"{card.code} has no item {item!r}.")
    codes = {item.code: as_codes(card, item.code, columns[item.code]) for item in card.items
             if item.answers and item.code in columns}  # fmt: skip
    length = n if n is not None else next((len(column) for column in columns.values()), None)
    if length is None:
        raise AnswersError(f"{card.code}: say how many rows there are, or give a column.")
    for item, column in codes.items():
        if len(column) != length:
            raise AnswersError(f"{card.code} item {item!r} has {len(column)} rows instead of {length}.")
    whom = Whom(length, age=age, sex=sex, population=population, language=language)
    return _compiled(card, drafts).score(codes, length, whom)


@lru_cache(maxsize=256)
def _compiled(card: Card, drafts: bool) -> _CompiledCard:
    return _CompiledCard(card, drafts)


@dataclass(frozen=True, eq=False, slots=True)
class _Out:
    """The columns being filled."""

    scales: dict[str, Scores]
    bands: dict[str, Named]
    algorithms: dict[str, Named]
    cutoffs: dict[str, Small]
    safety: dict[str, Small]
    n_answered: Numbers
    outside_age: Flags


class _CompiledCard:
    def __init__(self, card: Card, drafts: bool) -> None:
        usable = card if drafts else without_drafts(card)
        compiler = Compiler(usable)
        self._card = usable
        self._answers = {item.code: len(answer_codes(usable, item.code)) for item in usable.items if item.answers}
        self._scored = tuple(item.code for item in usable.items if item.scored and item.answers)
        self._n_items = sum(1 for item in usable.items if item.scored)
        self._why: WhyNoTotal = "no_total" if card.total is None else "draft_rule"
        self._skips = skips_of(usable, compiler)
        self._scales = add_scales(usable, compiler)
        self._bandings = tuple(BandColumns(banding) for banding in usable.bandings)
        self._main = next((b.code for b in usable.bandings if b.scale == usable.total), None)
        self._algorithms = tuple(AlgorithmColumns(algorithm, compiler) for algorithm in usable.algorithms)
        self._safety = tuple((rule.code, compiler.test(rule.when)) for rule in usable.safety)

    def score(self, codes: Mapping[str, Codes], n: int, whom: Whom) -> BulkScored:
        out = self._out(n, whom)
        absent = np.full(min(n, ROWS), ABSENT, np.uint8)
        for rows in _blocks(n):
            self._score_rows(codes, absent, rows, whom, out)
        subscales = {code: scores for code, scores in out.scales.items() if code != self._card.total}
        return BulkScored(
            n=n,
            total=out.scales[self._card.total] if self._card.total else None,
            why_without_total=self._why,
            subscales=subscales,
            main_banding=self._main,
            bands=out.bands,
            algorithms=out.algorithms,
            cutoffs=out.cutoffs,
            n_answered=out.n_answered,
            n_items=self._n_items,
            safety=out.safety,
            outside_age=out.outside_age,
            rules=self._card.safety,
        )

    def _out(self, n: int, whom: Whom) -> _Out:
        everybody = slice(0, n)
        return _Out(
            scales={s.code: Scores(np.empty(n, c.kind), np.empty(n, np.bool_)) for s, c, _ in self._scales},
            bands={b.code: Named(b.labels, np.empty(n, np.int8)) for b in self._bandings},
            algorithms={a.code: Named(a.labels, np.empty(n, np.int8)) for a in self._algorithms},
            cutoffs={c.code: np.empty(n, np.int8) for c in self._card.cutoffs if _reaches(c, whom, everybody)},
            safety={code: np.empty(n, np.int8) for code, _ in self._safety},
            n_answered=np.empty(n, np.uint8 if len(self._scored) < 256 else np.uint16),
            outside_age=np.zeros(n, np.bool_),
        )

    def _score_rows(self, codes: Mapping[str, Codes], absent: Codes, rows: slice, whom: Whom, out: _Out) -> None:
        block = self._block(codes, absent, rows)
        out.n_answered[rows] = self._answered(block)
        for skip in self._skips:
            skip.apply(block)
        for code, test in self._safety:
            state(*test(block), out=out.safety[code][rows])
        scores: dict[str, Score] = {}
        for scale, _, score in self._scales:
            scores[scale.code] = found = score(block)
            out.scales[scale.code].values[rows] = found.values
            out.scales[scale.code].valid[rows] = True if found.valid is None else found.valid
        for banding in self._bandings:
            out.bands[banding.code].places[rows] = banding(scores[banding.scale])
        for algorithm in self._algorithms:
            out.algorithms[algorithm.code].places[rows] = algorithm(block)
        for cut in self._card.cutoffs:
            if cut.code in out.cutoffs:
                met(cut, scores[cut.scale], whom.of(cut, rows), out=out.cutoffs[cut.code][rows])
        outside = whom.age.outside(self._card.age, rows)
        if np.any(outside):
            _withdraw(out, rows, outside)

    def _block(self, codes: Mapping[str, Codes], absent: Codes, rows: slice) -> Block:
        n = rows.stop - rows.start
        held: dict[str, Codes] = {}
        complete: dict[str, bool] = {}
        for item, answers in self._answers.items():
            column = codes.get(item)
            if column is None:
                held[item] = absent[:n]
                continue
            held[item] = part = np.ascontiguousarray(column[rows])
            highest = int(part.max())
            complete[item] = highest < answers
            if not complete[item]:
                refuse_strangers(self._card, item, part, highest, rows.start)
        return Block(n, held, complete)

    def _answered(self, block: Block) -> Numbers | int:
        gaps = [given for item in self._scored if (given := block.given(item)) is not None]
        whole = len(self._scored) - len(gaps)
        if not gaps:
            return whole
        counted: Numbers = np.full(block.n, whole, np.uint8 if len(self._scored) < 256 else np.uint16)
        for given in gaps:
            np.add(counted, given.view(np.uint8), out=counted)
        return counted


def _blocks(n: int) -> Iterator[slice]:
    return (slice(start, min(start + ROWS, n)) for start in range(0, n, ROWS))


def _reaches(cut: Cutoff, whom: Whom, everybody: slice) -> bool:
    """Whether the cut-off applies to at least one row."""
    return bool(np.any(whom.of(cut, everybody)))


def _withdraw(out: _Out, rows: slice, outside: Any) -> None:
    """Outside the ages of the instrument there is no score; safety states and the number answered stay."""
    out.outside_age[rows] = outside
    gone = out.outside_age[rows]
    for scores in out.scales.values():
        scores.values[rows][gone] = no_score(scores.values.dtype)
        scores.valid[rows][gone] = False
    for named in (*out.bands.values(), *out.algorithms.values()):
        named.places[rows][gone] = NONE
    for states in out.cutoffs.values():
        states[rows][gone] = DOES_NOT_APPLY
