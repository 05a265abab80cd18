"""`karama serve`: the pages, one process a core, and the job runner beside them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import click

from karama.cli.starting import REFUSED, clear_ends, end, start

THREADS: Final = 2
"""Requests at once in one process. They share a core: with four, eight people waited twice as long for Today."""


@click.command("serve")
@click.option("--address", default="127.0.0.1", show_default=True, help="Network address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: one a core, at most 4).")
@click.option("--jobs/--no-jobs", default=True, help="Run the jobs beside the pages.")
@click.option("--only-jobs", is_flag=True, help="Run the jobs and no pages.")
@click.option("--lan", is_flag=True, help="Over TLS on a local network without internet, for telephones.")
@clear_ends
def serve_command(address: str, port: int, workers: int | None, jobs: bool, only_jobs: bool, lan: bool) -> None:
    """Serve the pages and run the jobs. Refuses to start on unsafe settings."""
    if lan:
        serve_lan(address, port, workers, jobs=jobs)
        return
    start()
    if only_jobs:
        run_jobs()
        return
    refuse_unsafe(address)
    finish_what_was_interrupted()
    serve(address, port, workers, jobs=jobs)


def serve_lan(address: str, port: int, workers: int | None, *, jobs: bool) -> None:
    """Serve this network over TLS, with a certificate of its own authority (docs/howto/local-network.md)."""
    from karama.cli import lan

    addresses = lan.own_addresses(address)
    lan.announce(addresses)
    start()
    refuse_unsafe(addresses[0])
    finish_what_was_interrupted()
    served = lan.vouched(addresses)
    lan.say(served, addresses[0], port)
    with lan.handing_out(served.authority, addresses[0], port + 1):
        serve(addresses[0], port, workers, jobs=jobs, tls=(served.certificate, served.key))


def refuse_unsafe(address: str) -> None:
    """End with every reason at once when the settings could lose or leak a record."""
    from karama.security.startup import problems

    found = [str(problem) for problem in problems(bound_to=[address])]
    if found:
        end("Karama does not start on these settings:\n" + "\n".join(found), REFUSED)


def finish_what_was_interrupted() -> None:
    """Erase the rest of whoever was being erased when the power went."""
    from karama.people.jobs import finish_erasures

    finish_erasures()


def serve(
    address: str, port: int, workers: int | None = None, *, jobs: bool = True, tls: tuple[Path, Path] | None = None
) -> None:
    """Serve until stopped. `tls`: paths of a certificate and its key."""
    from karama.security import places

    beside = subprocess.Popen([sys.executable, "-m", "karama", "serve", "--only-jobs"]) if jobs else None
    try:
        with places.in_use():
            _pages(address, port, workers, tls)
    finally:
        if beside is not None:
            beside.send_signal(signal.SIGTERM)
            beside.wait(timeout=10)


def _pages(address: str, port: int, workers: int | None, tls: tuple[Path, Path] | None) -> None:
    from importlib import import_module

    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    import_module("karama.wsgi")  # before the processes part: what they only read they then share
    connections.close_all()
    Granian(
        "karama.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or min(os.cpu_count() or 1, 4),
        blocking_threads=THREADS,
        websockets=False,
        log_access=False,
        ssl_cert=tls[0] if tls else None,
        ssl_key=tls[1] if tls else None,
    ).serve()


def run_jobs() -> None:
    """Run due jobs until stopped."""
    from karama.jobs import runner
    from karama.security import places

    signal.signal(signal.SIGTERM, _stop)
    with places.in_use():
        runner.run_for_ever()


def _stop(_signal: int, _frame: Any) -> None:
    sys.exit(0)
