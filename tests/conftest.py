"""What every test stands on: an installation of its own, both databases, the marks, the permanent cast.

The installation itself is made in `tests/machinery/isolation.py`, before Django reads its settings.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

pytest_plugins = ["tests.machinery.browser"]

PURE_FOLDERS = ("rules", "knowledge", "house")
NEEDS_DATABASE = {"db", "db_keys", "transactional_db", "live_server", "client", "admin_client"}
DEBIANS_CHROMIUM = "debians_chromium"
"""What every story of a browser leads to, whatever it is called on the way; a client of a test's own does not."""
TESTS = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a database or a browser, and open both databases to every database test."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        wanted = item.get_closest_marker("django_db")
        if wanted or fixtures & NEEDS_DATABASE:
            item.add_marker("database")
            _open_both_databases(item, dict(wanted.kwargs) if wanted else {})
        if DEBIANS_CHROMIUM in fixtures:
            item.add_marker("browser")


def _open_both_databases(item: pytest.Item, options: dict[str, Any]) -> None:
    """The keys live in a database of their own: a test that may use one may use both."""
    options.setdefault("databases", ["default", "keys"])
    item.add_marker(pytest.mark.django_db(**options), append=False)


@pytest.fixture(autouse=True)
def every_test_starts_alike(settings: Any) -> Iterator[None]:
    """In English, whatever the test before spoke; and with a quick password hash, because argon2 is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    with translation.override("en"):
        yield


@pytest.fixture
def karama_seed(request: pytest.FixtureRequest) -> int:
    """The seed of this run, printed at its head: what is sampled is sampled by it."""
    return int(request.config.getoption("--karama-seed"))


def _full(config: pytest.Config) -> bool:
    return bool(config.getoption("--karama-full")) and not os.environ.get("KARAMA_DATABASE")


@pytest.fixture
def full_run(request: pytest.FixtureRequest) -> bool:
    """Whether whole figures are wanted: in a full run, on SQLite; on PostgreSQL the same tests sample by
    `karama_seed` (decision 0004)."""
    return _full(request.config)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is marked `parts(8)` gets `part`: (0, 1) in an everyday run, (0, 8) to (7, 8) in a whole one."""
    mark = metafunc.definition.get_closest_marker("parts")
    if mark:
        of = mark.args[0] if _full(metafunc.config) else 1
        metafunc.parametrize(
            "part", [(number, of) for number in range(of)], ids=lambda one: f"{one[0] + 1} of {one[1]}"
        )


@pytest.fixture(scope="session")
def installation() -> Path:
    """The data folder of this test process, with keyring and ledger, as `karama init` leaves them."""
    from django.conf import settings

    from karama.security import keyring, ledger

    keyring.create(Path(settings.KARAMA_KEYRING))
    ledger.ledger().create()
    return Path(settings.KARAMA_HOME)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, installation: Path) -> None:
    """SQLite tests use files with the settings of a real installation, never a database in memory."""
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = connection.settings_dict["NAME"]
    # Four tables, made without replaying the history of every room; `karama init` does replay it (tests of the cli).
    connections["keys"].settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Make both test databases. The guard on writes steps aside for migrations and flushes only."""
    from django.core.management.commands.flush import Command
    from django.test.utils import setup_databases, teardown_databases

    from karama.journal import guard
    from tests.machinery import migrated

    made: list[Any] = []

    def migrate() -> None:
        aliases = ["default", "keys"]
        made.extend(setup_databases(verbosity=0, interactive=False, aliases=aliases, serialized_aliases=[]))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", guard.suspended("emptying a test database")(Command.handle))
        with django_db_blocker.unblock(), guard.suspended("migrations of a test database"):
            migrated.put(migrate)
        yield
        with django_db_blocker.unblock(), guard.suspended("removing a test database"):
            teardown_databases(made, verbosity=0)
