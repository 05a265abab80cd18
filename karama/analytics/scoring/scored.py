"""What bulk scoring gives back: columns as long as the answers, and any single row as the row scorer says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from karama.analytics.scoring.block import Flags, Numbers
from karama.rules.scoring import SafetySignal, Scored
from karama.rules.scoring.card import SafetyRule
from karama.rules.scoring.conditions import Number
from karama.rules.scoring.scored import SafetyState, WhyNoTotal

YES, NO, UNKNOWN, DOES_NOT_APPLY = 1, 0, -1, -2
"""States of a safety rule (positive, negative, must ask) and of a cut-off (met, not met, no score, not for them)."""
NONE = -1
"""The place of a row that has no name: no band, or no algorithm because of the age."""

_SAFETY: dict[int, SafetyState] = {YES: "positive", NO: "negative", UNKNOWN: "unknown"}
_MET: dict[int, bool | None] = {YES: True, NO: False, UNKNOWN: None}


@dataclass(frozen=True, eq=False, slots=True)
class Scores:
    """A scale over all rows: read ``values`` where ``valid``; elsewhere stands NaN or the type's highest number."""

    values: Numbers
    valid: Flags

    def known(self) -> Numbers:
        """The scores there are, without the rows that have none."""
        found: Numbers = self.values[self.valid]
        return found

    def at(self, row: int) -> Number | None:
        """The score of one row, or ``None``."""
        value: Number = self.values[row].item()
        return value if self.valid[row] else None

    def to_arrow(self) -> pa.Array:
        """An Arrow array with null where there is no score."""
        return pa.array(self.values, mask=~self.valid)


@dataclass(frozen=True, eq=False, slots=True)
class Named:
    """A name for every row: ``labels[places[row]]``, or none where the place is ``NONE``."""

    labels: tuple[str | None, ...]
    places: npt.NDArray[np.int8]

    def at(self, row: int) -> str | None:
        """The name of one row, or ``None``."""
        place = int(self.places[row])
        return None if place == NONE else self.labels[place]

    def to_arrow(self) -> pa.Array:
        """An Arrow dictionary array with null where there is no name."""
        words = tuple(dict.fromkeys(label for label in self.labels if label is not None))
        place_of = np.array([*(words.index(x) if x is not None else NONE for x in self.labels), NONE], dtype=np.int8)
        places = place_of[self.places]
        return pa.DictionaryArray.from_arrays(pa.array(places, mask=places == NONE), pa.array(words, pa.string()))


@dataclass(frozen=True, eq=False, slots=True)
class BulkScored:
    """The scores of ``n`` responses to one instrument, in the order of the rows given.

    ``total``, ``subscales``, ``bands``, ``algorithms``, ``n_answered`` mean what they mean in ``Scored``. ``total``
    is ``None`` where the card has none, for ``why_without_total``. ``cutoffs`` holds states ``YES``, ``NO``,
    ``UNKNOWN`` and ``DOES_NOT_APPLY`` for each cut-off that applies to at least somebody; ``safety`` a state for
    each rule, from the answers alone. ``outside_age`` marks the rows too young or too old to be scored.
    """

    n: int
    total: Scores | None
    why_without_total: WhyNoTotal
    subscales: Mapping[str, Scores]
    main_banding: str | None
    bands: Mapping[str, Named]
    algorithms: Mapping[str, Named]
    cutoffs: Mapping[str, npt.NDArray[np.int8]]
    n_answered: Numbers
    n_items: int
    safety: Mapping[str, npt.NDArray[np.int8]]
    outside_age: Flags
    rules: tuple[SafetyRule, ...] = field(default=(), repr=False)

    @property
    def band(self) -> Named | None:
        """The total's band in its first usable banding."""
        return self.bands[self.main_banding] if self.main_banding else None

    def row(self, row: int) -> Scored:
        """One row, exactly as ``karama.rules.scoring.score`` gives it."""
        outside = bool(self.outside_age[row])
        total = self.total.at(row) if self.total and not outside else None
        why: WhyNoTotal | None = None
        if outside:
            why = "outside_age"
        elif self.total is None:
            why = self.why_without_total
        elif total is None:
            why = "missing_answers"
        return Scored(
            total=total,
            why_no_total=why,
            subscales={code: scores.at(row) for code, scores in self.subscales.items()},
            band=self.band.at(row) if self.band else None,
            bands={} if outside else {code: named.at(row) for code, named in self.bands.items()},
            algorithms={c: name for c, named in self.algorithms.items() if (name := named.at(row)) is not None},
            cutoffs={
                code: _MET[int(states[row])] for code, states in self.cutoffs.items() if states[row] != DOES_NOT_APPLY
            },
            n_answered=int(self.n_answered[row]),
            n_items=self.n_items,
            safety=tuple(
                SafetySignal(rule.code, rule.kind, rule.grade, _SAFETY[int(self.safety[rule.code][row])])
                for rule in self.rules
            ),
        )

    def to_arrow(self) -> pa.Table:
        """A table with one row per response; no score, no band and "does not apply" are null.

        Columns: ``total``, ``scale.<code>``, ``band.<code>``, ``algorithm.<code>``, ``cutoff.<code>`` (true,
        false), ``safety.<code>`` (positive, negative, unknown), ``n_answered``, ``outside_age``.
        """
        columns: dict[str, pa.Array] = {}
        if self.total:
            columns["total"] = self.total.to_arrow()
        columns |= {f"scale.{code}": scores.to_arrow() for code, scores in self.subscales.items()}
        columns |= {f"band.{code}": named.to_arrow() for code, named in self.bands.items()}
        columns |= {f"algorithm.{code}": named.to_arrow() for code, named in self.algorithms.items()}
        columns |= {f"cutoff.{code}": pa.array(s == YES, mask=s < NO) for code, s in self.cutoffs.items()}
        words = (_SAFETY[NO], _SAFETY[YES], _SAFETY[UNKNOWN])
        columns |= {
            f"safety.{code}": Named(words, np.where(states == UNKNOWN, 2, states).astype(np.int8)).to_arrow()
            for code, states in self.safety.items()
        }
        columns["n_answered"] = pa.array(self.n_answered)
        columns["outside_age"] = pa.array(self.outside_age)
        return pa.table(columns)
