"""Backup bundles: parts and a manifest in a tar, sealed to the recovery key in the age format.

Every byte is authenticated twice: age refuses a truncated or changed file, and the manifest (digest and size of each
part) carries a keyed digest made with the installation key, so that a bundle forged by somebody who knows only the
public half is refused as well. The format is docs/decisions/0013-backup-bundles.md.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import pyrage
from pyrage import x25519

from karama.security import digests, durable, keyring
from karama.security.ledger import Position
from karama.security.problems import BundleRefused

FORMAT = 1
_MANIFEST = "manifest.json"
_MAC = "manifest.mac"
_PIECE = 1 << 20


@dataclass(frozen=True)
class Part:
    """One file in a bundle: size in bytes and SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a bundle says about itself.

    ``content`` is ``data`` or ``keys``; ``pair`` is the same in two bundles made together; ``rows`` counts rows by
    table; ``serial`` is the state of the key database the data needs at least, or the keys bundle has reached.
    """

    content: str
    installation: str
    pair: str
    made_at: str
    engine: str
    epoch: int
    ledger: Position
    serial: int
    rows: dict[str, int]
    keks: dict[str, list[int]] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    format: int = FORMAT


@dataclass(frozen=True)
class Unpacked:
    """A bundle that was opened into a folder; nothing in it may be used before ``authenticate``."""

    manifest: Manifest
    folder: Path
    raw: bytes
    mac: bytes

    def authenticate(self, ring: keyring.Keyring) -> None:
        """Check that this installation made the bundle.

        Raises:
            BundleRefused: it did not, or the manifest was changed.
        """
        if not digests.constant_time_equal(self.mac, _mac(self.raw, ring)):
            raise BundleRefused


def _mac(raw: bytes, ring: keyring.Keyring) -> bytes:
    secret = digests.derive(ring.current(keyring.INSTALLATION).secret, "backup", "manifest")
    return hmac.digest(secret, raw, "sha256").hex().encode()


def digest_of(path: Path) -> Part:
    """Return size and SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as source:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return Part(size, digest.hexdigest())


def pack(
    out: Path,
    manifest: Manifest,
    files: Mapping[str, Path],
    ring: keyring.Keyring,
    recipients: Sequence[x25519.Recipient],
    workplace: Path,
) -> Manifest:
    """Write a bundle whole or not at all, and return its manifest with the parts filled in.

    ``workplace`` is a private folder for the unsealed tar, which holds nothing the databases do not hold.
    """
    manifest = Manifest(**{**_shallow(manifest), "parts": {name: digest_of(path) for name, path in files.items()}})
    raw = json.dumps(asdict(manifest), sort_keys=True, separators=(",", ":")).encode()
    plain = workplace / f"{manifest.content}.tar"
    with tarfile.open(plain, "w", format=tarfile.PAX_FORMAT) as tar:
        for name, content in ((_MANIFEST, raw), (_MAC, _mac(raw, ring))):
            tar.addfile(_member(name, len(content)), io.BytesIO(content))
        for name, path in files.items():
            with path.open("rb") as source:
                tar.addfile(_member(name, manifest.parts[name].size), source)
    fresh = out.with_name(f".{out.name}.partial")
    try:
        with plain.open("rb") as source, fresh.open("wb") as sink:
            fresh.chmod(durable.PRIVATE_FILE)
            pyrage.encrypt_io(source, sink, list(recipients))
            sink.flush()
            os.fsync(sink.fileno())
        fresh.rename(out)
        durable.sync_folder(out.parent)
    finally:
        fresh.unlink(missing_ok=True)
        plain.unlink(missing_ok=True)
    return manifest


def _shallow(manifest: Manifest) -> dict[str, Any]:
    return {name: getattr(manifest, name) for name in manifest.__dataclass_fields__}


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = durable.PRIVATE_FILE
    return member


def unpack(path: Path, identity: x25519.Identity, into: Path) -> Unpacked:
    """Open a bundle into a folder and check every part against the manifest.

    Raises:
        BundleRefused: it is truncated, changed, sealed to another kit, or not a bundle. The folder may hold rubbish.
    """
    durable.private_folder(into)
    plain = into / ".plain.tar"
    try:
        with path.open("rb") as source, plain.open("wb") as sink:
            plain.chmod(durable.PRIVATE_FILE)
            pyrage.decrypt_io(source, sink, [identity])
        return _read_tar(plain, into)
    except (pyrage.DecryptError, OSError, tarfile.TarError, ValueError, KeyError, TypeError):
        raise BundleRefused from None
    finally:
        plain.unlink(missing_ok=True)


def _read_tar(plain: Path, into: Path) -> Unpacked:
    with tarfile.open(plain, "r:") as tar:
        raw = _small(tar, _MANIFEST)
        mac = _small(tar, _MAC)
        manifest = _parse(raw)
        for name, part in manifest.parts.items():
            _safe_name(name)
            member = tar.getmember(name)
            source = tar.extractfile(member) if member.isreg() else None
            if source is None:
                raise BundleRefused
            target = into / name
            durable.private_folder(target.parent)
            with target.open("wb") as sink:
                while piece := source.read(_PIECE):
                    sink.write(piece)
            if digest_of(target) != part:
                raise BundleRefused
    return Unpacked(manifest, into, raw, mac)


def _small(tar: tarfile.TarFile, name: str) -> bytes:
    source = tar.extractfile(tar.getmember(name))
    if source is None:
        raise BundleRefused
    return source.read()


def _parse(raw: bytes) -> Manifest:
    said = json.loads(raw)
    if said["format"] != FORMAT:
        raise BundleRefused
    said["ledger"] = Position(**said["ledger"])
    said["parts"] = {name: Part(**part) for name, part in said["parts"].items()}
    return Manifest(**said)


def _safe_name(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name in (_MANIFEST, _MAC):
        raise BundleRefused
