"""How long the pages of every day take, in empty pages of the same run, and whether more people slow them.

    python bench/pages.py                          10^3, 10^4 and 10^5 people on SQLite and PostgreSQL
    python bench/pages.py --people 1000 --database sqlite
    python bench/pages.py --write                  keeps the tables in docs/explanation/benchmarks.md

Each size is a process of its own with a new demonstration: a year of six hundred people, the rest an archive with ten
responses a person. The null page passes every gate (session, user, duty, access log) and shows nothing; the bare list
asks for a hundred codes without policy, seal or design. Pages are asked one after the other in one process; then eight
clients ask the served installation at once. Times are of the whole request.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import http.client
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000)
HEADING = "## Pages"
TIMES, TIMES_WRITING, CLIENTS, SECONDS = 30, 20, 8, 15
PAGES_A_LINE = 10
"""A browser opens a new line now and then, and the system draws anew which process takes it: for all fifteen seconds
one draw would be measured."""
TIMES_SEARCHING = 5
"""A programme allows twenty searches an hour and no more: two kinds, each asked three times more before it is timed."""
IN_A_ROW = 5
"""Of a page and of the null page beside it, turn by turn."""

NULL, BARE = "null page", "bare list page"
Ask = Callable[[], Any]


def make(people: int) -> None:
    """A new demonstration of so many people, in the databases that the environment names."""
    from karama.cli.demonstration import PASSWORD
    from karama.cli.founding import found

    found(
        organisation="Benchmark",
        programmes=("iraq-torture-rehabilitation", "colombia-community"),
        administrator="samir",
        operator="hana",
        demo=True,
        database=os.environ.get("BENCH_MAIN", ""),
        keys_database=os.environ.get("BENCH_KEYS", ""),
    )
    from karama.cli.stories import archive, year
    from karama.cli.story import tell_story
    from karama.programme.models import Site

    tell_story(PASSWORD)
    sites = dict(Site.objects.values_list("code", "id"))
    for _one in year.tell(min(people, year.PEOPLE), sites):
        pass
    if people > year.PEOPLE:
        archive.tell(people - year.PEOPLE, sites, lambda rows: None)
    from karama.jobs.planning import plan_by_numbers

    plan_by_numbers()  # as the job runner does each hour


def with_empty_pages() -> None:
    """Two more routes in this process: one that shows nothing, and one that lists codes and nothing else does."""
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.urls import path

    from karama import urls
    from karama.people.models import Person
    from karama.ui.routes import ANY_DUTY, route_policy

    bare = engines["django"].from_string(
        "<ul>{% for one in rows %}<li>{{ one.code }} {{ one.status }}</li>{% endfor %}</ul>"
    )

    @route_policy(ANY_DUTY)
    def null_page(request: HttpRequest) -> HttpResponse:
        return HttpResponse("")

    @route_policy(ANY_DUTY)
    def bare_list(request: HttpRequest) -> HttpResponse:
        return HttpResponse(bare.render({"rows": Person.objects.order_by("code")[:100]}))

    own = types.ModuleType("bench_urls")
    own.__dict__.update(vars(urls))
    own.__dict__["urlpatterns"] = [*urls.urlpatterns, path("bench/null/", null_page), path("bench/bare/", bare_list)]
    sys.modules["bench_urls"] = own
    settings.ROOT_URLCONF = "bench_urls"


def client_of(name: str) -> Any:
    """A signed-in browser without a browser."""
    from django.test import Client

    from karama.accounts.models import User

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username=name))
    return client


def pages() -> Iterator[tuple[str, int, Ask]]:
    """The pages to be measured: what they are called, how often, and how to ask for one."""
    from karama.people.models import Assignment, Person

    diego, nadia, rana = client_of("diego"), client_of("nadia"), client_of("rana")
    own = Assignment.objects.filter(user__username="diego", until__isnull=True, person__status="active")
    person = own.order_by("person__code").values_list("person_id", flat=True)[0]
    code = Person.objects.get(pk=person).code
    yield NULL, TIMES, lambda: diego.get("/bench/null/")
    yield BARE, TIMES, lambda: diego.get("/bench/bare/")
    yield "Today, psychologist", TIMES, lambda: diego.get("/")
    yield "Today, supervisor", TIMES, lambda: nadia.get("/")
    yield "Today, front desk", TIMES, lambda: rana.get("/")
    yield "caseload", TIMES, lambda: diego.get("/people/")
    yield "supervisor's page", TIMES, lambda: nadia.get("/supervision/")
    yield "person", TIMES, lambda: diego.get(f"/people/{person}/")
    yield "search by code", TIMES_SEARCHING, lambda: diego.post("/people/search/", {"way": "code", "c-code": code})
    names = {"way": "name", "n-first": "Yusuf", "n-last": "Hussein", "n-birth_year": "1990"}
    yield "search by names", TIMES_SEARCHING, lambda: diego.post("/people/search/", names)
    yield "answer an item", TIMES_WRITING, _answering(diego, person)
    yield "save a session", TIMES_WRITING, _saving(diego, person)


def _answering(client: Any, person: Any) -> Ask:
    begun = client.post(f"/people/{person}/ask/phq9/", {"language": "en", "mode": "interviewer", "wave": ""})
    address = begun.headers.get("Location", "")
    if not address:
        raise SystemExit("the questionnaire of the benchmark did not begin")
    answers = [f"q{number}" for number in range(1, 9)]
    turn = iter(range(1_000_000))

    def answer() -> Any:
        at = next(turn) % len(answers)
        return client.post(address.split("?")[0], {"item": answers[at], "answer": "several_days"})

    return answer


def _saving(client: Any, person: Any) -> Ask:
    from karama.people.models import Person
    from karama.programme.days import today_at

    told = {
        "attended": "came",
        "on": today_at(Person.objects.get(pk=person).site_id),
        "modality": "in_person",
        "homework": "given",
        "words": "Well.",
    }
    return lambda: client.post(f"/people/{person}/sessions/new/", told | {"interpreted": "no", "risk_asked": "yes"})


def measure(people: int) -> list[list[Any]]:
    """Rows of the first table: page, questions, calls, median and p95 in ms, and how many null pages that is.

    A machine is not equally fast from one second to the next: the null page is asked again beside each page, some times
    in a row, and the medians of the same seconds are compared. The calls are the same on every machine.
    """
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    found: list[list[Any]] = []
    null: Ask = dict
    for name, times, ask in pages():
        null = ask if name == NULL else null
        ask()
        with contextlib.ExitStack() as stack:
            asked = [stack.enter_context(CaptureQueriesContext(connections[one])) for one in connections]
            ask()
            questions = sum(len(one) for one in asked)
        calls = f"{_calls(ask):,}"
        empty: list[float] = []
        seconds: list[float] = []
        for _turn in range(times // IN_A_ROW):
            empty += [_milliseconds(NULL, null) for _time in range(IN_A_ROW)]
            seconds += [_milliseconds(name, ask) for _time in range(IN_A_ROW)]
        empty.sort()
        seconds.sort()
        median, late = seconds[len(seconds) // 2], seconds[int(0.95 * (len(seconds) - 1))]
        in_nulls = round(median / empty[len(empty) // 2], 1)
        found.append([name, people, questions, calls, round(median, 1), round(late, 1), in_nulls])
    return found


def _milliseconds(name: str, ask: Ask) -> float:
    began = time.perf_counter()
    answer = ask()
    took = 1000 * (time.perf_counter() - began)
    if answer.status_code not in (200, 302):
        raise SystemExit(f"{name} answered {answer.status_code}")
    return took


def _calls(ask: Ask) -> int:
    """How many functions are called, those written in C too."""
    watched = cProfile.Profile()
    watched.runcall(ask)
    return sum(one.callcount for one in watched.getstats())


READ = (
    ("Today, psychologist", "diego", "/"),
    ("caseload", "diego", "/people/"),
    ("supervisor's page", "nadia", "/supervision/"),
)


def measure_served(people: int) -> list[list[Any]]:
    """Rows of the second table: eight clients at once against the served installation, for some seconds each."""
    port = free_port()
    told = [sys.executable, "-m", "karama", "serve", "--port", str(port), "--no-jobs"]
    server = subprocess.Popen(told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    from karama.people.models import Assignment

    own = Assignment.objects.filter(user__username="diego", until__isnull=True, person__status="active")
    hers = own.order_by("person__code").values_list("person_id", flat=True)[0]
    try:
        wait_for(port)
        read = (*READ, ("person", "diego", f"/people/{hers}/"))
        return [[name, people, *_at_once(port, client_of(who), path)] for name, who, path in read]
    finally:
        server.terminate()
        server.wait(timeout=20)


def _at_once(port: int, client: Any, path: str) -> list[float]:
    cookie = "; ".join(f"{one.key}={one.value}" for one in client.cookies.values())
    until, seconds, wrong = time.perf_counter() + SECONDS, [], []

    def one_client() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for turn in itertools.count(1):
            if time.perf_counter() >= until:
                break
            if turn % PAGES_A_LINE == 0:
                line.close()  # the next request opens another
            began = time.perf_counter()
            line.request("GET", path, headers={"Cookie": cookie, "Host": "127.0.0.1"})
            answer = line.getresponse()
            answer.read()
            seconds.append(1000 * (time.perf_counter() - began))
            if answer.status != 200:
                wrong.append((answer.status, answer.headers.get("Location")))

    threads = [threading.Thread(target=one_client) for _client in range(CLIENTS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if wrong or not seconds:
        raise SystemExit(f"{path} answered {wrong[:3]}")
    seconds.sort()
    return [
        round(len(seconds) / SECONDS),
        round(seconds[len(seconds) // 2]),
        round(seconds[int(0.95 * (len(seconds) - 1))]),
    ]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    for _try in range(150):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise SystemExit("the server did not start")


def one_run(people: int) -> dict[str, Any]:
    """Measure the installation of this folder. Runs in a process of its own."""
    from karama.cli.starting import start

    start()
    with_empty_pages()
    from karama.care.models import Response

    told: dict[str, Any] = {"responses": Response.objects.count()}
    return told | {"alone": measure(people), "served": measure_served(people)}


def in_own_process(people: int, environment: dict[str, str]) -> dict[str, Any]:
    """Measure in a new process, with a new installation in a temporary folder that is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="karama-bench-"))
    own = {**os.environ, **environment, "KARAMA_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, __file__]
    try:
        began = time.perf_counter()
        subprocess.run([*command, "--make", str(people)], env=own, stdout=subprocess.DEVNULL, check=True)
        made = round(time.perf_counter() - began)
        done = subprocess.run([*command, "--one", str(people)], env=own, stdout=subprocess.PIPE, text=True, check=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found | {"made": made}


def measure_all(databases: list[str], sizes: list[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every database with every size, smallest first."""
    for database in databases:
        if database == "sqlite":
            for people in sizes:
                yield database, in_own_process(people, {})
            continue
        from tests.machinery.postgres import Postgres

        with Postgres() as server:
            for people in sizes:
                names = {"BENCH_MAIN": server.address(f"main{people}"), "BENCH_KEYS": server.address(f"keys{people}")}
                yield database, in_own_process(people, names)


ALONE = ("database", "page", "people", "questions", "calls", "median, ms", "95 %, ms", "times the null page")
SERVED = ("database", "page", "people", "pages a second", "median, ms", "95 %, ms")


def table(columns: tuple[str, ...], rows: list[list[Any]]) -> str:
    """A Markdown table."""
    lines = [list(columns), ["---"] * len(columns), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def told(found: list[tuple[str, dict[str, Any]]]) -> str:
    """Both tables."""
    alone = [[database, *row] for database, one in found for row in one["alone"]]
    served = [[database, *row] for database, one in found for row in one["served"]]
    sizes = ", ".join(f"{database} {one['responses']:,} responses in {one['made']} s" for database, one in found)
    return (
        f"Made: {sizes}.\n\nOne after the other, in one process:\n\n{table(ALONE, alone)}\n\n"
        f"Served, {CLIENTS} clients at once for {SECONDS} seconds:\n\n{table(SERVED, served)}\n"
    )


def keep(found: list[tuple[str, dict[str, Any]]]) -> None:
    """Keep the tables."""
    import kept

    kept.keep(HEADING, f"`python bench/pages.py --write`, {kept.machine()}.\n\n{told(found)}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, action="append", help="only these numbers of people")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/explanation/benchmarks.md")
    parser.add_argument("--make", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make is not None:
        make(options.make)
        return
    if options.one is not None:
        print(json.dumps(one_run(options.one)))
        return
    found: list[tuple[str, dict[str, Any]]] = []
    for one in measure_all(options.database or ["sqlite", "postgresql"], options.people or list(SIZES)):
        found.append(one)
        print(told([one]), file=sys.stderr, flush=True)
        if options.write:
            keep(found)
    print(told(found))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
