"""Replacing a folder in one step, so that a power cut leaves either the old one or the new one."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from karama.security import durable

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def exchange(one: Path, other: Path) -> None:
    """Exchange the names of two folders of one file system (Linux ``renameat2`` with RENAME_EXCHANGE).

    Raises:
        OSError: the system cannot do it; both are as they were.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    failed = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE))
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))
    durable.sync_folder(one.parent)


def sync_tree(folder: Path) -> None:
    """Make every file and name below a folder durable."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        elif path.is_dir():
            durable.sync_folder(path)
    durable.sync_folder(folder)
    durable.sync_folder(folder.parent)


def put_in_place(fresh: Path, target: Path, keep_as: Path) -> Path | None:
    """Put a prepared folder where another one is or will be; return where the old one went, if there was one.

    Raises:
        OSError: nothing was replaced.
    """
    sync_tree(fresh)
    if not target.exists():
        os.rename(fresh, target)
        durable.sync_folder(target.parent)
        return None
    exchange(fresh, target)
    os.rename(fresh, keep_as)
    durable.sync_folder(target.parent)
    return keep_as
