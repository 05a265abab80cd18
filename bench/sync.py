"""How fast operations of telephones are received, through the real actions: signature, journal, sealing and all.

    python bench/sync.py                    2,000 operations in uploads of 50, 300 one by one, on SQLite and PostgreSQL
    python bench/sync.py --operations 500 --database sqlite
    python bench/sync.py --write            keeps the table in docs/explanation/benchmarks.md

Each measurement is a process of its own with a new installation. An operation is a missed session, or the answers to
nine questions of which one in 25 raises an alert, about one of sixty people of the author's caseload: unpacked, its
signature checked, looked up, permitted, scored, sealed, written down, its receipt signed and packed. Neither the web
server around it is in it, nor what the telephone does: signing, packing, reading the reply.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROGRAMME = "colombia-community"
HEADING = "## Telephones"
PEOPLE = 60
LINK_BITS, ROUND_TRIP = 64_000, 0.6
"""Of a weak link: bits a second, and seconds until an answer begins (a mast far away)."""


@dataclass(frozen=True)
class Measured:
    """One measurement. A second of the core suffers less on a busy machine than one of the clock. `slow`: ms, p95."""

    database: str
    work: str
    size: int
    operations: int
    seconds: float
    core: float
    median: float
    slow: float
    up: float
    first_core: float
    first_bytes: int
    first_slow: float
    memory: float

    @property
    def line(self) -> list[str]:
        """The cells of the table."""
        return [
            self.database,
            self.work,
            f"{self.size}",
            f"{self.operations:,}",
            f"{self.operations / self.seconds:,.0f}",
            f"{self.operations / self.core:,.0f}",
            f"{self.median:,.0f} / {self.slow:,.0f}",
            f"{self.up:,.0f}",
            f"{self.first_core:,.2f} / {self.first_bytes / 1024:,.0f}",
            f"{self.first_slow:,.1f}",
            f"{self.memory:,.0f}",
        ]


COLUMNS = [
    "database",
    "what",
    "operations an upload",
    "operations",
    "operations/s",
    "operations per second of the core",
    "an exchange, ms (half / 95 %)",
    "packed bytes an operation",
    "first sync of 60 people: s of the core / packed kB",
    "first sync over 64 kbit/s, with what the programme knows, s",
    "memory, MiB",
]


def table(found: list[Measured]) -> str:
    """The measurements as a Markdown table."""
    lines = [COLUMNS, ["---"] * len(COLUMNS), *(one.line for one in found)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def measure(database: str, work: str, size: int, operations: int) -> Measured:
    """Make an installation with one telephone and its caseload, receive, and say what it took."""
    by, people = _clinic()
    from karama.sync import wire
    from tests.sync.phone import Phone, server

    phone = Phone(by).enrol()
    sent: list[int] = []

    each: list[float] = []
    cores: list[float] = []

    def timed(body: bytes) -> bytes:
        """From the packed request to the packed reply. What the telephone does before and after is not the server's."""
        request = wire.pack(body.decode())
        sent.append(len(request))
        began, core = time.perf_counter(), time.process_time()
        answer = server(wire.unpack(request))
        wire.pack(answer.decode())
        each.append(time.perf_counter() - began)
        cores.append(time.process_time() - core)
        return answer

    got: list[int] = []

    def first(body: bytes) -> bytes:
        answer = server(body)
        got.append(len(wire.pack(answer.decode())))
        return answer

    phone.server = first
    phone.limit = wire.LARGEST_PIECE
    began = time.process_time()
    phone.sync()
    first_core = time.process_time() - began
    first_slow = _over_a_weak_link(Phone(by).enrol())
    phone.server = timed
    for place in range(operations):
        WORK[work](phone, people[place % len(people)], place)
    phone.group(size)
    while phone.outbox:
        phone.exchange(phone.outbox[:1], pull=False)
    outcomes = {one["outcome"] for one in phone.receipts.values()}
    if outcomes != {"done"} or len(phone.receipts) != operations:
        raise SystemExit(f"{len(phone.receipts)} receipts of {operations}: {outcomes}")
    each.sort()
    return Measured(
        database=database,
        work=work,
        size=size,
        operations=operations,
        seconds=sum(each),
        core=sum(cores),
        median=1000 * statistics.median(each),
        slow=1000 * each[int(0.95 * (len(each) - 1))],
        up=sum(sent) / operations,
        first_core=first_core,
        first_bytes=sum(got),
        first_slow=first_slow,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def _over_a_weak_link(phone: Any) -> float:
    """Seconds of the clock until a telephone has its caseload and what its programme knows, piece by piece."""
    from karama.sync import wire
    from tests.sync.phone import server

    def carried(body: bytes) -> bytes:
        answer = server(body)
        packed = len(wire.pack(body.decode())) + len(wire.pack(answer.decode()))
        time.sleep(packed * 8 / LINK_BITS + ROUND_TRIP)
        return answer

    phone.server = carried
    phone.asks_knowledge = True
    began = time.perf_counter()
    phone.sync()
    return time.perf_counter() - began


def _missed(phone: Any, person: Any, place: int) -> None:
    phone.do("care.record_session", person=person, attended="absent")


def _answers(phone: Any, person: Any, place: int) -> None:
    danger = place % 25 == 7
    answers = {f"q{item}": "several_days" for item in range(1, 9)} | {"q9": "several_days" if danger else "not_at_all"}
    told = {"instrument": "phq9", "answers": answers, "wave": "baseline", "on": "2026-03-01", "language": "en"}
    shown = f"{9 if danger else 8};mild;{'self_harm' if danger else ''};25"
    phone.do("care.record_response", person=person, shown=shown, **told)


WORK = {"missed": _missed, "answers": _answers}


def _clinic() -> tuple[Any, list[Any]]:
    from karama.cli.founding import found

    found(
        organisation="Benchmark",
        programmes=[PROGRAMME],
        administrator="samir",
        operator="rosa",
        database=os.environ.get("BENCH_MAIN", ""),
        keys_database=os.environ.get("BENCH_KEYS", ""),
    )
    from karama.accounts.actions import give_duty
    from karama.accounts.actions.setting_up import SETUP
    from karama.accounts.models import User
    from karama.accounts.queries import actor_by_name, actor_for
    from karama.care.actions import install_wording
    from karama.journal import clock
    from karama.people.actions import register_person
    from karama.people.searching import search_token
    from karama.programme.models import Site
    from tests.care.conftest import own_words

    site = Site.objects.get(code="quibdo")
    user = User.objects.create(username="chantal", password="!")
    admin = actor_by_name("samir", "administrator")
    posting = give_duty(
        by=admin, user=user.id, duty="community_agent", work_alias="C", programme=site.programme_id, site=site.id
    ).value
    by = actor_for(user.id, posting)
    install_wording(by=SETUP, language="en", validator="the benchmark", **own_words("phq9"))
    told = {"site": site.id, "identity_mode": "alias", "limits": "read_aloud", "age_band": "25-34"}
    people = [
        register_person(by=by, called=f"P{place}", searched=search_token(by, clock.now()), **told).record
        for place in range(PEOPLE)
    ]
    return by, people


def in_own_process(database: str, work: str, size: int, operations: int, environment: dict[str, str]) -> Measured:
    """Measure in a new process, with a new installation in a temporary folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="karama-bench-"))
    own = {**os.environ, **environment, "KARAMA_HOME": str(folder / "home"), "KARAMA_KEYRING": str(folder / "keyring")}
    command = [sys.executable, __file__, "--one", database, "--work", work]
    command += ["--size", str(size), "--operations", str(operations)]
    try:
        done = subprocess.run(
            command, env={**own, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True, check=True
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def measure_all(databases: list[str], each: list[tuple[str, int, int]]) -> Iterator[Measured]:
    """Every database with every kind of work and size of upload."""
    for database in databases:
        if database == "sqlite":
            for work, size, operations in each:
                yield in_own_process(database, work, size, operations, {})
            continue
        from tests.machinery.postgres import Postgres

        with Postgres() as server:
            for work, size, operations in each:
                main, keys = server.address(f"main{work}{size}"), server.address(f"keys{work}{size}")
                yield in_own_process(database, work, size, operations, {"BENCH_MAIN": main, "BENCH_KEYS": keys})


def keep(found: list[Measured]) -> None:
    """Keep the table, and what an operation is."""
    import kept

    told = (
        f"`python bench/sync.py --write`, one core used of {kept.machine()}. An operation is a missed\nsession, or the "
        "answers to nine questions (one in 25 raises an alert), about one of sixty people: unpacked, signature\n"
        "checked, looked up, permitted, scored, sealed, written down, receipt signed, reply packed. Neither the web\n"
        "server around it nor the telephone's own work is in it."
    )
    kept.keep(HEADING, f"{told}\n\n{table(found)}")


def _options() -> Any:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--operations", type=int, default=0, help="as many in each measurement")
    parser.add_argument("--size", type=int, action="append", help="only uploads of this size")
    parser.add_argument("--work", choices=list(WORK), action="append", help="only this kind of operation")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/explanation/benchmarks.md")
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options = _options()
    if options.one:
        print(json.dumps(asdict(measure(options.one, options.work[0], options.size[0], options.operations))))
        return
    sizes = [(size, options.operations or (300 if size == 1 else 2_000)) for size in options.size or (50, 1)]
    each = [(work, *one) for work in options.work or WORK for one in sizes]
    found: list[Measured] = []
    for one in measure_all(options.database or ["sqlite", "postgresql"], each):
        found.append(one)
        print("  ".join(one.line), file=sys.stderr, flush=True)
        if options.write:
            keep(found)
    print(table(found))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
