"""Rotation of the wrapping keys."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from karama.security import (
    backup,
    blind_index,
    key_store,
    keyring,
    places,
    recovery,
    restore,
    rotation,
    startup,
    vault,
)
from karama.security.models import KeyState, PersonKey
from karama.security.problems import BundleRefused, KeyringMissing, RestoreUnfinished, RotationRunning
from tests.security.clinic import Clinic
from tests.security.conftest import Place
from tests.security.test_restore import rotate

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """Where keys bundles go."""
    return tmp_path / "usb"


def test_everything_still_opens(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL091: after a rotation every field opens, every key is wrapped by the new version, the old keys are gone."""
    people = clinic.admit([b"one", b"two"])
    done = rotate(clinic, usb)
    vault.forget()
    assert clinic.readable() == {people[0]: b"one", people[1]: b"two"}
    assert done.rewrapped == 4
    assert set(PersonKey.objects.values_list("kek_version", flat=True)) == {2}
    assert done.destroyed == [("identity", 1), ("clinical", 1)]
    assert keyring.read(place.keyring).versions("identity") == [2]
    assert done.bundle.exists()


def test_escrow_follows(clinic: Clinic, usb: Path, place: Place, tmp_path: Path) -> None:
    """SL092: after a rotation the escrow holds the new keys and none of the old."""
    clinic.admit([b"one"])
    rotate(clinic, usb)
    identity = recovery.identity_from(place.kit.private)
    recovery.open_escrow(identity, places.escrow_path(), tmp_path / "rebuilt")
    assert keyring.read(tmp_path / "rebuilt").versions("clinical") == [2]


@pytest.mark.parametrize("step", ["add_version", "_rewrap", "_proven_bundle", "_destroy_old"])
def test_interrupted(clinic: Clinic, usb: Path, place: Place, step: str) -> None:
    """SL093: a rotation cut off at any step loses nothing, and is finished by rotating again."""
    people = clinic.admit([b"one"])
    owner = keyring if step == "add_version" else rotation
    with mock.patch.object(owner, step, side_effect=RuntimeError("power")), pytest.raises(RuntimeError):
        rotate(clinic, usb) if step != "_rewrap" else rotation.rotate(usb, of=clinic.sources())
    vault.forget()
    assert clinic.readable() == {people[0]: b"one"}
    clinic.freeze()
    rotate(clinic, usb)
    vault.forget()
    assert clinic.readable() == {people[0]: b"one"}
    assert len(keyring.read(place.keyring).versions("clinical")) == 1


