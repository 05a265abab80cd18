"""Making an installation: folders, keys, databases, organisation, programmes, first users. Whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from karama import home
from karama.security.identifiers import uuid7

if TYPE_CHECKING:
    from karama.accounts.actions.users import FirstSignIn
    from karama.security.recovery import RecoveryKit

FOLDERS = ("data", "keys", "ledger", "wording", "logs", "static", "escrow")


class AlreadyThere(Exception):
    """The folder holds an installation, or something else, already."""


@dataclass(frozen=True)
class Founded:
    """What is told once: the recovery kit and the first passwords."""

    folder: Path
    kit: RecoveryKit | None
    administrator: FirstSignIn
    operator: FirstSignIn


def found(
    *,
    organisation: str,
    programmes: Sequence[str],
    administrator: str,
    operator: str,
    demo: bool = False,
    database: str = "",
    keys_database: str = "",
    backups: str = "",
) -> Founded:
    """Make the installation in `KARAMA_HOME`. Raises `AlreadyThere`; on any failure nothing is left behind."""
    folder, keyring = home.home(), home.keyring_of(home.home())
    for place in (folder, keyring):
        if place.exists() and any(place.iterdir()):
            raise AlreadyThere(str(place))
    try:
        _make_folders(folder)
        described = home.Installation(
            id=str(uuid7()),
            organisation=organisation,
            programmes=tuple(programmes),
            demo=demo,
            database=database,
            keys_database=keys_database,
            backups=backups,
        )
        home.write_installation(folder, described)
        return _fill(folder, keyring, programmes, administrator, operator, organisation)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(keyring, ignore_errors=True)
        raise


def _make_folders(folder: Path) -> None:
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def _fill(
    folder: Path, keyring: Path, programmes: Sequence[str], administrator: str, operator: str, organisation: str
) -> Founded:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karama.settings")
    import django

    django.setup()
    from karama.security import first_start

    kit = first_start.prepare()
    make_web_key(keyring)
    migrate()
    first, second = _first_users(organisation, programmes, administrator, operator)
    return Founded(folder, kit, first, second)


def make_web_key(keyring: Path) -> None:
    """Make the secret that signs cookies, where there is none. It is in no backup: a new one ends every session."""
    from karama.security import randomness

    secret = keyring / "web.key"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(randomness.token(), encoding="ascii")


def migrate() -> None:
    """Bring both databases to the newest shape."""
    from django.core.management import call_command

    from karama.journal import guard

    with guard.suspended("migration"):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("migrate", database="keys", verbosity=0, interactive=False)


def _first_users(
    organisation: str, programmes: Sequence[str], administrator: str, operator: str
) -> tuple[FirstSignIn, FirstSignIn]:
    from karama.accounts.actions import add_user, become_operator, make_first_administrator
    from karama.accounts.actions.setting_up import SETUP
    from karama.accounts.queries import actor_by_name
    from karama.programme.actions import open_programme, set_up_organisation

    set_up_organisation(by=SETUP, name=organisation)
    for code in programmes:
        open_programme(by=SETUP, code=code)
    first = make_first_administrator(by=SETUP, username=administrator, work_alias=administrator).value
    samir = actor_by_name(administrator, "administrator")
    second = add_user(by=samir, username=operator).value
    become_operator(by=SETUP, user=second.id, work_alias=operator)
    return first, second
