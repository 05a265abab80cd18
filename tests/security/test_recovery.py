"""First start, the recovery kit and the escrow file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from karama.security import first_start, keyring, ledger, places, recovery, vault
from karama.security.identifiers import uuid7
from karama.security.problems import KeyringMissing, LedgerMissing, RestoreImpossible
from tests.security.conftest import Place

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def files_below(*folders: Path) -> dict[Path, bytes]:
    """Every file below some folders, with its bytes."""
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def test_first_start_makes_everything_once(place: Place) -> None:
    """SL056: first start makes keyring, escrow and ledger and gives the kit; starting again changes nothing."""
    before = files_below(place.home, place.keyring)
    assert first_start.prepare() is None
    assert files_below(place.home, place.keyring) == before
    assert places.escrow_path() in before
    assert ledger.current_epoch() == 1


def test_the_kit_is_stored_nowhere(place: Place) -> None:
    """SL057: the private half of the kit is on the page to print and in no file of the installation."""
    assert place.kit.private in place.kit.page()
    secret = place.kit.private.lower().encode()
    assert not any(secret in content.lower() for content in files_below(place.home, place.keyring).values())
    assert place.kit.private not in repr(place.kit)


def test_no_key_in_the_data_folder(place: Place) -> None:
    """SL058: no key-encryption key is in any file of the data folder in readable form."""
    secrets = [key.secret for key in keyring.keyring().all_keys()]
    for content in files_below(place.home).values():
        assert not any(secret in content or secret.hex().encode() in content for secret in secrets)


def test_escrow_rebuilds_the_keyring(place: Place) -> None:
    """SL059: a lost keyring comes back from the escrow file with the typed kit, and opens what was sealed before."""
    vault.create_keys([person := uuid7()])
    ciphertext = vault.seal(person, "clinical", kind=60, row=person, field="f", value=b"v")
    before = {key.kind: key.secret for key in keyring.keyring().all_keys()}
    for path in place.keyring.iterdir():
        path.unlink()
    vault.forget()
    typed = " ".join(place.kit.private.lower()[at : at + 6] for at in range(0, 74, 6))
    recovery.open_escrow(recovery.identity_from(f"key:\n{typed}\n"), places.escrow_path(), place.keyring)
    assert {key.kind: key.secret for key in keyring.keyring().all_keys()} == before
    assert vault.open_sealed(person, "clinical", kind=60, row=person, field="f", ciphertext=ciphertext) == b"v"


def test_wrong_kit(place: Place, tmp_path: Path) -> None:
    """SL060: a mistyped kit, and the kit of another installation, are refused with a sentence."""
    wrong = place.kit.private[:-1] + ("Q" if place.kit.private[-1] != "Q" else "P")
    for text in ("", "AGE-SECRET-KEY-1", wrong):
        with pytest.raises(RestoreImpossible):
            recovery.identity_from(text)
    stranger = recovery.identity_from(recovery.new_kit().private)
    with pytest.raises(RestoreImpossible):
        recovery.open_escrow(stranger, places.escrow_path(), tmp_path / "new.keyring")
    assert not keyring.exists(tmp_path / "new.keyring")


def test_escrow_never_overwrites_a_keyring(place: Place) -> None:
    """SL061: an escrow file is not unpacked over a keyring that is there."""
    with pytest.raises(RestoreImpossible):
        recovery.open_escrow(recovery.identity_from(place.kit.private), places.escrow_path(), place.keyring)


def test_no_new_keyring_over_sealed_data(place: Place) -> None:
    """SL062: when the keyring is gone but data is there, start-up refuses instead of making keys that open nothing."""
    vault.create_keys([uuid7()])
    for path in place.keyring.iterdir():
        path.unlink()
    vault.forget()
    with pytest.raises(KeyringMissing):
        first_start.prepare()
    places.escrow_path().unlink()
    places.ledger_path().unlink()
    with pytest.raises(KeyringMissing):
        first_start.prepare()
    assert not keyring.exists()


def test_no_new_ledger_after_an_erasure(place: Place) -> None:
    """SL063: when the ledger is gone but people were erased, start-up refuses instead of forgetting them."""
    vault.create_keys([person := uuid7()])
    vault.erase(person)
    places.ledger_path().unlink()
    with pytest.raises(LedgerMissing):
        first_start.prepare()


def test_without_an_installation(bare: Path, settings: Any) -> None:
    """SL064: nothing is made for an installation that has no identifier."""
    settings.KARAMA_INSTALLATION_ID = ""
    with pytest.raises(KeyringMissing):
        first_start.prepare()
    assert not keyring.exists()


def test_new_kit_replaces_the_old(place: Place, tmp_path: Path) -> None:
    """SL065: after a new kit is made the old one no longer opens the escrow file, the new one does."""
    fresh = recovery.renew_kit()
    with pytest.raises(RestoreImpossible):
        recovery.open_escrow(recovery.identity_from(place.kit.private), places.escrow_path(), tmp_path / "a.keyring")
    recovery.open_escrow(recovery.identity_from(fresh.private), places.escrow_path(), tmp_path / "b.keyring")
    assert keyring.exists(tmp_path / "b.keyring")
