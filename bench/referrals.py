"""How long making and reading a referral takes, beside an empty page of the same run; `bench/pages.py` says how.

    python bench/referrals.py                                     beside 1,000 and 100,000 people, on both databases
    python bench/referrals.py --people 2000 --database postgresql
    python bench/referrals.py --write                             keeps the table in docs/explanation/benchmarks.md

Two hundred referrals of the people of one psychologist stand in the lists. The promise: making and reading one takes at
most 60 ms (95 %) with 100,000 people, of whom one in ten was referred (`crowd.py`). Whoever receives pays a slow
computation on purpose, told apart.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import crowd
import kept
import pages

TIMES, TIMES_WRITING, REFERRALS = 30, 40, 200
SIZES = (1_000, 100_000)
SLOW_ON_PURPOSE = ("share it, with a new slip", "opened by whoever receives")


def referrals() -> Iterator[tuple[str, int, pages.Ask]]:
    """The pages of a referral, from preparing to opening."""
    from karama.accounts.queries import actor_by_name
    from karama.people.models import Assignment
    from karama.referrals.actions import prepare_referral, send_referral
    from karama.referrals.models import Service

    diego = pages.client_of("diego")
    by = actor_by_name("diego")
    own = Assignment.objects.filter(user__username="diego", until__isnull=True, person__status="active")
    people = list(own.order_by("person__code").values_list("person_id", flat=True))
    place = Service.objects.filter(sector="medical", programme_id__in=by.programmes).values_list("id", flat=True)[0]
    told = {"service": place, "urgency": "week", "reason": "Fever since a week."}
    made = []
    turn = cycle(people)
    for _number in range(REFERRALS):
        row = prepare_referral(by=by, person=next(turn), **told).value.id
        made.append(row)
        opening = send_referral(by=by, referral=row, way="slip").value.opening
    form = {**told, "service": str(place), "fields_": ["name", "reason"]}
    waiting = prepare_referral(by=by, person=people[0], **told).value.id
    fresh = iter([prepare_referral(by=by, person=next(turn), **told).value.id for _number in range(TIMES_WRITING + 2)])
    steps = cycle(made)
    unknown = {"state": "unknown", "source": "receiver"}
    yield pages.NULL, TIMES, lambda: diego.get("/bench/null/")
    yield pages.BARE, TIMES, lambda: diego.get("/bench/bare/")
    yield "all kinds of help", TIMES, lambda: diego.get(f"/referrals/person/{people[0]}/")
    yield "prepare one", TIMES_WRITING, lambda: diego.post(f"/referrals/person/{people[0]}/new/", form)
    yield "look before sending", TIMES, lambda: diego.get(f"/referrals/{waiting}/send/")
    yield "read one", TIMES, lambda: diego.get(f"/referrals/{made[0]}/")
    yield "write a step", TIMES_WRITING, lambda: diego.post(f"/referrals/{next(steps)}/", unknown)
    yield "weekly list", TIMES, lambda: diego.get("/referrals/")
    yield "directory", TIMES, lambda: diego.get("/referrals/services/")
    yield SLOW_ON_PURPOSE[0], TIMES_WRITING, lambda: diego.post(f"/referrals/{next(fresh)}/send/", {"way": "slip"})
    yield SLOW_ON_PURPOSE[1], TIMES, lambda: diego.post(f"/m/{opening.token}/", {"code": opening.code})


def one_run(people: int) -> list[list[Any]]:
    """Measure the installation of this folder. Runs in a process of its own."""
    from karama.cli.starting import start

    start()
    pages.with_empty_pages()
    pages.pages = referrals
    return pages.measure(people)


def in_own_process(people: int, environment: dict[str, str]) -> list[list[Any]]:
    """Make a demonstration of so many people in a temporary folder and measure it in a new process."""
    with tempfile.TemporaryDirectory(prefix="karama-bench-") as folder:
        own = {**os.environ, **environment, "KARAMA_HOME": str(Path(folder) / "home"), "PYTHONPATH": str(pages.ROOT)}
        making = [sys.executable, __file__, "--make", str(people)]
        subprocess.run(making, env=own, stdout=subprocess.DEVNULL, check=True)
        measuring = [sys.executable, __file__, "--one", str(people)]
        done = subprocess.run(measuring, env=own, stdout=subprocess.PIPE, text=True, check=True)
    found: list[list[Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure, print, and say whether the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, action="append", help="only this number of people")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/explanation/benchmarks.md")
    parser.add_argument("--make", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make is not None:
        crowd.make(options.make)
        return
    if options.one is not None:
        print(json.dumps(one_run(options.one)))
        return
    rows = [
        [database, *row]
        for database in options.database or ["sqlite", "postgresql"]
        for people in options.people or SIZES
        for row in measured(people, database)
    ]
    found = f"{pages.table(pages.ALONE, rows)}\n\n{crowd.compared(rows, SLOW_ON_PURPOSE)}"
    print(found)
    if options.write:
        kept.keep("## Referrals", f"`python bench/referrals.py --write`, {kept.machine()}.\n\n{found}")


def measured(people: int, database: str) -> list[list[Any]]:
    """Rows beside so many people."""
    if database == "sqlite":
        return in_own_process(people, {})
    from tests.machinery.postgres import Postgres

    with Postgres() as server:
        names = {"BENCH_MAIN": server.address("main"), "BENCH_KEYS": server.address("keys")}
        return in_own_process(people, names)


if __name__ == "__main__":
    sys.path.insert(0, str(pages.ROOT))
    main()
