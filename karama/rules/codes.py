"""Participant codes: nine random characters and one check character, safe to say, write and type.

The random part is handed in by the caller (drawn in the seal); nothing about a person goes into a code.
The check makes the weighted sum of all ten characters divisible by 29, a prime as large as the alphabet,
with weights 1 to 10. So every single wrong character, every swap of any two characters, every doubled pair
typed as another pair (22 for 33) and every jump pair (232 for 434) is noticed: a mistyped code is "check the
code", never another person.
"""

from __future__ import annotations

import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
"""29 characters; without 0 O, 1 I L, U (looks like V) and S (looks like 5)."""

RANDOM_LENGTH = 9
"""Random characters of a code: 29 to the power 9, about 14 million million codes."""

LENGTH = RANDOM_LENGTH + 1
GROUPS = (4, 4, 2)

_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_LOOKS_LIKE = str.maketrans({"S": "5", "U": "V", "O": "Q", "0": "Q", "I": "J", "1": "7"})


class BadCode(ValueError):
    """The text is not a participant code. `reason`: empty, length, character or check; never the text."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Check the code ({reason}).")
        self.reason = reason


def format_code(random_part: str) -> str:
    """Return the whole code, check character added, in its one written form: `K7QM-4T9X-CJ`.

    `random_part`: nine characters of ALPHABET. Raises BadCode otherwise.
    """
    return _grouped(random_part + check_character(random_part))


def check_character(random_part: str) -> str:
    """Return the check character of nine characters of ALPHABET. Raises BadCode otherwise."""
    if len(random_part) != RANDOM_LENGTH:
        raise BadCode("length")
    return ALPHABET[-_weighted(random_part) % len(ALPHABET)]


def parse_code(text: str) -> str:
    """Return the written form of a typed code, as `format_code` gave it.

    Accepts lower case, spaces, hyphens and other marks between groups, invisible direction marks, digits of
    any script (Arabic-Indic, Persian), wide letters, and look-alikes of characters that codes do not use
    (S for 5, U for V, O or 0 for Q, I for J, 1 for 7); the check character still has to agree.
    Raises BadCode when nothing is left, the length is wrong, a character is foreign, or the check disagrees.
    """
    typed = "".join(_plain(character) for character in unicodedata.normalize("NFKC", text))
    code = typed.upper().translate(_LOOKS_LIKE)
    if not code:
        raise BadCode("empty")
    if any(character not in _VALUE for character in code):
        raise BadCode("character")
    if len(code) != LENGTH:
        raise BadCode("length")
    if check_character(code[:RANDOM_LENGTH]) != code[RANDOM_LENGTH]:
        raise BadCode("check")
    return _grouped(code)


def _weighted(random_part: str) -> int:
    try:
        values = [_VALUE[character] for character in random_part]
    except KeyError:
        raise BadCode("character") from None
    return sum(weight * value for weight, value in zip(range(LENGTH, 1, -1), values, strict=True))


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    if kind[0] in "ZPC":
        return ""
    return str(unicodedata.digit(character)) if kind == "Nd" else character


def _grouped(code: str) -> str:
    starts = [sum(GROUPS[:index]) for index in range(len(GROUPS))]
    return "-".join(code[start : start + size] for start, size in zip(starts, GROUPS, strict=True))
