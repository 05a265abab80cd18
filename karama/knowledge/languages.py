"""The languages in which lists and cards speak to people, and those whose words nobody has read yet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from karama.rules.scoring.fields import CardError, Fields

LANGUAGES: Final = ("en", "fr", "es", "ar", "ckb", "ht", "sw", "ha")
"""Those of the interface."""
KEY: Final = "unreviewed_languages"


def unread(fields: Fields) -> tuple[str, ...]:
    """Take the languages of a file whose words nobody has read yet. Raises CardError."""
    told = tuple(fields.take(KEY, list, []))
    if not set(told) <= set(LANGUAGES) - {"en"}:
        raise CardError(f"{fields.where}: {KEY!r} may name languages of the interface except English.")
    return told


@lru_cache(maxsize=1)
def unreviewed_languages() -> frozenset[str]:
    """Languages in which some list or card has words that nobody has read yet."""
    return frozenset(
        language for path in _files() for language in tomllib.loads(path.read_text(encoding="utf-8")).get(KEY, [])
    )


def _files() -> Iterator[Traversable]:
    home = files("karama.knowledge")
    yield from (one for one in (home / "value_sets").iterdir() if one.name.endswith(".toml"))
    cards = (folder / "intervention.toml" for folder in (home / "interventions").iterdir())
    yield from (card for card in cards if card.is_file())
