"""IM180-IM189: the command itself, stopped in the middle by Ctrl-C and by a kill, and run again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PROGRAMME = "colombia-community"
ROWS = 1_200
pytestmark = [pytest.mark.slow]


def _heed_ctrl_c() -> None:
    """Ctrl-C is heard, also where these tests run in the background of a shell that ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Installation:
    """One of its own, made and used by the command line as a new user does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KARAMA_", "DJANGO_"))}
        self.environment = {
            **kept,
            "KARAMA_HOME": str(folder / "home"),
            "KARAMA_KEYRING": str(folder / "keyring"),
            "PYTHONPATH": str(ROOT),
        }
        self.file = folder / "rows.csv"
        lines = ["key," + ",".join(f"P{n}" for n in range(1, 10))]
        lines += [f"Amal-{row}," + ",".join("1" * 8) + f",{row % 2}" for row in range(ROWS)]
        self.file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "karama", *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, env=self.environment, stdout=pipe, stderr=pipe, text=True, cwd=self.folder, preexec_fn=_heed_ctrl_c
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        running = self.start(*arguments)
        out, err = running.communicate(timeout=300)
        return running.returncode, out + err

    @property
    def import_it(self) -> list[str]:
        said = {"--as": "rosa", "--programme": PROGRAMME, "--series": "s", "--basis": "agreed", "--wave": "baseline"}
        said |= {"--key": "key", "--on": "2026-01-31", "--instrument": "phq9=P1..P9"}
        return ["import", "responses", str(self.file), *(part for pair in said.items() for part in pair), "--yes"]

    def entries(self) -> int:
        """How much is committed by now, read from outside."""
        import sqlite3

        try:
            with sqlite3.connect(f"file:{self.folder / 'home/data/karama.db'}?mode=ro", uri=True, timeout=10) as read:
                return int(read.execute("SELECT COALESCE(MAX(seq), 0) FROM journal_entry").fetchone()[0])
        except sqlite3.OperationalError:
            return 0

    def stopped_after(self, more: int, how: signal.Signals) -> tuple[int, str]:
        """Start the import, stop it once so many more entries are there, and return how it ended."""
        until = self.entries() + more
        running = self.start(*self.import_it)
        last = time.monotonic() + 240
        while self.entries() < until and running.poll() is None and time.monotonic() < last:
            time.sleep(0.02)
        assert running.poll() is None, running.communicate()
        running.send_signal(how)
        out, err = running.communicate(timeout=120)
        return running.returncode, out + err


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An empty installation with its operator."""
    made = Installation(tmp_path)
    said = ["--organisation", "Test", "--programme", PROGRAMME, "--operator", "rosa", "--yes"]
    code, told = made.run("init", *said)
    assert code == 0, told
    return made


def test_stopped_twice_and_run_again(installation: Installation) -> None:
    """IM180: after Ctrl-C, and after a kill among the first people and later among their answers, the journal is
    whole; the same command then brings everything once, and no person's key stands in any message."""
    code, told = installation.stopped_after(200, signal.SIGINT)
    assert code == 130, told
    assert "kept" in told
    assert "again" in told
    for more in (350, 300):
        code, _told = installation.stopped_after(more, signal.SIGKILL)
        assert code == -signal.SIGKILL
        code, said = installation.run("check")
        assert code == 0, said
    code, told = installation.run(*installation.import_it)
    assert code == 0, told
    assert "Amal" not in told
    code, again = installation.run(*installation.import_it)
    assert f"0 responses recorded, 0 amended, {ROWS} there already and unchanged" in again
    assert f"0 people new, {ROWS} known" in again
    code, said = installation.run("check")
    assert code == 0, said
    assert alerts(installation) == ROWS // 2


def alerts(installation: Installation) -> int:
    import sqlite3

    with sqlite3.connect(installation.folder / "home/data/karama.db") as read:
        return int(read.execute("SELECT COUNT(*) FROM safety_alert WHERE historic").fetchone()[0])
