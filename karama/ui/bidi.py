"""Names, codes and numbers inside a sentence of the other writing direction.

Without isolation a Latin code at the end of an Arabic sentence moves to its front, and a minus sign changes
sides.
"""

from __future__ import annotations

import re

from django.utils.safestring import SafeString

from karama.ui.markup import html

FIRST_STRONG_ISOLATE = "\u2068"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"
CONTROLS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Invisible direction controls (Unicode UAX 9). Typed by a person they can make one name look like another.
"""

GROUPS = re.compile(r"\(\+?\d+\)[ -]?\d+(?:[ \u00a0./-]\d+)*|\+?\d+(?:[ \u00a0./()-]{1,2}\d+)+")
"""Digits in groups, as telephone numbers and days are written. The telephone has the same (`safety/numbers.ts`)."""

TURNING = dict.fromkeys(range(0x202A, 0x202F))
"""Those that turn whole words round, so that a number or a "not" reads otherwise than it was typed. No isolate of our
own is among them."""


def isolate(value: object) -> SafeString:
    """Any name, number or foreign word in `<bdi>`: it keeps its own direction and disturbs nothing around
    it.
    """
    return html("<bdi>{}</bdi>", without_controls(str(value)))


def code(value: object) -> SafeString:
    """A participant or record code: always left to right, in a monospaced face, never translated by a
    browser.
    """
    return html('<bdi class="code" dir="ltr" translate="no">{}</bdi>', without_controls(str(value)))


def isolate_plain(value: object) -> str:
    """The same for plain text (a printed line, a page of the command line): Unicode isolates instead of a
    tag.
    """
    return f"{FIRST_STRONG_ISOLATE}{without_controls(str(value))}{POP_ISOLATE}"


def dialled_whole(text: str) -> str:
    """Words somebody typed, in which a telephone number written in groups keeps their order: among Arabic letters
    "0750 445" is drawn "445 0750", and somebody in need dials another number.
    """
    return GROUPS.sub(lambda found: f"{LEFT_TO_RIGHT_ISOLATE}{found.group()}{POP_ISOLATE}", text)


def without_controls(text: str) -> str:
    """The text without invisible direction controls."""
    return text.translate(CONTROLS)


def without_turning(text: str) -> str:
    """The text without marks that turn words round; isolates stay."""
    return text.translate(TURNING)
