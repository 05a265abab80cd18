"""The shape of a code of ICD-11: whether something can be one, never whether it is the right one."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 8
_SHAPE: Final = re.compile(r"[1-9A-HJ-NP-X][A-HJ-NP-Z][0-9][0-9A-HJ-NP-Z](\.[0-9A-HJ-NP-Z]{1,2})?")


def plain(text: str) -> str:
    """A code as it is written: capitals, without spaces. Empty where the text has not the shape of a stem code.

    >>> plain(" 6a70.1 ")
    '6A70.1'
    >>> plain("F32")
    ''
    """
    kept = "".join(text.split()).upper()
    return kept if len(kept) <= LONGEST and _SHAPE.fullmatch(kept) else ""
