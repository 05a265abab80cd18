"""Reply tokens: safe to say and type, and never a participant code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karama.rules.codes import ALPHABET, BadCode, parse_code
from karama.rules.reply_tokens import parse_token, token_of


@given(st.binary(min_size=32, max_size=32))
def test_every_slip_is_noticed(octets: bytes) -> None:
    """VO303: a token reads back; each wrong character and each swap of two is noticed; it is no participant code."""
    token = token_of(octets)
    signs = token.replace("-", "")
    assert parse_token(token) == parse_token(signs.lower()) == parse_token(" ".join(signs)) == token
    wrong = ALPHABET[(ALPHABET.index(signs[3]) + 7) % len(ALPHABET)]
    assert parse_token(signs[:3] + wrong + signs[4:]) == ""
    if signs[2] != signs[8]:
        assert parse_token(signs[:2] + signs[8] + signs[3:8] + signs[2] + signs[9:]) == ""
    with pytest.raises(BadCode):
        parse_code(token)


@pytest.mark.parametrize("typed", ["", "K7QM", "----", "A" * 70, "K7QM-4T9X-CJ2\0", "أهلا وسهلا بك", "0" * 12])
def test_what_is_no_token_is_nothing(typed: str) -> None:
    """VO304: whatever else is typed is no token: it gives nothing, and breaks nothing."""
    assert parse_token(typed) in ("", "QQQQ-QQQQ-QQQQ")
    with pytest.raises(ValueError, match="32"):
        token_of(b"short")
