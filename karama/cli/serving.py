"""`karama serve`: the pages, one process a core, and the job runner beside them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from ipaddress import ip_address
from typing import Any

import click

from karama.cli.starting import REFUSED, clear_ends, end, start


@click.command("serve")
@click.option("--address", default="127.0.0.1", show_default=True, help="Network address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: one a core, at most 4).")
@click.option("--jobs/--no-jobs", default=True, help="Run the jobs beside the pages.")
@click.option("--only-jobs", is_flag=True, help="Run the jobs and no pages.")
@clear_ends
def serve_command(address: str, port: int, workers: int | None, jobs: bool, only_jobs: bool) -> None:
    """Serve the pages and run the jobs. Refuses to start on unsafe settings."""
    start()
    refuse_unsafe(address)
    if only_jobs:
        run_jobs()
        return
    serve(address, port, workers, jobs=jobs)


def refuse_unsafe(address: str) -> None:
    """End with every reason at once when the settings could lose or leak a record."""
    from django.conf import settings

    from karama.security.startup import problems

    if settings.KARAMA_DEMO and not _is_loopback(address):
        end("This is a demonstration installation: it is served on this machine only (127.0.0.1).", REFUSED)
    found = [f"{problem.what} {problem.do} [{problem.code}]" for problem in problems()]
    if found:
        end("Karama does not start on these settings:\n" + "\n".join(found), REFUSED)


def serve(address: str, port: int, workers: int | None = None, *, jobs: bool = True) -> None:
    """Serve until stopped."""
    from granian import Granian
    from granian.constants import Interfaces

    beside = subprocess.Popen([sys.executable, "-m", "karama", "serve", "--only-jobs"]) if jobs else None
    try:
        Granian(
            "karama.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers or min(os.cpu_count() or 1, 4),
            blocking_threads=4,
            websockets=False,
            log_access=False,
        ).serve()
    finally:
        if beside is not None:
            beside.send_signal(signal.SIGTERM)
            beside.wait(timeout=10)


def run_jobs() -> None:
    """Run due jobs until stopped."""
    from karama.jobs import runner

    signal.signal(signal.SIGTERM, _stop)
    runner.run_for_ever()


def _stop(_signal: int, _frame: Any) -> None:
    sys.exit(0)


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
