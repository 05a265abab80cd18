"""Restoring a backup: whole, or not at all.

Everything is unpacked, checked and finished in a folder beside the data folder: digests, structure, rows of every
table, every wrapped key; then the outlives ledger is replayed (keys of erased people are deleted again) and a new
epoch is written into it. Only then two names are exchanged in one step. Whatever fails before leaves the target byte
for byte as it was. The folder that was replaced is kept beside the new one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.db import connections, transaction
from django.utils.translation import gettext_lazy as _
from pyrage import x25519

from karama.security import (
    backup,
    bundle,
    durable,
    identifiers,
    key_copy,
    keyring,
    ledger,
    places,
    randomness,
    recovery,
    swap,
)
from karama.security.bundle import Manifest, Unpacked
from karama.security.ledger import Entry, Ledger
from karama.security.postgres_restore import Scratch
from karama.security.problems import LedgerMissing, RestoreImpossible
from karama.security.routers import KEYS

REPLAY_NAME = "replay.json"
STEPS = ("unpacked", "checked", "ledger replayed", "in its place")


@dataclass(frozen=True)
class Restored:
    """What a restore did: where the replaced folder lies, the new epoch, how many erased people lost keys again."""

    manifest: Manifest
    epoch: int
    erased_again: int
    previous: Path | None
    replay: list[Entry]


@dataclass(frozen=True)
class _Given:
    identity: x25519.Identity
    home: Path
    keyring: Path
    ledger: Path | None
    escrow: Path | None


def restore(
    data: Path,
    keys: Path,
    kit: str,
    *,
    ledger_file: Path | None = None,
    escrow: Path | None = None,
    step: Callable[[str], None] = lambda _name: None,
) -> Restored:
    """Restore a data bundle and a keys bundle of the same moment or later into ``KARAMA_HOME``.

    ``kit`` is the text of the printed recovery key. The ledger is looked for in the data folder, in ``ledger_file``
    and beside the data bundle; the longest that continues the others is used. ``escrow`` is needed only where the
    keyring is gone. The server must be stopped. ``step`` is told each of ``STEPS`` when it is done.

    Raises:
        BundleRefused: a file is truncated, changed or does not fit. LedgerMissing, LedgerOlder, LedgerDamaged.
        KeyringMissing: the keys bundle was wrapped before the last rotation, or there is no keyring and no escrow.
        RestoreImpossible: the kit is wrong, Karama is running, or the system refused.
    """
    home, folder = places.home(), places.keyring_folder()
    given = _Given(recovery.identity_from(kit), home, folder, ledger_file, escrow)
    mark = randomness.code(8, "abcdefghijkmnpqrstuvwxyz")
    stage = home.with_name(f".{home.name}.restoring-{mark}")
    ring_stage = folder.with_name(f".{folder.name}.restoring-{mark}")
    with places.in_use(home, alone=True):
        try:
            return _restore(data, keys, given, stage, ring_stage, step)
        except OSError:
            raise RestoreImpossible(_("The disk is full, or the data folder cannot be replaced.")) from None
        finally:
            shutil.rmtree(stage, ignore_errors=True)
            shutil.rmtree(ring_stage, ignore_errors=True)


def _restore(
    data: Path, keys: Path, given: _Given, stage: Path, ring_stage: Path, step: Callable[[str], None]
) -> Restored:
    durable.private_folder(stage)
    opened = bundle.unpack(data, given.identity, stage / "unpacked-data")
    opened_keys = bundle.unpack(keys, given.identity, stage / "unpacked-keys")
    step(STEPS[0])
    _same_installation(opened.manifest)
    ring = _ring(given, ring_stage, opened.manifest.installation)
    backup.check_pair(opened, opened_keys, ring)
    step(STEPS[1])
    chosen = _longest_ledger(given, data.parent, ring, opened.manifest.installation)
    for manifest in (opened.manifest, opened_keys.manifest):
        chosen.require(manifest.ledger)
    _same_engine(opened.manifest)
    fresh = stage / "home"
    erased = _replay(chosen, opened_keys.folder / backup.KEYS_PART)
    dump = _arrange(opened, opened_keys, fresh)
    epoch = _new_epoch(chosen, fresh, ring, opened.manifest)
    public = str(given.identity.to_public())
    recovery.seal_escrow(ring, public, opened.manifest.installation, places.escrow_path(fresh))
    replay = [entry for entry in chosen.entries(since=opened.manifest.ledger.seq) if entry.kind != "epoch"]
    step(STEPS[2])
    previous = _exchange(given, fresh, ring_stage, dump, opened.manifest)
    keyring.forget()
    step(STEPS[3])
    return Restored(opened.manifest, epoch, erased, previous, replay)


def _same_installation(manifest: Manifest) -> None:
    known = places.installation_id()
    if known and known != manifest.installation:
        raise RestoreImpossible(
            _("This backup belongs to another installation."),
            _("Set KARAMA_HOME to a new, empty folder to restore it there."),
        )


def _same_engine(manifest: Manifest) -> None:
    if {connections["default"].vendor, connections[KEYS].vendor} != {manifest.engine}:
        raise RestoreImpossible(
            _("The backup was made on another kind of database."),
            _("Configure the same kind of database (SQLite or PostgreSQL) for both, and run the restore again."),
        )


def _ring(given: _Given, ring_stage: Path, installation: str) -> keyring.Keyring:
    if keyring.exists(given.keyring):
        return keyring.read(given.keyring)
    escrow = given.escrow or places.escrow_path(given.home)
    if recovery.open_escrow(given.identity, escrow, ring_stage) != installation:
        raise RestoreImpossible(_("The escrow file belongs to another installation."))
    return keyring.read(ring_stage)


def _longest_ledger(given: _Given, beside: Path, ring: keyring.Keyring, installation: str) -> Ledger:
    paths = [given.ledger, places.ledger_path(given.home), beside / backup.LEDGER_NAME]
    found = [ledger.of(path, ring, installation) for path in paths if path is not None and path.exists()]
    if not found:
        raise LedgerMissing
    longest = max(found, key=lambda one: one.position().seq)
    for other in found:
        longest.require(other.position())
    return longest


def _replay(chosen: Ledger, keys_copy: Path) -> int:
    erased = [UUID(entry.what["person"]) for entry in chosen.entries() if entry.kind == "erasure"]
    return key_copy.replay(keys_copy, erased, chosen.position().seq)


def _arrange(data: Unpacked, keys: Unpacked, fresh: Path) -> Path | None:
    """Move the parts to where they live in a data folder; return the PostgreSQL dump, which lives elsewhere."""
    dump = None
    for folder in ("data", "keys", "wording", "logs"):
        durable.private_folder(fresh / folder)
    for name in data.manifest.parts:
        if name == backup.MAIN_PART["postgresql"]:
            dump = data.folder / name
            continue
        target = fresh / "data" / name if name == backup.MAIN_PART["sqlite"] else fresh / name
        durable.private_folder(target.parent)
        os.rename(data.folder / name, target)
        target.chmod(durable.PRIVATE_FILE)
    os.rename(keys.folder / backup.KEYS_PART, fresh / "keys" / backup.KEYS_PART)
    return dump


def _new_epoch(chosen: Ledger, fresh: Path, ring: keyring.Keyring, manifest: Manifest) -> int:
    target = places.ledger_path(fresh)
    durable.private_folder(target.parent)
    durable.replace(target, chosen.path.read_bytes())
    copy = ledger.of(target, ring, manifest.installation)
    epoch = max(copy.current_epoch(), manifest.epoch) + 1
    copy.append("epoch", {"epoch": epoch, "id": str(identifiers.uuid7()), "from": manifest.ledger.seq})
    durable.replace(target.parent / REPLAY_NAME, json.dumps({"since": manifest.ledger.seq}).encode())
    return epoch


def _exchange(given: _Given, fresh: Path, ring_stage: Path, dump: Path | None, manifest: Manifest) -> Path | None:
    """Put everything in its place; when a step fails, take the steps before it back."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    keep_as = given.home.with_name(f"{given.home.name}.before-{moment}-{fresh.parent.name[-8:]}")
    with ExitStack() as undo:
        if ring_stage.exists():
            _put_keyring(ring_stage, given.keyring, undo)
        if dump is None:
            _let_go_of_files()
            previous = swap.put_in_place(fresh, given.home, keep_as)
        else:
            previous = _exchange_postgres(given, fresh, dump, manifest, keep_as, undo)
        undo.pop_all()
    return previous


