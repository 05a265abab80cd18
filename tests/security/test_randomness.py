"""Random values."""

from __future__ import annotations

from collections import Counter

import pytest

from karama.security import randomness


def test_code_uses_the_whole_alphabet() -> None:
    """SL005: a random code has the length asked for and uses every character of the alphabet about equally."""
    drawn = Counter(randomness.code(20_000, "ABCD"))
    assert sum(drawn.values()) == 20_000
    assert all(4_500 < drawn[letter] < 5_500 for letter in "ABCD")


@pytest.mark.parametrize(("length", "alphabet"), [(0, "AB"), (3, "A"), (3, "AAB")])
def test_code_refuses_weak_requests(length: int, alphabet: str) -> None:
    """SL006: an empty code, or an alphabet that would weaken it, is refused."""
    with pytest.raises(ValueError):
        randomness.code(length, alphabet)


def test_token() -> None:
    """SL007: a token carries 256 bits, is safe in a URL, and never repeats."""
    tokens = {randomness.token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert all(len(token) == 43 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)
