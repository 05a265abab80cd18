"""From scores and answers to bands, algorithms, cut-offs and safety states of a block."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from karama.analytics.scoring.block import Block, Flags, put
from karama.analytics.scoring.conditions import Compiler, Score, Test
from karama.analytics.scoring.scored import DOES_NOT_APPLY, NONE
from karama.rules.scoring import UNDETERMINED, CardError
from karama.rules.scoring.card import Algorithm, Banding, Cutoff
from karama.rules.scoring.conditions import items_of

Small: TypeAlias = npt.NDArray[np.int8]
MOST = 126


class BandColumns:
    """One banding: the place of the last band whose ``low`` the score reaches, ``NONE`` without score or band."""

    def __init__(self, banding: Banding) -> None:
        self.code, self.scale = banding.code, banding.scale
        self.labels = tuple(band.label for band in banding.bands)
        self._lows = tuple(band.low for band in banding.bands)
        _no_more_than(len(self.labels), f"banding {banding.code}")

    def __call__(self, score: Score) -> Small:
        places = np.full(len(score.values), NONE, np.int8)
        for low in self._lows:
            np.add(places, score.reaches(low).view(np.int8), out=places)
        return places if score.valid is None else put(places, np.logical_not(score.valid), NONE)


class AlgorithmColumns:
    """One algorithm: the place of the first rule that holds, of ``otherwise``, or of ``undetermined``."""

    def __init__(self, algorithm: Algorithm, compiler: Compiler) -> None:
        ignores = algorithm.missing == "ignored"
        self.code = algorithm.code
        self.labels = (*(rule.label for rule in algorithm.rules), algorithm.otherwise, UNDETERMINED)
        self._tests: tuple[Test, ...] = tuple(
            compiler.test(rule.when, missing_fulfils_nothing=ignores) for rule in algorithm.rules
        )
        self._reads = tuple(dict.fromkeys(item for rule in algorithm.rules for item in items_of(rule.when)))
        self._ignores = ignores
        _no_more_than(len(self.labels), f"algorithm {algorithm.code}")

    def __call__(self, block: Block) -> Small:
        undetermined = self._nothing_known(block) if self._ignores else None
        going_on: Flags | None = None
        places = np.zeros(block.n, np.int8)
        for test in self._tests:
            result = test(block)
            if result.unknown is not None:
                stops = result.unknown if going_on is None else result.unknown & going_on
                undetermined = stops if undetermined is None else undetermined | stops
            going_on = result.false() if going_on is None else result.false() & going_on
            np.add(places, going_on.view(np.int8), out=places)
        if undetermined is None:
            return places
        return put(places, undetermined, len(self.labels) - 1)

    def _nothing_known(self, block: Block) -> Flags | None:
        known = np.zeros(block.n, np.bool_)
        for item in self._reads:
            given = block.given(item)
            if given is None:
                return None
            known |= given
        return np.logical_not(known)


def met(cut: Cutoff, score: Score, applies: Flags | bool, out: Small) -> None:
    """Write into ``out`` whether each row meets the cut-off."""
    if cut.at_least is not None:
        reached = score.at_least(cut.at_least)
    elif cut.at_most is not None:
        reached = score.at_most(cut.at_most)
    else:
        reached = np.zeros(len(score.values), np.bool_)
    state(reached, None if score.valid is None else np.logical_not(score.valid), out)
    if isinstance(applies, np.ndarray):
        out[~applies] = DOES_NOT_APPLY
    elif not applies:
        out[:] = DOES_NOT_APPLY


def state(true: Flags, unknown: Flags | None, out: Small) -> None:
    """Write ``YES`` (1), ``NO`` (0) and ``UNKNOWN`` (-1) into ``out``."""
    if unknown is None:
        out[:] = true.view(np.int8)
    else:
        np.subtract(true.view(np.int8), unknown.view(np.int8), out=out)


def _no_more_than(n: int, what: str) -> None:
    if n > MOST:
        raise CardError(f"{what} has more than {MOST} names: score these responses one by one.")
