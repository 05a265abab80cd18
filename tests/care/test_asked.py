"""CA360, CA937-CA939: how much a page asks of the database does not depend on how many people there are, nor on how
much is kept about one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.accounts.today import lines_for
from karama.care.actions import (
    offer_service,
    open_episode,
    record_response,
    record_session,
    review_alert,
    review_stuck,
    say_company,
    set_goal,
    write_note,
)
from karama.care.models import Episode
from karama.journal import Actor
from karama.people.actions import join_files
from karama.programme.days import today_for
from karama.safety.actions import close_alert, hand_over, make_plan, raise_worry, record_first_contact, take_alert
from karama.safety.models import AlertSource
from tests.care.conftest import Clinic, all_answers
from tests.care.test_pages import sign_in
from tests.care.test_sessions import HELD
from tests.journal.beside import compared

__all__ = ["sign_in"]

MOST = {"nadia": 6, "diego": 6}
"""Journeys to the database that Today may make, by whose it is: decision 0072. The rooms ask together."""

MOST_OF_A_PERSON = {"chantal": 15, "nadia": 16}
"""The same of a whole page of a person with an open alert: the frame of each page, her access row and the journeys of
all blocks."""

MOST_OF_SUPERVISION = 22
"""The same of a supervisor's whole page, the rota and the deputies of her sites among them."""

OF_SUPERVISION = {"_episodes", "_answered", "_responses", "_came", "_closings", "_read_again", "_these", "_worked_with"}
OF_SUPERVISION |= {"_looks", "_open_of", "_places", "_works"}

SHORT_SET = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")


def _answer(
    by: Actor,
    person: UUID,
    instrument: str = "phq9",
    answers: dict[str, str] | None = None,
    episode: UUID | None = None,
) -> None:
    told: dict[str, Any] = {"mode": "interviewer", "language": "en", "on": today_for(by), "episode": episode}
    record_response(by=by, person=person, instrument=instrument, answers=answers or all_answers(), **told)


def _more_people(clinic: Clinic, count: int) -> None:
    for _one in range(count):
        person = clinic.register("diego")
        open_episode(by=clinic["diego"], person=person)
        _answer(clinic["diego"], person)
        raise_worry(by=clinic["diego"], person=person, kind="suicide")


def _asked(by: Actor, reading_as: Callable[..., Any]) -> int:
    with reading_as(by), CaptureQueriesContext(connection) as asked:
        lines_for(by)
    return len(asked)


@pytest.mark.parametrize("name", sorted(MOST))
def test_today_asks_no_more_for_more_people(
    clinic: Clinic, worded: Callable[..., None], reading_as: Callable[..., Any], name: str
) -> None:
    """CA360: with six more people, answers and alerts Today asks as often as with two; and never beyond its limit."""
    worded("phq9")
    _more_people(clinic, 2)
    few = _asked(clinic[name], reading_as)
    _more_people(clinic, 6)
    assert _asked(clinic[name], reading_as) == few <= MOST[name]


def test_a_supervisors_page_asks_no_more_for_more_people(
    clinic: Clinic, worded: Callable[..., None], sign_in: Any
) -> None:
    """CA939: with six more people, answers, sessions and alerts, open and closed, the page of a supervisor asks as
    often as with two; never beyond its limit; and each ready statement tells what its own queryset tells."""
    worded("phq9")
    browser, journeys = sign_in("nadia"), []
    for more in (2, 6):
        _more_people(clinic, more)
        _more_in_care(clinic, more)
        browser.get("/supervision/")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/supervision/").status_code == 200
        journeys.append(len(asked))
    assert journeys[0] == journeys[1] <= MOST_OF_SUPERVISION, journeys
    with compared() as told:
        browser.get("/supervision/")
    assert {name for name, rows in told.items() if rows} >= OF_SUPERVISION, told


def _more_in_care(clinic: Clinic, count: int) -> None:
    """People who came and were asked twice; an alert about each was closed, and read again or not."""
    diego, nadia = clinic["diego"], clinic["nadia"]
    for place in range(count):
        person = clinic.register("diego")
        episode = UUID(str(open_episode(by=diego, person=person, state="active").record))
        for _twice in range(2):
            _answer(diego, person, episode=episode)
        record_session(by=diego, person=person, techniques=["breathing"], minutes=45, **HELD)
        raised = raise_worry(by=diego, person=person, kind="suicide").record
        alert = AlertSource.objects.get(pk=str(raised)).alert_id
        take_alert(by=nadia, alert=alert)
        hand_over(by=nadia, alert=alert, to=diego.id)
        record_first_contact(by=diego, alert=alert, note="Spoken")
        close_alert(by=diego, alert=alert, outcome="plan_made", note="Plan made")
        if place % 2:
            review_alert(by=nadia, closed=alert, decision="ok")
        long_ago = today_for(diego) - timedelta(days=200)
        quiet = open_episode(by=diego, person=clinic.register("diego"), state="active", on=long_ago).record
        review_stuck(by=nadia, episode=quiet, decision="ok")
        review_stuck(by=nadia, episode=episode, decision="ask", words="How is she?")


def _more_about(by: Actor, person: UUID, count: int) -> None:
    episode = Episode.objects.filter(person_id=person).values_list("id", flat=True).first()
    for _one in range(count):
        write_note(by=by, person=person, sections={"seen": "w"})
        if episode is not None:
            set_goal(by=by, episode=episode, words="w")
        record_session(by=by, person=person, techniques=["breathing"], minutes=45, **HELD)
        _answer(by, person)
        offer_service(by=by, person=person, way="health", said="declined")
        raise_worry(by=by, person=person, kind="suicide")


@pytest.mark.parametrize("name", sorted(MOST_OF_A_PERSON))
def test_a_persons_page_asks_no_more_when_more_is_kept(
    clinic: Clinic, amal: UUID, worded: Callable[..., None], sign_in: Any, name: str
) -> None:
    """CA937: with six more sessions, notes, goals, answers, offers and worries a person's page asks as often as with
    one; and never beyond its limit."""
    worded("phq9")
    open_episode(by=clinic["chantal"], person=amal)
    browser, address, journeys = sign_in(name), f"/people/{amal}/", []
    for more in (1, 6):
        _more_about(clinic["chantal"], amal, more)
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        journeys.append(len(asked))
    assert journeys[0] == journeys[1] <= MOST_OF_A_PERSON[name], journeys


def test_what_a_persons_page_asks_is_what_its_querysets_ask(
    clinic: Clinic, amal: UUID, worded: Callable[..., None], sign_in: Any
) -> None:
    """CA938: about somebody of whom much is kept, in a joined file too, every ready statement of her page tells each
    of her workers what its own queryset tells."""
    worded("phq9")
    worded("wgss")
    by = clinic["chantal"]
    _more_about(by, amal, 2)
    _answer(by, amal, "wgss", dict.fromkeys(SHORT_SET, "none") | {"walking": "a_lot"})
    make_plan(by=by, person=amal, parts={"reasons": "My son"})
    join_files(by=clinic["nadia"], person=clinic.register("chantal", first="Aml"), into=amal, reason="same card")
    say_company(by=by, person=amal, said="partner")
    with compared() as told:
        for name in ("chantal", "nadia", "diego", "leila"):
            sign_in(name).get(f"/people/{amal}/")
    joined = {"_joined_with", "_folded_into", "_joinings", "_files"}
    of_page = {"_said", "_short_set", "_days_of_plans", "_notes", "_came"}
    assert {name for name, rows in told.items() if rows} >= joined | of_page, told
