"""A grant that pays for Amal's care and ends: its closing is planned, a goodbye is said because of it, and her
supervisor wrote down that it pays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from karama.care.actions import attribute, plan_grant_closing, say_goodbye
from karama.programme.actions import open_grant
from karama.programme.days import today_in
from karama.programme.models import Site

if TYPE_CHECKING:
    from tests.attacks.ground import Ground


def made_grants(made: Ground, canary: Callable[[str], str]) -> None:
    """The grant, its closing and what was written because of it."""
    nadia, director = made.actors["supervisor.near"], made.actors["director.near"]
    programme = Site.objects.values_list("programme_id", flat=True).get(pk=made.ids["site"])
    today = today_in(programme)
    grant = open_grant(
        by=director, programme=programme, code="G-1", name="A grant", donor=canary("grant_donor"),
        from_on=today - timedelta(days=90), to_on=today + timedelta(days=20), sites=[made.ids["site"]],
    ).value.id  # fmt: skip
    closing = plan_grant_closing(
        by=director, grant=grant, ends_on=today + timedelta(days=20), why=canary("grant_why"), told=[nadia.id]
    ).value.id
    attribute(by=nadia, episode=made.ids["episode"], grant=grant, paid=True, reason=canary("paid_reason"))
    say_goodbye(
        by=nadia, person=made.ids["person"], last_check="safe", onward="ended", closing=closing,
        words=canary("grant_farewell"),
    )  # fmt: skip
    made.ids |= {"grant": grant, "closing": closing}
