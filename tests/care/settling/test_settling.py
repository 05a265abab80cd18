"""A session settles the appointment of its day, both ways, and somebody who did not come is asked after once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import amend_session
from karama.care.models import Session
from karama.care.queries import sessions_of
from karama.journal.integrity import check
from karama.journal.models import Change, Entry
from karama.notices.models import Notice, OutgoingMessage
from karama.people.actions import assign, join_files
from karama.reception.actions import (
    bring_appointment,
    cancel_appointment,
    note_missed,
    record_try,
    step_appointment,
)
from karama.reception.models import Arrival, FollowUp
from karama.reception.queries import not_recorded, tasks_of
from tests.care.settling.conftest import HELD, NOON, Book, Desk, session, state


def test_who_came_has_come(desk: Desk, book: Book, monday: Any, amal: UUID, reading_as: Any) -> None:
    """CA340: a held session settles the appointment of that day as done, in the entry of the session, without a tap;
    nobody is asked any more whether the person came."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=26))
    with reading_as(desk["chantal"]):
        assert len(not_recorded(desk["chantal"])) == 1
    held = session(desk, amal)
    assert state(made) == ("done", "")
    assert made.settled_by == held.id
    assert FollowUp.objects.count() == 0
    with reading_as(desk["chantal"]):
        assert not_recorded(desk["chantal"]) == []
    assert Change.objects.get(row=made.id, deed="update").seq == Entry.objects.get(action="care.record_session").seq
    assert check() == []


