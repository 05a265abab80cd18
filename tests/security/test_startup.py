"""What start-up refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from karama.security import keyring, places, restore, sqlite_settings, startup, vault
from karama.security.identifiers import uuid7
from karama.security.models import KeyState
from tests.security.conftest import Place

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def codes(found: Any) -> list[str]:
    """The codes of problems, in order."""
    return [problem.code for problem in found]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    """A connection of its own to an SQLite file."""
    defaults = dict(connections["default"].settings_dict)
    defaults.update({"NAME": str(tmp_path / "one.db"), "OPTIONS": {}, "ENGINE": "django.db.backends.sqlite3"})
    made = DatabaseWrapper(defaults, alias="one")
    yield made
    made.close()


def with_pragmas(database: DatabaseWrapper, pragmas: dict[str, str]) -> DatabaseWrapper:
    """Open the connection with these pragmas."""
    database.settings_dict["OPTIONS"] = sqlite_settings.options(pragmas)
    return database


@pytest.mark.parametrize("pragmas", [sqlite_settings.MAIN_PRAGMAS, sqlite_settings.KEYS_PRAGMAS])
def test_safe_sqlite(database: DatabaseWrapper, pragmas: dict[str, str], settings: Any) -> None:
    """SL110: the settings that come with Karama are the ones start-up accepts, for both databases."""
    assert codes(startup.sqlite_problems(with_pragmas(database, pragmas), pragmas)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "DELETE"),
        ("synchronous", "NORMAL"),
        ("synchronous", "OFF"),
        ("foreign_keys", "OFF"),
        ("secure_delete", "OFF"),
        ("secure_delete", "FAST"),
    ],
)
def test_unsafe_main(database: DatabaseWrapper, name: str, value: str) -> None:
    """SL111: each unsafe setting of the main database is refused by name, with a way out."""
    pragmas = {**sqlite_settings.MAIN_PRAGMAS, name: value}
    found = list(startup.sqlite_problems(with_pragmas(database, pragmas), sqlite_settings.MAIN_PRAGMAS))
    assert codes(found) == ["security.sqlite_unsafe"]
    assert found[0].refuses
    assert name in str(found[0].what)
    assert str(found[0].do)


@pytest.mark.parametrize(
    ("name", "value"), [("journal_mode", "WAL"), ("synchronous", "FULL"), ("secure_delete", "OFF")]
)
def test_unsafe_keys(database: DatabaseWrapper, name: str, value: str) -> None:
    """SL112: each unsafe setting of the key database is refused: WAL keeps erased keys, FULL may lose an erasure."""
    pragmas = {**sqlite_settings.KEYS_PRAGMAS, name: value}
    found = startup.sqlite_problems(with_pragmas(database, pragmas), sqlite_settings.KEYS_PRAGMAS)
    assert codes(found) == ["security.sqlite_unsafe"]


def test_djangos_own_defaults_are_refused(database: DatabaseWrapper) -> None:
    """SL113: an SQLite database opened with Django's defaults is refused."""
    assert "security.sqlite_unsafe" in codes(startup.sqlite_problems(database, sqlite_settings.MAIN_PRAGMAS))


class FakePostgres:
    """Answers ``current_setting`` from a table."""

    alias = "default"

    def __init__(self, **said: str) -> None:
        safe = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "data_checksums": "on"}
        self.said = {**safe, **said}
        self.asked = ""

    def cursor(self) -> FakePostgres:
        """Be the cursor as well."""
        return self

    def __enter__(self) -> FakePostgres:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def execute(self, query: str, arguments: list[str] | None = None) -> None:
        """Remember which setting was asked for."""
        self.asked = arguments[0] if arguments else "data_checksums"

    def fetchone(self) -> tuple[str]:
        """Answer it."""
        return (self.said[self.asked],)


@pytest.mark.parametrize(
    ("name", "value"),
    [("fsync", "off"), ("synchronous_commit", "off"), ("synchronous_commit", "local"), ("full_page_writes", "off")],
)
def test_unsafe_postgresql(name: str, value: str) -> None:
    """SL114: PostgreSQL that may lose acknowledged work is refused; one that keeps it is accepted."""
    assert codes(startup.postgres_problems(FakePostgres())) == []  # type: ignore[arg-type]
    found = list(startup.postgres_problems(FakePostgres(**{name: value})))  # type: ignore[arg-type]
    assert codes(found) == ["security.postgres_unsafe"]
    assert found[0].refuses


