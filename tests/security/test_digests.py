"""Digests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from karama.security import digests, keyring
from karama.security.problems import KeyringMissing


def test_sha256() -> None:
    """SL008: the plain digest is SHA-256 (test vector of FIPS 180-4)."""
    assert digests.sha256(b"abc").hex().startswith("ba7816bf8f01cfea414140de5dae2223")


def test_keyed_depends_on_purpose_and_installation(bare: Path, settings: Any, tmp_path: Path) -> None:
    """SL009: a keyed digest is stable, and differs for another purpose and for another installation's key."""
    keyring.create(settings.KARAMA_KEYRING)
    first = digests.keyed("import", b"row 1")
    assert digests.keyed("import", b"row 1") == first
    assert len(first) == 32
    assert digests.keyed("arguments", b"row 1") != first
    settings.KARAMA_KEYRING = tmp_path / "another.keyring"
    keyring.create(settings.KARAMA_KEYRING)
    assert digests.keyed("import", b"row 1") != first


def test_keyed_needs_the_keyring(bare: Path) -> None:
    """SL010: without a keyring there is no keyed digest, not an unkeyed one."""
    with pytest.raises(KeyringMissing):
        digests.keyed("import", b"row 1")


def test_constant_time_equal() -> None:
    """SL011: equal bytes are equal, different ones are not."""
    assert digests.constant_time_equal(b"same", b"same")
    assert not digests.constant_time_equal(b"same", b"Same")
