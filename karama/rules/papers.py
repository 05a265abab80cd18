"""Numbers of forms on paper: which form, which version of it, eight random characters, a check character.

`C1-K7QM-4T9X-C`. The letter stands for a form and says nothing of it; nothing about a person goes into a number. The
weighted sum of all characters is divisible by 29, as in a participant's code (`codes`): one wrong character or two that
changed places are noticed, and a mistyped number is "check the number", never another sheet.
"""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

from karama.rules.codes import ALPHABET

FORMS: Final = {
    "A": "registration",
    "B": "consent",
    "C": "session",
    "D": "body",
    "E": "visit",
    "F": "follow_up",
    "G": "closing",
}
"""Letter -> form. A letter is never given to another form: old sheets lie in bags for weeks."""

VERSIONS: Final = dict.fromkeys(FORMS.values(), 1)
"""The version of each form as it is printed today, 1 to 9: one more whenever a question or an answer changes."""

RANDOM_LENGTH: Final = 8
LENGTH: Final = RANDOM_LENGTH + 3
GROUPS: Final = (2, 4, 4, 1)

_VALUE: Final = {sign: value for value, sign in enumerate(ALPHABET)}
_LETTER_OF: Final = {form: letter for letter, form in FORMS.items()}
_LOOKS_LIKE: Final = str.maketrans({"S": "5", "U": "V", "O": "Q", "0": "Q", "I": "J", "1": "7"})


class BadNumber(ValueError):
    """The text is no number of a sheet: something is missing, foreign or mistyped. Never holds the text."""


class Sheet(NamedTuple):
    """What a number says: its one written form, the form it stands for, and the version that was printed."""

    number: str
    form: str
    version: int


def number(form: str, random_part: str) -> str:
    """The number of a sheet that is printed now. Raises `BadNumber` for an unknown form or a wrong random part."""
    if form not in _LETTER_OF or len(random_part) != RANDOM_LENGTH or not set(random_part) <= set(ALPHABET):
        raise BadNumber()
    start = f"{_LETTER_OF[form]}{VERSIONS[form]}{random_part}"
    return _grouped(start + _check(start))


def parse(text: str) -> Sheet:
    """Read a typed or scanned number: any case, spaces, lines, digits of any script, characters that look alike.

    Raises:
        BadNumber: it is none, or of a form or a version that was never printed.
    """
    plain = "".join(_plain(sign) for sign in unicodedata.normalize("NFKC", text)).upper()
    if len(plain) != LENGTH:
        raise BadNumber()
    typed = plain[0] + plain[1].replace("I", "1").replace("L", "1") + plain[2:].translate(_LOOKS_LIKE)
    letter, version, rest = typed[0], typed[1], typed[2:]
    if letter not in FORMS or version not in "123456789" or any(sign not in _VALUE for sign in rest):
        raise BadNumber()
    form = FORMS[letter]
    if int(version) > VERSIONS[form] or _check(typed[:-1]) != typed[-1]:
        raise BadNumber()
    return Sheet(_grouped(typed), form, int(version))


def _check(start: str) -> str:
    values = [_VALUE[start[0]], int(start[1]), *(_VALUE[sign] for sign in start[2:])]
    total = sum(weight * value for weight, value in zip(range(LENGTH, 1, -1), values, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def _plain(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind[0] in "ZPC":
        return ""
    return str(unicodedata.digit(sign)) if kind == "Nd" else sign


def _grouped(whole: str) -> str:
    starts = [sum(GROUPS[:place]) for place in range(len(GROUPS))]
    return "-".join(whole[start : start + size] for start, size in zip(starts, GROUPS, strict=True))