def test_postgresql_without_checksums() -> None:
    """SL115: PostgreSQL without page checksums starts, and says so."""
    found = list(startup.postgres_problems(FakePostgres(data_checksums="off")))  # type: ignore[arg-type]
    assert codes(found) == ["security.postgres_no_checksums"]
    assert not found[0].refuses


def test_a_fresh_installation_has_a_safe_keyring_and_ledger(place: Place) -> None:
    """SL116: after first start the keyring and the ledger are found safe."""
    place.home.chmod(0o700)
    assert codes(startup.keyring_problems()) == []
    assert codes(startup.ledger_problems()) == []


def test_unsafe_keyrings(place: Place, settings: Any) -> None:
    """SL117: a keyring others can read, one inside the data folder, and a missing one are refused."""
    place.keyring.chmod(0o750)
    assert codes(startup.keyring_problems()) == ["security.keyring_unsafe"]
    place.keyring.chmod(0o700)
    moved = place.keyring.rename(place.home / "keyring")
    assert codes(startup.keyring_problems()) == ["security.keyring_missing"]
    settings.KARAMA_KEYRING = moved
    assert codes(startup.keyring_problems()) == ["security.keyring_unsafe"]


def test_ledger(place: Place) -> None:
    """SL118: a missing ledger, a damaged one, and one older than the key database are refused."""
    vault.create_keys(people := [uuid7(), uuid7()])
    for person in people:
        vault.erase(person)
    whole = places.ledger_path().read_bytes()
    places.ledger_path().write_bytes(whole[:-512])
    assert codes(startup.ledger_problems()) == ["security.ledger_older"]
    places.ledger_path().write_bytes(whole[:600] + b"x" + whole[601:])
    assert codes(startup.ledger_problems()) == ["security.ledger_damaged"]
    places.ledger_path().unlink()
    assert codes(startup.ledger_problems()) == ["security.ledger_missing"]


def test_warnings(place: Place) -> None:
    """SL119: an overdue rotation, a missing escrow and an open data folder are shown and do not stop the server."""
    vault.create_keys([uuid7()])
    KeyState.objects.update(rotated_at=datetime.now(UTC) - timedelta(days=32))
    places.escrow_path().unlink()
    place.home.chmod(0o755)
    found = list(startup.keyring_problems())
    assert codes(found) == ["security.home_readable", "security.escrow_missing", "security.rotation_overdue"]
    assert not any(problem.refuses for problem in found)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.4", "clinic.example", ""])
def test_demo_is_for_this_machine_only(settings: Any, address: str) -> None:
    """SL120: a demonstration refuses any address other machines can reach; a real installation does not."""
    settings.KARAMA_DEMO = True
    assert codes(startup.demo_problems(["127.0.0.1", address])) == ["security.demo_exposed"]
    assert codes(startup.demo_problems(["127.0.0.1", "::1", "[::1]", "localhost"])) == []
    settings.KARAMA_DEMO = False
    assert codes(startup.demo_problems([address])) == []


def test_debug_and_one_database(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """SL121: debug pages, and keys in the same database as the data, are refused."""
    settings.DEBUG = True
    assert codes(startup.debug_problems()) == ["security.debug"]
    assert startup._same_place(connections["default"], connections["default"])


def test_everything_is_named(bare: Path) -> None:
    """SL122: on an installation that was never started the whole list is returned, each with a way out."""
    found = [*startup.problems(["127.0.0.1"]), *startup.warnings()]
    assert "security.keyring_missing" in codes(found)
    assert all(str(problem.do) and str(problem.what) for problem in found)
    assert not keyring.exists()
    assert not places.ledger_path().exists()


def test_an_unfinished_restore(place: Place) -> None:
    """SL147: after a restore nobody is served before what was decided since the backup is applied."""
    path = places.ledger_path().parent / restore.REPLAY_NAME
    assert "security.restore_unfinished" not in {one.code for one in startup.problems()}
    path.write_text('{"since": 1}')
    found = {one.code: one for one in startup.problems()}
    assert "restore --finish" in str(found["security.restore_unfinished"])
