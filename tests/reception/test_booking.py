"""Booking, moving and cancelling; where an appointment stands on its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from karama.accounts.actions import lock_user, set_leave
from karama.journal import Absent, Refused
from karama.notices.models import Notice, OutgoingMessage
from karama.people.actions import assign, hide_from
from karama.people.registries import work_open_for
from karama.programme.actions import close_site, close_team
from karama.programme.models import Team
from karama.programme.problems import StillExpected
from karama.reception import registries
from karama.reception.actions import (
    bring_appointment,
    cancel_appointment,
    move_appointment,
    note_missed,
    step_appointment,
    veto_interpreter,
)
from karama.reception.models import Appointment, Arrival, FollowUp
from karama.reception.problems import (
    NoSuchChoice,
    NotThisInterpreter,
    ReasonNeeded,
    StepNotAllowed,
    TimeDoesNotFit,
    TimeTaken,
    TooEarly,
)
from karama.reception.queries import appointment_page, appointments_of, calendar, without_colleague
from tests.journal.beside import compared
from tests.reception.conftest import NOON, Desk

Book = Callable[..., Appointment]


def test_the_desk_books_and_the_worker_learns_it(desk: Desk, book: Book, amal: UUID) -> None:
    """RC010: reception books at its site by code and time; the colleague finds a notice, without a word about whom."""
    made = book()
    assert (made.state, made.site_id, made.worker_id) == ("planned", desk.here.id, desk["chantal"].id)
    notice = Notice.objects.get(user_id=desk["chantal"].id)
    assert (notice.kind, notice.place) == ("reception.booked", made.id)
    assert [one.kind for one in work_open_for(amal)] == ["appointment"]
    for name in ("far_desk", "tunde", "rojin", "samir", "leila", "diego", "yusuf"):
        with pytest.raises(Refused):
            book(by=name, hours=72)


def test_her_appointments_are_what_their_querysets_tell(desk: Desk, book: Book, amal: UUID, reading_as: Any) -> None:
    """RC143: what comes, and all there was, is told to whoever may know of her, put together beforehand or not."""
    made = [book(hours=48).id, book(hours=72).id]
    with compared() as ready, reading_as(desk["chantal"]):
        for coming, order in ((True, made), (False, made[::-1])):
            found, entries = appointments_of(desk["chantal"], amal, coming=coming)
            assert (found.id, [one.id for one in entries]) == (amal, order)
    assert {"_seen_by", "_coming", "_all_of"} <= ready.keys()
    with reading_as(desk["tunde"]), pytest.raises(Absent):
        appointments_of(desk["tunde"], amal, coming=True)


def test_a_hidden_person_is_absent_at_the_desk(desk: Desk, book: Book, amal: UUID, reading_as: Any) -> None:
    """RC011: whom a person is not to be shown to books nothing, opens nothing, and sees a taken time, not whose."""
    made = book()
    hide_from(by=desk["nadia"], person=amal, user=desk["rana"].id, reason="A neighbour.")
    with pytest.raises(Refused):
        book(hours=72)
    with reading_as(desk["rana"]):
        with pytest.raises(Absent):
            appointment_page(desk["rana"], made.id)
        day = calendar(desk["rana"], desk.here.id, made.starts_at.date(), 1).days[0][1]
        assert [(one.id, one.code, one.person, one.state, one.room) for one in day] == [(None, "", None, "taken", "")]


def test_times_that_cannot_be(book: Book, desk: Desk) -> None:
    """RC012: not in the past, not at night, not across midnight, not in two years."""
    for hours in (-1, 14, 24 * 800):
        with pytest.raises(TimeDoesNotFit):
            book(hours=hours)
    with pytest.raises(TimeDoesNotFit):
        book(hours=7.5, minutes=120)
    with pytest.raises(NoSuchChoice):
        book(worker=desk["rana"].id)
    with pytest.raises(NoSuchChoice):
        book(worker=desk["tunde"].id)


def test_nobody_is_in_two_places(desk: Desk, book: Book) -> None:
    """RC013: worker, room, interpreter and person are taken once; who is away is taken; a cancelled time is free."""
    nadia, amal2 = desk["nadia"], desk.register("chantal", first="Basma", last="Otra", birth_year=1970)
    first = book(room=desk.room, interpreter=desk.interpreter)
    for what in (
        {"person": amal2},
        {"person": amal2, "worker": nadia.id, "room": desk.room},
        {"person": amal2, "worker": nadia.id, "interpreter": desk.interpreter},
        {"worker": nadia.id},
    ):
        with pytest.raises(TimeTaken):
            book(**what)
    assert book(person=amal2, hours=49).state == "planned"
    cancel_appointment(by=desk["rana"], appointment=first.id, reason="person")
    assert book(person=amal2, worker=nadia.id, room=desk.room).room_id == desk.room
    day = (NOON + timedelta(hours=72)).date()
    set_leave(by=nadia, user=desk["chantal"].id, from_on=day, until_on=day)
    with pytest.raises(TimeTaken):
        book(hours=72)


def test_childcare_has_places(desk: Desk, book: Book) -> None:
    """RC014: no more children at a time than there are places."""
    other = desk.register("chantal", first="Basma", last="Otra", birth_year=1970)
    book(children=1)
    with pytest.raises(TimeTaken) as caught:
        book(person=other, worker=desk["nadia"].id, children=2)
    assert caught.value.field == "children"
    assert book(person=other, worker=desk["nadia"].id, children=1).children == 1


@pytest.mark.parametrize("why", ["veto", "related"])
def test_a_veto_is_never_told(desk: Desk, book: Book, amal: UUID, why: Literal["veto", "related"]) -> None:
    """RC015: whom the person does not want, or who is related, cannot be booked; it is said as for a language."""
    from karama.reception.actions import set_interpreter_wish

    veto_interpreter(by=desk["chantal"], person=amal, user=desk["yusuf"].id, why=why)
    with pytest.raises(NotThisInterpreter) as vetoed:
        book(interpreter=desk.interpreter)
    veto_interpreter(by=desk["chantal"], person=amal, user=desk["yusuf"].id, lifted=True)
    book(hours=26, interpreter=desk.interpreter)
    set_interpreter_wish(by=desk["chantal"], person=amal, language="ckb")
    with pytest.raises(NotThisInterpreter) as spoken:
        book(interpreter=desk.interpreter)
    assert str(vetoed.value) == str(spoken.value)
    for name in ("rana", "yusuf"):
        with pytest.raises(Refused):
            veto_interpreter(by=desk[name], person=amal, user=desk["yusuf"].id)


def test_moving_keeps_the_old_one(desk: Desk, book: Book, reachable: Any) -> None:
    """RC016: a moved appointment stays readable as moved, frees its time, and takes its reminder along."""
    reachable()
    old = book()
    told = {"starts": NOON + timedelta(hours=73), "minutes": 30, "worker": desk["chantal"].id}
    new = move_appointment(by=desk["rana"], appointment=old.id, **told).value
    old.refresh_from_db()
    assert (old.state, new.moved_from_id) == ("moved", old.id)
    assert dict(OutgoingMessage.objects.values_list("source_id", "state")) == {old.id: "stopped", new.id: "queued"}
    assert book().state == "planned"
    with pytest.raises(StepNotAllowed):
        move_appointment(by=desk["rana"], appointment=old.id, **told)


def test_moving_by_half_an_hour_does_not_clash_with_itself(desk: Desk, book: Book) -> None:
    """RC017: the time that is being given up does not stand in the way."""
    old = book(children=2)
    told = {"starts": NOON + timedelta(hours=48.5), "minutes": 60, "worker": desk["chantal"].id, "children": 2}
    assert move_appointment(by=desk["rana"], appointment=old.id, **told).value.children == 2


def test_cancelling_needs_a_reason(desk: Desk, book: Book, reachable: Any) -> None:
    """RC018: cancelled with a reason, also for the database; its reminder is stopped; nothing follows after it."""
    reachable()
    made = book()
    with pytest.raises(ReasonNeeded):
        cancel_appointment(by=desk["rana"], appointment=made.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        _bare(made, state="cancelled")
    cancel_appointment(by=desk["chantal"], appointment=made.id, reason="unsafe")
    assert OutgoingMessage.objects.get().why == "called_off"
    with pytest.raises(StepNotAllowed):
        cancel_appointment(by=desk["rana"], appointment=made.id, reason="person")


def _bare(row: Any, **values: Any) -> None:
    from django.db.models.query import QuerySet

    from karama.journal import guard

    with guard.suspended("what no action does"):
        QuerySet(type(row)).filter(pk=row.pk).update(**values)


def test_the_database_says_no(desk: Desk, book: Book) -> None:
    """RC019: an end before the start, an unknown state and children below zero are refused by the tables."""
    made = book()
    for values in ({"ends_at": made.starts_at}, {"state": "lost"}, {"children": -1}, {"reason": "person"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            _bare(made, **values)


def test_a_day_at_the_desk(desk: Desk, book: Book, monday: Any) -> None:
    """RC020: who comes gets a number, is shown in and goes; one step back is free; nobody comes before the day."""
    made, rana = book(hours=24), desk["rana"]
    with pytest.raises(StepNotAllowed):
        step_appointment(by=rana, appointment=made.id, state="arrived")
    monday.move_to(made.starts_at)
    told: list[Any] = []
    registries.on_arrival.register("tests", lambda **given: told.append(given["appointment"]))
    try:
        step_appointment(by=rana, appointment=made.id, state="arrived")
    finally:
        registries.on_arrival._answers.pop("tests")
    assert told == [made.id]
    arrival = Arrival.objects.get()
    assert (arrival.number, arrival.state, arrival.appointment_id) == (1, "waiting", made.id)
    assert Notice.objects.filter(user_id=desk["chantal"].id, kind="reception.arrived").count() == 1
    step_appointment(by=desk["chantal"], appointment=made.id, state="in_room")
    assert Arrival.objects.get().worker_id == desk["chantal"].id
    step_appointment(by=rana, appointment=made.id, state="arrived")
    step_appointment(by=rana, appointment=made.id, state="planned")
    assert not Arrival.objects.exists()
    step_appointment(by=rana, appointment=made.id, state="arrived")
    step_appointment(by=rana, appointment=made.id, state="in_room")
    step_appointment(by=rana, appointment=made.id, state="done")
    assert Arrival.objects.get().state == "left"
    with pytest.raises(StepNotAllowed):
        step_appointment(by=rana, appointment=made.id, state="arrived")


def test_not_having_come_is_never_assumed(desk: Desk, book: Book, monday: Any) -> None:
    """RC021: missed only after the grace, never by itself, and whoever comes late after all has come."""
    made, rana = book(hours=24), desk["rana"]
    monday.move_to(made.starts_at + timedelta(minutes=14))
    with pytest.raises(TooEarly):
        note_missed(by=rana, appointment=made.id)
    monday.move_to(made.starts_at + timedelta(hours=2))
    made.refresh_from_db()
    assert made.state == "planned"
    note_missed(by=rana, appointment=made.id)
    assert FollowUp.objects.get().ended == ""
    step_appointment(by=rana, appointment=made.id, state="arrived")
    assert FollowUp.objects.get().ended == "came"


def test_an_appointment_whose_colleague_left(desk: Desk, book: Book, reading_as: Any) -> None:
    """RC022: an appointment with somebody who does not work there any more is shown to the supervisor; with whoever was
    the person's only worker it goes on with the person."""
    from karama.accounts.actions.posting import end_duty
    from karama.accounts.models import Posting

    made = book()
    assign(by=desk["nadia"], person=made.person_id, user=desk["diego"].id)
    with reading_as(desk["nadia"]):
        assert without_colleague(desk["nadia"]) == []
    posting = Posting.objects.get(user_id=desk["chantal"].id)
    end_duty(by=desk["samir"], posting=posting.id)
    with reading_as(desk["nadia"]):
        assert [one for one, _code, _at in without_colleague(desk["nadia"])] == [made.id]
    move_appointment(by=desk["nadia"], appointment=made.id, starts=made.starts_at, minutes=60, worker=desk["diego"].id)
    lock_user(by=desk["samir"], user=desk["diego"].id)
    with reading_as(desk["nadia"]):
        assert without_colleague(desk["nadia"]) == []
    assert Appointment.objects.get(state="planned").worker_id == desk["nadia"].id


