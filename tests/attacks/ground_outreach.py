"""The ground outside: a visit to Amal, a lost device, something she was given, with a canary in each text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from karama.journal import clock
from karama.outreach.actions import (
    amend_issue,
    correct_delivery,
    count_goods,
    follow_security,
    give_to_person,
    plan_visit,
    receive_goods,
    report_security,
    say_fine,
    set_area,
)
from karama.programme.days import today_at


def made_outreach(made: Any, canary: Callable[[str], str]) -> None:
    """Planned and followed by the supervisor, so that nobody else has a part in it."""
    nadia, person, site = made.actors["supervisor.near"], made.ids["person"], made.ids["site"]
    leaves = clock.now() + timedelta(hours=1)
    visit = plan_visit(
        by=nadia, site=site, area="city-east", leaves=leaves, back=leaves + timedelta(hours=40), people=[person],
        note=canary("visit_note"),
    ).value.id  # fmt: skip
    say_fine(by=nadia, visit=visit, note=canary("visit_step"))
    until = clock.now() + timedelta(days=2)
    set_area(by=nadia, site=site, area="city-west", state="care", until=until, reason="Elections.")
    event = report_security(
        by=nadia, site=site, kind="robbery", words=canary("security_words"), people=[person], lost=["device"],
        visit=visit,
    ).value.id  # fmt: skip
    follow_security(by=nadia, event=event, step="acted", words=canary("security_step"))
    issue = give_to_person(by=nadia, person=person, what="kit", quantity=2).value.id
    newer = amend_issue(by=nadia, issue=issue, quantity=1, reason=canary("issue_reason")).value.id
    came = receive_goods(by=nadia, site=site, what="kit", quantity=9, source="The first words").value.id
    came = correct_delivery(
        by=nadia, delivery=came, quantity=8, source=canary("goods_source"), batch=canary("goods_batch"),
        reason=canary("goods_reason"), expires_on=today_at(site) - timedelta(days=2),
    ).value.id  # fmt: skip
    count_goods(by=nadia, site=site, what="kit", counted=5, reason=canary("goods_why"))
    made.ids |= {"visit": visit, "event": event, "issue": newer, "delivery": came}
