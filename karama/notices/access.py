"""Who reads a notice (its owner) and who sends a message (the job, and actions of rooms above)."""

from __future__ import annotations

from typing import Final

from karama.rules.permission import Duty, Policy, Same

NOTICES_JOB: Final = "job:notices"
"""The duty of the job that sends."""

SEND: Final = Policy("notices.send", Duty(NOTICES_JOB))
"""Rooms above tell, queue and stop inside actions of their own; by itself only the job does."""

OWN: Final = Policy("notices.own", Same("user", "id"))
