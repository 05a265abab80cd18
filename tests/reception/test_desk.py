"""The desk of today: numbers, rooms, the waiting list, interpreters; and every page as it is opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet

from karama.care.actions import change_episode_state, name_contact, open_episode
from karama.care.models import Wait
from karama.journal import Absent, Refused, guard
from karama.notices.models import Notice
from karama.people.actions import hide_from, join_files
from karama.people.registries import copy_of
from karama.reception.actions import (
    brief_interpreter,
    close_room,
    debrief_interpreter,
    list_interpreter,
    number_walk_in,
    open_room,
    set_interpreter_wish,
    settle_support,
    step_appointment,
    step_arrival,
    take_off_roster,
    veto_interpreter,
)
from karama.reception.models import Appointment, Arrival, InterpreterVeto, Interpreting
from karama.reception.problems import (
    NameTaken,
    NoSuchChoice,
    NotThisInterpreter,
    RoomInUse,
    SayWithWhom,
    StepNotAllowed,
)
from karama.reception.queries import arrivals, supports, waiting_list
from tests.reception.conftest import NOON, Desk

Book = Callable[..., Appointment]


def text(answer: Any) -> str:
    """The page."""
    return str(answer.content.decode())


def test_numbers_of_the_day(desk: Desk, amal: UUID, monday: Any) -> None:
    """RC050: each who comes gets the next number of the day and site; nobody needs a file or a name."""
    rana = desk["rana"]
    first = number_walk_in(by=rana, site=desk.here.id).value
    second = number_walk_in(by=rana, site=desk.here.id, person=amal).value
    far = number_walk_in(by=desk["far_desk"], site=desk.elsewhere.id).value
    assert [one.number for one in (first, second, far)] == [1, 2, 1]
    assert (first.person_id, second.person_id) == (None, amal)
    with pytest.raises(Refused):
        number_walk_in(by=desk["far_desk"], site=desk.here.id)
    with pytest.raises(Absent):
        number_walk_in(by=desk["far_desk"], site=desk.elsewhere.id, person=amal)
    monday.shift(timedelta(days=1))
    assert number_walk_in(by=rana, site=desk.here.id).value.number == 1


def test_called_with_whom_and_left(desk: Desk) -> None:
    """RC051: a number is called, goes to a colleague by name, and leaves; a wrong tap is taken back."""
    rana = desk["rana"]
    row = number_walk_in(by=rana, site=desk.here.id).value
    told = {"by": rana, "arrival": row.id}
    step_arrival(state="called", **told)
    step_arrival(state="waiting", **told)
    with pytest.raises(SayWithWhom):
        step_arrival(state="with", **told)
    with pytest.raises(NoSuchChoice):
        step_arrival(state="with", worker=desk["tunde"].id, **told)
    step_arrival(state="with", worker=desk["diego"].id, room=desk.room, **told)
    assert Notice.objects.get(user_id=desk["diego"].id).kind == "reception.walk_in"
    step_arrival(state="left", **told)
    with pytest.raises(StepNotAllowed):
        step_arrival(state="waiting", **told)
    with pytest.raises(Refused):
        step_arrival(by=desk["far_desk"], arrival=row.id, state="called")


def test_the_board_shows_a_number_to_whom_she_is_hidden(desk: Desk, amal: UUID, reading_as: Any) -> None:
    """RC052: the board holds numbers; a code stands there only for those who may know whose it is."""
    number_walk_in(by=desk["rana"], site=desk.here.id, person=amal)
    with reading_as(desk["rana"]):
        (seen,) = arrivals(desk["rana"], desk.here.id)
        assert seen.code
    with reading_as(desk["diego"]):
        (unseen,) = arrivals(desk["diego"], desk.here.id)
        assert (unseen.number, unseen.code, unseen.appointment) == (1, "", None)
        with pytest.raises(Absent):
            arrivals(desk["tunde"], desk.here.id)


def test_the_board_names_no_colleague_of_a_hidden_person(
    desk: Desk, amal: UUID, book: Book, monday: Any, reading_as: Any
) -> None:
    """RC064: with whom somebody is expected stands there only for those who may know whose number it is."""
    made = book(hours=24)
    monday.move_to(made.starts_at)
    step_appointment(by=desk["rana"], appointment=made.id, state="arrived")
    with reading_as(desk["rana"]):
        assert arrivals(desk["rana"], desk.here.id)[0].expected == "Chantal"
    with reading_as(desk["diego"]):
        (one,) = arrivals(desk["diego"], desk.here.id)
    assert (one.expected, one.booked) == ("", True)


def test_an_arrival_of_an_appointment_goes_by_it(desk: Desk, book: Book, monday: Any) -> None:
    """RC053: the board does not end what the appointment has begun."""
    made = book(hours=24)
    monday.move_to(made.starts_at)
    step_appointment(by=desk["rana"], appointment=made.id, state="arrived")
    row = Arrival.objects.get()
    step_arrival(by=desk["rana"], arrival=row.id, state="called")
    for state in ("left", "with"):
        with pytest.raises(StepNotAllowed):
            step_arrival(by=desk["rana"], arrival=row.id, state=state, worker=desk["chantal"].id)


def test_rooms_open_and_close(desk: Desk, book: Book) -> None:
    """RC054: a room is named once, by the desk or a supervisor, and not closed over what is planned in it."""
    with pytest.raises(NameTaken):
        open_room(by=desk["rana"], site=desk.here.id, name="Room 1")
    with pytest.raises(Refused):
        open_room(by=desk["chantal"], site=desk.here.id, name="Room 2")
    book(room=desk.room)
    with pytest.raises(RoomInUse):
        close_room(by=desk["rana"], room=desk.room)
    other = open_room(by=desk["rana"], site=desk.here.id, name="Room 2").value
    assert close_room(by=desk["rana"], room=other.id).value.closed_on == NOON.date()


def test_the_waiting_list_is_by_need_and_time(desk: Desk, amal: UUID, reading_as: Any, monday: Any) -> None:
    """RC055: who has no named contact first, then the most pressing, then the longest; who is hidden from the reader or
    elsewhere, is not there."""
    people = [amal] + [desk.register("chantal", first=f"Z{n}", last="Otra", birth_year=1960 + n) for n in range(2)]
    for person, need in zip(people, (3, 1, 3), strict=True):
        episode = open_episode(by=desk["chantal"], person=person).value.id
        change_episode_state(by=desk["chantal"], episode=episode, state="waiting")
        name_contact(by=desk["chantal"], episode=episode, contact=desk["chantal"].id, need=need)
        monday.shift(timedelta(days=1))
    with reading_as(desk["rana"]):
        lines = waiting_list(desk["rana"], desk.here.id)
        assert [one.person for one in lines] == [people[1], people[0], people[2]]
        assert [one.days for one in lines] == [2, 3, 1]
        assert waiting_list(desk["far_desk"], desk.elsewhere.id) == []
    forgotten = desk.register("chantal", first="Nobody", last="Named", birth_year=1970)
    open_episode(by=desk["chantal"], person=forgotten, state="waiting")
    with guard.suspended("an episode of before, without a named contact"):
        QuerySet(Wait).filter(person=forgotten).delete()
    with reading_as(desk["rana"]):
        first, *others = waiting_list(desk["rana"], desk.here.id)
    assert (first.person, first.need, first.contact, len(others)) == (forgotten, 0, "", 3)
    hide_from(by=desk["nadia"], person=amal, user=desk["rana"].id, reason="A neighbour.")
    with reading_as(desk["rana"]):
        assert amal not in {one.person for one in waiting_list(desk["rana"], desk.here.id)}


def test_who_may_interpret(desk: Desk, book: Book, amal: UUID) -> None:
    """RC056: language, sex and a signed confidentiality; without the signature or off the roster nobody books."""
    nadia, yusuf = desk["nadia"], desk["yusuf"].id
    set_interpreter_wish(by=desk["chantal"], person=amal, language="ar", sex="woman")
    with pytest.raises(NotThisInterpreter):
        book(interpreter=desk.interpreter)
    set_interpreter_wish(by=desk["chantal"], person=amal, language="ar")
    list_interpreter(by=nadia, site=desk.here.id, user=yusuf, languages=["ar"], sex="man")
    with pytest.raises(NotThisInterpreter):
        book(interpreter=desk.interpreter)
    list_interpreter(by=nadia, site=desk.here.id, user=yusuf, languages=["ar", "ckb"], signed_on=NOON.date())
    assert book(interpreter=desk.interpreter).interpreter_id
    take_off_roster(by=nadia, interpreter=desk.interpreter)
    with pytest.raises(NoSuchChoice):
        book(hours=72, interpreter=desk.interpreter)
    for name in ("rana", "chantal", "yusuf"):
        with pytest.raises(Refused):
            list_interpreter(by=desk[name], site=desk.here.id, user=yusuf, languages=["ar"])
    with pytest.raises(NoSuchChoice):
        list_interpreter(by=nadia, site=desk.here.id, user=desk["tunde"].id, languages=["ar"])


def test_briefing_and_debrief(desk: Desk, book: Book, monday: Any, reading_as: Any) -> None:
    """RC057: briefed before, spoken with after; who wants support stands before the supervisor until it was given."""
    made = book(hours=24, interpreter=desk.interpreter)
    brief_interpreter(by=desk["rana"], appointment=made.id)
    with pytest.raises(StepNotAllowed):
        brief_interpreter(by=desk["rana"], appointment=made.id)
    with pytest.raises(StepNotAllowed):
        debrief_interpreter(by=desk["chantal"], appointment=made.id, debrief="well")
    monday.move_to(made.starts_at)
    for state in ("arrived", "in_room", "done"):
        step_appointment(by=desk["chantal"], appointment=made.id, state=state)
    with pytest.raises(Refused):
        debrief_interpreter(by=desk["rana"], appointment=made.id, debrief="support")
    debrief_interpreter(by=desk["chantal"], appointment=made.id, debrief="support")
    row = Interpreting.objects.get()
    with reading_as(desk["nadia"]):
        assert [one.id for one in supports(desk["nadia"])] == [row.id]
        assert supports(desk["rana"]) == []
    settle_support(by=desk["nadia"], interpreting=row.id)
    assert supports(desk["nadia"]) == []


def test_joined_files_bring_what_is_to_come(desk: Desk, book: Book, amal: UUID) -> None:
    """RC058: after a merge what is planned and whom either file does not want is the remaining one's."""
    twin = desk.register("chantal", first="Amal", last="Hadad")
    made = book(person=twin)
    veto_interpreter(by=desk["chantal"], person=twin, user=desk["yusuf"].id)
    join_files(by=desk["nadia"], person=twin, into=amal, reason="One person.")
    made.refresh_from_db()
    assert made.person_id == amal
    assert InterpreterVeto.objects.filter(person_id=amal, user_id=desk["yusuf"].id).exists()
    with pytest.raises(NotThisInterpreter):
        book(hours=72, interpreter=desk.interpreter)


