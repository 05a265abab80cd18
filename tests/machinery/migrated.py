"""Migrated empty databases, made once and copied for every later test process: migrating takes longer than most tests.

SQLite only. The copy is kept beside the test databases under a digest of everything it depends on: the migrations, the
settings and the versions of what is installed. Whatever changes makes another copy.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import distributions
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import connections

from tests.machinery.quick_folder import quick_folder

ROOT = Path(__file__).resolve().parents[2]
DEPENDS_ON = ("karama/*/migrations/*.py", "karama/settings.py", "karama/security/sqlite_settings.py")
A_DAY = 24 * 60 * 60


def put(make: Callable[[], None]) -> bool:
    """Fill the empty test databases with a kept copy, or by `make` and keep one; whether a copy was used.

    Two processes that start at once make it once: the second waits.
    """
    if any(one.vendor != "sqlite" for one in connections.all()):
        make()
        return False
    kept = Path(quick_folder() or tempfile.gettempdir()) / f"karama-migrated-{os.getuid()}-{_digest()}"
    with _alone(kept.with_suffix(".lock")):
        used = all(_file(kept, alias).exists() for alias in connections)
        if used:
            for alias in connections:
                with closing(sqlite3.connect(_file(kept, alias))) as copy:
                    copy.backup(_opened(alias))
        else:
            make()
            for alias in connections:
                _keep(_opened(alias), _file(kept, alias))
            _forget_older(kept)
    return used


def _forget_older(kept: Path) -> None:
    """Copies that nothing has asked for since yesterday and that no test process is reading."""
    family = kept.name.rsplit("-", 1)[0]
    for path in kept.parent.glob(f"{family}-*"):
        if not path.name.startswith(kept.name) and time.time() - path.stat().st_mtime > A_DAY:
            path.unlink(missing_ok=True)


def _file(kept: Path, alias: str) -> Path:
    return kept.with_name(f"{kept.name}-{alias}.sqlite3")


def _keep(whole: sqlite3.Connection, path: Path) -> None:
    half = path.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(half)) as copy:
        whole.backup(copy)
    half.replace(path)


def _opened(alias: str) -> sqlite3.Connection:
    connections[alias].ensure_connection()
    opened: sqlite3.Connection = connections[alias].connection
    return opened


def _digest() -> str:
    paths = [path for pattern in DEPENDS_ON for path in sorted(ROOT.glob(pattern))]
    told = [f"{path.relative_to(ROOT)}\n{path.read_text(encoding='utf-8')}" for path in paths]
    told += sorted(f"{one.name} {one.version}" for one in distributions())
    return uuid5(NAMESPACE_URL, "\n".join(told)).hex[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
