"""`kill -9` of a PostgreSQL server under real actions."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.cli.installation import Place
from tests.machinery.postgres import Postgres
from tests.security.conftest import Sampling

CYCLES, A_FEW = 15, 1
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Writer:
    """The writer over all cycles: what it acknowledged, by number, and how often a receipt came a second time."""

    place: Place
    acknowledged: dict[int, str] = field(default_factory=dict)
    replayed: int = 0

    def run_and_kill(self, server: Postgres, seconds: float) -> None:
        """Write from the first number that was not acknowledged, and kill the server after so many seconds of it."""
        command = [sys.executable, "-m", "tests.security.power_loss.killed_writer", str(len(self.acknowledged))]
        with subprocess.Popen(
            command, cwd=ROOT, env=self.place.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as running:
            assert running.stdout is not None
            self._note(running.stdout.readline())
            time.sleep(seconds)
            server.kill()
            for line in running.stdout:
                self._note(line)

    def _note(self, line: str) -> None:
        number, person, again = line.split()
        self.acknowledged[int(number)] = person
        self.replayed += int(again)


@pytest.mark.postgresql
@pytest.mark.slow
def test_kill_nine_loses_nothing(tmp_path: Path, sampling: Sampling, db: None) -> None:
    """SL148: kill -9 of PostgreSQL loses no acknowledged action; sending the rest again makes no duplicate (P6).

    15 kills with --full, one every day.
    """
    dice, cycles = random.Random(sampling.seed), CYCLES if sampling.full else A_FEW
    with Postgres() as server:
        data, keys = server.address("killed"), server.address("killed_keys")
        place = Place(tmp_path / "home")
        names = ["--organisation", "Tests", "--programme", "colombia-community", "--operator", "hana"]
        place.karama("init", *names, "--database", data, "--keys-database", keys, "--yes")
        writer = Writer(place)
        for _cycle in range(cycles):
            writer.run_and_kill(server, dice.uniform(0.2, 1.5))
            server.start_again()
            _everything_is_there(data, keys, writer.acknowledged)
        said = place.karama("check")
    assert "the chain is whole" in said
    figures = {"kills": cycles, "acknowledged": len(writer.acknowledged), "lost": 0, "sent again": writer.replayed}
    sampling.note("kill_nine_postgresql", dict(figures))


def _everything_is_there(data: str, keys: str, acknowledged: dict[int, str]) -> None:
    """Each acknowledged person, her change in the journal, her two keys; entries without a gap; at most one more."""
    with psycopg.connect(data) as db, psycopg.connect(keys) as ring:
        people = {str(row) for (row,) in db.execute("SELECT id FROM people_person")}
        written = {str(row) for (row,) in db.execute("SELECT row FROM journal_change WHERE deed = 'insert'")}
        numbers = [seq for (seq,) in db.execute("SELECT seq FROM journal_entry ORDER BY seq")]
        counted = db.execute("SELECT seq FROM journal_counter").fetchone()
        query = "SELECT person_id FROM security_person_key GROUP BY person_id HAVING count(*) = 2"
        keyed = {str(row) for (row,) in ring.execute(query)}
    assert set(acknowledged.values()) <= people
    assert len(people) <= len(acknowledged) + 1
    assert people <= written
    assert people <= keyed
    assert numbers == list(range(1, len(numbers) + 1))
    assert counted == (len(numbers),)
