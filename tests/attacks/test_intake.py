"""AT180-AT182: whoever does not open what happened cannot tell whether it was told, by any page (J3a)."""

from __future__ import annotations

from typing import Any, Final

import pytest
import time_machine

from karama.care.actions import say_company, say_leaving
from karama.journal import clock
from tests.attacks.calling import address, masked
from tests.attacks.ground import Ground, undone
from tests.attacks.ground_intake import told_apart
from tests.attacks.routes import routes

OTHERS: Final = (
    "nurse.assigned",
    "community_agent.assigned",
    "data_protection_officer.near",
    "director.near",
    "psychologist.near",
)
"""Colleagues of every kind beside the survivor's own psychologist, who do not open the compartment or the person."""
LOOKED: Final = ("account_logout", "accounts:lock", "ui:hide")
"""Routes that end the session; those of a second factor have a challenge of their own each time."""


def _seen(ground: Ground, who: str) -> dict[str, tuple[int, bytes]]:
    """Every page as this reader gets it, without what differs in each request."""
    found = {}
    for one in routes():
        if one.name in LOOKED or one.name.startswith("mfa_"):
            continue
        with undone():
            answer = ground.browser(who).get(address(one, ground.ids))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[one.name] = (answer.status_code, masked(body))
    return found


def _apart(ground: Ground, who: str) -> list[str]:
    """The pages that differ for this reader between a survivor who told nothing more and one who did."""
    with time_machine.travel(clock.now(), tick=False):
        ground.browser(who)
        say_company(by=ground.actors["psychologist.assigned"], person=ground.ids["person"], said="alone")
        before = _seen(ground, who)
        _once_more(ground)
        after = _seen(ground, who)
    assert len(before) > 150
    return [name for name in before if before[name] != after[name]]


def _once_more(ground: Ground) -> None:
    """All of it: how she left the last time, opened again, told, and a call."""
    kept = dict(ground.ids)
    say_leaving(by=ground.actors["psychologist.assigned"], person=ground.ids["person"], said="interrupted")
    told_apart(ground, "to_ten")
    ground.ids.update(kept)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_can_tell(ground: Ground, who: str) -> None:
    """AT180: before and after what happened is opened, told and stands, and a call is promised, every page is the same
    bytes for whoever does not open it."""
    with undone():
        assert _apart(ground, who) == []


def test_the_comparison_is_not_blind(ground: Ground) -> None:
    """AT181: the same comparison sees a difference for the prescriber who works with her and opens it."""
    with undone():
        say_company(by=ground.actors["supervisor.near"], person=ground.ids["person"], said="desk")
        apart = _apart(ground, "supervisor.near")
    assert {"care:intake_own", "people:who_saw"} <= set(apart)


def test_absent_and_not_yours(ground: Ground) -> None:
    """AT182: for a nurse who works with her, its pages answer like those of somebody who is not there."""
    client: Any = ground.browser("nurse.assigned")
    for one in routes():
        if one.name in ("care:intake_own", "care:leaving", "care:after_leaving", "care:promised_call"):
            with undone():
                theirs = client.get(address(one, ground.ids))
                nobodys = client.get(address(one, {}))
            assert theirs.status_code == nobodys.status_code == 404, one.name
            assert masked(theirs.content) == masked(nobodys.content), one.name
