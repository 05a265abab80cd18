"""Tokens under which somebody without an account finds the answer: eleven random characters and one check character.

Said, written and typed like a participant code, with the same letters, and never taken for one: two characters longer.
The check makes the weighted sum of all twelve characters divisible by 29, so that each wrong character and each swap
of two is noticed before anything is looked up.
"""

from __future__ import annotations

from typing import Final

from karama.rules import signs
from karama.rules.signs import ALPHABET

RANDOM_LENGTH: Final = 11
"""29 to the power 11, more than 12 million million million tokens."""

LENGTH: Final = RANDOM_LENGTH + 1
GROUPS: Final = (4, 4, 4)
LONGEST_TYPED: Final = 60


def token_of(octets: bytes) -> str:
    """The token that a digest of at least 32 bytes stands for, in its written form `K7QM-4T9X-CJ2P`.

    Raises `ValueError` for fewer bytes. The remainder is taken of a number so large that every token is as likely.
    """
    if len(octets) < 32:
        raise ValueError("a token needs 32 bytes")
    number = int.from_bytes(octets, "big")
    drawn = ""
    for _place in range(RANDOM_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        drawn += ALPHABET[rest]
    return _written(drawn)


def parse_token(text: str) -> str:
    """The written form of a typed token; empty when it cannot be one: length, letters or check are wrong.

    Reads lower case, spaces and hyphens, digits of any script, wide letters and look-alikes, like `codes.parse_code`.
    """
    if len(text) > LONGEST_TYPED:
        return ""
    typed = signs.alike(signs.typed(text))
    if len(typed) != LENGTH or any(one not in signs.VALUE for one in typed):
        return ""
    written = _written(typed[:RANDOM_LENGTH])
    return written if written.endswith(typed[RANDOM_LENGTH]) else ""


def _written(drawn: str) -> str:
    return signs.grouped(drawn + signs.check_of([signs.VALUE[one] for one in drawn]), GROUPS)
