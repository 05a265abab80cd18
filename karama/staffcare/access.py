"""Who asks, who was asked, and nobody else: no duty opens anything here. The default is no."""

from __future__ import annotations

from typing import Final

from karama.rules.permission import Any, Duty, Policy, Same

STAFFCARE_JOB: Final = "job:staffcare"
"""The duty of the job that tells whose turn it is, and erases what is over. It opens nothing that is sealed."""

OWN: Final = Policy("staffcare.own", Same("asker", "id"))
"""Her own request: to look, to allow others, to withdraw, to delete."""

ANSWER: Final = Policy("staffcare.answer", Same("asked", "id"))
"""Whose turn it is now, or who has taken it."""

EITHER: Final = Policy("staffcare.either", Any(Same("asker", "id"), Same("asked", "id")))
"""To say that the talk was held."""

MYSELF: Final = Policy("staffcare.myself", Same("user", "id"))
"""What everybody decides for herself: to ask, to be asked, an offer."""

JOB: Final = Policy("staffcare.job", Duty(STAFFCARE_JOB))
"""Done by the job, and inside actions of rooms below."""
