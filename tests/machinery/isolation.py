"""Loaded before Django: each test process gets an installation of its own, a printed seed, no network."""

from __future__ import annotations

import atexit
import gc
import os
import random
import shutil
import tempfile
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings

from karama.home import Installation, write_installation
from tests.machinery import sampling
from tests.machinery.quick_folder import quick_folder

INSTALLATION_ID = UUID("0190c0de-0000-7000-8000-000000000001")
PROGRAMMES = ("colombia-community", "iraq-torture-rehabilitation")
THIS_MACHINE = "127.0.0.1,::1,localhost"


def _make_home() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="karama-test-", dir=quick_folder()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = folder / "home"
    for name in ("data", "keys", "ledger", "wording", "logs", "static"):
        (home / name).mkdir(parents=True)
    write_installation(
        home,
        Installation(
            id=str(INSTALLATION_ID),
            organisation="Organisation of the tests",
            programmes=PROGRAMMES,
            hosts=("localhost", "127.0.0.1", "[::1]", "testserver"),
        ),
    )
    os.environ["KARAMA_HOME"] = str(home)
    os.environ["KARAMA_KEYRING"] = str(folder / "keyring")
    os.environ["KARAMA_INSTALLATION_ID"] = str(INSTALLATION_ID)
    os.environ["KARAMA_ACCESS_LOG_AT_ONCE"] = "1"
    return home


HOME = _make_home()

settings.register_profile("karama", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("karama")
"""No test is gated on a clock: a busy machine is no fault."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--karama-seed", type=int, default=None, help="repeats a sampled run: the seed it printed")
    parser.addoption("--karama-piece", default="", help="one piece of what was chosen: 3/16")
    parser.addoption("--karama-sample", action="store_true", help="an everyday run: see tests/machinery/sampling.py")
    parser.addoption("--karama-full", action="store_true", help="whole figures instead of samples")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.option.allow_hosts = THIS_MACHINE
    config.option.allow_unix_socket = True
    if config.getoption("--karama-seed") is None:
        config.option.karama_seed = random.SystemRandom().randrange(2**31)
    if getattr(config.option, "hypothesis_seed", None) is None:
        config.option.hypothesis_seed = str(config.option.karama_seed)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    sampling.leave_out_other_databases(config, items)
    sampling.leave_out_other_pieces(config, items)
    sampling.leave_out(config, items)


def pytest_collection_finish() -> None:
    """Nothing of the program itself is looked through for garbage again: a quarter of the time of a page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_report_header(config: pytest.Config) -> str:
    database = "PostgreSQL" if os.environ.get("KARAMA_DATABASE") else "SQLite"
    return f"karama: {database}, seed {config.getoption('--karama-seed')} (repeat with --karama-seed)"
