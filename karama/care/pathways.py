"""What the pack of a person's programme says about how care goes on (`knowledge/pack_pathway.py`), in her words."""

from __future__ import annotations

from collections.abc import Iterable

from karama.knowledge.pack_pathway import PLAIN, Pathway, Said, pathway
from karama.knowledge.packs import PackError
from karama.programme import packs


def of_programme(code: str) -> Pathway:
    """The pathway of a programme; the plain one, which suggests nothing, when there is none that can be read."""
    try:
        return pathway(code)
    except PackError:
        return PLAIN


def choices(said: Iterable[Said]) -> list[tuple[str, str]]:
    """(code, words in the reader's language)."""
    return [(one.code, packs.words(one.names)) for one in said]