def test_summer_time_is_the_site_s(desk: Desk) -> None:
    """RC023: a day begins and ends by the clock of the site."""
    from karama.reception.desks import day_bounds

    begins, ends = day_bounds(desk.here.id, date(2027, 3, 15))
    assert (begins.astimezone(UTC), ends.astimezone(UTC)) == (
        datetime(2027, 3, 15, 5, tzinfo=UTC),
        datetime(2027, 3, 16, 5, tzinfo=UTC),
    )


def test_a_site_is_not_closed_while_somebody_is_expected(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """RC093: a site with appointments to come is not closed; once it is, nothing is booked, moved or brought there."""
    made, moved = book(), book(hours=50)
    by = desk["samir"]
    for team in Team.objects.filter(site=desk.here, closed_on__isnull=True):
        close_team(by=by, team=team.id)
    with pytest.raises(StillExpected):
        close_site(by=by, site=desk.here.id)
    for one in (made, moved):
        cancel_appointment(by=desk["rana"], appointment=one.id, reason="closed")
    assert close_site(by=by, site=desk.here.id).value.closed_on is not None
    with pytest.raises(TimeDoesNotFit):
        book(hours=72)
    with pytest.raises(TimeDoesNotFit):
        bring_appointment(
            by=desk["importer"], person=amal, worker=desk["chantal"].id, day=date(2027, 3, 19), at="10:00"
        )
    assert not OutgoingMessage.objects.filter(state="queued").exists()
