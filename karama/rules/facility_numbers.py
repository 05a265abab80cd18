"""The number that a hospital gives somebody, in the one form in which it is kept and looked for.

Only what a scanner or a hurried hand changes is taken away: spaces, capitals, the script of the digits, the kind of
hyphen. Nothing else, so that two numbers never become one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 40
HYPHENS: Final = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_FORM: Final = re.compile(r"[^\W_][\w./\-]*")


class BadNumber(ValueError):
    """The text is no number of a hospital: no digit, too long, or signs that none has. Never holds the text."""


def plain(text: str) -> str:
    """The one form of a number as it was typed or scanned. Raises `BadNumber`."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(HYPHENS)
    kept = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in folded if not one.isspace())
    if len(kept) > LONGEST or not _FORM.fullmatch(kept) or not any(one.isdecimal() for one in kept):
        raise BadNumber()
    return kept
