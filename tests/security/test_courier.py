"""The key to which files of couriers are sealed: it lives as long as the installation, and lies nowhere."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from karama.security import backup, courier, places, restore, signing, vault
from karama.security.problems import CannotOpen
from tests.security.clinic import Clinic
from tests.security.conftest import Place
from tests.security.test_restore import rotate

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def sealed_here(plain: bytes) -> bytes:
    """Anything at all, sealed to this installation by somebody who has its public key."""
    own, theirs = signing.new_key(), courier.public_key()
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
    head = b"KRMC1" + courier.key_id(theirs) + signing.point_of(own) + b"\0" * 12
    info = b"karama.courier.1" + signing.point_of(own) + theirs
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(own.exchange(ec.ECDH(), point))
    return head + AESGCM(key).encrypt(b"\0" * 12, plain, head + places.installation_id().encode())


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests restore SQLite files, also when the test databases are on PostgreSQL."""
    monkeypatch.setattr(restore, "_same_engine", lambda manifest: None)


def test_a_file_opens_after_rotation_and_restore(clinic: Clinic, tmp_path: Path, place: Place, settings: Any) -> None:
    """SL312: a file that was sealed before a rotation, a backup and a restore on an empty machine still opens there."""
    clinic.admit([b"one"])
    file, key = sealed_here(b"words"), courier.public_key()
    rotate(clinic, tmp_path / "rotated")
    vault.forget()
    assert (courier.opened(file), courier.public_key()) == (b"words", key)
    made = backup.write(tmp_path / "usb", of=clinic.sources())
    escrow = shutil.copy(places.escrow_path(), tmp_path / "usb" / "keks.age")
    shutil.rmtree(place.home)
    shutil.rmtree(place.keyring)
    vault.forget()
    name, settings.KARAMA_INSTALLATION_ID = settings.KARAMA_INSTALLATION_ID, ""
    restore.restore(made.data, made.keys, place.kit.private, escrow=Path(escrow))
    settings.KARAMA_INSTALLATION_ID = name
    clinic.adopt()
    assert (courier.opened(file), courier.public_key()) == (b"words", key)


def test_a_file_is_bound_to_its_installation(place: Place, settings: Any) -> None:
    """SL313: a file opens only under the name of the installation it was sealed for, and unchanged to the last byte."""
    file = sealed_here(b"words")
    assert courier.opened(file) == b"words"
    for at in range(len(file)):
        assert at < courier.POINT_AT or not courier.is_one(file[:at]) or _refused(file[:at])
        assert _refused(file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :])
    settings.KARAMA_INSTALLATION_ID = "another"
    assert _refused(file)


def _refused(file: bytes) -> bool:
    try:
        courier.opened(file)
    except CannotOpen:
        return True
    return False
