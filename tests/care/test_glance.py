"""Below an appointment on Today stand the last goal, the last score with how it moved, and whether there is a plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.care.actions import open_episode, set_goal
from karama.care.glancing import notes
from karama.people.actions import assign, hide_from
from karama.people.models import Person
from karama.programme.days import today_at
from karama.reception.actions import book_appointment
from karama.reception.desks import moment_at
from karama.safety.actions import close_alert, make_plan, raise_worry, record_first_contact, take_alert
from karama.safety.models import Alert
from tests.care.conftest import Clinic, all_answers
from tests.care.test_pages import sign_in, text
from tests.care.test_recording import record

__all__ = ["sign_in"]

Book = Callable[..., None]


@pytest.fixture
def book(clinic: Clinic) -> Book:
    """An appointment of today with Chantal, or with somebody else."""
    places = iter(range(5, 23))

    def booked(person: UUID, name: str = "chantal") -> None:
        with patch("karama.reception.actions.booking.fitting.check_time"):
            book_appointment(
                by=clinic["nadia"], person=person, worker=clinic[name].id, minutes=30,
                starts=moment_at(clinic.here.id, today_at(clinic.here.id), time(next(places))),
            )  # fmt: skip

    return booked


@pytest.fixture
def known(clinic: Clinic, phq9: UUID) -> UUID:
    """Amal with an episode, a goal and two answers, the second one reliably better."""
    by, today = clinic["chantal"], today_at(clinic.here.id)
    episode = UUID(str(open_episode(by=by, person=phq9, state="active").record))
    set_goal(by=by, episode=episode, words="Qzsleepq")
    record(clinic, phq9, answers=all_answers("nearly_every_day"), episode=episode, on=today - timedelta(days=60))
    record(clinic, phq9, answers=all_answers("several_days"), episode=episode, on=today)
    return phq9


def test_what_helps_before_an_appointment(clinic: Clinic, known: UUID, book: Book, sign_in: Any) -> None:
    """CA640: the line says the goal, the score, in words that it is reliably better, and whether there is a plan; the
    mark for the eye is not read out (J5)."""
    book(known)
    shown = text(sign_in("chantal").get("/"))
    assert "Qzsleepq" in shown
    assert 'PHQ-9</bdi> <bdi>9</bdi> <span aria-hidden="true">▲</span> reliably better' in shown
    assert "Safety plan: no" in shown
    make_plan(by=clinic["chantal"], person=known, parts={"coping": "Qzcopingq"})
    again = text(sign_in("chantal").get("/"))
    assert "Safety plan: yes" in again
    assert "Qzcopingq" not in again


def test_only_for_whom_she_may_see(clinic: Clinic, known: UUID, book: Book, sign_in: Any, reading_as: Any) -> None:
    """CA641: nothing of it for the front desk, for a duty that reads no answers, for a colleague who does not work with
    her, and for whoever she is hidden from."""
    book(known)
    rana = clinic.hire("rana", "reception", clinic.here)
    sol = clinic.hire("sol", "social_worker", clinic.here)
    assign(by=clinic["nadia"], person=known, user=sol.id)
    for path in ("/", "/arrivals/", "/appointments/"):
        assert "Qzsleepq" not in text(sign_in("rana").get(path))
        assert "reliably" not in text(sign_in("rana").get(path))
    for by in (rana, sol, clinic["diego"], clinic["tunde"]):
        with reading_as(by):
            assert notes(by=by, people={known}) == {}
    hide_from(by=clinic["nadia"], person=known, user=clinic["chantal"].id, reason="Related.")
    with reading_as(clinic["chantal"]):
        assert notes(by=clinic["chantal"], people={known}) == {}


def test_missing_is_said_and_never_zero(clinic: Clinic, phq9: UUID, reading_as: Any) -> None:
    """CA642: who was asked nothing has no score, and a partial answer has no total: it is said so, and is no zero."""
    chantal = clinic["chantal"]
    with reading_as(chantal):
        assert "PHQ-9" not in notes(by=chantal, people={phq9})[phq9]
    episode = UUID(str(open_episode(by=chantal, person=phq9, state="active").record))
    record(clinic, phq9, answers=all_answers() | {"q3": "skipped"}, episode=episode)
    with reading_as(chantal):
        told = notes(by=chantal, people={phq9})[phq9]
    assert "PHQ-9</bdi> no total" in told
    assert "<bdi>0" not in told


def test_the_list_costs_the_same_for_many(clinic: Clinic, known: UUID, worded: Any, reading_as: Any) -> None:
    """CA643: as many queries for a day of eight appointments as for one of two."""
    by, day = clinic["chantal"], today_at(clinic.here.id)

    def another() -> UUID:
        person = clinic.register(first="Noor", last="Salem")
        episode = UUID(str(open_episode(by=by, person=person, state="active").record))
        set_goal(by=by, episode=episode, words="w")
        record(clinic, person, answers=all_answers(), episode=episode, on=day - timedelta(days=9))
        record(clinic, person, answers=all_answers(), episode=episode, on=day)
        return person

    def asked(people: set[UUID]) -> int:
        with reading_as(by), CaptureQueriesContext(connection) as counted:
            assert notes(by=by, people=people).keys() == people
        return len(counted)

    people = {known, another()}
    asked(people)
    few = asked(people)
    assert Person.objects.filter(pk__in=people).count() == 2
    assert asked(people | {another() for _one in range(6)}) == few


@pytest.fixture
def calm(clinic: Clinic, amal: UUID) -> UUID:
    """Amal with an episode and a goal, and no alert."""
    episode = UUID(str(open_episode(by=clinic["chantal"], person=amal, state="active").record))
    set_goal(by=clinic["chantal"], episode=episode, words="Qzsleepq")
    return amal


def test_how_pressing_it_is(clinic: Clinic, calm: UUID, book: Book, sign_in: Any) -> None:
    """CA815: the line begins with how pressing it is, as the room of safety says it, in a word with a mark: the most
    urgent of what is open, and that nothing is; never what it is about (J5, 1)."""
    book(calm)
    client = sign_in("chantal")
    assert "No open alert · " in text(client.get("/"))
    raise_worry(by=clinic["chantal"], person=calm, kind="suicide", words="Qzworryq")
    shown = text(client.get("/"))
    grade = Alert.objects.get().grade
    assert f'<span class="badge {grade}">' in shown
    assert f"Risk: {grade}" in shown
    assert "No open alert" not in shown
    assert not [word for word in ("Qzworryq", "uicide") if word in shown.partition("<main")[2]]
    alert = Alert.objects.get().id
    take_alert(by=clinic["nadia"], alert=alert)
    record_first_contact(by=clinic["nadia"], alert=alert, note="Spoken")
    assert "Risk: " in text(client.get("/"))
    close_alert(by=clinic["nadia"], alert=alert, outcome="plan_made", note="Plan")
    assert "No open alert · " in text(client.get("/"))


def test_an_alert_is_kept_from_whom_it_is_kept(clinic: Clinic, calm: UUID, reading_as: Any) -> None:
    """CA816: a colleague who works with her and is related to her sees the same as if there were no alert."""
    diego = clinic["diego"]
    assign(by=clinic["nadia"], person=calm, user=diego.id, conflict="declared", conflict_note="Her brother")

    def seen(by: Any) -> str:
        with reading_as(by):
            return notes(by=by, people={calm})[calm]

    before = seen(diego)
    raise_worry(by=clinic["chantal"], person=calm, kind="suicide")
    assert seen(diego) == before
    assert "No open alert" in before
    assert "Risk: " in seen(clinic["chantal"])


def test_under_ones_own_in_the_calendar(clinic: Clinic, calm: UUID, book: Book, sign_in: Any) -> None:
    """CA817: in the calendar of a day the same stands under the reader's own appointments, for the screen only; not
    under those of colleagues, not in a week, never at the front desk."""
    assign(by=clinic["nadia"], person=calm, user=clinic["diego"].id)
    clinic.hire("rana", "reception", clinic.here)
    book(calm)
    shown = text(sign_in("chantal").get("/appointments/"))
    assert 'class="soft screen-only">No open alert · Goal: ' in shown
    assert "Qzsleepq" in shown
    assert "Qzsleepq" not in text(sign_in("chantal").get("/appointments/?view=week"))
    for name in ("diego", "nadia", "rana"):
        assert "Qzsleepq" not in text(sign_in(name).get("/appointments/")), name
