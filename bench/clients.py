"""How fast operations of several telephones at once are received by the served installation, web server included.

    python bench/clients.py                      1, 8 and 32 telephones, uploads of 50 and one by one, both databases
    python bench/clients.py --clients 8 --database sqlite
    python bench/clients.py --write              keeps the table in docs/explanation/benchmarks.md

Each line is a new installation, served by `karama serve` with its usual number of processes. Each telephone has a user
and eight people of its own; what it sends is signed and packed beforehand. The telephones run on the same cores.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROGRAMME, HEADING, PEOPLE = "colombia-community", "## Several telephones at once", 8
CLIENTS, SIZES, UPLOADS = (1, 8, 32), (50, 1), {50: 48, 1: 480}
COLUMNS = (
    "database", "telephones", "operations an upload", "operations", "operations/s",
    "an upload, ms: half / 95 % / 99 %", "packed bytes an operation", "memory of the server, MiB",
)  # fmt: skip


def phones(clients: int) -> Iterator[tuple[Any, list[Any]]]:
    """An installation, and its telephones with the people of each."""
    from karama.cli.founding import found

    databases = os.environ.get("BENCH_MAIN", ""), os.environ.get("BENCH_KEYS", "")
    found(
        organisation="Benchmark", programmes=[PROGRAMME], administrator="samir", operator="rosa",
        database=databases[0], keys_database=databases[1],
    )  # fmt: skip
    from karama.accounts.actions import add_user, give_duty
    from karama.accounts.queries import actor_by_name, actor_for
    from karama.journal import clock
    from karama.people.actions import register_person
    from karama.people.searching import search_token
    from karama.programme.models import Site
    from tests.sync.phone import Phone

    site, admin = Site.objects.get(code="quibdo"), actor_by_name("samir", "administrator")
    for place in range(clients):
        user = add_user(by=admin, username=f"agent{place}", language="es").value.id
        told = {"programme": site.programme_id, "site": site.id, "work_alias": f"A{place}", "duty": "community_agent"}
        by = actor_for(user, give_duty(by=admin, user=user, **told).value)
        usual = {"site": site.id, "identity_mode": "alias", "limits": "read_aloud", "age_band": "25-34"}
        people = [
            register_person(by=by, called=f"P{one}", searched=search_token(by, clock.now()), **usual).record
            for one in range(PEOPLE)
        ]
        yield Phone(by).enrol(), people


def prepared(clients: int, size: int) -> list[list[bytes]]:
    """The packed uploads of each telephone: missed sessions, as many uploads for each."""
    from karama.sync import wire

    each = max(2, UPLOADS[size] // clients)
    found = []
    for phone, people in phones(clients):
        for place in range(each * size):
            phone.do("care.record_session", person=people[place % PEOPLE], attended="absent")
        phone.group(size)
        bodies = ({"v": 1, "uploads": [group.upload(phone.device)]} for group in phone.outbox)
        found.append([wire.pack(wire.text_of(body)) for body in bodies])
    return found


def send(port: int, uploads: list[bytes], told: list[tuple[float, bytes]]) -> None:
    """Send one after the other, as a telephone does; keeps how long each took and what was answered."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json", "Accept-Encoding": "gzip"}
    for body in uploads:
        began = time.perf_counter()
        line.request("POST", "/field/sync", body, headers)
        answer = line.getresponse().read()
        told.append((1000 * (time.perf_counter() - began), answer))


def measure(database: str, clients: int, size: int) -> list[str]:
    """The cells of one line."""
    uploads = prepared(clients, size)
    from pages import free_port, wait_for

    port = free_port()
    command = [sys.executable, "-m", "karama", "serve", "--port", str(port), "--no-jobs"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        told: list[tuple[float, bytes]] = []
        threads = [threading.Thread(target=send, args=(port, one, told)) for one in uploads]
        began = time.perf_counter()
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        seconds, memory = time.perf_counter() - began, _memory(server.pid)
    finally:
        server.terminate()
        server.wait(timeout=20)
    operations = sum(map(len, uploads)) * size
    _check(told, operations)
    took = sorted(one for one, _answer in told)
    late = " / ".join(f"{took[int(part * (len(took) - 1))]:,.0f}" for part in (0.5, 0.95, 0.99))
    up = sum(len(body) for one in uploads for body in one) / operations
    cells = (database, clients, size, f"{operations:,}", f"{operations / seconds:,.0f}", late, f"{up:.0f}", memory)
    return [str(cell) for cell in cells]


def _check(told: list[tuple[float, bytes]], operations: int) -> None:
    """Every operation must have been done, else nothing was measured."""
    receipts = [
        json.loads(text)["outcome"]
        for _took, answer in told
        for upload in json.loads(gzip.decompress(answer))["uploads"]
        for text in upload["receipts"]
    ]
    if len(receipts) != operations or set(receipts) != {"done"}:
        raise SystemExit(f"{len(receipts)} receipts of {operations}: {sorted(set(receipts))}")


def _memory(process: int) -> int:
    """MiB that the server and its processes hold now; what several share is counted once, in parts (Linux: Pss)."""
    total, waiting = 0, [process]
    while waiting:
        one = waiting.pop()
        with contextlib.suppress(OSError):
            shares = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="utf-8")
            total += int(shares.partition("\nPss:")[2].split()[0])
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text(encoding="utf-8").split())
    return round(total / 1024)


def in_own_process(database: str, clients: int, size: int, environment: dict[str, str]) -> list[str]:
    """Measure in a new process, with a new installation in a temporary folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="karama-bench-"))
    own = {**os.environ, **environment, "KARAMA_HOME": str(folder / "home"), "KARAMA_KEYRING": str(folder / "keyring")}
    command = [sys.executable, __file__, "--one", database, "--clients", str(clients), "--size", str(size)]
    own["PYTHONPATH"] = str(ROOT)
    try:
        done = subprocess.run(command, env=own, stdout=subprocess.PIPE, text=True, check=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    cells: list[str] = json.loads(done.stdout.splitlines()[-1])
    return cells


def measure_all(databases: list[str], each: list[tuple[int, int]]) -> Iterator[list[str]]:
    """Every database with every number of telephones and size of upload."""
    for database in databases:
        if database == "sqlite":
            for clients, size in each:
                yield in_own_process(database, clients, size, {})
            continue
        from tests.machinery.postgres import Postgres

        with Postgres() as server:
            for clients, size in each:
                names = {
                    "BENCH_MAIN": server.address(f"main{clients}x{size}"),
                    "BENCH_KEYS": server.address(f"keys{clients}x{size}"),
                }
                yield in_own_process(database, clients, size, names)


def table(found: list[list[str]]) -> str:
    """The measurements as a Markdown table."""
    return "\n".join("| " + " | ".join(one) + " |" for one in (COLUMNS, ["---"] * len(COLUMNS), *found))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, action="append", help="only so many telephones")
    parser.add_argument("--size", type=int, action="append", help="only uploads of this size")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/explanation/benchmarks.md")
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.clients[0], options.size[0])))
        return
    each = [(clients, size) for size in options.size or SIZES for clients in options.clients or CLIENTS]
    found: list[list[str]] = []
    for one in measure_all(options.database or ["sqlite", "postgresql"], each):
        found.append(one)
        print("  ".join(one), file=sys.stderr, flush=True)
        if options.write:
            import kept

            kept.keep(HEADING, f"`python bench/clients.py --write`, {kept.machine()}.\n\n{table(found)}")
    print(table(found))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
