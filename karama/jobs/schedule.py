"""Which jobs there are. Rooms add theirs in their AppConfig."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

JOBS: dict[str, Job]


@dataclass(frozen=True)
class Job:
    """A named piece of work. `every`: how often it is due. `longest`: after this a silent worker counts as dead."""

    name: str
    run: Callable[[], None]
    every: timedelta
    retries: int = 3
    longest: timedelta = timedelta(minutes=10)


JOBS = {}


def scheduled(job: Job) -> Job:
    """Add a job. Raises `ValueError` when the name is taken by another function."""
    known = JOBS.get(job.name)
    if known is not None and known.run is not job.run:
        raise ValueError(f"two jobs are called {job.name}")
    JOBS[job.name] = job
    return job
