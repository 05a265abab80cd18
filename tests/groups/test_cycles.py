"""A cycle that is over stays to be read; who may deliver the next one; a pack that prints no list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from karama.accounts.actions.setting_up import SETUP
from karama.care.actions import install_wording
from karama.groups.actions import begin_cycle, end_cycle
from karama.groups.models import Cycle
from karama.groups.problems import MayNotDeliver
from karama.groups.queries import measures_page
from karama.journal import Absent, clock
from karama.knowledge.intervention_cards import intervention as card
from karama.knowledge.pack_groups import groups_of
from tests.care.conftest import own_words
from tests.groups.conftest import Circle, as_reader_of, circle, opened
from tests.groups.test_measures import answer
from tests.groups.test_pages import text, window

__all__ = ["circle"]


def test_whoever_facilitates_may_deliver_the_next_cycle(circle: Circle) -> None:
    """GR190: the next cycle takes an intervention only where each of those who facilitate may deliver it; nothing of
    it is begun otherwise."""
    clinic = circle.clinic
    luis = clinic.hire("luis", "social_worker", clinic.here)
    group = opened(clinic, by="luis", name="Orilla", intervention="sh_plus")
    end_cycle(by=luis, group=group)
    assert "social_worker" not in card("problem_expression").provider.duties
    with pytest.raises(MayNotDeliver):
        begin_cycle(by=luis, group=group, intervention="problem_expression")
    assert not Cycle.objects.filter(group=group, ended_on__isnull=True).exists()
    begin_cycle(by=luis, group=group, intervention="sh_plus")


def test_a_cycle_that_is_over_is_read(circle: Circle) -> None:
    """GR191: once a cycle has ended, and once the next one has begun, its meetings and the measures of those who
    finished it are one tap away; those of another group's are not there."""
    install_wording(by=SETUP, language="en", validator="the tests", **own_words("phq9"))
    by, person = circle.clinic["nadia"], circle.people[0]
    first = circle.record().meeting_id
    answer(circle, person, clock.day_in_utc() - timedelta(days=1), "nearly_every_day")
    end_cycle(by=by, group=circle.group)
    client = window(circle, "nadia")
    for again in range(2):
        assert f"/groups/{circle.group}/cycle/1/" in text(client.get(f"/groups/{circle.group}/"))
        shown = text(client.get(f"/groups/{circle.group}/cycle/1/"))
        assert "/cycle/1/measures/" in shown
        assert str(first) in shown
        with as_reader_of(by):
            found = measures_page(by, circle.group, 1)
        assert person in {one.person for one in found.shown.members}
        if not again:
            begin_cycle(by=by, group=circle.group, intervention="problem_expression")
    with as_reader_of(by), pytest.raises(Absent):
        measures_page(by, circle.group, 7)


def test_a_pack_that_prints_no_list(circle: Circle, monkeypatch: Any) -> None:
    """GR192: where a list of who comes can send people to prison, none is offered and its address is not there."""
    assert not groups_of("nigeria-key-populations").lists_to_sign
    client, address = window(circle, "nadia"), f"/groups/{circle.group}/sign/"
    assert address in text(client.get(f"/groups/{circle.group}/"))
    strict = groups_of("nigeria-key-populations")
    monkeypatch.setattr("karama.groups.curriculum.pack_at", lambda _site: strict)
    assert address not in text(client.get(f"/groups/{circle.group}/"))
    assert client.get(address).status_code == 404
    assert client.get(f"/activities/sign/{circle.clinic.here.id}/").status_code == 404
