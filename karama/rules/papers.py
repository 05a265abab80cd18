"""Numbers of forms on paper: which form, which version of it, eight random characters, a check character.

`C1-K7QM-4T9X-C`. The letter stands for a form and says nothing of it; nothing about a person goes into a number. The
weighted sum of all characters is divisible by 29, as in a participant's code (`codes`): one wrong character or two that
changed places are noticed, and a mistyped number is "check the number", never another sheet.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from karama.rules import signs

FORMS: Final = {
    "A": "registration",
    "B": "consent",
    "C": "session",
    "D": "body",
    "E": "visit",
    "F": "follow_up",
    "G": "closing",
    "H": "instrument",
    "J": "plan",
    "K": "contact",
    "M": "need",
    "N": "family",
    "P": "guardian",
    "Q": "interest",
    "R": "prescription",
    "T": "screening",
    "W": "screening_2",
    "V": "chapter",
}
"""Letter -> form. A letter is never given to another form: old sheets lie in bags for weeks."""

VERSIONS: Final = dict.fromkeys(FORMS.values(), 1) | {"registration": 2, "consent": 2}
"""The version of each form as it is printed today, 1 to 9: one more whenever a question or an answer changes."""

RANDOM_LENGTH: Final = 8
LENGTH: Final = RANDOM_LENGTH + 3
GROUPS: Final = (2, 4, 4, 1)

_LETTER_OF: Final = {form: letter for letter, form in FORMS.items()}


class BadNumber(ValueError):
    """The text is no number of a sheet: something is missing, foreign or mistyped. Never holds the text."""


class Sheet(NamedTuple):
    """What a number says: its one written form, the form it stands for, and the version that was printed."""

    number: str
    form: str
    version: int


def number(form: str, random_part: str) -> str:
    """The number of a sheet that is printed now. Raises `BadNumber` for an unknown form or a wrong random part."""
    if form not in _LETTER_OF or len(random_part) != RANDOM_LENGTH or not set(random_part) <= set(signs.ALPHABET):
        raise BadNumber()
    start = f"{_LETTER_OF[form]}{VERSIONS[form]}{random_part}"
    return signs.grouped(start + _check(start), GROUPS)


def parse(text: str) -> Sheet:
    """Read a typed or scanned number: any case, spaces, lines, digits of any script, characters that look alike.

    Raises:
        BadNumber: it is none, or of a form or a version that was never printed.
    """
    plain = signs.typed(text)
    if len(plain) != LENGTH:
        raise BadNumber()
    typed = plain[0] + plain[1].replace("I", "1").replace("L", "1") + signs.alike(plain[2:])
    letter, version, rest = typed[0], typed[1], typed[2:]
    if letter not in FORMS or version not in "123456789" or any(sign not in signs.VALUE for sign in rest):
        raise BadNumber()
    form = FORMS[letter]
    if int(version) > VERSIONS[form] or _check(typed[:-1]) != typed[-1]:
        raise BadNumber()
    return Sheet(signs.grouped(typed, GROUPS), form, int(version))


def _check(start: str) -> str:
    return signs.check_of([signs.VALUE[start[0]], int(start[1]), *(signs.VALUE[sign] for sign in start[2:])])
