"""Signatures: true ones are seen to be true, everything else is false and never an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from karama.security import keyring, signing
from karama.security.problems import KeyringMissing


def test_a_signature_is_of_one_key_and_one_text() -> None:
    """SL160: a signature is true for its key and its content alone; every single changed bit makes it false."""
    key, other = signing.new_key(), signing.new_key()
    point, content = signing.point_of(key), b"content"
    signature = signing.signed_by(key, content)
    assert signing.verified(point, signature, content)
    assert not signing.verified(signing.point_of(other), signature, content)
    assert not signing.verified(point, signature, b"contents")
    for place in range(len(signature) * 8):
        changed = bytearray(signature)
        changed[place // 8] ^= 1 << place % 8
        assert not signing.verified(point, bytes(changed), content)


@pytest.mark.parametrize("point", [b"", b"\4" * 65, b"\2" + b"\1" * 32, b"\4" + b"\0" * 64, b"x" * 65])
def test_what_is_no_key_signs_nothing(point: bytes) -> None:
    """SL161: bytes that are no point of the curve are no key, and no signature of theirs is true."""
    assert not signing.is_point(point)
    assert not signing.verified(point, b"\0" * 64, b"content")


@pytest.mark.parametrize("signature", [b"", b"\0" * 64, b"\xff" * 64, b"\1" * 63, b"\1" * 65])
def test_what_is_no_signature_is_false(signature: bytes) -> None:
    """SL162: empty, zero, too large, too short or too long: false, and never an error."""
    assert not signing.verified(signing.point_of(signing.new_key()), signature, b"content")


def test_no_part_runs_into_another(bare: Path, settings: Any) -> None:
    """SL163: what is signed differs by label, by installation and by where one part ends and the next begins."""
    told = {
        signing.message("karama.ask.1", b"ab", b"c"),
        signing.message("karama.ask.1", b"a", b"bc"),
        signing.message("karama.ask.1", b"abc"),
        signing.message("karama.receipts.1", b"ab", b"c"),
    }
    settings.KARAMA_INSTALLATION_ID = "another"
    told.add(signing.message("karama.ask.1", b"ab", b"c"))
    assert len(told) == 5


def test_the_server_has_a_key_of_its_own(bare: Path, settings: Any, tmp_path: Path) -> None:
    """SL164: the server's key is the same for the life of its installation, no other's, and lies in the keyring."""
    with pytest.raises(KeyringMissing):
        signing.sign(b"content")
    keyring.create(settings.KARAMA_KEYRING)
    first = signing.own_public_key()
    keyring.forget()
    assert signing.own_public_key() == first
    assert signing.verified(first, signing.sign(b"content"), b"content")
    settings.KARAMA_KEYRING = tmp_path / "another.keyring"
    keyring.create(settings.KARAMA_KEYRING)
    keyring.forget()
    assert signing.own_public_key() != first


def test_the_order_is_that_of_the_curve() -> None:
    """SL165: the number by which the server's key is reduced is the order of the group: one more is the first again."""
    first = ec.derive_private_key(1, ec.SECP256R1())
    with pytest.raises(ValueError):
        ec.derive_private_key(signing.ORDER, ec.SECP256R1())
    last = ec.derive_private_key(signing.ORDER - 1, ec.SECP256R1())
    assert signing.point_of(last)[1:33] == signing.point_of(first)[1:33]
