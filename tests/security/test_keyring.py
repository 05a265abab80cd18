"""The keyring."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from karama.security import keyring
from karama.security.problems import KeyringMissing, KeyringUnsafe


@pytest.fixture
def folder(bare: Path, settings: Any) -> Path:
    """A fresh keyring."""
    keyring.create(settings.KARAMA_KEYRING)
    return Path(settings.KARAMA_KEYRING)


def test_private_files(folder: Path) -> None:
    """SL012: the keyring folder is 0700 and each key file 0600, one per kind, 32 bytes each, all different."""
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    keys = keyring.keyring().all_keys()
    assert {key.kind for key in keys} == set(keyring.KINDS)
    assert len({key.secret for key in keys}) == 4
    assert all(len(key.secret) == 32 for key in keys)


def test_refused_inside_the_data_folder(bare: Path, settings: Any) -> None:
    """SL013: a keyring inside the data folder is refused, also through a symbolic link."""
    with pytest.raises(KeyringUnsafe):
        keyring.create(bare / "keyring")
    (link := bare.parent / "elsewhere").symlink_to(bare)
    with pytest.raises(KeyringUnsafe):
        keyring.create(link / "keyring")


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o622])
def test_refused_when_others_can_read(folder: Path, mode: int) -> None:
    """SL014: a key file that others may read or write is refused."""
    next(folder.iterdir()).chmod(mode)
    with pytest.raises(KeyringUnsafe):
        keyring.read(folder)


def test_versions(folder: Path) -> None:
    """SL015: a new version becomes the current one; the old one opens until it is destroyed, then never."""
    old = keyring.keyring().current("identity")
    new = keyring.add_version(folder, "identity")
    assert (old.version, new.version) == (1, 2)
    assert keyring.keyring().current("identity") == new
    assert keyring.find("identity", 1).secret == old.secret
    keyring.destroy(folder, "identity", 1)
    with pytest.raises(KeyringMissing):
        keyring.find("identity", 1)


def test_new_version_of_another_process_is_found(folder: Path) -> None:
    """SL016: a version another process wrote is found without a restart."""
    held = keyring.keyring()
    cached = keyring._cached.__wrapped__
    fresh = keyring.add_version(folder, "clinical")
    keyring.forget()
    keyring._cached(folder)
    assert held.versions("clinical") == [1]
    assert cached(folder).versions("clinical") == [1, 2]
    assert keyring.find("clinical", 2) == fresh


def test_damaged_file(folder: Path) -> None:
    """SL017: a key file with one changed character is refused, whatever character it is."""
    path = keyring.path_of(folder, "identity", 1)
    whole = path.read_bytes()
    for place in range(len(whole) - 1):
        with pytest.raises(KeyringMissing):
            keyring.parse(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])


def test_no_secret_in_text(folder: Path) -> None:
    """SL018: a key that is printed by accident shows its kind and version, never its bytes."""
    key = keyring.keyring().current("identity")
    assert repr(key.secret) not in repr(key)
    assert "identity" in repr(key)
