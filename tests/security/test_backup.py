"""Backups of a living installation."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import date
from pathlib import Path
from unittest import mock

import pyrage
import pytest

from karama.security import backup, bundle, key_store, keyring, ledger, recovery, rotation, sources, vault
from karama.security.identifiers import uuid7
from karama.security.problems import BackupImpossible, BundleRefused
from tests.security.clinic import Clinic
from tests.security.conftest import Place

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "usb"


def test_two_bundles_and_the_ledger(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL068: a backup is a data bundle, a keys bundle and the ledger; it was opened again and says what it holds."""
    clinic.admit([b"one", b"two"])
    made = backup.write(usb, of=clinic.sources())
    assert made.verified
    assert {path.name for path in usb.iterdir()} == {made.data.name, made.keys.name, "outlives.ledger"}
    assert made.manifest.rows == {"note": 2}
    assert made.manifest.epoch == 1
    assert made.keys_manifest.rows["security_person_key"] == 4
    assert set(made.manifest.parts) == {"karama.db", "installation.toml", "wording/phq9.en.json"}
    assert made.keys_manifest.keks == {"identity": [1], "clinical": [1]}
    assert not [path for path in place.home.iterdir() if path.name.startswith(".")]


def test_nothing_is_readable_without_the_kit(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL069: neither bundle shows a byte of the databases, and only the recovery kit opens them."""
    clinic.admit([b"one"])
    made = backup.write(usb, of=clinic.sources())
    for path in (made.data, made.keys):
        content = path.read_bytes()
        assert b"SQLite" not in content
        assert b"note" not in content
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(content, [recovery.identity_from(recovery.new_kit().private)])
        assert b"SQLite" in pyrage.decrypt(content, [recovery.identity_from(place.kit.private)])


def test_no_key_encryption_key_in_a_backup(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL070: opened with the kit, neither bundle holds a key-encryption key, and the data bundle no wrapped key."""
    person = clinic.admit([b"one"])[0]
    made = backup.write(usb, of=clinic.sources())
    identity = recovery.identity_from(place.kit.private)
    data, keys = (pyrage.decrypt(path.read_bytes(), [identity]) for path in (made.data, made.keys))
    for key in keyring.keyring().all_keys():
        for content in (data, keys):
            assert key.secret not in content
            assert keyring.render(key).splitlines()[4] not in content
    for row in key_store.rows_of([person], key_store.STORES["clinical"]):
        assert bytes(row.wrapped) in keys
        assert bytes(row.wrapped) not in data


def test_consistent_while_people_work(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL071: a backup taken while another process writes holds whole transactions only."""
    clinic.admit([b"one"])
    stop = threading.Event()

    def write_pairs() -> None:
        with closing(clinic.connect()) as db:
            while not stop.is_set():
                pair = uuid7().hex
                db.execute("BEGIN IMMEDIATE")
                for half in "ab":
                    db.execute("INSERT INTO note VALUES (?, ?, ?)", (pair + half, pair, b"x" * 4_000))
                db.execute("COMMIT")

    writer = threading.Thread(target=write_pairs)
    writer.start()
    try:
        made = [backup.write(usb / str(number), of=clinic.sources()) for number in range(3)]
    finally:
        stop.set()
        writer.join()
    for number, one in enumerate(made):
        opened = bundle.unpack(one.data, recovery.identity_from(place.kit.private), usb / f"open{number}")
        with closing(sqlite3.connect(opened.folder / "karama.db")) as db:
            odd = db.execute("SELECT person FROM note WHERE length(row) = 33 GROUP BY person HAVING count(*) <> 2")
            assert odd.fetchall() == []


def test_data_first_then_keys(clinic: Clinic, usb: Path) -> None:
    """SL072: a person registered between the two bundles has keys without data, never data without keys."""
    clinic.admit([b"one"])
    real = backup._write_data

    def register_meanwhile(*given: object) -> bundle.Manifest:
        manifest = real(*given)  # type: ignore[arg-type]
        clinic.admit([b"two"])
        return manifest

    with mock.patch.object(backup, "_write_data", register_meanwhile):
        made = backup.write(usb, of=clinic.sources())
    assert made.manifest.rows == {"note": 1}
    assert made.keys_manifest.rows["security_person_key"] == 4


def test_the_drill_finds_a_backup_that_would_not_restore(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL073: a backup that cannot be restored is an error at once, and leaves no file that looks like a backup."""
    clinic.admit([b"one"])
    with closing(sqlite3.connect(clinic.keys)) as db, db:
        db.execute("UPDATE security_person_key SET wrapped = zeroblob(60) WHERE store = 2")
    with pytest.raises(BundleRefused):
        backup.write(usb, of=clinic.sources())
    assert not list(usb.glob("*.age"))
    assert not list(place.home.glob(".backup-*"))


def test_missing_database(clinic: Clinic, usb: Path) -> None:
    """SL074: a missing database file is an error with a way out, not an empty backup."""
    clinic.main.unlink()
    with pytest.raises(BackupImpossible):
        backup.write(usb, of=clinic.sources())
    assert not list(usb.glob("*.age"))


def test_postgresql_without_its_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """SL075: where pg_dump is not installed the backup says which package to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupImpossible, match="postgresql-client"):
        sources.run_tool("pg_dump", [], {"NAME": "karama"})


def test_the_ledger_beside_the_bundles_is_never_set_back(clinic: Clinic, usb: Path) -> None:
    """SL076: a backup refuses a folder whose ledger is newer than ours: erasures would be forgotten."""
    person = clinic.admit([b"one"])[0]
    old = ledger.ledger().path.read_bytes()
    vault.erase(person)
    clinic.freeze()
    backup.write(usb, of=clinic.sources())
    ledger.ledger().path.write_bytes(old)
    with pytest.raises(BackupImpossible):
        backup.write(usb, of=clinic.sources())


def test_forged_bundle(clinic: Clinic, usb: Path, place: Place, tmp_path: Path) -> None:
    """SL077: a bundle made by somebody who knows only the public key is refused."""
    clinic.admit([b"one"])
    made = backup.write(usb, of=clinic.sources())
    identity = recovery.identity_from(place.kit.private)
    true = bundle.unpack(made.data, identity, tmp_path / "true")
    stranger = keyring.Keyring(
        tmp_path, {("installation", 1): keyring.Key("installation", 1, bytes(32), date(2026, 1, 1))}
    )
    forged = tmp_path / "forged.age"
    files = {name: true.folder / name for name in true.manifest.parts}
    bundle.pack(forged, true.manifest, files, stranger, [identity.to_public()], tmp_path)
    opened = bundle.unpack(forged, identity, tmp_path / "forged")
    with pytest.raises(BundleRefused):
        opened.authenticate(keyring.keyring())
    true.authenticate(keyring.keyring())


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "manifest.json"])
def test_part_names_stay_inside(name: str) -> None:
    """SL078: a part whose name leads out of the folder is refused."""
    with pytest.raises(BundleRefused):
        bundle._safe_name(name)


def test_not_inside_what_it_backs_up(clinic: Clinic, place: Place, tmp_path: Path) -> None:
    """SL310: a backup or rotation into the data folder or the keyring is refused, and so is a place nobody can make."""
    clinic.admit([b"one"])
    (tmp_path / "file").write_text("no folder")
    for folder in (place.home / "inside", place.keyring / "inside", place.home, tmp_path / "file" / "below"):
        with pytest.raises(BackupImpossible):
            backup.write(folder, of=clinic.sources())
        with pytest.raises(BackupImpossible):
            rotation.rotate(folder, of=clinic.sources())
    assert keyring.read(place.keyring).versions("clinical") == [1]
