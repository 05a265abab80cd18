"""Answers as small numbers, one byte each.

An answer is its place (from 0) in the answer set of its item, at most 127; what stands in place of an answer
has the high bit set, so that one comparison tells answers from missing ones. No missing code is ever a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from karama.rules.scoring import MISSING_CODES, AnswersError, Card, CardError

Codes: TypeAlias = npt.NDArray[np.uint8]
Written: TypeAlias = "pa.Array | pa.ChunkedArray | npt.NDArray[Any] | Sequence[str | None]"

HIGH_BIT = 0x80
MISSING: dict[str, int] = {code: HIGH_BIT + place for place, code in enumerate(MISSING_CODES)}
"""Missing code -> number."""
ABSENT = HIGH_BIT + len(MISSING_CODES)
"""No answer and no missing code either: an absent item, an empty cell, a null."""


@lru_cache(maxsize=4096)
def answer_codes(card: Card, item: str) -> tuple[str, ...]:
    """The answers of an item, each at the place its number says.

    Raises ``AnswersError`` when the card has no such item or the item is free words, and ``CardError`` when
    its answer set has more answers than a byte can tell from the missing codes.
    """
    answer_set = next((known.answers for known in card.items if known.code == item), None)
    if answer_set is None:
        raise AnswersError(f"{card.code} has no item {item!r} with fixed answers.")
    codes = tuple(answer.code for answer in card.answer_set(answer_set).answers)
    if len(codes) > HIGH_BIT:
        raise CardError(f"answer set {answer_set} has more than {HIGH_BIT} answers: score these responses one by one.")
    return codes


def encode(card: Card, item: str, written: Written) -> Codes:
    """Semantic answer codes -> numbers.

    ``written`` is an Arrow string or dictionary array (chunked or not), a NumPy array of strings or objects,
    or a plain sequence; null and ``None`` become ``ABSENT``. Raises ``AnswersError`` for an answer that the
    item does not have; the message names the item and the first row, never the answer.
    """
    table = {code: place for place, code in enumerate(answer_codes(card, item))} | MISSING
    places, words = categories(written, f"{card.code} item {item!r}")
    numbers = np.array([table.get(word, -1) for word in words] + [ABSENT], dtype=np.int16)
    codes = numbers[places]
    if codes.size and codes.min() < 0:
        raise AnswersError(
            f"{card.code} item {item!r}, row {int(codes.argmin()) + 1}: the answer is not one of: {', '.join(table)}."
        )
    return codes.astype(np.uint8)


def categories(written: Written, what: str) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """Places in a list of words, and the words. The place of null is -1. Raises ``AnswersError``."""
    try:
        column = written if isinstance(written, pa.Array | pa.ChunkedArray) else pa.array(written)
        if isinstance(column, pa.ChunkedArray):
            column = pa.chunked_array(column.chunks, column.type).unify_dictionaries().combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = column.chunk(0) if column.num_chunks else pa.array([], pa.string())
        if pa.types.is_null(column.type):
            column = column.cast(pa.string())
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        words = tuple(column.dictionary.to_pylist())
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        raise AnswersError(f"{what}: a column of texts is needed.") from None
    if not all(isinstance(word, str) for word in words):
        raise AnswersError(f"{what}: a column of texts is needed.")
    places = column.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
    return places, words


def as_codes(card: Card, item: str, column: Codes | Written) -> Codes:
    """The column as bytes: numbers are kept (any integer type), texts are encoded. Raises ``AnswersError``."""
    known = answer_codes(card, item)
    if not isinstance(column, np.ndarray) or column.dtype.kind not in "iu":
        return encode(card, item, column)
    if column.ndim != 1:
        raise AnswersError(f"{card.code} item {item!r}: a column has one number per row.")
    if column.dtype == np.uint8:
        return column
    if column.size and (column.min() < 0 or column.max() > ABSENT):
        raise AnswersError(f"{card.code} item {item!r} holds a number that is none of its {len(known)} answers.")
    return column.astype(np.uint8)


def refuse_strangers(card: Card, item: str, codes: Codes, highest: int, first_row: int) -> None:
    """Raise ``AnswersError`` when a byte is neither an answer of the item nor a missing code.

    ``highest`` is the highest of these ``codes``, ``first_row`` the row (from 0) in which they begin.
    """
    n = len(answer_codes(card, item))
    between = np.subtract(codes, np.uint8(n)) < HIGH_BIT - n
    if highest > ABSENT:
        between |= codes > ABSENT
    if between.any():
        raise AnswersError(
            f"{card.code} item {item!r}, row {first_row + int(between.argmax()) + 1}: the number is none of its "
            f"{n} answers and no missing code."
        )
