"""Tokens under which somebody without an account finds the answer: eleven random characters and one check character.

Said, written and typed like a participant code, with the same letters, and never taken for one: two characters longer.
The check makes the weighted sum of all twelve characters divisible by 29, so that each wrong character and each swap
of two is noticed before anything is looked up.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from karama.rules.codes import ALPHABET

RANDOM_LENGTH: Final = 11
"""29 to the power 11, more than 12 million million million tokens."""

LENGTH: Final = RANDOM_LENGTH + 1
GROUP: Final = 4
LONGEST_TYPED: Final = 60
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
_LOOKS_LIKE: Final = str.maketrans({"S": "5", "U": "V", "O": "Q", "0": "Q", "I": "J", "1": "7"})


def token_of(octets: bytes) -> str:
    """The token that a digest of at least 32 bytes stands for, in its written form `K7QM-4T9X-CJ2P`.

    Raises `ValueError` for fewer bytes. The remainder is taken of a number so large that every token is as likely.
    """
    if len(octets) < 32:
        raise ValueError("a token needs 32 bytes")
    number = int.from_bytes(octets, "big")
    signs = []
    for _place in range(RANDOM_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return _grouped("".join(signs) + _check("".join(signs)))


def parse_token(text: str) -> str:
    """The written form of a typed token; empty when it cannot be one: length, letters or check are wrong.

    Reads lower case, spaces and hyphens, digits of any script, wide letters and look-alikes, like `codes.parse_code`.
    """
    if len(text) > LONGEST_TYPED:
        return ""
    typed = "".join(_plain(one) for one in unicodedata.normalize("NFKC", text)).upper().translate(_LOOKS_LIKE)
    if len(typed) != LENGTH or any(one not in _VALUE for one in typed):
        return ""
    return _grouped(typed) if _check(typed[:RANDOM_LENGTH]) == typed[RANDOM_LENGTH] else ""


def _check(signs: str) -> str:
    weighted = sum(weight * _VALUE[one] for weight, one in zip(range(LENGTH, 1, -1), signs, strict=True))
    return ALPHABET[-weighted % len(ALPHABET)]


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    if kind[0] in "ZPC":
        return ""
    return str(unicodedata.digit(character)) if kind == "Nd" else character


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))
