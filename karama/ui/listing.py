"""Several words one after another, with the comma of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language_bidi

from karama.ui.bidi import isolate_plain


def in_a_row(words: Iterable[object]) -> str:
    """In a right-to-left language the first word stands right, also where all of them are Latin names."""
    if get_language_bidi():
        return "، ".join(isolate_plain(one) for one in words)
    return ", ".join(str(one) for one in words)
