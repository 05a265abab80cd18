"""Several words one after another, with the comma of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import get_language_bidi

from karama.ui.bidi import isolate_plain

RIGHT_TO_LEFT: Final = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def in_a_row(words: Iterable[object]) -> str:
    """The first word stands first: in a right-to-left language also where all of them are Latin names, in another
    also where all are Arabic ones.
    """
    mirrored = get_language_bidi()
    told = (str(one) for one in words)
    return ("، " if mirrored else ", ").join(
        isolate_plain(one) if mirrored or RIGHT_TO_LEFT.search(one) else one for one in told
    )
