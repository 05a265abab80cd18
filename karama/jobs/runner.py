"""The runner: queue what is due, pick up what a killed worker left, do the work, try again what failed."""

from __future__ import annotations

import os
import socket
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from karama.jobs.models import Run
from karama.jobs.schedule import JOBS, Job
from karama.journal.problems import Problem

FIRST_PAUSE = timedelta(seconds=5)


class JobFailed(Exception):
    """A job did not succeed. Carries a code only: a traceback kept in a table must hold no personal value."""


@task()
def run_job(name: str, slot: int) -> None:
    """Do one due moment of a job. Raises `JobFailed` after noting it and queueing the next attempt."""
    job = JOBS.get(name)
    if job is None:
        Run.objects.filter(job=name, slot=slot).update(
            state="failed", problem="jobs.unknown", finished_at=timezone.now()
        )
        return
    try:
        job.run()
    except Exception as problem:  # whatever it was, it is noted by its code and tried again
        code = problem.code if isinstance(problem, Problem) else type(problem).__name__
        _failed(job, slot, code)
        raise JobFailed(code) from None
    Run.objects.filter(job=name, slot=slot).update(state="done", problem="", finished_at=timezone.now())


def queue_due(now: datetime) -> int:
    """Queue every job whose moment has come; returns how many. Safe with several runners."""
    queued = 0
    for job in JOBS.values():
        slot = int(now.timestamp() // job.every.total_seconds())
        if Run.objects.filter(job=job.name, slot__gte=slot).exists():
            continue
        try:
            with transaction.atomic():
                Run.objects.create(job=job.name, slot=slot)
                run_job.enqueue(name=job.name, slot=slot)
            queued += 1
        except IntegrityError:
            continue  # another runner was first
    return queued


def reap(now: datetime) -> int:
    """Take back what a dead worker was running; returns how many. A live worker's work is left alone."""
    taken = 0
    for result in DBTaskResult.objects.running():
        name, slot = _what(result)
        job = JOBS.get(name)
        longest = job.longest if job else timedelta(minutes=10)
        if _alive(result) and (result.started_at is None or now - result.started_at < longest):
            continue
        with transaction.atomic():
            moved = DBTaskResult.objects.filter(id=result.id, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.FAILED,
                finished_at=now,
                exception_class_path="karama.jobs.runner.JobFailed",
            )
            if moved and job is not None:
                _failed(job, slot, "jobs.worker_died")
        taken += moved
    return taken


def turn(now: datetime | None = None) -> None:
    """One turn: reap, queue, and work until nothing is ready."""
    moment = now or timezone.now()
    reap(moment)
    queue_due(moment)
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id(),
        excluded_queue_names=[],
    ).run()


def forget_old(before: datetime) -> None:
    """Drop finished queue rows and runs older than `before`."""
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    Run.objects.exclude(state="queued").filter(finished_at__lt=before).delete()


def run_for_ever(pause: float = 5.0) -> None:
    """Turn until stopped. `pause`: seconds between turns."""
    while True:
        turn()
        forget_old(timezone.now() - timedelta(days=14))
        time.sleep(pause)


def worker_id() -> str:
    """Names the machine, the process and the moment it began, so that a re-used process number is not taken for it."""
    return f"{socket.gethostname()[:20]}:{os.getpid()}:{_began(os.getpid())}"


def _failed(job: Job, slot: int, code: str) -> None:
    run, _made = Run.objects.get_or_create(job=job.name, slot=slot)
    run.attempts += 1
    run.problem = code[:80]
    if run.attempts > job.retries:
        run.state, run.finished_at = "failed", timezone.now()
    else:
        later = timezone.now() + FIRST_PAUSE * 2**run.attempts
        run_job.using(run_after=later).enqueue(name=job.name, slot=slot)
    run.save()


def _what(result: DBTaskResult[Any, Any]) -> tuple[str, int]:
    given = result.args_kwargs.get("kwargs", {})
    return str(given.get("name", "")), int(given.get("slot", 0))


def _alive(result: DBTaskResult[Any, Any]) -> bool:
    """Whether the worker that claimed this still runs. A worker of another machine counts as alive until too late."""
    if not result.worker_ids:
        return False
    host, _, rest = str(result.worker_ids[-1]).partition(":")
    if host != socket.gethostname()[:20]:
        return True
    process, _, began = rest.partition(":")
    return process.isdigit() and _began(int(process)) == began


def _began(process: int) -> str:
    """The start moment of a process in clock ticks, from /proc; empty when it does not run."""
    try:
        after_name = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
    except OSError:
        return ""
    return after_name.split()[19]
