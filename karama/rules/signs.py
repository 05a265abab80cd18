"""The signs of codes, tokens and numbers that people say, write and type: which there are, what was typed, one check.

29 signs, a prime: the check makes the weighted sum of a whole text divisible by it, with weights 1 to its length. So
every wrong sign and every two that changed places are noticed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRTVWXYZ"
"""29 signs; without 0 O, 1 I L, U (looks like V) and S (looks like 5)."""

VALUE: Final = {sign: value for value, sign in enumerate(ALPHABET)}
_LOOKS_LIKE: Final = str.maketrans({"S": "5", "U": "V", "O": "Q", "0": "Q", "I": "J", "1": "7"})


def typed(text: str) -> str:
    """What somebody typed, in upper case, without marks and spaces; digits of any script and wide letters as ours."""
    return "".join(_plain(sign) for sign in unicodedata.normalize("NFKC", text)).upper()


def alike(text: str) -> str:
    """The same with each sign that is none of ours read as the one it looks like."""
    return text.translate(_LOOKS_LIKE)


def check_of(values: Sequence[int]) -> str:
    """The sign that, put behind signs of these values, makes their weighted sum divisible by 29."""
    total = sum(weight * value for weight, value in zip(range(len(values) + 1, 1, -1), values, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def grouped(signs: str, groups: Sequence[int]) -> str:
    """In the one form in which it is written: groups of so many signs, with hyphens."""
    starts = [sum(groups[:place]) for place in range(len(groups))]
    return "-".join(signs[start : start + size] for start, size in zip(starts, groups, strict=True))


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind[0] in "ZPC":
        return ""
    return str(unicodedata.digit(sign)) if kind == "Nd" else sign
