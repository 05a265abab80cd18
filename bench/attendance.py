"""How long writing down a meeting of twelve takes, in empty pages of the same run.

    python bench/attendance.py                     beside 1,000 and 100,000 people, on SQLite and PostgreSQL
    python bench/attendance.py --people 2000       beside so many
    python bench/attendance.py --database postgresql
    python bench/attendance.py --write             keeps the table in docs/explanation/benchmarks.md

The null page passes every gate (session, user, duty, access log) and shows nothing. A meeting is one action: a record
of the meeting and twelve of attendance, all sealed in the journal. It is measured as the page sends it, and as the
action alone; then the list of the group and the meeting are read. Times are of the whole request. The promise: at most
60 ms (95 %) with 100,000 people, in groups of their own as well (`crowd.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HEADING = "## Attendance"
TIMES, MEMBERS = 30, 12
SIZES = (1_000, 100_000)
COLUMNS = ("database", "what", "people", "questions", "median, ms", "95 %, ms", "times the null page")
Ask = Callable[[], Any]


def twelve() -> tuple[Any, list[Any]]:
    """A group of Yolanda's with twelve people on its list."""
    from karama.accounts.queries import actor_by_name
    from karama.groups.actions import add_member, open_group
    from karama.journal import clock
    from karama.people.actions import register_person
    from karama.people.searching import search_token
    from karama.programme.models import Site

    by, site = actor_by_name("yolanda"), Site.objects.get(code="quibdo").id
    group = open_group(by=by, site=site, name="Atrato", kind="peer_support", form="open").value.id
    people = []
    for number in range(MEMBERS):
        person = register_person(
            by=by, site=site, identity_mode="alias", called=f"Ana {number}", limits="read_aloud", age_band="25-34",
            searched=search_token(by, clock.now()),
        ).value.id  # fmt: skip
        add_member(by=by, group=group, person=person)
        people.append(person)
    return group, people


def asked(group: Any, people: list[Any]) -> Iterator[tuple[str, Ask]]:
    """What is measured: what it is called, and how to ask for it."""
    from pages import NULL, client_of

    from karama.accounts.queries import actor_by_name
    from karama.groups.actions import record_meeting

    yolanda, by = client_of("yolanda"), actor_by_name("yolanda")
    turn = iter(range(1, 1_000_000))
    tapped = {f"p-{person}": "present" for person in people}

    def page() -> Any:
        told = {"modality": "in_person", "walk_ins": "1", **tapped}
        return yolanda.post(f"/groups/{group}/meeting/{next(turn)}/", told)

    def action() -> Any:
        return record_meeting(
            by=by, group=group, number=next(turn), modality="in_person", attendance=dict.fromkeys(people, "present")
        )

    yield NULL, lambda: yolanda.get("/bench/null/")
    yield f"attendance of {MEMBERS}, by the page", page
    yield f"attendance of {MEMBERS}, the action alone", action
    yield "the page to tap on", lambda: yolanda.get(f"/groups/{group}/meeting/{next(turn)}/")
    yield "the group with its list", lambda: yolanda.get(f"/groups/{group}/")


def one_run(people: int) -> list[list[Any]]:
    """Rows of the table, of the installation of this folder. Runs in a process of its own."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    from karama.cli.starting import start

    start()
    from pages import NULL, with_empty_pages

    with_empty_pages()
    found: list[list[Any]] = []
    null = 1.0
    for name, ask in asked(*twelve()):
        answer = ask()
        if getattr(answer, "status_code", 200) not in (200, 302):
            raise SystemExit(f"{name} answered {answer.status_code}")
        with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as two:
            ask()
            questions = len(one) + len(two)
        seconds = sorted(_timed(ask) for _time in range(TIMES))
        median, late = seconds[len(seconds) // 2], seconds[int(0.95 * (len(seconds) - 1))]
        null = median if name == NULL else null
        found.append([name, people, questions, round(median, 1), round(late, 1), round(median / null, 1)])
    return found


def _timed(ask: Ask) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def in_own_process(people: int, environment: dict[str, str]) -> list[list[Any]]:
    """Measure in a new process, with a new installation in a temporary folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="karama-bench-"))
    own = {**os.environ, **environment, "KARAMA_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, __file__]
    try:
        subprocess.run([*command, "--make", str(people)], env=own, stdout=subprocess.DEVNULL, check=True)
        done = subprocess.run([*command, "--one", str(people)], env=own, stdout=subprocess.PIPE, text=True, check=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    found: list[list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure_all(databases: list[str], people: int) -> Iterator[list[Any]]:
    """Rows of every database beside so many people."""
    for database in databases:
        if database == "sqlite":
            yield from ([database, *row] for row in in_own_process(people, {}))
            continue
        from tests.machinery.postgres import Postgres

        with Postgres() as server:
            names = {"BENCH_MAIN": server.address(f"main{people}"), "BENCH_KEYS": server.address(f"keys{people}")}
            yield from ([database, *row] for row in in_own_process(people, names))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, action="append", help="only this number of people")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/explanation/benchmarks.md")
    parser.add_argument("--make", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    import kept
    from crowd import compared, make
    from pages import table

    if options.make is not None:
        make(options.make)
        return
    if options.one is not None:
        print(json.dumps(one_run(options.one)))
        return
    databases = options.database or ["sqlite", "postgresql"]
    rows = [row for people in options.people or SIZES for row in measure_all(databases, people)]
    found = f"{table(COLUMNS, rows)}\n\n{compared(rows)}"
    print(found)
    if options.write:
        kept.keep(HEADING, f"`python bench/attendance.py --write`, {kept.machine()}.\n\n{found}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