def test_her_copy_holds_her_appointments(desk: Desk, book: Book, amal: UUID, reading_as: Any) -> None:
    """RC059: what is kept here stands in the readable copy, and nobody else is named in it."""
    book(interpreter=desk.interpreter)
    set_interpreter_wish(by=desk["chantal"], person=amal, language="ckb")
    with reading_as(desk["nadia"]):
        told = copy_of(by=desk["nadia"], person=amal, language="en")
    mine = {str(one.title): [str(value) for _label, value in one.rows] for one in told}
    assert mine["Your appointments"] == ["Planned"]
    assert mine["Interpreting"] == ["Sorani"]
    assert "Yusuf" not in str(mine)


CLINICAL = ("suicide", "PHQ", "alert", "Alert", "plan you made", "Answers", "Safety plan")


def test_pages_of_the_desk(desk: Desk, book: Book, amal: UUID, sign_in: Any, monday: Any) -> None:
    """RC060: reception books, moves, cancels and receives by its pages; nothing clinical and no name stands there."""
    made, client = book(interpreter=desk.interpreter), sign_in("rana")
    code = made.person.code
    day = made.starts_at.date().isoformat()
    pages = [
        f"/appointments/?day={day}", f"/appointments/?view=week&day={day}&worker={desk['chantal'].id}", "/arrivals/",
        "/waiting-list/", "/rooms/", "/interpreters/", f"/people/{amal}/appointments/",
        f"/people/{amal}/appointments/new/", f"/appointments/{made.id}/", f"/appointments/{made.id}/move/", "/",
    ]  # fmt: skip
    for url in pages:
        answer = client.get(url)
        assert answer.status_code == 200, url
        shown = re.sub(r"<[^>]*>", " ", text(answer))
        assert not [word for word in (*CLINICAL, "Haddad") if word in shown], url
    assert code in text(client.get(pages[0]))
    found = client.post("/appointments/find/", {"code": code})
    assert found.headers["Location"] == f"/people/{amal}/appointments/"
    form = {"day": "2027-03-18", "at": "10:00", "minutes": "60", "worker": str(desk["chantal"].id)}
    assert client.post(f"/people/{amal}/appointments/new/", form).status_code == 302
    again = client.post(f"/people/{amal}/appointments/new/", form)
    assert again.status_code == 422
    assert "The person has another appointment at this time." in text(again)
    assert client.post(f"/people/{amal}/appointments/new/", form | {"day": "x", "at": "25"}).status_code == 422
    assert client.post(f"/appointments/{made.id}/move/", form | {"at": "12:00"}).status_code == 302
    new = Appointment.objects.get(moved_from=made.id)
    assert client.post(f"/appointments/{new.id}/", {"step": "cancel"}).status_code == 422
    assert client.post(f"/appointments/{new.id}/", {"step": "missed"}).status_code == 422
    assert client.post(f"/appointments/{new.id}/", {"step": "nonsense"}).status_code == 422
    assert client.post(f"/appointments/{new.id}/").status_code == 422
    assert client.post(f"/appointments/{new.id}/", {"step": "cancel", "reason": "person"}).status_code == 302
    assert client.get("/appointments/?day=9999-99-99&view=year&site=x&worker=y").status_code == 200


