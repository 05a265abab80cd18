"""The permanent formats."""

from __future__ import annotations

from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from karama.security import envelope

ROW = UUID("0190c0de-0000-7000-8000-000000000001")
FIXED = "011122334455667788000102030405060708090a0b236bb175ac91bba4f3fa305d5575c07a30666c3328be0c"


def test_field_format_is_permanent() -> None:
    """SL046: a ciphertext written today opens for ever: a fixed one, made once, still opens byte for byte."""
    ciphertext = bytes.fromhex(FIXED)
    cipher = AESGCM(bytes(range(32)))
    assert envelope.key_id_of(ciphertext) == 0x1122334455667788
    assert envelope.open_field(cipher, ciphertext, "installation", 60, ROW, "note") == b"dignity"