def test_old_keys_stay_when_the_test_restore_fails(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL094: when the keys bundle under the new keys does not pass its test restore, no old key is destroyed."""
    clinic.admit([b"one"])
    with mock.patch.object(backup, "check_keys", side_effect=BundleRefused), pytest.raises(BundleRefused):
        rotate(clinic, usb)
    assert keyring.read(place.keyring).versions("clinical") == [1, 2]
    assert not list(usb.glob("*.age"))


def test_the_test_restore_uses_the_new_keys_only(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL095: a bundle still wrapped by an old key fails the test restore, so the old key is kept."""
    clinic.admit([b"one"])
    with pytest.raises(KeyringMissing):
        rotation.rotate(usb, of=clinic.sources())
    assert keyring.read(place.keyring).versions("clinical") == [1, 2]


def test_keys_made_during_a_rotation(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL096: a person registered while a rotation runs keeps her keys when the old wrapping key is destroyed."""
    clinic.admit([b"one"])
    keyring.add_version(place.keyring, "clinical")
    people = clinic.admit([b"two"])
    assert set(PersonKey.objects.filter(store=2).values_list("kek_version", flat=True)) == {1}
    rotate(clinic, usb)
    vault.forget()
    assert clinic.readable()[people[0]] == b"two"


def test_index_is_rebuilt_before_its_old_key_goes(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL097: the blind index is rebuilt under the new key while searches still use the old one."""
    clinic.admit([b"one"])
    seen: list[tuple[int, int]] = []
    real = rotation._rewrap

    def rewrap() -> int:
        count = real()
        clinic.freeze()
        return count

    with mock.patch.object(rotation, "_rewrap", rewrap):
        rotation.rotate(usb, lambda version: seen.append((version, blind_index.current_version())), of=clinic.sources())
    assert seen == [(2, 1)]
    assert blind_index.current_version() == 2
    assert keyring.read(place.keyring).versions("index") == [2]


def test_the_day_an_erasure_is_final(clinic: Clinic, place: Place) -> None:
    """SL098: an erasure becomes final at the next rotation, due at most 30 days after the last one."""
    clinic.admit([b"one"])
    rotated = datetime(2026, 3, 1, 12, tzinfo=UTC)
    KeyState.objects.update(rotated_at=rotated)
    assert rotation.due_on() == rotation.final_on(rotated + timedelta(days=29)) == date(2026, 3, 31)
    assert rotation.final_on(rotated - timedelta(days=3)) == rotated.date()


def test_another_process_follows(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL099: a process that held the old keys goes on working after another one rotated."""
    clinic.admit([b"one"])
    held = keyring.keyring()
    rotate(clinic, usb)
    with mock.patch.object(keyring, "_cached", side_effect=[held, keyring.read(place.keyring)]) as cached:
        cached.cache_clear = lambda: None
        assert keyring.find("clinical", 2) == keyring.read(place.keyring).current("clinical")
    assert key_store.read_state().generation > 1  # type: ignore[union-attr]


def test_two_rotations_at_once(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL140: while one process rotates, another is refused and changes nothing."""
    clinic.admit([b"one"])
    with rotation._alone(place.keyring), pytest.raises(RotationRunning):
        rotate(clinic, usb)
    assert keyring.read(place.keyring).versions("clinical") == [1]


def test_old_keys_stay_when_the_escrow_does_not_open(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL141: when the new escrow file cannot be opened again, nothing is wrapped anew and no key is destroyed."""
    clinic.admit([b"one"])
    real = recovery.seal_escrow

    def torn(*arguments: Any) -> None:
        real(*arguments)
        path = places.escrow_path()
        path.write_bytes(path.read_bytes()[:-40])

    with mock.patch.object(recovery, "seal_escrow", torn), pytest.raises(BundleRefused):
        rotate(clinic, usb)
    assert keyring.read(place.keyring).versions("clinical") == [1, 2]
    assert set(PersonKey.objects.values_list("kek_version", flat=True)) == {1}


def test_the_escrow_is_proven_before_the_keys_go(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL142: when the last escrow, without the old keys, cannot be opened again, the old keys are still there."""
    clinic.admit([b"one"])
    with mock.patch.object(recovery, "_holds", side_effect=[True, False]), pytest.raises(BundleRefused):
        rotate(clinic, usb)
    assert keyring.read(place.keyring).versions("clinical") == [1, 2]


def test_no_rotation_before_a_restore_is_finished(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL143: while a restore is not finished, nothing is rotated: who is to be erased again must be erased first."""
    clinic.admit([b"one"])
    (places.ledger_path().parent / restore.REPLAY_NAME).write_text('{"since": 1}')
    with pytest.raises(RestoreUnfinished):
        rotate(clinic, usb)
    assert keyring.read(place.keyring).versions("clinical") == [1]


def test_bundles_that_open_nothing_are_removed(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL144: the keys bundle of the rotation before is removed; bundles of backups are left to whoever made them."""
    clinic.admit([b"one"])
    made = backup.write(usb, of=clinic.sources())
    first = rotate(clinic, usb).bundle
    clinic.freeze()
    second = rotate(clinic, usb).bundle
    assert not first.exists()
    assert second.exists()
    assert made.keys.exists()


def test_copies_that_a_rotation_closed(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL145: until the next backup, start-up says that copies kept elsewhere open no more by what lies there."""
    clinic.admit([b"one"])
    assert not rotation.copies_are_closed()
    backup.write(usb, of=clinic.sources())
    assert not rotation.copies_are_closed()
    rotate(clinic, usb)
    assert rotation.copies_are_closed()
    assert "security.backup_before_rotation" in {one.code for one in startup.backup_problems()}
    clinic.freeze()
    backup.write(usb, of=clinic.sources())
    assert not rotation.copies_are_closed()


def test_each_step_is_told(clinic: Clinic, usb: Path, place: Place) -> None:
    """SL146: a rotation tells each of its steps once, in their order, for the progress bar."""
    clinic.admit([b"one"])
    told: list[str] = []
    real = rotation._rewrap

    def rewrap() -> int:
        count = real()
        clinic.freeze()
        return count

    with mock.patch.object(rotation, "_rewrap", rewrap):
        rotation.rotate(usb, of=clinic.sources(), step=told.append)
    assert tuple(told) == rotation.STEPS