def test_arrivals_by_page(desk: Desk, amal: UUID, sign_in: Any) -> None:
    """RC061: a walk-in is one tap; a mistyped code says so beside its field, and no number is given."""
    client = sign_in("rana")
    assert client.post("/arrivals/", {"code": ""}).status_code == 302
    assert client.post("/arrivals/", {"code": "nonsense"}).status_code == 422
    row = Arrival.objects.get()
    assert client.post(f"/arrivals/{row.id}/", {"state": "called"}).status_code == 302
    assert client.post(f"/arrivals/{row.id}/", {"state": "dancing"}).status_code in (400, 422)
    with_whom = {"state": "with", "worker": str(desk["diego"].id), "room": ""}
    assert client.post(f"/arrivals/{row.id}/", with_whom).status_code == 302
    assert "Diego" in text(client.get("/arrivals/"))


def test_pages_of_those_in_care(desk: Desk, book: Book, amal: UUID, sign_in: Any, monday: Any) -> None:
    """RC062: the wish, the veto and asking after her are pages of her colleagues, and absent at the desk."""
    client, rana = sign_in("chantal"), sign_in("rana")
    url = f"/people/{amal}/interpreter/"
    assert client.post(url, {"step": "wish", "language": "ar", "sex": "any"}).status_code == 302
    assert client.post(url, {"step": "veto", "user": str(desk["yusuf"].id), "why": "veto"}).status_code == 302
    assert "Yusuf" in text(client.get(url))
    assert client.post(url, {"step": "lift", "user": str(desk["yusuf"].id)}).status_code == 302
    assert rana.get(url).status_code == 404
    made = book(hours=24)
    monday.move_to(made.starts_at + timedelta(hours=2))
    client, rana = sign_in("chantal"), sign_in("rana")
    assert "Did this person come?" in text(client.get("/"))
    assert rana.post(f"/appointments/{made.id}/", {"step": "missed"}).status_code == 302
    task = f"/missed/{made.follow_up.id}/"
    assert rana.get(task).status_code == 404
    assert "No safe way was agreed" in text(client.get(task))
    assert client.post(task, {"way": "call", "result": "well"}).status_code == 422
    assert client.post(task, {"way": "in_person", "result": "worry"}).status_code == 422
    assert client.post(task, {"way": "in_person", "result": "well", "words": "Met at the market."}).status_code == 302
    assert "Met at the market." in text(client.get(task))
    assert "Appointments" in text(client.get(f"/people/{amal}/"))


