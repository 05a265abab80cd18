"""Backups: two bundles sealed to the recovery key, the data first and the keys after, and the ledger beside them.

The data bundle holds no key; the keys bundle holds wrapped keys only; neither holds a key-encryption key. The copy
of the outlives ledger in the backup folder is always the newest one, so that an old pair of bundles restored from
there still knows who was erased since.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from pyrage import x25519

from karama.security import bundle, durable, key_copy, keyring, ledger, places, randomness, recovery, sources
from karama.security.bundle import Manifest, Unpacked
from karama.security.problems import BackupImpossible, BundleRefused, LedgerMissing, LedgerOlder, SecurityProblem

LEDGER_NAME = "outlives.ledger"
MAIN_PART = {"sqlite": "karama.db", "postgresql": "karama.pgdump"}
KEYS_PART = "keys.db"
STEPS = ("data", "keys", "opened again")


@dataclass(frozen=True)
class Backup:
    """A finished backup: its files, what they say, and whether they were opened again and found whole."""

    data: Path
    keys: Path
    ledger: Path
    manifest: Manifest
    keys_manifest: Manifest
    verified: bool


def write(
    folder: Path,
    *,
    of: sources.Sources | None = None,
    drill: bool = True,
    step: Callable[[str], None] = lambda _name: None,
) -> Backup:
    """Back up the living installation into a folder: people may go on working.

    With ``drill`` both bundles are opened again with a key that exists only for this moment, and every part, table
    and wrapped key is checked: a backup that cannot be restored is an error, not a file. ``step`` is told each of
    ``STEPS`` when it is done.

    Raises:
        BackupImpossible: a database is missing, the disk is full, or the folder holds another history or lies inside
            the data folder.
        BundleRefused: the drill failed; the files are removed.
    """
    of = of or sources.of_installation()
    make_folder(folder)
    once = x25519.Identity.generate() if drill else None
    work = Path(tempfile.mkdtemp(prefix=".backup-", dir=of.home))
    written: list[Path] = []
    try:
        pair = randomness.token()
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S") + "-" + pair[:4].replace("_", "x").replace("-", "x")
        data, keys = folder / f"{stamp}.data.age", folder / f"{stamp}.keys.age"
        copied_ledger = _copy_ledger(folder)
        manifest = _write_data(data, of, pair, work, once)
        written.append(data)
        step(STEPS[0])
        keys_manifest = write_keys(keys, of, pair, work, once)
        written.append(keys)
        step(STEPS[1])
        if once is not None:
            check_pair(bundle.unpack(data, once, work / "d"), bundle.unpack(keys, once, work / "k"))
        step(STEPS[2])
        copied_ledger = _copy_ledger(folder)
    except (SecurityProblem, OSError) as problem:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise BackupImpossible(_("The disk is full or the backup folder cannot be written.")) from None
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    _note(folder)
    return Backup(data, keys, copied_ledger, manifest, keys_manifest, drill)


def make_folder(folder: Path) -> None:
    """Make the folder that bundles go into.

    Raises:
        BackupImpossible: it would lie inside the data folder or the keyring, or cannot be made.
    """
    if any(folder.resolve().is_relative_to(place.resolve()) for place in (places.home(), places.keyring_folder())):
        raise BackupImpossible(
            _("This folder lies inside the data folder or the keyring: it would be lost together with them."),
            _("Choose a folder on another disk."),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise BackupImpossible(
            _("The backup folder cannot be made there."), _("Choose a folder that you may write to.")
        ) from None


def _note(folder: Path) -> None:
    """Remember when and where: a rotation puts its keys bundle there, and start-up tells when copies grow old."""
    path = places.backup_note()
    durable.private_folder(path.parent)
    told = {"at": datetime.now(UTC).isoformat(), "folder": str(folder.resolve())}
    durable.replace(path, json.dumps(told).encode())


def last() -> tuple[datetime, Path] | None:
    """Return when and where the last backup was written, or nothing when none was, or nobody knows."""
    try:
        told = json.loads(places.backup_note().read_text(encoding="utf-8"))
        return datetime.fromisoformat(told["at"]), Path(told["folder"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _copy_ledger(folder: Path) -> Path:
    """Put the newest ledger into the backup folder, unless what lies there is newer or of another installation."""
    target = folder / LEDGER_NAME
    mine = ledger.ledger()
    if target.exists():
        try:
            mine.require(ledger.of(target, keyring.keyring(), places.installation_id()).position())
        except (LedgerOlder, LedgerMissing):
            raise BackupImpossible(
                _("The ledger in the backup folder is newer than ours, or belongs to another installation."),
                _("Use another folder for this installation's backups, and run 'karama check'."),
            ) from None
    durable.replace(target, mine.path.read_bytes())
    return target


def _recipients(once: x25519.Identity | None) -> list[x25519.Recipient]:
    known = [recovery.recipient(keyring.public_key())]
    return known if once is None else [*known, once.to_public()]


def _manifest(content: str, engine: str, pair: str, rows: dict[str, int], keys: key_copy.KeyFacts) -> Manifest:
    return Manifest(
        content=content,
        installation=places.installation_id(),
        pair=pair,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        engine=engine,
        epoch=ledger.current_epoch(),
        ledger=ledger.position(),
        serial=keys.serial,
        rows=rows,
        keks=keys.keks if content == "keys" else {},
    )


def _write_data(out: Path, of: sources.Sources, pair: str, work: Path, once: x25519.Identity | None) -> Manifest:
    name = MAIN_PART[of.main.engine]
    rows = of.main.copy(work / name)
    reached = work / "reached.db"
    of.keys.copy(reached)
    files = {name: work / name}
    for path in [of.home / "installation.toml", *sorted((of.home / "wording").rglob("*"))]:
        if path.is_file():
            files[path.relative_to(of.home).as_posix()] = path
    manifest = _manifest("data", of.main.engine, pair, rows, key_copy.facts(reached))
    return bundle.pack(out, manifest, files, keyring.keyring(), _recipients(once), work)


def write_keys(out: Path, of: sources.Sources, pair: str, work: Path, once: x25519.Identity | None) -> Manifest:
    """Write a keys bundle alone; ``work`` is a private folder, ``once`` a further key it is sealed to."""
    copy = work / KEYS_PART
    copy.unlink(missing_ok=True)
    rows = of.keys.copy(copy)
    manifest = _manifest("keys", of.keys.engine, pair, rows, key_copy.facts(copy))
    return bundle.pack(out, manifest, {KEYS_PART: copy}, keyring.keyring(), _recipients(once), work)


def check_keys(keys: Unpacked, ring: keyring.Keyring | None = None) -> int:
    """Check an opened keys bundle: made here, sound, complete, every key unwraps. Return the number of keys.

    Raises:
        BundleRefused, KeyringMissing: what is wrong with it.
    """
    ring = ring or keyring.keyring()
    keys.authenticate(ring)
    path = keys.folder / KEYS_PART
    if keys.manifest.content != "keys" or KEYS_PART not in keys.manifest.parts:
        raise BundleRefused
    sources.check_file(path)
    if sources.count_rows(path) != keys.manifest.rows:
        raise BundleRefused
    key_copy.missing_keks(key_copy.facts(path), ring)
    return key_copy.verify(path, ring, keys.manifest.installation)


def check_pair(data: Unpacked, keys: Unpacked, ring: keyring.Keyring | None = None) -> None:
    """Check two opened bundles and that the keys reach as far as the data needs.

    Raises:
        BundleRefused, KeyringMissing: what is wrong with them.
    """
    data.authenticate(ring or keyring.keyring())
    check_keys(keys, ring)
    one, other = data.manifest, keys.manifest
    if one.content != "data" or one.installation != other.installation or one.engine != other.engine:
        raise BundleRefused
    if other.serial < one.serial or other.ledger.seq < one.ledger.seq:
        raise BundleRefused(
            _("The keys bundle is older than the data bundle."), _("Use the keys bundle of the same moment or later.")
        )
    name = MAIN_PART[one.engine]
    if name not in one.parts:
        raise BundleRefused
    if one.engine == "sqlite":
        sources.check_file(data.folder / name)
        if sources.count_rows(data.folder / name) != one.rows:
            raise BundleRefused
