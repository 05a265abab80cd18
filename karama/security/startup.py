"""What must be true before Karama serves anybody; each problem comes with the way out."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.security import durable, key_store, keyring, ledger, places, restore, rotation, sqlite_settings
from karama.security.problems import KeyringMissing, LedgerOlder, RestoreUnfinished, SecurityProblem
from karama.security.routers import KEYS

Words = str | Promise


@dataclass(frozen=True)
class StartupProblem:
    """Something that is not safe. ``refuses``: the server must not start; otherwise it is shown and may start."""

    code: str
    what: Words
    do: Words
    refuses: bool = True

    def __str__(self) -> str:
        return f"{self.what} {self.do} [{self.code}]"


_SQLITE_READS = {
    "synchronous": {"OFF": 0, "NORMAL": 1, "FULL": 2, "EXTRA": 3},
    "foreign_keys": {"OFF": 0, "ON": 1},
    "secure_delete": {"OFF": 0, "ON": 1},
}
_POSTGRES_NEEDS = {
    "fsync": {"on"},
    "synchronous_commit": {"on", "remote_apply"},
    "full_page_writes": {"on"},
}


def problems(bound_to: Sequence[str] = ()) -> list[StartupProblem]:
    """Return every reason not to start; an empty list means the server may start.

    ``bound_to`` names the addresses or host names the server will listen on.
    """
    return [found for found in _everything(bound_to) if found.refuses]


def warnings() -> list[StartupProblem]:
    """Return what an administrator should mend soon, and what does not stop the server."""
    return [found for found in _everything(()) if not found.refuses]


def _everything(bound_to: Sequence[str]) -> Iterator[StartupProblem]:
    yield from database_problems()
    yield from keyring_problems()
    yield from ledger_problems()
    yield from restore_problems()
    yield from backup_problems()
    yield from demo_problems(bound_to)
    yield from debug_problems()


def _from(problem: SecurityProblem) -> StartupProblem:
    return StartupProblem(problem.code, problem.what, problem.do)


def database_problems() -> Iterator[StartupProblem]:
    """Check the settings of both databases as the live connections see them."""
    main, keys = connections["default"], connections[KEYS]
    if _same_place(main, keys):
        yield StartupProblem(
            "security.one_database",
            _("Data and keys are configured to live in the same database."),
            _("Give the keys a database of their own: a copy of one must not be a copy of both."),
        )
    for connection, pragmas in ((main, sqlite_settings.MAIN_PRAGMAS), (keys, sqlite_settings.KEYS_PRAGMAS)):
        if connection.vendor == "sqlite":
            yield from sqlite_problems(connection, pragmas)
        elif connection.vendor == "postgresql":
            yield from postgres_problems(connection)
        else:
            yield StartupProblem(
                "security.database_unknown",
                _("Karama runs on SQLite and PostgreSQL only."),
                _("Configure one of the two."),
            )


def _same_place(one: BaseDatabaseWrapper, other: BaseDatabaseWrapper) -> bool:
    names = ("NAME", "HOST", "PORT")
    return all(str(one.settings_dict.get(name)) == str(other.settings_dict.get(name)) for name in names)


def sqlite_problems(connection: BaseDatabaseWrapper, pragmas: dict[str, str]) -> Iterator[StartupProblem]:
    """Compare the pragmas in force with the ones that lose nothing (``sqlite_settings``)."""
    with connection.cursor() as cursor:
        for name, wanted in pragmas.items():
            cursor.execute(f"PRAGMA {name}")
            row = cursor.fetchone()
            value = row[0] if row else None
            expected: Any = _SQLITE_READS.get(name, {}).get(wanted, wanted.lower())
            if value != expected:
                yield StartupProblem(
                    "security.sqlite_unsafe",
                    _("SQLite runs with an unsafe setting: {name} must be {value} ({database}).").format(
                        name=name, value=wanted, database=connection.alias
                    ),
                    _("Use the settings that come with Karama: others can lose work, or keep what was erased."),
                )


def postgres_problems(connection: BaseDatabaseWrapper) -> Iterator[StartupProblem]:
    """Check that the server keeps what it acknowledged, and say when it cannot notice damaged pages."""
    with connection.cursor() as cursor:
        for name, accepted in _POSTGRES_NEEDS.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] not in accepted:
                yield StartupProblem(
                    "security.postgres_unsafe",
                    _("PostgreSQL runs with an unsafe setting: {name} must be {value} ({database}).").format(
                        name=name, value="on", database=connection.alias
                    ),
                    _("Set it in postgresql.conf and reload the server: without it a power cut loses work."),
                )
        cursor.execute("SELECT current_setting('data_checksums')")
        if cursor.fetchone()[0] != "on":
            yield StartupProblem(
                "security.postgres_no_checksums",
                _("PostgreSQL does not check its pages for damage ({database}).").format(database=connection.alias),
                _("Stop the server and run 'pg_checksums --enable' once."),
                refuses=False,
            )


def keyring_problems() -> Iterator[StartupProblem]:
    """Check that the keyring is there, private, outside the data folder, rotated in time and in escrow."""
    folder = places.keyring_folder()
    unsafe = keyring.unsafe_reasons(folder, places.home())
    if unsafe:
        yield from map(_from, unsafe)
        return
    try:
        keyring.read(folder)
        keyring.public_key()
    except KeyringMissing as problem:
        yield _from(problem)
        return
    if durable.readable_by_others(places.home()):
        yield StartupProblem(
            "security.home_readable",
            _("Other accounts of this machine can look into the data folder."),
            _("Run: chmod 700 on the data folder."),
            refuses=False,
        )
    if not places.escrow_path().exists():
        yield StartupProblem(
            "security.escrow_missing",
            _("The escrow file is missing: if the keyring is lost, nothing can be opened again."),
            _("Run 'karama rotate': it writes a new one."),
            refuses=False,
        )
    yield from _rotation_problems()


def _rotation_problems() -> Iterator[StartupProblem]:
    due = rotation.due_on()
    if due is not None and due < datetime.now(UTC).date():
        yield StartupProblem(
            "security.rotation_overdue",
            _("The keys were not rotated for more than 30 days, so recent erasures are not final yet."),
            _("Run 'karama rotate' now."),
            refuses=False,
        )


def backup_problems() -> Iterator[StartupProblem]:
    """Say when copies of a backup that lie elsewhere can no longer be opened with what lies beside them."""
    if rotation.copies_are_closed():
        yield StartupProblem(
            "security.backup_before_rotation",
            _("The keys were rotated since the last backup: the keys bundle of copies kept elsewhere opens no more."),
            _("Run 'karama backup' and take a new copy there."),
            refuses=False,
        )


def ledger_problems() -> Iterator[StartupProblem]:
    """Check that the outlives ledger verifies and reaches as far as the key database remembers."""
    try:
        reached = ledger.position().seq
        state = key_store.read_state()
        if state is not None and reached < state.ledger_position:
            raise LedgerOlder
    except SecurityProblem as problem:
        yield _from(problem)


def restore_problems() -> Iterator[StartupProblem]:
    """Nobody works in a restored installation before what was decided since the backup is applied."""
    if restore.unfinished():
        yield _from(RestoreUnfinished())


def demo_problems(bound_to: Sequence[str]) -> Iterator[StartupProblem]:
    """A demonstration installation shows its sign-ins to everybody: it may listen to this machine only."""
    if settings.KARAMA_DEMO and not all(_is_loopback(address) for address in bound_to):
        yield StartupProblem(
            "security.demo_exposed",
            _("This is a demonstration with known passwords; it may be reached from this machine only."),
            _("Listen on 127.0.0.1, or make a real installation with 'karama init'."),
        )


def _is_loopback(address: str) -> bool:
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def debug_problems() -> Iterator[StartupProblem]:
    """Debug pages show values of people's records."""
    if settings.DEBUG:
        yield StartupProblem(
            "security.debug",
            _("Debug pages are switched on; they show what nobody may see."),
            _("Remove DEBUG from the configuration."),
        )
