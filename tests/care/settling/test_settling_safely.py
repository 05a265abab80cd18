"""What a session never does to an appointment: of somebody else, twice, ending a task, asking after the dead."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import amend_session
from karama.notices.actions import stop_all
from karama.notices.jobs import SENDER
from karama.people.actions import join_files
from karama.reception.actions import (
    note_missed,
    settling,
    step_appointment,
)
from karama.reception.models import Appointment, Arrival, FollowUp
from karama.reception.queries import tasks_of
from tests.care.settling.conftest import HELD, NOON, Book, Desk, session, state


def test_whom_the_desk_received_is_not_called_off(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA370: a session that was called off takes no number of the day from somebody who waits; nor does its
    correction."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=24))
    step_appointment(by=desk["rana"], appointment=made.id, state="arrived")
    first = session(desk, amal, "staff")
    assert state(made) == ("arrived", "")
    amend_session(by=desk["chantal"], session=first.id, attended="cancelled", reason="hers")
    assert state(made) == ("arrived", "")
    assert Arrival.objects.get(appointment=made).state == "waiting"


def test_calling_off_does_not_end_the_task(desk: Desk, book: Book, monday: Any, amal: UUID, reading_as: Any) -> None:
    """CA371: who was noted as missed is asked after until somebody has asked: no session called off takes that back,
    neither at once, nor by a correction, nor by way of "came"."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=25))
    note_missed(by=desk["rana"], appointment=made.id)
    session(desk, amal, "cancelled")
    assert state(made) == ("missed", "")
    assert FollowUp.objects.get().ended == ""
    other = book(hours=48)
    monday.move_to(NOON + timedelta(hours=50))
    one = session(desk, amal, "absent")
    two = amend_session(by=desk["chantal"], session=one.id, attended="staff", reason="x").value
    task = FollowUp.objects.get(appointment=other)
    assert (state(other), task.ended) == (("cancelled", "staff"), "")
    three = amend_session(by=desk["chantal"], session=two.id, reason="x", **HELD).value
    assert FollowUp.objects.get(appointment=other).ended == "came"
    amend_session(by=desk["chantal"], session=three.id, attended="cancelled", reason="x")
    assert state(other) == ("cancelled", "person")
    assert FollowUp.objects.get(appointment=other).ended == ""
    with reading_as(desk["chantal"]):
        assert len(tasks_of(desk["chantal"])) == 2


def test_nobody_dead_is_asked_after(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA372: after a death, of any file of the person, no task is opened: neither by the desk nor by a session."""
    made, other = book(hours=24), book(hours=48)
    monday.move_to(NOON + timedelta(hours=26))
    one = session(desk, amal)
    stop_all(by=SENDER, person=amal, for_ever=True)
    amend_session(by=desk["chantal"], session=one.id, attended="absent", reason="wrong tap")
    assert state(made) == ("missed", "")
    monday.move_to(NOON + timedelta(hours=50))
    note_missed(by=desk["rana"], appointment=other.id)
    assert (state(other), FollowUp.objects.count()) == (("missed", ""), 0)


def test_nobody_dead_in_a_joined_file(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA373: the death that was noted in the file that was joined counts for the one that remains."""
    twin = desk.register("chantal", first="Amal", last="Hadad")
    join_files(by=desk["nadia"], person=twin, into=amal, reason="One person.")
    made = book(hours=24)
    stop_all(by=SENDER, person=twin, for_ever=True)
    monday.move_to(NOON + timedelta(hours=26))
    note_missed(by=desk["rana"], appointment=made.id)
    assert (state(made)[0], FollowUp.objects.count()) == ("missed", 0)


def test_two_windows_settle_once(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA374: the same session written in two windows settles one appointment once, and takes nothing that is still to
    come with it; a second one whose time has come has its own session."""
    one, two = book(hours=24, minutes=30), book(hours=24.5, minutes=30)
    monday.move_to(NOON + timedelta(hours=24, minutes=20))
    first = session(desk, amal)
    session(desk, amal)
    assert (state(one)[0], one.settled_by) == ("done", first.id)
    assert (state(two)[0], two.settled_by) == ("planned", None)
    session(desk, amal, "cancelled")
    assert state(two)[0] == "planned"
    monday.shift(timedelta(minutes=30))
    own = session(desk, amal)
    assert (state(two)[0], two.settled_by) == ("done", own.id)


def test_what_another_window_has_settled_meanwhile(
    desk: Desk, book: Book, monday: Any, amal: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CA375: what another window settled between the looking and the holding stays as that one settled it."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=26))
    stale = Appointment.objects.get(pk=made.id)
    first = session(desk, amal)
    monkeypatch.setattr(settling, "_found", lambda *_told: stale)
    session(desk, amal)
    assert (state(made)[0], made.settled_by) == ("done", first.id)


def test_a_detail_settles_nothing(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA376: correcting how a session was held settles nothing that the session had not; correcting whether she came
    settles the appointment with the colleague who wrote the session, not with the one who corrects it."""
    monday.move_to(NOON + timedelta(hours=22))
    one = session(desk, amal)
    hers, own = book(hours=24), book(hours=25.5, worker=desk["nadia"].id)
    monday.move_to(NOON + timedelta(hours=27))
    told: dict[str, Any] = {**HELD, "modality": "phone"}
    two = amend_session(by=desk["nadia"], session=one.id, reason="by telephone", **told).value
    assert {state(each)[0] for each in (hers, own)} == {"planned"}
    amend_session(by=desk["nadia"], session=two.id, attended="absent", reason="x")
    assert (state(hers)[0], state(own)[0]) == ("missed", "planned")
