"""The keyring: the keys that wrap all other keys, as small private files outside the data folder.

Four kinds. ``identity`` and ``clinical`` wrap the keys of participants and are rotated; ``index`` makes the blind
index and is rotated; ``installation`` makes keyed digests and seals what belongs to nobody, and stays for the
life of the installation, because digests that were written down must stay comparable.
The file format is docs/decisions/0011-keyring-file.md.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from karama.security import durable, places, randomness
from karama.security.problems import KeyringMissing, KeyringUnsafe

IDENTITY = "identity"
CLINICAL = "clinical"
INDEX = "index"
INSTALLATION = "installation"
KINDS = (IDENTITY, CLINICAL, INDEX, INSTALLATION)
ROTATED = (IDENTITY, CLINICAL, INDEX)
KEY_BYTES = 32
PUBLIC_NAME = "recovery.pub"
_NAME = re.compile(r"(?P<kind>[a-z]+)-(?P<version>\d{4,})\.key")


@dataclass(frozen=True)
class Key:
    """One key: its kind, its version (from 1), 32 secret bytes and the day it was made."""

    kind: str
    version: int
    secret: bytes = field(repr=False)
    made_on: date


class Keyring:
    """The keys found in one folder."""

    def __init__(self, folder: Path, keys: dict[tuple[str, int], Key]) -> None:
        self.folder = folder
        self._keys = keys

    def versions(self, kind: str) -> list[int]:
        """Return the versions held of a kind, oldest first."""
        return sorted(version for held, version in self._keys if held == kind)

    def current(self, kind: str) -> Key:
        """Return the newest key of a kind.

        Raises:
            KeyringMissing: no key of this kind is held here.
        """
        held = self.versions(kind)
        if not held:
            raise KeyringMissing
        return self._keys[kind, held[-1]]

    def version(self, kind: str, number: int) -> Key:
        """Return one version of a kind.

        Raises:
            KeyringMissing: it was destroyed at a rotation, or never was here.
        """
        try:
            return self._keys[kind, number]
        except KeyError:
            raise KeyringMissing from None

    def all_keys(self) -> list[Key]:
        """Return every key, in the order of kind and version."""
        return [self._keys[name] for name in sorted(self._keys)]


def unsafe_reasons(folder: Path, home: Path) -> list[KeyringUnsafe]:
    """Return what makes a keyring folder unsafe: inside the data folder, or readable by other accounts."""
    found = []
    if folder.resolve().is_relative_to(home.resolve()):
        found.append(KeyringUnsafe(_("The keyring lies inside the data folder, so a copy of one is a copy of both.")))
    if folder.exists():
        inside = [folder, *(path for path in folder.iterdir() if path.is_file())]
        if any(durable.readable_by_others(path) for path in inside):
            found.append(KeyringUnsafe(_("Other accounts of this machine can read the keyring.")))
    return found


def _refuse_unsafe(folder: Path) -> None:
    reasons = unsafe_reasons(folder, places.home())
    if reasons:
        raise reasons[0]


def render(key: Key) -> bytes:
    """Return a key as the bytes of its file: named lines and a check against typing and disk errors."""
    body = (
        f"karama-key 1\nkind {key.kind}\nversion {key.version}\nmade {key.made_on.isoformat()}\n"
        f"key {base64.b64encode(key.secret).decode()}\n"
    ).encode()
    return body + b"check " + hashlib.sha256(body).hexdigest()[:16].encode() + b"\n"


def parse(content: bytes) -> Key:
    """Read a key from the bytes of its file.

    Raises:
        KeyringMissing: the content is not a whole key file.
    """
    body, mark, check = content.rpartition(b"check ")
    damaged = KeyringMissing(_("A key file of the keyring is damaged."))
    if not mark or check.strip() != hashlib.sha256(body).hexdigest()[:16].encode():
        raise damaged
    lines = dict(line.split(" ", 1) for line in body.decode().splitlines())
    if lines.get("karama-key") != "1":
        raise damaged
    secret = base64.b64decode(lines["key"])
    if len(secret) != KEY_BYTES or lines["kind"] not in KINDS:
        raise damaged
    return Key(lines["kind"], int(lines["version"]), secret, date.fromisoformat(lines["made"]))


def path_of(folder: Path, kind: str, version: int) -> Path:
    """Return the path of one key file."""
    return folder / f"{kind}-{version:04d}.key"


def write(folder: Path, key: Key) -> None:
    """Write one key durably, readable by its owner only."""
    durable.private_folder(folder)
    durable.replace(path_of(folder, key.kind, key.version), render(key))


def read(folder: Path) -> Keyring:
    """Read every key of a folder, without the cache.

    Raises:
        KeyringUnsafe: the folder is in the data folder or readable by others.
        KeyringMissing: a file is damaged, or there is no key at all.
    """
    _refuse_unsafe(folder)
    keys: dict[tuple[str, int], Key] = {}
    if folder.exists():
        for path in sorted(folder.iterdir()):
            if _NAME.fullmatch(path.name):
                key = parse(path.read_bytes())
                keys[key.kind, key.version] = key
    if not keys:
        raise KeyringMissing
    return Keyring(folder, keys)


@lru_cache(maxsize=8)
def _cached(folder: Path) -> Keyring:
    return read(folder)


def keyring() -> Keyring:
    """Return the keyring of this installation, read once per process.

    Raises:
        KeyringUnsafe, KeyringMissing: as ``read``.
    """
    return _cached(places.keyring_folder())


def find(kind: str, version: int) -> Key:
    """Return one key, reading the folder again when this process has not seen the version yet.

    Raises:
        KeyringMissing: it was destroyed at a rotation, or never was here.
    """
    try:
        return keyring().version(kind, version)
    except KeyringMissing:
        forget()
        return keyring().version(kind, version)


def forget() -> None:
    """Drop what was read, so that the next look reads the folder again."""
    _cached.cache_clear()


def exists(folder: Path | None = None) -> bool:
    """Tell whether a keyring folder holds at least one key."""
    folder = folder or places.keyring_folder()
    return folder.exists() and any(_NAME.fullmatch(path.name) for path in folder.iterdir())


def add_version(folder: Path, kind: str) -> Key:
    """Make the next version of a kind and write it; nothing uses it yet.

    Raises:
        KeyringUnsafe: as ``read``.
    """
    _refuse_unsafe(folder)
    held = read(folder).versions(kind) if exists(folder) else []
    key = Key(kind, (held[-1] if held else 0) + 1, randomness.octets(KEY_BYTES), datetime.now(UTC).date())
    write(folder, key)
    forget()
    return key


def create(folder: Path) -> None:
    """Make a keyring with version 1 of each kind; called once, at first start.

    Raises:
        KeyringUnsafe: the folder would be unsafe.
    """
    for kind in KINDS:
        add_version(folder, kind)


def destroy(folder: Path, kind: str, version: int) -> None:
    """Destroy one version: what it wraps can never be opened again."""
    durable.shred(path_of(folder, kind, version))
    forget()


def public_key() -> str:
    """Return the public half of the recovery kit (an age recipient).

    Raises:
        KeyringMissing: the installation was never started properly.
    """
    path = places.keyring_folder() / PUBLIC_NAME
    if not path.exists():
        raise KeyringMissing
    return path.read_text().strip()
