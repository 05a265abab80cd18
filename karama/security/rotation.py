"""Rotation: new wrapping keys, and the destruction of the old ones, which makes erasures final.

Copies of an erased person's wrapped keys may survive in a journal file, a snapshot or an old keys bundle. They are
worthless once the key that wrapped them is gone. Rotate at least every 30 days. Every step may be repeated: a
rotation cut off by a crash is finished by calling ``rotate`` again.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import connections
from pyrage import x25519

from karama.security import backup, bundle, envelope, key_store, keyring, places, randomness, recovery, sources, vault
from karama.security.key_store import KEK_OF, changing
from karama.security.models import KeyState, PersonKey, Store
from karama.security.routers import KEYS

ROTATE_EVERY = timedelta(days=30)
RebuildIndex = Callable[[int], None]


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
    bundle_folder: Path, rebuild_index: RebuildIndex | None = None, *, of: sources.Sources | None = None
) -> Rotation:
    """Rotate the identity, clinical and index keys of a living installation.

    New keys; a new escrow file; every participant's keys wrapped anew in one transaction; the blind index rebuilt by
    ``rebuild_index(version)``; a keys bundle written to ``bundle_folder`` and restored as a test; only then the old
    keys and their escrow destroyed. Without ``rebuild_index`` the index key is left as it is.

    Raises:
        BundleRefused, BackupImpossible: the test restore failed; the old keys are still there, nothing is lost.
    """
    of = of or sources.of_installation()
    folder = places.keyring_folder()
    with changing(invalidates=False) as state:
        before = _versions(state)
    kinds = [keyring.IDENTITY, keyring.CLINICAL, *([keyring.INDEX] if rebuild_index else [])]
    for kind in kinds:
        if keyring.read(folder).versions(kind)[-1] == before[kind]:
            keyring.add_version(folder, kind)
    recovery.write_escrow()
    moment = datetime.now(UTC)
    rewrapped = _rewrap()
    if rebuild_index is not None:
        fresh = keyring.keyring().current(keyring.INDEX).version
        rebuild_index(fresh)
        with changing(invalidates=True):
            KeyState.objects.using(KEYS).filter(pk=1).update(index_version=fresh)
    path = _proven_bundle(bundle_folder, of)
    destroyed = _destroy_old(folder)
    recovery.write_escrow()
    KeyState.objects.using(KEYS).filter(pk=1).update(rotated_at=moment)
    vault.forget()
    return Rotation(rewrapped, path, destroyed)


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
    folder.mkdir(parents=True, exist_ok=True)
    once = x25519.Identity.generate()
    work = Path(tempfile.mkdtemp(prefix=".rotation-", dir=of.home))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    path = folder / f"{stamp}-{randomness.code(4, 'abcdefghijkmnpqrstuvwxyz')}.keys.age"
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
