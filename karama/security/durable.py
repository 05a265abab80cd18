"""Files that survive a power cut, are private, and can be destroyed as well as a file system allows."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def private_folder(path: Path) -> Path:
    """Make a folder only its owner may enter (0700), with its parents, and return it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(PRIVATE_FOLDER)
    return path


def sync_folder(path: Path) -> None:
    """Make names created, renamed or removed in a folder durable."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_all(handle: int, content: bytes) -> None:
    """Write every byte to a file descriptor, also when the system takes them in pieces."""
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def replace(path: Path, content: bytes, *, shred_old: bool = False) -> None:
    """Write a private file whole or not at all; optionally overwrite the bytes of the one it replaces."""
    fresh = path.with_name(f".{path.name}.new")
    with suppress(FileNotFoundError):
        fresh.unlink()
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        write_all(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
    old = os.open(path, os.O_WRONLY | os.O_CLOEXEC) if shred_old and path.exists() else None
    os.replace(fresh, path)
    sync_folder(path.parent)
    if old is not None:
        _overwrite(old)


def _overwrite(handle: int) -> None:
    try:
        write_all(handle, os.urandom(os.fstat(handle).st_size))
        os.fsync(handle)
    finally:
        os.close(handle)


def shred(path: Path) -> None:
    """Overwrite a file with random bytes and remove it.

    Flash storage and copy-on-write file systems may keep the old bytes; SECURITY.md says so.
    """
    if path.exists():
        _overwrite(os.open(path, os.O_WRONLY | os.O_CLOEXEC))
        path.unlink()
        sync_folder(path.parent)


def readable_by_others(path: Path) -> bool:
    """Tell whether group or others have any right on a file or folder."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
