"""AT100-AT104: a colleague asks for a talk, and nobody who leads or administers can tell, by any page (SW, H170)."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import pytest
import time_machine
from django.db import connections
from django.test.utils import CaptureQueriesContext

from karama.journal import clock
from karama.staffcare.actions import (
    agree_to_be_asked,
    answer_offer,
    ask_colleague,
    delete_request,
    offer,
    say_talked,
    take,
    withdraw,
)
from karama.staffcare.jobs import CARER, tell_turns
from tests.attacks.calling import address, masked
from tests.attacks.ground import Ground, undone
from tests.attacks.routes import routes

WATCHING: Final = ("supervisor.near", "director.near", "administrator.near", "data_protection_officer.near")
BESIDE: Final = ("psychologist.near", "interpreter.near")
"""Colleagues who are not asked; one of them agreed to be asked."""
LOOKED: Final = ("account_logout", "accounts:lock", "ui:hide")
"""Routes that end the session. Those of a second factor are left out, too: each page has a challenge of its own."""


def seen_by(ground: Ground, who: str) -> dict[str, tuple[int, bytes, int]]:
    """Every page as this reader gets it, without what differs in each request, and what it asked the database."""
    found = {}
    for one in routes():
        if one.name in LOOKED or one.name.startswith("mfa_"):
            continue
        with undone(), CaptureQueriesContext(connections["default"]) as asked:
            answer = ground.browser(who).get(address(one, ground.ids | NOT_OURS))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found[one.name] = (answer.status_code, masked(body), len(asked))
    return found


NOT_OURS: Final = {"support": UUID(int=99), "offer": UUID(int=99)}


def everything(ground: Ground, others: bool = False) -> None:
    """All that can happen with talks: asked, taken, held, back, withdrawn, deleted; offered, and answered."""
    agent, other = ground.actors["social_worker.assigned"], ground.actors["psychologist.assigned"]
    for steps in ((), (take,), (take, say_talked)):
        made = ask_colleague(by=agent, colleague=other.id, words="Qzother", others=others).value.id
        ground.browser("social_worker.assigned").get(f"/talk/{made}/")
        ground.browser("psychologist.assigned").get(f"/talk/asked/{made}/")
        for step in steps:
            step(by=other, support=made)
    withdraw(by=agent, support=ask_colleague(by=agent, colleague=other.id).value.id)
    delete_request(by=agent, support=ask_colleague(by=agent, colleague=other.id, words="Qzgone").value.id)
    answer_offer(by=agent, offer=offer(by=CARER, user=agent.id).value.id, answer="decline")
    offer(by=CARER, user=agent.id)
    agree_to_be_asked(by=other)
    tell_turns()


@pytest.mark.parametrize("who", [*WATCHING, *BESIDE])
def test_nobody_else_can_tell(ground: Ground, who: str) -> None:
    """AT100: before and after a colleague asks, is answered, talks, withdraws, deletes and is offered a talk, every
    page of the house is the same for supervisor, director, administrator, officer and colleagues beside: the same
    status, the same bytes and the same number of queries."""
    with time_machine.travel(clock.now(), tick=False):
        ground.browser(who)
        before = seen_by(ground, who)
        everything(ground)
        after = seen_by(ground, who)
    apart = [name for name in before if before[name] != after[name]]
    told = [(name, before[name][0], after[name][0], before[name][2], after[name][2]) for name in apart]
    assert not told, told
    assert len(before) > 150
    assert sum(one[0] == 200 for one in before.values()) > 10, "it looked at real pages"


def test_whose_turn_it_is_not_cannot_tell(ground: Ground) -> None:
    """AT102: a colleague whom she allowed to be asked next gets the same bytes until her turn comes."""
    who, pages = "interpreter.near", ("today", "notices:list", "staffcare:mine", "staffcare:talk", "accounts:me")
    with time_machine.travel(clock.now(), tick=False) as going:
        ground.browser(who)
        before = {name: _page(ground, who, name) for name in pages}
        everything(ground, others=True)
        assert {name: _page(ground, who, name) for name in pages} == before
        going.shift(5 * 3600)
        tell_turns()
        ground.clients.pop(who)
        assert b"/talk/asked/" in _page(ground, who, "today")


def test_the_comparison_is_not_blind(ground: Ground) -> None:
    """AT101: the same comparison sees a difference for whoever is asked, and for who asks."""
    both = ("psychologist.assigned", "social_worker.assigned")
    for who in both:
        ground.browser(who)  # outside of what is taken back, with its session
    for who in both:
        with undone(), time_machine.travel(clock.now(), tick=False):
            before = {name: _page(ground, who, name) for name in ("today", "notices:list", "staffcare:mine")}
            everything(ground)
            after = {name: _page(ground, who, name) for name in before}
        assert [name for name in before if before[name] != after[name]], who


def _page(ground: Ground, who: str, name: str) -> Any:
    route = next(one for one in routes() if one.name == name)
    return masked(ground.browser(who).get(address(route, ground.ids)).content)
