"""The care conference makes its own list for whoever begins it, and is due a week after the last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care import queries
from karama.care.actions import hold_meeting, open_episode, record_response
from karama.care.header import today
from karama.journal import Actor, clock
from karama.people.actions import assign, hide_from
from karama.programme.days import today_at
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]

DUE = "The weekly care conference is due"


@pytest.fixture
def silent(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's episode, active for eighty days, led by Chantal: nobody has met her since. Diego works with her."""
    with time_machine.travel(clock.now() - timedelta(days=80), tick=False):
        found = open_episode(by=clinic["chantal"], person=amal, state="active").record
    assert found is not None
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    return found


def listed(by: Actor, clinic: Clinic, reading_as: Callable[..., Any]) -> list[tuple[UUID, tuple[str, ...]]]:
    with reading_as(by):
        return [(one.episode, one.why) for one in queries.agenda(by, clinic.here.id, "conference", [])]


def test_whoever_begins_it_has_a_list(clinic: Clinic, silent: UUID, reading_as: Any, sign_in: Any) -> None:
    """CA977: a psychologist, an agent, a social worker and the supervisor who begin a conference find where it does not
    move among those they may see, and nobody else's people."""
    other = clinic.register("diego", first="Luz", last="Mena", birth_year=1980)
    with time_machine.travel(clock.now() - timedelta(days=80), tick=False):
        second = UUID(str(open_episode(by=clinic["diego"], person=other, state="active").record))
    sana = clinic.hire("sana", "social_worker", clinic.here)
    assign(by=clinic["nadia"], person=other, user=sana.id)
    mine = {"nadia": {silent, second}, "diego": {silent, second}, "chantal": {silent}, "sana": {second}, "tunde": set()}
    for name, expected in mine.items():
        found = listed(clinic[name], clinic, reading_as)
        assert {episode for episode, _why in found} == expected, name
        assert {why for _episode, why in found} <= {("silent",)}
    page = text(sign_in("diego").get(f"/meetings/new/{clinic.here.id}/conference/"))
    assert page.count("No contact for long") == 2
    assert "Haddad" not in page


def test_a_list_tells_nobody_who_is_hidden_from_whom(clinic: Clinic, silent: UUID, reading_as: Any) -> None:
    """CA978: where the person is hidden from whoever leads, only the supervisor reads that nobody is responsible."""
    hide_from(
        by=clinic["nadia"], person=queries.episode_page(clinic["nadia"], silent).person.id, user=clinic["chantal"].id
    )
    assert listed(clinic["nadia"], clinic, reading_as) == [(silent, ("no_lead", "silent"))]
    assert listed(clinic["diego"], clinic, reading_as) == [(silent, ("silent",))]
    assert listed(clinic["chantal"], clinic, reading_as) == []


def test_answers_count_for_whoever_opens_them(
    clinic: Clinic, amal: UUID, worded: Callable[..., None], reading_as: Any
) -> None:
    """CA979: worse on as many measures as the pack says stands on the list of a psychologist, and on none of a
    duty that opens no answers."""
    sana = clinic.hire("sana", "social_worker", clinic.here)
    for name in ("diego", "sana"):
        assign(by=clinic["nadia"], person=amal, user=clinic[name].id)
    episode = open_episode(by=clinic["chantal"], person=amal, state="active").record
    for days, answer in ((20, "not_at_all"), (0, "nearly_every_day")):
        with time_machine.travel(clock.now() - timedelta(days=days), tick=False):
            for code in ("phq9", "gad7"):
                worded(code)
                many = 9 if code == "phq9" else 7
                answers = {f"q{place}": answer for place in range(1, many + 1)} | (
                    {"q9": "not_at_all"} if many == 9 else {}
                )
                told = {"instrument": code, "mode": "interviewer", "language": "en", "answers": answers}
                record_response(
                    by=clinic["chantal"], person=amal, on=today_at(clinic.here.id), episode=episode, **told
                )  # fmt: skip
    assert listed(clinic["diego"], clinic, reading_as) == [(episode, ("worse",))]
    assert listed(sana, clinic, reading_as) == []


def test_a_weekly_conference_is_due_on_today(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA980: a week after the last one it stands on Today of the supervisor and of whoever held it, at that site only,
    until the next is held; where none ever was, none is due."""
    nadia, diego, chantal = clinic["nadia"], clinic["diego"], clinic["chantal"]

    def due(by: Actor) -> list[tuple[str, str]]:
        with reading_as(by):
            return [(one.url, one.detail) for one in today(by=by) if str(one.words) == DUE]

    clinic.hire("sirwan", "supervisor", clinic.elsewhere)
    assert due(nadia) == due(diego) == []
    hold_meeting(by=diego, site=clinic.here.id, kind="conference", attended=[chantal.id])
    hold_meeting(by=chantal, site=clinic.here.id, kind="intake", attended=[diego.id])
    assert due(nadia) == due(diego) == []
    with time_machine.travel(clock.now() + timedelta(days=7), tick=False):
        line = [(f"/meetings/new/{clinic.here.id}/conference/", clinic.here.name)]
        assert due(nadia) == due(diego) == line
        for name in ("chantal", "tunde", "rojin", "leila", "sirwan"):
            assert due(clinic[name]) == [], name
        hold_meeting(by=nadia, site=clinic.here.id, kind="conference", attended=[diego.id])
        assert due(nadia) == due(diego) == []
    with time_machine.travel(clock.now() + timedelta(days=14), tick=False):
        assert due(nadia) == line
        assert due(diego) == []
