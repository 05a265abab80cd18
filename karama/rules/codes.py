"""Participant codes: nine random characters and one check character, safe to say, write and type.

The random part is handed in by the caller (drawn in the seal); nothing about a person goes into a code.
The check makes the weighted sum of all ten characters divisible by 29, a prime as large as the alphabet,
with weights 1 to 10. So every single wrong character, every swap of any two characters, every doubled pair
typed as another pair (22 for 33) and every jump pair (232 for 434) is noticed: a mistyped code is "check the
code", never another person.
"""

from __future__ import annotations

from karama.rules import signs

ALPHABET = signs.ALPHABET
RANDOM_LENGTH = 9
"""Random characters of a code: 29 to the power 9, about 14 million million codes."""

LENGTH = RANDOM_LENGTH + 1
GROUPS = (4, 4, 2)


class BadCode(ValueError):
    """The text is not a participant code. `reason`: empty, length, character or check; never the text."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Check the code ({reason}).")
        self.reason = reason


def format_code(random_part: str) -> str:
    """Return the whole code, check character added, in its one written form: `K7QM-4T9X-CJ`.

    `random_part`: nine characters of ALPHABET. Raises BadCode otherwise.
    """
    return signs.grouped(random_part + check_character(random_part), GROUPS)


def check_character(random_part: str) -> str:
    """Return the check character of nine characters of ALPHABET. Raises BadCode otherwise."""
    if len(random_part) != RANDOM_LENGTH:
        raise BadCode("length")
    if any(character not in signs.VALUE for character in random_part):
        raise BadCode("character")
    return signs.check_of([signs.VALUE[character] for character in random_part])


def parse_code(text: str) -> str:
    """Return the written form of a typed code, as `format_code` gave it.

    Accepts lower case, spaces, hyphens and other marks between groups, invisible direction marks, digits of
    any script (Arabic-Indic, Persian), wide letters, and look-alikes of characters that codes do not use
    (S for 5, U for V, O or 0 for Q, I for J, 1 for 7); the check character still has to agree.
    Raises BadCode when nothing is left, the length is wrong, a character is foreign, or the check disagrees.
    """
    code = signs.alike(signs.typed(text))
    if not code:
        raise BadCode("empty")
    if any(character not in signs.VALUE for character in code):
        raise BadCode("character")
    if len(code) != LENGTH:
        raise BadCode("length")
    if check_character(code[:RANDOM_LENGTH]) != code[RANDOM_LENGTH]:
        raise BadCode("check")
    return signs.grouped(code, GROUPS)
