"""Who answered, as far as scores need it: age, sex, population, language; one for all rows, or a column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from karama.analytics.scoring.block import Flags
from karama.analytics.scoring.codes import Written, categories
from karama.rules.scoring import AnswersError
from karama.rules.scoring.card import Cutoff
from karama.rules.scoring.evidence import AgeRange

Ages: TypeAlias = "int | None | pa.Array | npt.NDArray[Any] | Sequence[int | None]"
Trait: TypeAlias = "str | None | Written"


class Age:
    """Ages in completed years. ``n`` is the number of rows. Raises ``AnswersError`` for anything else."""

    def __init__(self, ages: Ages, n: int) -> None:
        self.for_all = ages if isinstance(ages, int) else None
        self._years: npt.NDArray[np.int64] | None = None
        self._known: Flags | None = None
        if ages is not None and not isinstance(ages, int):
            self._years, self._known = _years(ages, n)

    @property
    def known_to_some(self) -> bool:
        """Whether any age may be known."""
        return self.for_all is not None or self._years is not None

    def within(self, lowest: int | None, highest: int | None, rows: slice) -> Flags | bool:
        """Where the age is known, and neither below nor above."""
        return self._between(lowest, highest, rows)

    def outside(self, limits: AgeRange | None, rows: slice) -> Flags | bool:
        """Where the age is known, and too low or too high for the instrument."""
        if limits is None or not self.known_to_some:
            return False
        within = self._between(limits.lowest, limits.highest, rows)
        if isinstance(within, bool):
            return not within
        return ~within if self._known is None else ~within & self._known[rows]

    def _between(self, lowest: int | None, highest: int | None, rows: slice) -> Flags | bool:
        if self._years is None:
            age = self.for_all
            return age is not None and (lowest is None or age >= lowest) and (highest is None or age <= highest)
        years = self._years[rows]
        inside = np.ones(len(years), np.bool_) if self._known is None else self._known[rows].copy()
        if lowest is not None:
            inside &= years >= lowest
        if highest is not None:
            inside &= years <= highest
        return inside


class About:
    """One trait of the people who answered: a word for all rows, or a column of words."""

    def __init__(self, trait: Trait, n: int, what: str) -> None:
        self._for_all = trait if isinstance(trait, str) else None
        self._places: npt.NDArray[np.int64] | None = None
        self._words: tuple[str, ...] = ()
        if trait is not None and not isinstance(trait, str):
            self._places, self._words = categories(trait, what)
            if len(self._places) != n:
                raise AnswersError(f"{what}: there are {len(self._places)} rows of it and {n} of answers.")

    def among(self, wanted: tuple[str, ...], rows: slice) -> Flags | bool:
        """Where the trait is known and one of these."""
        if self._places is None:
            return self._for_all in wanted
        places = [place for place, word in enumerate(self._words) if word in wanted]
        return np.isin(self._places[rows], places) if places else False


class Whom:
    """Everything known about the people who answered."""

    def __init__(self, n: int, *, age: Ages, sex: Trait, population: Trait, language: Trait) -> None:
        self.age = Age(age, n)
        self._sex = About(sex, n, "sex")
        self._population = About(population, n, "population")
        self._language = About(language, n, "language")

    def of(self, cut: Cutoff, rows: slice) -> Flags | bool:
        """Where everything the cut-off states (population, sex, language, age) is known and matches."""
        stated: list[Flags | bool] = []
        if cut.population != "general":
            stated.append(self._population.among((cut.population,), rows))
        if cut.sex is not None:
            stated.append(self._sex.among((cut.sex,), rows))
        if cut.languages:
            stated.append(self._language.among(cut.languages, rows))
        if cut.age_from is not None or cut.age_to is not None:
            stated.append(self.age.within(cut.age_from, cut.age_to, rows))
        result: Flags | bool = True
        for each in stated:
            if result is True or each is False:
                result = each
            elif result is not False and each is not True:
                result = result & each
        return result


def _years(ages: Any, n: int) -> tuple[npt.NDArray[np.int64], Flags | None]:
    column = ages if isinstance(ages, pa.Array | pa.ChunkedArray) else _arrow(ages)
    if len(column) != n:
        raise AnswersError(f"age: there are {len(column)} rows of it and {n} of answers.")
    try:
        years = column.cast(pa.int64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise AnswersError("age: completed years are needed, as whole numbers.") from None
    if isinstance(years, pa.ChunkedArray):
        years = pa.concat_arrays(years.chunks) if years.num_chunks else pa.array([], pa.int64())
    known = years.is_valid().to_numpy(zero_copy_only=False) if years.null_count else None
    return years.fill_null(0).to_numpy(zero_copy_only=False), known


def _arrow(ages: Any) -> pa.Array:
    try:
        return pa.array(ages, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        raise AnswersError("age: completed years are needed, as whole numbers.") from None
