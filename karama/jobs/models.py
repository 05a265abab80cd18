"""When each scheduled job ran. About work to do, never about people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Run(models.Model):
    """One due moment of a job. `slot`: how many intervals since 1970; unique, so that it runs exactly once."""

    job = models.CharField(max_length=80)
    slot = models.BigIntegerField()
    state = models.CharField(
        max_length=7, default="queued", choices=[("queued", "queued"), ("done", "done"), ("failed", "failed")]
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=80, default="")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "jobs_run"
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "slot"], name="jobs_run_once")]

    def __str__(self) -> str:
        return f"{self.job} {self.slot} {self.state}"
