"""Packets for somebody outside: token and code together, nothing kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from karama.security import digests, envelope, packets
from karama.security.problems import CannotOpen

ROW, OTHER = UUID(int=7), UUID(int=8)


def test_token_and_code_open_it_together(installation: Any) -> None:
    """SL180: a packet opens with its token and its code; not with another of either, nor as another row, nor with a
    byte changed; and neither stands in what is kept."""
    opening = packets.fresh()
    unlocked = packets.unlock(opening)
    sealed = packets.seal(unlocked, ROW, b"words")
    assert packets.opened(packets.unlock(packets.Opening(opening.token, opening.code)), ROW, sealed) == b"words"
    code = str((int(opening.code) + 1) % 10**8).zfill(8)
    for wrong in (packets.Opening(opening.token, code), packets.Opening(packets.fresh().token, opening.code)):
        other = packets.unlock(wrong)
        assert not digests.constant_time_equal(other.check, unlocked.check)
        with pytest.raises(CannotOpen):
            packets.opened(other, ROW, sealed)
    for ciphertext, row in ((sealed, OTHER), (sealed[:-1] + b"\0", ROW), (b"", ROW), (b"\x02" + sealed[1:], ROW)):
        if ciphertext == sealed and row == ROW:
            continue
        with pytest.raises(CannotOpen):
            packets.opened(unlocked, row, ciphertext)
    kept = packets.token_digest(opening.token) + unlocked.check + sealed
    assert opening.token.encode() not in kept
    assert unlocked.secret not in kept
    assert opening.token not in repr(opening)
    assert opening.code not in repr(opening)


def test_what_can_be_a_token_at_all(installation: Any) -> None:
    """SL181: tokens are 43 characters of 256 bits, codes eight digits; anything else is not even tried."""
    found = [packets.fresh() for _each in range(50)]
    assert all(packets.well_formed(one) for one in found)
    assert len({one.token for one in found}) == 50
    assert len({one.code for one in found}) > 45
    for token, code in (("", ""), ("a" * 43, "1234567"), ("a" * 42, "12345678"), ("a" * 42 + "/", "12345678")):
        assert not packets.well_formed(packets.Opening(token, code))
    assert not packets.well_formed(packets.Opening("a" * 43 + "\n", "12345678"))


def test_the_format_of_a_packet_stays(installation: Any) -> None:
    """SL182: a packet sealed by the format of decision 0075, byte for byte, opens."""
    secret, nonce = b"k" * 32, b"n" * 12
    name = b"installation-of-the-tests"
    place = len(name).to_bytes(2, "big") + name + b"\x03packet" + ROW.bytes
    written = b"\x03" + nonce + AESGCM(secret).encrypt(nonce, b"words", place)
    assert envelope.open_packet(secret, name.decode(), ROW, written) == b"words"
    assert envelope.seal_packet(secret, name.decode(), ROW, b"words")[:1] == b"\x03"
