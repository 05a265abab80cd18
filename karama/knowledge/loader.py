"""Reads the instruments shipped with the package. A folder with a card is an instrument: there is no list.

``instruments/<code>/instrument.toml`` is the current version; ``instruments/<code>/<version>.toml`` keeps an
older one that responses still refer to.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from karama.rules.scoring import Card, CardError, card_from

CARD = "instrument.toml"
CASES = "cases.toml"


class KnowledgeError(Exception):
    """A knowledge file is absent or cannot be read. The message names the file and the key or line."""


def instruments() -> tuple[str, ...]:
    """The codes of every instrument that ships, in alphabetical order."""
    return _codes()


@lru_cache(maxsize=256)
def instrument(code: str, version: str | None = None) -> Card:
    """The card of an instrument, in its current version or in the one named.

    The same object every time, so that it is compiled for scoring once. Raises ``KnowledgeError``.
    """
    if code not in instruments():
        raise KnowledgeError(f"There is no instrument {code!r}: choose one of {', '.join(instruments())}.")
    current = read_card(_home() / code / CARD)
    if version is None or version == current.version:
        return current
    path = _home() / code / f"{version}.toml"
    if not path.is_file() or "/" in version:
        raise KnowledgeError(f"The instrument {code!r} has no version {version!r}.")
    return read_card(path)


@lru_cache(maxsize=256)
def cases(code: str) -> tuple[dict[str, Any], ...]:
    """The worked answers of an instrument with their expected results. Raises ``KnowledgeError``.

    Each case holds ``why``, ``answers`` (item -> answer code) and ``expect``; some also ``age``, ``sex``,
    ``population``, ``language`` and ``drafts``, the arguments of ``score``.
    """
    if code not in instruments():
        raise KnowledgeError(f"There is no instrument {code!r}.")
    found = _read(_home() / code / CASES).get("cases")
    if not isinstance(found, list) or not found:
        raise KnowledgeError(f"{_name(_home() / code / CASES)}: the list 'cases' is missing.")
    return tuple(found)


def read_card(path: Traversable) -> Card:
    """Read one card. Raises ``KnowledgeError`` naming the file and the key."""
    try:
        card = card_from(_read(path))
    except CardError as error:
        raise KnowledgeError(f"{_name(path)}: {error}") from error
    return card


@lru_cache(maxsize=1)
def _home() -> Traversable:
    return files("karama.knowledge") / "instruments"


@lru_cache(maxsize=1)
def _codes() -> tuple[str, ...]:
    return tuple(sorted(folder.name for folder in _home().iterdir() if (folder / CARD).is_file()))


def _read(path: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KnowledgeError(f"{_name(path)}: the file cannot be read.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{_name(path)}: {error}") from error


def _name(path: Traversable) -> str:
    return "/".join(str(path).replace("\\", "/").split("/")[-3:])
