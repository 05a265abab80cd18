"""What happens without a click: parts of attachments that nobody will complete go, once a day."""

from __future__ import annotations

from datetime import timedelta

from karama.jobs.schedule import Job, scheduled
from karama.sync import attachments


def run() -> None:
    """One turn of the daily job. Run again, it finds nothing more."""
    attachments.tidy()


def install() -> None:
    """Called once, when Django is ready."""
    scheduled(Job("sync.tidy_attachments", run, every=timedelta(days=1)))
