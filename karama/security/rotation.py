"""Rotation: new wrapping keys, and the destruction of the old ones, which makes erasures final.

Copies of an erased person's wrapped keys may survive in a journal file, a snapshot or an old keys bundle. They are
worthless once the key that wrapped them is gone. Rotate at least every 30 days. Every step may be repeated: a
rotation cut off by a crash is finished by calling ``rotate`` again.

Nothing old is destroyed before two proofs: the escrow file under the new keys was opened again, and a keys bundle
under them was restored as a test, both with a key that exists only for that moment.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import connections
from pyrage import x25519

from karama.security import (
    backup,
    bundle,
    durable,
    envelope,
    key_store,
    keyring,
    places,
    randomness,
    recovery,
    restore,
    sources,
    vault,
)
from karama.security.key_store import KEK_OF, changing
from karama.security.models import KeyState, PersonKey, Store
from karama.security.problems import RestoreUnfinished, RotationRunning
from karama.security.routers import KEYS

ROTATE_EVERY = timedelta(days=30)
MARK = ".rotation.keys.age"
RebuildIndex = Callable[[int], None]
STEPS = ("new keys", "escrow opened again", "keys wrapped anew", "search index", "test restore", "old keys destroyed")
"""What ``rotate`` tells its ``step`` after each part of the work, in this order."""


@dataclass(frozen=True)
class Rotation:
    """What a rotation did: keys wrapped anew, the keys bundle under the new ones, old key files destroyed."""

    rewrapped: int
    bundle: Path
    destroyed: list[tuple[str, int]]


def due_on() -> date | None:
    """Return the day by which the next rotation must have happened, or nothing before the first key."""
    state = key_store.read_state()
    return None if state is None else (state.rotated_at + ROTATE_EVERY).date()


def people_with_keys() -> int:
    """Return how many people have keys here."""
    return PersonKey.objects.using(KEYS).order_by().values("person_id").distinct().count()


def copies_are_closed() -> bool:
    """Tell whether the last backup is older than the last rotation: copies of it elsewhere need the new keys bundle."""
    known, state = backup.last(), key_store.read_state()
    return known is not None and state is not None and known[0] < state.rotated_at


def last_on() -> date | None:
    """Return the day of the last rotation (of the first key, before any), or nothing before the first key."""
    state = key_store.read_state()
    return None if state is None else state.rotated_at.date()


def final_on(erased_at: datetime) -> date:
    """Return the day on which an erasure becomes final: the next rotation, at most 30 days after it.

    An erasure before the last rotation became final on the day of that rotation. Backups of *keys* made before are
    closed by the rotation; what was read, printed or copied by people is out of reach.
    """
    state = key_store.read_state()
    if state is None:
        return (erased_at + ROTATE_EVERY).date()
    if erased_at < state.rotated_at:
        return state.rotated_at.date()
    return (state.rotated_at + ROTATE_EVERY).date()


def rotate(
    folder: Path,
    rebuild_index: RebuildIndex | None = None,
    *,
    of: sources.Sources | None = None,
    step: Callable[[str], None] = lambda _name: None,
) -> Rotation:
    """Rotate the identity, clinical and index keys of a living installation.

    New keys; a new escrow file, opened again as a test; every participant's keys wrapped anew in one transaction; the
    blind index rebuilt by ``rebuild_index(version)``; a keys bundle written to ``folder`` and restored as a
    test; only then the old keys, their escrow and the keys bundles before it destroyed. Without ``rebuild_index``
    the index key is left as it is. ``step`` is told each of ``STEPS`` when it is done.

    Raises:
        BundleRefused, BackupImpossible: a proof failed; the old keys are still there, nothing is lost.
        RotationRunning: another process is at it. RestoreUnfinished: a restore comes first.
    """
    of = of or sources.of_installation()
    if restore.unfinished():
        raise RestoreUnfinished
    backup.make_folder(folder)
    with _alone(places.keyring_folder()):
        return _rotate(folder, rebuild_index, of, step)


def _rotate(
    bundles: Path, rebuild_index: RebuildIndex | None, of: sources.Sources, step: Callable[[str], None]
) -> Rotation:
    folder = places.keyring_folder()
    with changing(invalidates=False) as state:
        before = _versions(state)
    for kind in [keyring.IDENTITY, keyring.CLINICAL, *([keyring.INDEX] if rebuild_index else [])]:
        if keyring.read(folder).versions(kind)[-1] == before[kind]:
            keyring.add_version(folder, kind)
    step(STEPS[0])
    recovery.write_escrow(prove=True)
    step(STEPS[1])
    moment = datetime.now(UTC)
    rewrapped = _rewrap()
    step(STEPS[2])
    if rebuild_index is not None:
        fresh = keyring.keyring().current(keyring.INDEX).version
        rebuild_index(fresh)
        with changing(invalidates=True):
            KeyState.objects.using(KEYS).filter(pk=1).update(index_version=fresh)
    step(STEPS[3])
    path = _proven_bundle(bundles, of)
    step(STEPS[4])
    recovery.write_escrow(_newest_only(), prove=True)
    destroyed = _destroy_old(folder)
    with changing(invalidates=False):
        KeyState.objects.using(KEYS).filter(pk=1).update(rotated_at=moment)
    _drop_worthless(bundles, path)
    vault.forget()
    step(STEPS[5])
    return Rotation(rewrapped, path, destroyed)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the right to rotate. The lock lies beside the keyring and ends with the process.

    Raises:
        RotationRunning: somebody else holds it.
    """
    handle = os.open(folder.with_name(f".{folder.name}.rotating"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RotationRunning from None
        yield
    finally:
        os.close(handle)


def _drop_worthless(folder: Path, newest: Path) -> None:
    """Remove the keys bundles of rotations before: nothing opens them any more. Bundles of backups are left alone."""
    for path in folder.glob(f"*{MARK}"):
        if path != newest:
            path.unlink()
    durable.sync_folder(folder)


def _versions(state: KeyState) -> dict[str, int]:
    return {
        keyring.IDENTITY: state.identity_version,
        keyring.CLINICAL: state.clinical_version,
        keyring.INDEX: state.index_version,
    }


def _rewrap() -> int:
    """Wrap every participant's keys by the newest versions, and make those the ones in use, in one transaction."""
    name = key_store.installation()
    ring = keyring.keyring()
    newest = {store: ring.current(KEK_OF[store]).version for store in Store}
    changed: list[tuple[bytes, int, int]] = []
    with changing(invalidates=True):
        for store, version in newest.items():
            wrapping = key_store.kek(store, version)
            olds = PersonKey.objects.using(KEYS).filter(store=store).exclude(kek_version=version)
            for row in olds.iterator(chunk_size=2_000):
                old = key_store.kek(row.store, row.kek_version)
                place = (name, row.person_id, row.store, row.key_id)
                secret = envelope.unwrap(old, bytes(row.wrapped), *place, row.kek_version)
                changed.append((envelope.wrap(wrapping, secret, *place, version), version, row.key_id))
        with connections[KEYS].cursor() as cursor:
            cursor.executemany(
                "UPDATE security_person_key SET wrapped = %s, kek_version = %s WHERE key_id = %s", changed
            )
        KeyState.objects.using(KEYS).filter(pk=1).update(
            identity_version=newest[Store.IDENTITY], clinical_version=newest[Store.CLINICAL]
        )
    vault.forget()
    return len(changed)


def _proven_bundle(folder: Path, of: sources.Sources) -> Path:
    """Write a keys bundle and restore it as a test, with a key that exists only for this moment."""
    backup.make_folder(folder)
    once = x25519.Identity.generate()
    work = Path(tempfile.mkdtemp(prefix=".rotation-", dir=of.home))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    path = folder / f"{stamp}-{randomness.code(4, 'abcdefghijkmnpqrstuvwxyz')}{MARK}"
    try:
        backup.write_keys(path, of, randomness.token(), work, once)
        backup.check_keys(bundle.unpack(path, once, work / "opened"), _newest_only())
    except Exception:
        path.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return path


def _newest_only() -> keyring.Keyring:
    """Return the keyring as it will be when the old versions are gone: the test must pass with that."""
    ring = keyring.read(places.keyring_folder())
    kept = {kind: ring.current(kind) for kind in keyring.KINDS}
    return keyring.Keyring(ring.folder, {(key.kind, key.version): key for key in kept.values()})


def _destroy_old(folder: Path) -> list[tuple[str, int]]:
    state = key_store.read_state()
    destroyed = []
    if state is not None:
        for kind, used in _versions(state).items():
            for version in keyring.read(folder).versions(kind):
                if version < used:
                    keyring.destroy(folder, kind, version)
                    destroyed.append((kind, version))
    return destroyed
