"""An erased person's words cannot be read from any copy (promise P12), by one who holds all that is left."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from karama.security import backup, bundle, envelope, keyring, places, randomness, recovery, vault
from karama.security.problems import BundleRefused, CannotOpen, RestoreImpossible
from tests.security.clinic import KIND, Clinic
from tests.security.conftest import INSTALLATION, Place, Sampling
from tests.security.test_restore import rotate

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Attacker:
    """Holds the recovery kit, the keyring and every file that was ever copied, and tries them all together."""

    def __init__(self, place: Place, copies: Path) -> None:
        self.identity = recovery.identity_from(place.kit.private)
        self.copies = copies
        self.place = place

    def rings(self, escrows: Iterable[Path]) -> Iterator[keyring.Keyring]:
        """The living keyring and whatever any escrow file gives."""
        yield keyring.read(self.place.keyring)
        for number, escrow in enumerate(escrows):
            target = self.copies / f"ring{number}-{randomness.token()}"
            try:
                recovery.open_escrow(self.identity, escrow, target)
            except RestoreImpossible:
                continue
            yield keyring.read(target)

    def key_files(self) -> Iterator[Path]:
        """Every copy of the key database, also out of bundles."""
        yield from self.copies.rglob("keys.db")
        for number, path in enumerate(self.copies.rglob("*.keys.age")):
            try:
                yield bundle.unpack(path, self.identity, self.copies / f"opened{number}").folder / "keys.db"
            except BundleRefused:
                continue

    def deks(self) -> dict[int, bytes]:
        """Every participant's key that unwraps with any key at hand."""
        keks = {(key.kind, key.secret) for ring in self.rings(self.copies.rglob("keks.age")) for key in ring.all_keys()}
        found: dict[int, bytes] = {}
        for path in list(self.key_files()):
            with closing(sqlite3.connect(path)) as db:
                rows = db.execute("SELECT key_id, person_id, store, kek_version, wrapped FROM security_person_key")
                for key_id, person, store, version, wrapped in rows.fetchall():
                    for _kind, secret in keks:
                        try:
                            plain = envelope.unwrap(
                                AESGCM(secret), wrapped, INSTALLATION, UUID(person), store, key_id, version
                            )
                        except CannotOpen:
                            continue
                        found[key_id] = plain
        return found

    def reads(self, rows: list[tuple[str, str, bytes]]) -> set[bytes]:
        """Every note that opens, from ciphertexts kept from before the erasure."""
        deks = self.deks()
        found = set()
        for row, _person, ciphertext in rows:
            key_id = envelope.key_id_of(ciphertext)
            if key_id in deks:
                found.add(envelope.open_field(AESGCM(deks[key_id]), ciphertext, INSTALLATION, KIND, UUID(row), "note"))
        return found


def rows_of(clinic: Clinic) -> list[tuple[str, str, bytes]]:
    """Every sealed note with its place."""
    with closing(clinic.connect()) as db:
        return list(db.execute("SELECT row, person, sealed FROM note"))


def keep_copies(place: Place, copies: Path, name: str) -> None:
    """Copy the whole data folder, as a snapshot or a thief would: databases, write-ahead log, escrow, ledger."""
    shutil.copytree(place.home, copies / name)


@pytest.mark.parametrize("rotated", [True, False], ids=["after rotation", "mutant: no rotation"])
def test_no_copy_opens(clinic: Clinic, place: Place, tmp_path: Path, sampling: Sampling, rotated: bool) -> None:
    """SL100: after erasure and rotation, 0 of N erased people are readable from database, log, old backup or snapshot.

    The attacker has the recovery kit, the living keyring, old backups, old database files and today's escrow. Without
    the rotation the same attack reads everybody, which shows that it works. N = 1,000 with --full, 20 every day.
    """
    count = 1_000 if sampling.full else 20
    notes = [f"canary-{randomness.token()}".encode() for _ in range(2 * count)]
    people = clinic.admit(notes)
    copies = tmp_path / "copies"
    backup.write(copies / "usb", of=clinic.sources())
    shutil.copytree(place.home / "keys", copies / "old-keys")
    shutil.copytree(place.home / "data", copies / "old-data")
    kept = rows_of(clinic)
    gone, staying = set(notes[:count]), set(notes[count:])
    for person in people[:count]:
        vault.erase(person)
        clinic.forget_rows(person)
        vault.settled(person)
    clinic.freeze()
    if rotated:
        rotate(clinic, copies / "usb2")
    keep_copies(place, copies, "home-now")
    read = Attacker(place, copies).reads(kept)
    if rotated:
        sampling.note("erasure", {"erased": len(gone), "readable from any copy": len(read & gone)})
    assert staying <= read
    assert read & gone == (set() if rotated else gone)


def test_nothing_is_left_in_the_living_files(clinic: Clinic, place: Place) -> None:
    """SL101: after an erasure no byte of her ciphertext is left in the main database or its write-ahead log."""
    people = clinic.admit([b"hers " * 50, b"another " * 50])
    hers = next(row for row in rows_of(clinic) if UUID(row[1]) == people[0])
    vault.erase(people[0])
    clinic.forget_rows(people[0])
    clinic.freeze()
    for path in place.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert hers[2][9:40] not in content, path.name
    assert list(clinic.readable()) == [people[1]]


def test_old_escrow_is_overwritten(clinic: Clinic, place: Place, tmp_path: Path) -> None:
    """SL102: a rotation overwrites the bytes of the old escrow file, not only its name."""
    clinic.admit([b"one"])
    os.link(places.escrow_path(), tmp_path / "same-bytes")
    old = (tmp_path / "same-bytes").read_bytes()
    rotate(clinic, tmp_path / "usb")
    assert (tmp_path / "same-bytes").read_bytes() != old
