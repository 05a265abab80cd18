"""The messages: what is digested, what may come, and that nothing odd breaks the door."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from karama.security.identifiers import uuid7
from karama.sync import proof, wire
from karama.sync.problems import NotReadable, TooLarge
from karama.sync.views import announced

TEXT = wire.text_of(
    {"v": 1, "id": str(uuid7()), "action": "a.b", "arguments": {}, "counter": 1, "base": {}, "done_at": "x"}
)


def test_the_digest_is_over_all_of_the_text() -> None:
    """SY090: the digest of an operation changes with each of its characters, and knows no spelling but its own."""
    assert wire.digest_of("abc").hex().startswith("ba7816bf8f01cfea414140de5dae2223")
    seen = {wire.digest_of(TEXT[:at] + "~" + TEXT[at + 1 :]) for at in range(len(TEXT))}
    assert len(seen) == len(TEXT)
    assert wire.digest_of(TEXT.replace(":1,", ": 1,")) != wire.digest_of(TEXT)


@pytest.mark.parametrize(
    "more",
    [
        {"v": 2},
        {"id": str(uuid4())},
        {"action": "x"},
        {"action": "A.b"},
        {"counter": -1},
        {"extra": 1},
        {"arguments": []},
    ],
)
def test_what_is_no_operation_is_none(more: dict[str, Any]) -> None:
    """SY091: another version, another kind of id, an unknown field or shape: unreadable, and therefore held."""
    import json

    assert wire.read_operation(TEXT) is not None
    assert wire.read_operation(wire.text_of(json.loads(TEXT) | more)) is None


@given(st.text(max_size=200))
def test_nothing_odd_breaks_the_door(text: str) -> None:
    """SY092: any text is an operation, a question and a moment or none of them; never an error."""
    wire.read_operation(text)
    wire.read_ask(text)
    wire.moment_of(text)
    wire.from_b64(text)
    wire.digest_of(text)


def test_deep_and_large_are_refused() -> None:
    """SY093: what is nested without end, larger than is received, or grows without end when unpacked is refused."""
    assert wire.read_operation("[" * 100_000) is None
    with pytest.raises(TooLarge):
        wire.read_request(b"x" * (wire.LARGEST_BODY + 1), "")
    with pytest.raises(TooLarge):
        wire.read_request(wire.pack(" " * (wire.LARGEST_UNPACKED + 1)), "gzip")
    for body in (b"", b"\0", b"[]", b"{}", wire.pack("{}")[:-3]):
        with pytest.raises(NotReadable):
            wire.read_request(body, "gzip" if body[:2] == b"\x1f\x8b" else "")


def test_what_was_damaged_on_its_way_is_refused() -> None:
    """SY309: whatever byte of a packed body was changed, it is refused in words or read; it never breaks the server."""
    whole = wire.pack('{"v": 1, "uploads": []}' * 40)
    for at in range(len(whole)):
        broken = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        with contextlib.suppress(NotReadable):
            wire.unpack(broken)
    with pytest.raises(NotReadable):
        wire.unpack(whole[:10] + b"\xff" * 20)


def test_evidence_reads_back() -> None:
    """SY094: what the journal keeps beside an operation gives back counter, place, digest and signature."""
    kept = proof.evidence(7, 2, 5, b"d" * 32, b"s" * 64)
    assert len(kept) == 109
    assert proof.parts_of(kept) == (7, 2, 5, b"d" * 32, b"s" * 64)
    assert proof.digest_in(kept) == b"d" * 32
    assert proof.digest_in(None) == proof.digest_in(b"x") == b""
    assert proof.parts_of(b"x" * 109) is None


def test_moments() -> None:
    """SY095: moments of any zone become UTC; without a zone they are taken as UTC; what is none is none."""
    assert wire.moment_of("2026-01-01T01:00:00+01:00") == datetime(2026, 1, 1, tzinfo=UTC)
    assert wire.moment_of("1970-01-01T00:00:00") == datetime(1970, 1, 1, tzinfo=UTC)
    assert wire.moment_of("") is None
    assert wire.moment_of("0001-01-01T00:00:00+14:00") is None


@pytest.mark.parametrize(("told", "length"), [("abc", 0), ("", 0), ("-5", 0), ("²", 0), ("12", 12)])
def test_a_length_that_is_no_number(told: str, length: int) -> None:
    """SY178: what a request says of its length is a number or nothing, never an error of ours."""
    request = RequestFactory().post("/field/sync")
    request.META["CONTENT_LENGTH"] = told
    assert announced(request) == length
