"""The machinery itself: what it counts, what it refuses to overlook, that no test reaches the network."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.house.reading import ROOT, report, text_of
from tests.machinery import mutants, packages, postgres, proofs, sampling
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


def test_mutants_are_up_to_date() -> None:
    """HS046: the text that each mutant breaks stands exactly once in its file, and its tests are there."""
    broken = []
    for mutant in mutants.listed():
        path = ROOT / mutant.file
        count = text_of(path).count(mutant.find) if path.exists() else 0
        if count != 1:
            broken.append(f"{mutant.name}: its text stands {count} times in {mutant.file}")
        if mutant.find == mutant.replace:
            broken.append(f"{mutant.name}: breaks nothing")
        broken += [
            f"{mutant.name}: {test} is not there" for test in mutant.tests if not (ROOT / test.split("::")[0]).exists()
        ]
    report(broken, "follow the change in tests/attacks/mutants/*.toml: a mutant that fits nowhere guards nothing.")


def test_what_is_missing_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """HS047: without the rights to install, the tests say the one line to run, and stop."""
    needed = packages.Need("chromium", "stories in a real browser", lambda: False)
    monkeypatch.setattr(packages, "NEEDS", (needed,))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(packages.Missing, match="sudo apt install --no-install-recommends chromium"):
        packages.install_what_is_missing()


def test_the_tests_own_postgres_keeps_what_it_acknowledged() -> None:
    """HS048: the PostgreSQL that the tests start runs with the settings that a real one must have."""
    assert {name: postgres.SETTINGS[name] for name in ("fsync", "synchronous_commit", "full_page_writes")} == {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
    }
    assert postgres.SETTINGS["listen_addresses"] == "127.0.0.1"


def test_a_mutant_is_noticed_or_lives(tmp_path: Path) -> None:
    """HS049: a fault that a test notices is told apart from one that lives and from one that fits nowhere."""
    noticed = mutants.Mutant("a", "karama/x.py", "return 1", "return 2", ("tests/test_x.py",))
    lives = mutants.Mutant("b", "karama/x.py", "unread = 3", "unread = 4", ("tests/test_x.py",))
    nowhere = mutants.Mutant("c", "karama/x.py", "gone", "", ("tests/test_x.py",))
    tree = mutants.Copy()
    tree.folder = tmp_path
    for name in ("karama", "tests"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "karama" / "x.py").write_text("unread = 3\ndef one():\n    return 1\n", encoding="utf-8")
    test = "from karama.x import one\n\ndef test_one():\n    assert one() == 1\n"
    (tmp_path / "tests" / "test_x.py").write_text(test, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:django\n", encoding="utf-8")
    assert tree.verdict(noticed) == ""
    assert tree.verdict(lives).startswith("LIVES")
    assert "0 times" in tree.verdict(nowhere)


def test_every_mutant_has_its_piece_and_its_line(tmp_path: Path) -> None:
    """HS056: the pieces together hold each mutant once, and the report names the one that lives."""
    everyone = mutants.listed()
    pieces = [one for number in range(1, mutants.PIECES + 1) for one in mutants.piece(everyone, number)]
    assert sorted(pieces, key=str) == sorted(everyone, key=str)
    report = tmp_path / "report.xml"
    mutants.write_report(report, everyone[:3], [f"{everyone[1].name}: LIVES: nothing noticed"])
    outcomes, _ = read_report(report)
    assert list(outcomes.values()) == ["passed", "failed", "passed"]


class _Told:
    """What the sampling reads of a test: its name, and the parameters of a story."""

    def __init__(self, nodeid: str, **params: str) -> None:
        self.nodeid, self.callspec = nodeid, SimpleNamespace(params=params)

    def get_closest_marker(self, name: str) -> bool:
        return name == "browser"


@pytest.mark.parametrize("seed", range(20))
def test_a_sample_leaves_no_file_and_no_story_out(seed: int) -> None:
    """HS052: by any seed a sample keeps a test of each file, whole rooms whole, and each story in one language."""
    tests: list[Any] = [_Told(f"tests/care/test_{file}.py::test_{one}") for file in "abc" for one in range(4)]
    tests += [_Told(f"tests/journal/test_x.py::test_{one}") for one in range(5)]
    kept = [one.nodeid for one in sampling._some_of_each_file(tests, seed, 0.15)]
    assert {name.split("::")[0] for name in kept} == {one.nodeid.split("::")[0] for one in tests}
    assert sum("journal" in name for name in kept) == 5
    stories: list[Any] = [
        _Told(f"tests/stories/test_a.py::test_{one}[{language}]", language=language)
        for one in range(6)
        for language in ("en", "ar")
    ]
    told = [one.nodeid.split("[")[0] for one in sampling._one_language(stories, seed)]
    assert sorted(told) == sorted({one.nodeid.split("[")[0] for one in stories})


def test_proofs_stay_until_they_are_proved_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HS053: a full run of one part writes its row and figures and leaves those of the others as they stand."""
    page = tmp_path / "proofs.md"
    monkeypatch.setattr(proofs, "PROOFS", page)
    (tmp_path / "kills.json").write_text('{"kills": 15, "lost": 0}', encoding="utf-8")
    one, other = (PartOutcome(title, tests={"a": "passed", "b": "passed"}) for title in ("one", "other"))
    proofs.write([one], seed=7, figures=tmp_path)
    first = page.read_text(encoding="utf-8")
    proofs.write([other], seed=8)
    both = page.read_text(encoding="utf-8").splitlines()
    assert set(first.splitlines()) < set(both)
    assert [line.split(" | ")[:5] for line in both if line.startswith("| o")] == [
        ["| one", "2", "0", "0", "7"],
        ["| other", "2", "0", "0", "8"],
    ]
    one.tests["c"] = "passed"
    proofs.write([one], seed=9, figures=tmp_path)
    told = page.read_text(encoding="utf-8")
    assert told.count("## kills") == 1
    assert "| one | 3 | 0 | 0 | 9 |" in told
    assert "| other | 2 | 0 | 0 | 8 |" in told