def test_the_roster_by_page(desk: Desk, sign_in: Any) -> None:
    """RC063: a supervisor keeps the roster; others read it, and change nothing."""
    nadia, rana = sign_in("nadia"), sign_in("rana")
    told = {"user": str(desk["chantal"].id), "languages": ["es", "en"], "sex": "woman", "signed_on": "2027-03-01"}
    assert nadia.post("/interpreters/", told).status_code == 302
    assert "Chantal" in text(rana.get("/interpreters/"))
    assert rana.post("/interpreters/", told).status_code == 404
    assert nadia.post("/interpreters/", told | {"languages": "nonsense!"}).status_code == 422
    assert nadia.post(f"/interpreters/{desk.interpreter}/").status_code == 302
    assert rana.post("/rooms/", {"name": "Room 9", "kind": "talk", "places": "3"}).status_code == 302
    assert rana.post("/rooms/", {"name": "Room 9", "kind": "talk", "places": "3"}).status_code == 422
    assert rana.post(f"/rooms/{desk.room}/").status_code == 302


def test_nobody_is_sent_to_whom_she_is_hidden_from(desk: Desk, amal: UUID) -> None:
    """RC102: who comes without an appointment is not sent to a colleague from whom she is hidden, whichever of her
    files says so; a number of nobody known goes to anybody."""
    second = desk.register("chantal", first="Aml", last="Hadad")
    hide_from(by=desk["nadia"], person=second, user=desk["diego"].id)
    join_files(by=desk["nadia"], person=second, into=amal, reason="same card")
    known, unknown = (number_walk_in(by=desk["rana"], site=desk.here.id, person=one).value for one in (amal, None))
    with pytest.raises(NoSuchChoice):
        step_arrival(by=desk["rana"], arrival=known.id, state="with", worker=desk["diego"].id)
    step_arrival(by=desk["rana"], arrival=known.id, state="with", worker=desk["chantal"].id)
    step_arrival(by=desk["rana"], arrival=unknown.id, state="with", worker=desk["diego"].id)
    assert set(Arrival.objects.values_list("worker_id", flat=True)) == {desk["chantal"].id, desk["diego"].id}
