"""Random values that nobody can guess: codes people read, tokens machines carry."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def code(length: int, alphabet: str) -> str:
    """Return ``length`` characters drawn evenly from an alphabet of distinct characters.

    Raises:
        ValueError: the length is below one, or the alphabet has fewer than two or repeated characters.
    """
    if length < 1:
        raise ValueError("A code needs at least one character.")
    if len(alphabet) < 2 or len(set(alphabet)) != len(alphabet):
        raise ValueError("An alphabet needs at least two characters, each only once.")
    return "".join(secrets.choice(alphabet) for _ in range(length))


def token() -> str:
    """Return 256 random bits as 43 characters that are safe in a URL or header."""
    return secrets.token_urlsafe(32)


def number_below(limit: int) -> int:
    """Return an unpredictable whole number from 0 to ``limit - 1``."""
    return secrets.randbelow(limit)


def choice(options: Sequence[T]) -> T:
    """Return one of the options, each with the same chance."""
    return secrets.choice(options)


def octets(length: int) -> bytes:
    """Return ``length`` random bytes."""
    return secrets.token_bytes(length)


Repeatable = random.Random


def repeatable(seed: str) -> Repeatable:
    """Chance that comes out the same for the same seed: for made-up people of a demonstration, never for a secret."""
    return random.Random(seed)