def test_who_did_not_come_is_asked_after_once(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA341: a session of somebody who did not come makes one task, whether the desk or the session said it first."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=26))
    session(desk, amal, "absent")
    assert state(made) == ("missed", "")
    assert FollowUp.objects.get().appointment_id == made.id
    session(desk, amal, "absent")
    assert (FollowUp.objects.count(), Notice.objects.filter(kind="reception.missed").count()) == (1, 0)
    other = book(hours=48)
    monday.move_to(NOON + timedelta(hours=50))
    note_missed(by=desk["rana"], appointment=other.id)
    session(desk, amal, "absent")
    assert FollowUp.objects.filter(appointment=other).count() == 1
    assert Notice.objects.filter(kind="reception.missed").count() == 1


@pytest.mark.parametrize(("attended", "reason"), [("cancelled", "person"), ("staff", "staff")])
def test_what_was_called_off(desk: Desk, book: Book, monday: Any, amal: UUID, attended: str, reason: str) -> None:
    """CA342: a session that was called off calls its appointment off, with by whom; nobody is asked after."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=20))
    session(desk, amal, attended)
    assert state(made) == ("cancelled", reason)
    assert FollowUp.objects.count() == 0


def test_its_reminder_is_stopped(desk: Desk, book: Book, monday: Any, amal: UUID, reachable: Any) -> None:
    """CA343: what waits to be sent about an appointment that is settled does not leave any more."""
    reachable()
    made = book(hours=24.5)
    monday.move_to(NOON + timedelta(hours=20))
    session(desk, amal, "cancelled")
    assert OutgoingMessage.objects.get(source_id=made.id).state == "stopped"


def test_a_correction_turns_it_around(desk: Desk, book: Book, monday: Any, amal: UUID, reading_as: Any) -> None:
    """CA344: corrected to "did not come" she is asked after; corrected back the task is over; again, and it is the same
    task that is open. Both versions stay, and each correction has its reason."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=26))
    one = session(desk, amal, techniques=["breathing"], next_step="go_on")
    two = amend_session(by=desk["chantal"], session=one.id, attended="absent", reason="wrong tap").value
    assert (state(made), made.settled_by) == (("missed", ""), two.id)
    task = FollowUp.objects.get()
    assert task.ended == ""
    three = amend_session(by=desk["chantal"], session=two.id, reason="came late", **HELD).value
    task.refresh_from_db()
    assert (state(made), task.ended) == (("done", ""), "came")
    amend_session(by=desk["chantal"], session=three.id, attended="absent", reason="no")
    task = FollowUp.objects.get()
    assert (state(made), task.ended) == (("missed", ""), "")
    assert Session.objects.count() == 4
    with reading_as(desk["chantal"]):
        (line,) = sessions_of(desk["chantal"], amal)
        assert line.session.attended == "absent"
        assert line.fields["next_step"] == "go_on"
        assert [task.id] == [each.id for each in tasks_of(desk["chantal"])]
    assert check() == []


def test_whom_the_desk_received_has_come(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA346: who has a number of the day is never noted as missed by a session, at once or by a correction; a held
    session ends her visit, and the number leaves with it."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=24))
    step_appointment(by=desk["rana"], appointment=made.id, state="arrived")
    monday.shift(timedelta(hours=2))
    wrong = session(desk, amal, "absent")
    assert state(made) == ("arrived", "")
    assert FollowUp.objects.count() == 0
    amend_session(by=desk["chantal"], session=wrong.id, reason="she was here", **HELD)
    assert state(made) == ("done", "")
    assert Arrival.objects.get(appointment=made).state == "left"
    newest = Session.objects.get(amended_by__isnull=True)
    amend_session(by=desk["chantal"], session=newest.id, attended="absent", reason="x")
    assert state(made) == ("done", "")
    assert FollowUp.objects.count() == 0


def test_what_is_still_to_come_is_not_over(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA347: a session in the morning settles nothing of the afternoon, one session settles one appointment, and who
    is awaited within the grace has not stayed away."""
    late = book(hours=27)
    monday.move_to(NOON + timedelta(hours=22))
    session(desk, amal)
    assert state(late) == ("planned", "")
    session(desk, amal, "absent")
    assert state(late) == ("planned", "")
    early = book(hours=25)
    monday.move_to(NOON + timedelta(hours=25, minutes=10))
    session(desk, amal, "absent")
    assert state(early) == ("planned", "")
    session(desk, amal)
    assert (state(early), state(late)) == (("done", ""), ("planned", ""))


def test_another_colleague(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA348: a session of one colleague settles no appointment of another: a telephone call does not take away that
    she did not come, and what she is expected for is not called off."""
    assign(by=desk["nadia"], person=amal, user=desk["diego"].id)
    one, two = book(hours=24), book(hours=48)
    monday.move_to(NOON + timedelta(hours=25))
    note_missed(by=desk["rana"], appointment=one.id)
    for attended in ("came", "absent", "cancelled", "staff"):
        session(desk, amal, attended, by="diego")
    assert (state(one), one.settled_by) == (("missed", ""), None)
    assert FollowUp.objects.get().ended == ""
    monday.move_to(NOON + timedelta(hours=50))
    session(desk, amal, by="diego")
    assert (state(two), two.settled_by) == (("planned", ""), None)


def test_late_after_all(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA349: who was noted as missed and came late has come: the task to ask after her is over."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=25))
    note_missed(by=desk["rana"], appointment=made.id)
    session(desk, amal)
    assert state(made) == ("done", "")
    assert FollowUp.objects.get().ended == "came"


def test_a_task_that_is_done_is_not_opened_again(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA350: when she was asked after already, the session that says she did not come opens nothing again."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=25))
    note_missed(by=desk["rana"], appointment=made.id)
    record_try(by=desk["chantal"], follow_up=FollowUp.objects.get().id, way="in_person", result="well")
    session(desk, amal, "absent")
    assert FollowUp.objects.get().ended == "well"


def test_written_down_days_later(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA351: a session written down two days later settles the appointment of its own day, by the clock of the site,
    not that of today; an evening in Quibdó is that day, whatever the day is in Greenwich."""
    made, other = book(hours=24), book(hours=72)
    monday.move_to(NOON + timedelta(hours=74))
    session(desk, amal, "absent", on=date(2027, 3, 16))
    assert (state(made)[0], state(other)[0]) == ("missed", "planned")
    evening = book(hours=74.5, minutes=30)
    monday.move_to(NOON + timedelta(hours=81))
    assert session(desk, amal).occurred_on == date(2027, 3, 18)
    assert "done" in (state(evening)[0], state(other)[0])


def test_joined_files(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA352: a session of the file that remains settles what was booked for the other one."""
    twin = desk.register("chantal", first="Amal", last="Hadad")
    made = book(hours=24, person=twin)
    join_files(by=desk["nadia"], person=twin, into=amal, reason="One person.")
    monday.move_to(NOON + timedelta(hours=26))
    session(desk, amal)
    assert state(made)[0] == "done"


def test_nothing_of_history_is_touched(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA353: appointments that were brought in as history, called off or moved stay as they are."""
    told: dict[str, Any] = {"person": amal, "worker": desk["chantal"].id}
    old = bring_appointment(by=desk["importer"], day=date(2027, 3, 15), at="08:00", outcome="absent", **told).value
    called_off = book(hours=2)
    cancel_appointment(by=desk["rana"], appointment=called_off.id, reason="unsafe")
    monday.shift(timedelta(hours=4))
    session(desk, amal)
    assert state(old) == ("missed", "")
    assert state(called_off) == ("cancelled", "unsafe")


def test_a_session_without_an_appointment_costs_little(desk: Desk, amal: UUID) -> None:
    """CA356: where nothing was planned, looking for it is one question about appointments to the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    session(desk, amal, "absent")
    with CaptureQueriesContext(connection) as asked:
        session(desk, amal, "absent")
    about = [one["sql"] for one in asked if "reception_" in one["sql"]]
    assert len(about) == 1
