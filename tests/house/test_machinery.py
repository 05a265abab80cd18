"""The machinery itself: what it counts, what it refuses to overlook, that no test reaches the network."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.machinery.outcome import FAILED, PASSED, SKIPPED, PartOutcome, never_run, read_report, table

REPORT = """<testsuites><testsuite>
<testcase classname="tests.care" name="test_a" time="0.1"/>
<testcase classname="tests.care" name="test_b"><skipped message="needs PostgreSQL"/></testcase>
<testcase classname="tests.care" name="test_c"><failure message="no"/></testcase>
</testsuite></testsuites>"""


def test_reports_are_read(tmp_path: Path) -> None:
    """HS039: passed, failed and skipped tests are told apart, each skip with its reason."""
    path = tmp_path / "report.xml"
    path.write_text(REPORT, encoding="utf-8")
    outcomes, reasons = read_report(path)
    assert outcomes == {"tests.care::test_a": PASSED, "tests.care::test_b": SKIPPED, "tests.care::test_c": FAILED}
    assert reasons == {"tests.care::test_b": "needs PostgreSQL"}


def test_a_test_that_nobody_ran_fails_the_run() -> None:
    """HS040: a test skipped on one database counts as checked only when it ran on the other."""
    sqlite = PartOutcome("SQLite", tests={"a": SKIPPED, "b": SKIPPED}, reasons={"a": "why", "b": "why"})
    postgres = PartOutcome("PostgreSQL", tests={"a": PASSED})
    assert never_run([sqlite, postgres]) == {"b": "why"}


@pytest.mark.parametrize("tests", [{}, {"a": SKIPPED}])
def test_a_part_without_tests_fails(tests: dict[str, str]) -> None:
    """HS041: a part in which no test ran has failed, however green it looks."""
    assert PartOutcome("stories", tests=tests).fell_short == "no test ran"


def test_a_failed_check_fails_its_part() -> None:
    """HS042: style, stairs and types count like tests, and the table says so."""
    part = PartOutcome("house", seconds=3, tests={"a": PASSED}, checks={"types": False})
    assert part.fell_short == "1 failed"
    assert "1 failed" in table([part])


def test_no_test_reaches_the_network() -> None:
    """HS043: a test that calls another machine fails; this machine answers itself."""
    with pytest.raises(SocketConnectBlockedError), socket.socket() as caller:
        caller.connect(("192.0.2.1", 80))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        socket.create_connection(listener.getsockname()).close()


def test_each_process_has_its_own_installation() -> None:
    """HS044: tests write into a folder of their own, with the keyring beside it and not inside."""
    home, keyring = Path(os.environ["KARAMA_HOME"]), Path(os.environ["KARAMA_KEYRING"])
    assert home.is_dir()
    assert "karama-test-" in str(home)
    assert not keyring.is_relative_to(home)


def test_the_seed_is_known(karama_seed: int) -> None:
    """HS045: what is sampled is sampled by a printed seed."""
    assert 0 <= karama_seed < 2**31
