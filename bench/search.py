"""How long the search before a registration takes, by names and birth year, on SQLite; with its recall on the way.

    python bench/search.py                    10^3, 10^4 and 10^5 people
    python bench/search.py --people 1000000   one size (a million takes a quarter of an hour to be written)
    python bench/search.py --write            keeps the table in docs/explanation/benchmarks.md

Each size is a process of its own with a new installation. People are written past the journal, because only the
search is measured: real keys, sealed names, blind keys, the scope of a worker, ranking and the access log included.
Names are those of `tests/rules/name_pairs.toml`, searched for under another spelling.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000)
PROGRAMME = "colombia-community"
SEARCHES = 300
TABLE = "| people | searches | median, ms | p95, ms | recall@10 | filled in, s |\n| --- | --- | --- | --- | --- | --- |"
PART = 2_000


def names() -> list[list[str]]:
    """Ways to write each made-up name."""
    text = (ROOT / "tests" / "rules" / "name_pairs.toml").read_text(encoding="utf-8")
    return [entry["forms"] for entry in tomllib.loads(text)["name"]]


def fill(people: int, site: Any, dice: random.Random) -> list[tuple[Any, list[str], list[str], int]]:
    """Write so many people; returns some of them to look for."""
    from django.db import transaction

    from karama.journal import guard
    from karama.people.actions.identity import name_keys
    from karama.people.actions.registering import prepare_people
    from karama.people.models import NameKey, Person
    from karama.rules import codes
    from karama.security import blind_index, randomness

    forms, wanted, version = names(), [], blind_index.current_version()
    common: dict[str, Any] = {"identity_mode": "named", "programme_id": site.programme_id, "site_id": site.id}
    for start in range(0, people, PART):
        rows: list[Person] = []
        keys: list[NameKey] = []
        for person in prepare_people(min(PART, people - start)):
            first, last, year = dice.choice(forms), dice.choice(forms), dice.randint(1940, 2018)
            code = codes.format_code(randomness.code(codes.RANDOM_LENGTH, codes.ALPHABET))
            row = Person(id=person, code=code, registered_on="2026-01-01", **common)
            spelt = {"called": "", "first": dice.choice(first), "last": dice.choice(last), "others": []}
            row.seal("names", spelt)
            row.seal("birth", {"year": year, "precision": "year"})
            row.recorded_at, row.author_id, row.author_duty = "2026-01-01T00:00:00Z", person, "bench"
            rows.append(row)
            keys += name_keys(row, spelt, year, version)
            if dice.random() < 2 * SEARCHES / people and len(wanted) < SEARCHES:
                wanted.append((person, first, last, year))
        with guard.suspended("a benchmark writes past the journal"), transaction.atomic():
            super(type(Person.objects.all()), Person.objects.all()).bulk_create(rows)
            NameKey.objects.bulk_create(keys)
    return wanted


def measure(people: int) -> None:
    """Make an installation, fill it, search, and print one line."""
    from karama.cli.founding import found

    found(
        organisation="Benchmark", programmes=[PROGRAMME], administrator="samir", operator="rosa", database="",
        keys_database="",
    )  # fmt: skip
    from karama.accounts.actions import add_user, give_duty
    from karama.accounts.models import Posting
    from karama.accounts.queries import actor_by_name
    from karama.accounts.queries.acting import actor_of
    from karama.people import queries
    from karama.programme.models import Site

    dice = random.Random(people)
    site = Site.objects.filter(programme__code=PROGRAMME).order_by("code")[0]
    samir = actor_by_name("samir", "administrator")
    user = add_user(by=samir, username="chantal", language="en").value.id
    place = {"programme": site.programme_id, "site": site.id}
    give_duty(by=samir, user=user, duty="community_agent", work_alias="Chantal", **place)
    by = actor_of(Posting.objects.get(user_id=user))
    sys.modules["karama.people.queries.search"].too_many_searches = lambda *_: False  # type: ignore[attr-defined]
    began = time.perf_counter()
    wanted = fill(people, site, dice)
    filled = time.perf_counter() - began
    took, hits = [], 0
    for person, first, last, year in wanted:
        began = time.perf_counter()
        found_now = queries.search(by, first=dice.choice(first), last=dice.choice(last), birth_year=year)
        took.append((time.perf_counter() - began) * 1000)
        hits += person in {one.id for one in found_now}
    took.sort()
    cells = (people, len(took), took[len(took) // 2], took[int(len(took) * 0.95)], hits / len(took), filled)
    print("| {:,} | {} | {:.1f} | {:.1f} | {:.2f} | {:.0f} |".format(*cells), flush=True)


def keep(lines: list[str]) -> None:
    """Keep the table."""
    import kept

    kept.keep("## Search", f"`python bench/search.py --write`, {kept.machine()}.\n\n" + "\n".join(lines))


def main() -> None:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, action="append")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/explanation/benchmarks.md")
    parser.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure(options.one)
        return
    lines = [TABLE]
    for size in options.people or SIZES:
        folder = Path(tempfile.mkdtemp(prefix="karama-bench-"))
        own = {"KARAMA_HOME": str(folder / "home"), "KARAMA_KEYRING": str(folder / "keyring"), "PYTHONPATH": str(ROOT)}
        try:
            command = [sys.executable, __file__, "--one", str(size)]
            done = subprocess.run(command, env={**os.environ, **own}, stdout=subprocess.PIPE, text=True, check=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        lines.append(done.stdout.splitlines()[-1])
        print("\n".join(lines) if len(lines) == 2 else lines[-1], flush=True)
        if options.write:
            keep(lines)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
