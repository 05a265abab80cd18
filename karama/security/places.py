"""Where things lie: the data folder, the keyring outside it, and the lock that says somebody is at home.

``KARAMA_HOME/`` holds ``installation.toml data/ keys/ ledger/ escrow/ wording/ logs/``. The keys that open
everything are outside it, in ``KARAMA_KEYRING``.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from karama.security.problems import RestoreImpossible


def home() -> Path:
    """Return the data folder of this installation."""
    return Path(settings.KARAMA_HOME)


def keyring_folder() -> Path:
    """Return the folder of the key-encryption keys, outside the data folder."""
    folder = settings.KARAMA_KEYRING
    return folder if isinstance(folder, Path) else Path(folder)


def installation_id() -> str:
    """Return the permanent identifier of this installation; it is part of every sealed value."""
    return str(settings.KARAMA_INSTALLATION_ID)


def ledger_path(base: Path | None = None) -> Path:
    """Return the path of the outlives ledger below a data folder (default: this one)."""
    return (base or home()) / "ledger" / "outlives.ledger"


def escrow_path(base: Path | None = None) -> Path:
    """Return the path of the escrow file below a data folder (default: this one)."""
    return (base or home()) / "escrow" / "keks.age"


def backup_note(base: Path | None = None) -> Path:
    """Return the path of the note that says when and where the last backup was written (default: of this one)."""
    return (base or home()) / "logs" / "last-backup.json"


def _lock_path(base: Path) -> Path:
    return base.with_name(f".{base.name}.in-use")


@contextmanager
def in_use(base: Path | None = None, *, alone: bool = False) -> Iterator[None]:
    """Hold the data folder while working on it: servers share it, a restore must have it alone.

    The lock lies beside the folder, so that replacing the folder does not replace the lock.

    Raises:
        RestoreImpossible: somebody else holds it in a way that excludes us.
    """
    base = base or home()
    base.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(_lock_path(base), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RestoreImpossible(_("Another Karama process is using this data folder.")) from None
        yield
    finally:
        os.close(handle)
