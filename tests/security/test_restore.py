"""Restoring: whole, or not at all."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from karama.security import backup, bundle, key_copy, keyring, ledger, places, recovery, restore, rotation, swap, vault
from karama.security.models import ErasedPerson
from karama.security.problems import (
    BundleRefused,
    KeyringMissing,
    LedgerMissing,
    LedgerOlder,
    RestoreImpossible,
    SecurityProblem,
)
from tests.security.clinic import Clinic
from tests.security.conftest import Place, Sampling

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOTES = [b"first note", b"second note", b"third note"]


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests restore SQLite files, also when the test databases are on PostgreSQL."""
    monkeypatch.setattr(restore, "_same_engine", lambda manifest: None)


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "usb"


def everything(*folders: Path) -> dict[str, tuple[int, bytes]]:
    """Names, modes and bytes of everything below some folders, and the names beside them."""
    found: dict[str, tuple[int, bytes]] = {}
    for folder in folders:
        found.update({str(path): (0, b"") for path in folder.parent.iterdir() if not path.name.endswith(".in-use")})
        for path in [folder, *folder.rglob("*")]:
            found[str(path)] = (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
    return found


def test_round_trip(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL079: after a restore everything opens as it did at the backup, in a new epoch; the replaced folder is kept."""
    people = clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    before = ledger.current_epoch_id()
    clinic.admit([b"written after the backup"])
    start = time.perf_counter()
    done = restore.restore(made.data, made.keys, place.kit.private)
    print(f"restored in {time.perf_counter() - start:.2f} s")
    clinic.adopt()
    assert clinic.readable() == dict(zip(people, NOTES, strict=True))
    assert (done.epoch, ledger.current_epoch()) == (2, 2)
    assert ledger.current_epoch_id() != before
    assert done.previous is not None
    assert Clinic(done.previous).main.exists()
    assert (place.home / "wording" / "phq9.en.json").read_text() == "{}"
    assert places.escrow_path().exists()
    assert oct(place.home.stat().st_mode)[-3:] == "700"


def test_new_machine(clinic: Clinic, usb: Path, place: Place, settings: Any) -> None:
    """SL080: on an empty machine, kit, escrow, ledger copy and two bundles are enough to read everything again."""
    people = clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    escrow = shutil.copy(places.escrow_path(), usb / "keks.age")
    shutil.rmtree(place.home)
    shutil.rmtree(place.keyring)
    vault.forget()
    name, settings.KARAMA_INSTALLATION_ID = settings.KARAMA_INSTALLATION_ID, ""
    done = restore.restore(made.data, made.keys, place.kit.private, escrow=Path(escrow))
    settings.KARAMA_INSTALLATION_ID = name
    clinic.adopt()
    assert done.previous is None
    assert clinic.readable() == dict(zip(people, NOTES, strict=True))


def test_erased_after_the_backup(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL081: somebody erased after the backup stays erased after the restore, and her rows are named for deletion."""
    people = clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    vault.erase(people[1])
    vault.settled(people[1])
    clinic.forget_rows(people[1])
    done = restore.restore(made.data, made.keys, place.kit.private)
    clinic.adopt()
    assert done.erased_again == 1
    assert set(clinic.readable()) == {people[0], people[2]}
    assert vault.resume_erasures() == [people[1]]
    assert vault.is_erased(people[1])


def test_what_else_outlives(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL082: revocations, withdrawals and publications after the backup are handed to the rooms, once."""
    clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    ledger.append("revocation", {"device": "d"})
    ledger.append("withdrawal", {"consent": "c"})
    done = restore.restore(made.data, made.keys, place.kit.private)
    assert [entry.kind for entry in done.replay] == ["revocation", "withdrawal"]
    assert restore.pending_replay() == done.replay
    restore.replayed()
    assert restore.pending_replay() == []


def test_no_ledger_no_restore(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL083: without a ledger, or with one older than the backup, nothing is restored and nothing changes."""
    people = clinic.admit(NOTES)
    old = ledger.ledger().path.read_bytes()
    vault.erase(people[0])
    clinic.freeze()
    made = backup.write(usb, of=clinic.sources())
    for content, problem in ((None, LedgerMissing), (old, LedgerOlder)):
        for path in (places.ledger_path(), usb / "outlives.ledger"):
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content)
        before = everything(place.home, place.keyring)
        with pytest.raises(problem):
            restore.restore(made.data, made.keys, place.kit.private)
        assert everything(place.home, place.keyring) == before


def test_damaged_files(clinic: Clinic, usb: Path, place: Place, sampling: Sampling) -> None:
    """SL084: truncated and bit-flipped bundles are refused, and the target is unchanged byte for byte.

    50 truncations and 50 flips of each bundle with --full; 12 of each, by a printed seed, every day.
    """
    clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    rounds = 50 if sampling.full else 12
    chance = random.Random(sampling.seed)
    before = everything(place.home, place.keyring)
    survived = []
    for which in ("data", "keys"):
        whole = getattr(made, which).read_bytes()
        for number in range(2 * rounds):
            place_of_damage = _place(chance, number // 2, len(whole))
            content = bytearray(whole[:place_of_damage] if number % 2 else whole)
            if not number % 2:
                content[place_of_damage] ^= 1 << chance.randrange(8)
            (bad := usb / f"bad.{which}.age").write_bytes(bytes(content))
            paths = {"data": made.data, "keys": made.keys, which: bad}
            try:
                restore.restore(paths["data"], paths["keys"], place.kit.private)
            except BundleRefused:
                continue
            survived.append((which, number, place_of_damage))
    assert survived == [], f"seed {sampling.seed}"
    assert everything(place.home, place.keyring) == before


def _place(chance: random.Random, number: int, size: int) -> int:
    """Where to damage: the first byte, the last, the header, then anywhere."""
    return [0, size - 1, 30, 200][number] if number < 4 else chance.randrange(size)


def test_failure_at_every_step(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL085: whatever step fails, also the last exchange of names, the target is unchanged byte for byte."""
    clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    before = everything(place.home, place.keyring)
    steps = [
        (bundle, "_read_tar"),
        (backup, "check_pair"),
        (restore, "_replay"),
        (restore, "_arrange"),
        (restore, "_new_epoch"),
        (recovery, "seal_escrow"),
        (swap, "sync_tree"),
        (swap, "exchange"),
    ]
    for module, name in steps:
        failing = mock.patch.object(module, name, side_effect=OSError(28, "no space left"))
        with failing, pytest.raises((RestoreImpossible, BundleRefused)):
            restore.restore(made.data, made.keys, place.kit.private)
        assert everything(place.home, place.keyring) == before, name


def test_wrong_pairs(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL086: keys older than the data, or files given the wrong way round, are refused; newer keys are taken."""
    clinic.admit(NOTES[:1])
    first = backup.write(usb / "first", of=clinic.sources())
    people = clinic.admit(NOTES[1:])
    second = backup.write(usb / "second", of=clinic.sources())
    for data, keys in ((second.data, first.keys), (second.keys, second.data), (second.data, second.data)):
        with pytest.raises(SecurityProblem):
            restore.restore(data, keys, place.kit.private)
    restore.restore(first.data, second.keys, place.kit.private)
    clinic.adopt()
    assert len(clinic.readable()) == 1
    assert people[0] not in clinic.readable()


def test_after_a_rotation(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL087: after a rotation the old keys bundle is refused for ever; the old data bundle opens with the new one."""
    people = clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    turned = rotate(clinic, usb)
    with pytest.raises(KeyringMissing):
        restore.restore(made.data, made.keys, place.kit.private)
    restore.restore(made.data, turned.bundle, place.kit.private)
    clinic.adopt()
    assert clinic.readable() == dict(zip(people, NOTES, strict=True))


def rotate(clinic: Clinic, usb: Path) -> rotation.Rotation:
    """Rotate, with the key database file following the test database as the live one would."""
    real = rotation._rewrap

    def rewrap() -> int:
        count = real()
        clinic.freeze()
        return count

    with mock.patch.object(rotation, "_rewrap", rewrap):
        done = rotation.rotate(usb, of=clinic.sources())
    clinic.freeze()
    return done


def test_other_installation(clinic: Clinic, usb: Path, place: Place, settings: Any) -> None:
    """SL088: a backup of one installation is not restored over another."""
    clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    settings.KARAMA_INSTALLATION_ID = "another"
    with pytest.raises(RestoreImpossible):
        restore.restore(made.data, made.keys, place.kit.private)


def test_while_karama_runs(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL089: a restore is refused while a server uses the data folder."""
    clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    with places.in_use(), pytest.raises(RestoreImpossible):
        restore.restore(made.data, made.keys, place.kit.private)


def test_keyring_is_kept(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL090: a restore never changes a keyring that is there."""
    clinic.admit(NOTES)
    made = backup.write(usb, of=clinic.sources())
    before = everything(place.keyring)
    restore.restore(made.data, made.keys, place.kit.private)
    after = everything(place.keyring)
    assert {name: after[name] for name in before if str(place.keyring) in name} == {
        name: before[name] for name in before if str(place.keyring) in name
    }
    assert keyring.exists()


def test_a_tombstone_stands_once(clinic: Clinic, tmp_path: Path, place: Place) -> None:
    """SL311: an erasure that the copy of keys knows already, or that is told twice, leaves one tombstone."""
    (person,) = clinic.admit([b"one"])
    vault.erase(person)
    copy = tmp_path / "keys.db"
    key_copy.export(copy)
    key_copy.replay(copy, [person, person], ledger.position().seq)
    key_copy.load(copy)
    assert list(ErasedPerson.objects.values_list("person_id", "settled_at")) == [(person, None)]