def _let_go_of_files() -> None:
    """Close this process's own connections, which would go on using the replaced files."""
    for alias in ("default", KEYS):
        if not connections[alias].in_atomic_block:
            connections[alias].close()


def _put_keyring(ring_stage: Path, folder: Path, undo: ExitStack) -> None:
    if not folder.exists():
        os.rename(ring_stage, folder)
        durable.sync_folder(folder.parent)
        undo.callback(os.rename, folder, ring_stage)
        return
    had = {path.name for path in folder.iterdir()}
    for path in sorted(ring_stage.iterdir()):
        if path.name not in had:
            os.rename(path, folder / path.name)
            undo.callback(os.rename, folder / path.name, path)
    durable.sync_folder(folder)


def _exchange_postgres(
    given: _Given, fresh: Path, dump: Path, manifest: Manifest, keep_as: Path, undo: ExitStack
) -> Path | None:
    scratch = Scratch("default")
    undo.callback(scratch.drop)
    scratch.fill(dump, manifest.rows)
    with transaction.atomic(using=KEYS):
        key_copy.load(fresh / "keys" / backup.KEYS_PART)
        scratch.take_place()
        undo.callback(scratch.give_back)
        (fresh / "keys" / backup.KEYS_PART).unlink()
        previous = swap.put_in_place(fresh, given.home, keep_as)
        undo.callback(_take_back, given.home, previous)
    return previous


def _take_back(home: Path, previous: Path | None) -> None:
    if previous is None:
        shutil.rmtree(home)
    else:
        swap.exchange(home, previous)
        shutil.rmtree(previous)


def unfinished() -> bool:
    """Tell whether a restore was made whose replay was not said to be done: nobody may work here yet."""
    return (places.ledger_path().parent / REPLAY_NAME).exists()


def pending_replay() -> list[Entry]:
    """Return what the ledger knows and the restored data does not, for the rooms above to apply at start-up.

    Revocations, withdrawals and publications; erasures come back through ``vault.resume_erasures``.
    """
    path = places.ledger_path().parent / REPLAY_NAME
    if not path.exists():
        return []
    since = int(json.loads(path.read_text())["since"])
    return [entry for entry in ledger.entries(since) if entry.kind not in ("epoch", "erasure")]


def replayed() -> None:
    """Say that ``pending_replay`` was applied and committed."""
    path = places.ledger_path().parent / REPLAY_NAME
    path.unlink(missing_ok=True)
    durable.sync_folder(path.parent)
