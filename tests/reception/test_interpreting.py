"""Whoever interprets is told, sees when and where, never whom; says that she cannot; and somebody else is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import translation

from karama.care.actions import record_session
from karama.journal import Absent, Refused
from karama.notices.models import Notice
from karama.people.actions import hide_from
from karama.people.models import Person
from karama.reception.actions import (
    cancel_appointment,
    decline_interpreting,
    give_interpreter,
    hand_over_appointments,
    list_interpreter,
    move_appointment,
    veto_interpreter,
)
from karama.reception.forms import InterpreterForm, WishForm
from karama.reception.models import Appointment, InterpreterVeto
from karama.reception.problems import NotThisInterpreter, StepNotAllowed
from karama.reception.queries import interpreters_sought, one_to_interpret, to_interpret, without_colleague
from tests.reception.conftest import NOON, Desk

Book = Callable[..., Appointment]


def told(desk: Desk, name: str, place: UUID) -> list[str]:
    """The notices of a colleague about something."""
    return sorted(Notice.objects.filter(user_id=desk[name].id, place=place).values_list("kind", flat=True))


def second(desk: Desk) -> UUID:
    """A volunteer on the roster."""
    desk.hire("mina", "volunteer", desk.here)
    row = list_interpreter(
        by=desk["nadia"], site=desk.here.id, user=desk["mina"].id, languages=["ar"], signed_on=NOON.date()
    )
    return UUID(str(row.record))


def offered(form: Any, name: str) -> dict[str, str]:
    """What may be chosen in a field."""
    return dict(form.fields[name].choices)


def test_booking_moving_and_cancelling_tell_the_interpreter(desk: Desk, book: Book) -> None:
    """RC144: a booking, another time, another interpreter and a cancellation reach whoever interprets."""
    made = book(interpreter=desk.interpreter)
    assert told(desk, "yusuf", made.id) == ["reception.to_interpret"]
    again: dict[str, Any] = {"minutes": 60, "worker": desk["chantal"].id}
    later = move_appointment(
        by=desk["rana"], appointment=made.id, starts=NOON + timedelta(hours=50), interpreter=desk.interpreter, **again
    ).value
    assert told(desk, "yusuf", later.id) == ["reception.interpreting_moved"]
    mina = second(desk)
    last = move_appointment(
        by=desk["rana"], appointment=later.id, starts=NOON + timedelta(hours=70), interpreter=mina, **again
    ).value
    assert "reception.interpreting_cancelled" in told(desk, "yusuf", later.id)
    assert told(desk, "mina", last.id) == ["reception.to_interpret"]
    cancel_appointment(by=desk["rana"], appointment=last.id, reason="closed")
    assert "reception.interpreting_cancelled" in told(desk, "mina", last.id)


@pytest.mark.parametrize(("hours", "said"), [(-1, 1), (3, 0)])
def test_a_session_that_calls_it_off_tells_her(
    desk: Desk, amal: UUID, book: Book, monday: Any, hours: int, said: int
) -> None:
    """RC160: a session that says that what was planned for later was called off tells whoever interprets; of one whose
    hour has passed she is told nothing."""
    made = book(interpreter=desk.interpreter)
    monday.move_to(made.starts_at + timedelta(hours=hours))
    record_session(
        by=desk["chantal"], person=amal, attended="cancelled", modality="in_person", on=made.starts_at.date()
    )
    assert Appointment.objects.get(pk=made.pk).state == "cancelled"
    assert told(desk, "yusuf", made.id).count("reception.interpreting_cancelled") == said


def test_a_hand_over_tells_her(desk: Desk, amal: UUID, book: Book) -> None:
    """RC161: when a colleague takes an appointment over, whoever interprets is told that it is with somebody else."""
    made = book(interpreter=desk.interpreter)
    hand_over_appointments(by=desk["nadia"], person=amal, user=desk["chantal"].id, to=desk["diego"].id)
    assert told(desk, "yusuf", made.id) == ["reception.interpreting_changed", "reception.to_interpret"]


def test_she_sees_when_where_and_with_whom_and_never_whose(
    desk: Desk, amal: UUID, book: Book, sign_in: Any, monday: Any
) -> None:
    """RC145: Today, her calendar and the page hold time, site, room and colleague; no code, no name, no person's id."""
    made = book(interpreter=desk.interpreter, room=desk.room, hours=24)
    monday.move_to(made.starts_at - timedelta(hours=1))
    code = Person.objects.get(pk=amal).code
    browser = sign_in("yusuf")
    pages = [browser.get(one).content.decode() for one in ("/", "/interpreting/", f"/interpreting/{made.id}/")]
    for shown in pages:
        assert "Room 1" in shown
        assert "Chantal" in shown
        assert desk.here.name in shown
        for secret in (code, "Amal", "Haddad", str(amal)):
            assert secret not in shown
    for name in ("tunde", "diego", "rana"):
        assert sign_in(name).get(f"/interpreting/{made.id}/").status_code == 404


def test_who_cannot_is_replaced(desk: Desk, book: Book, reading_as: Any) -> None:
    """RC146: "I cannot take this" frees her, tells whoever booked and the colleague, and stays until it is done."""
    made = book(interpreter=desk.interpreter)
    with pytest.raises(Refused):
        decline_interpreting(by=desk["chantal"], appointment=made.id, why="cannot")
    decline_interpreting(by=desk["yusuf"], appointment=made.id, why="cannot")
    made.refresh_from_db()
    assert made.interpreter_id is None
    for name in ("rana", "chantal"):
        assert "reception.interpreter_needed" in told(desk, name, made.id)
        with reading_as(desk[name]):
            assert [one[0] for one in interpreters_sought(desk[name])] == [made.id]
    assert not InterpreterVeto.objects.exists()
    with reading_as(desk["yusuf"]):
        assert to_interpret(desk["yusuf"]) == []
    give_interpreter(by=desk["rana"], appointment=made.id, interpreter=second(desk))
    assert told(desk, "mina", made.id) == ["reception.to_interpret"]
    with reading_as(desk["rana"]):
        assert interpreters_sought(desk["rana"]) == []
    with pytest.raises(StepNotAllowed):
        give_interpreter(by=desk["rana"], appointment=made.id)


def test_who_knows_the_person_is_never_booked_again(
    desk: Desk, amal: UUID, book: Book, sign_in: Any, reading_as: Any
) -> None:
    """RC147: the veto is kept for that person, her other times go to somebody else, and nobody is told who she is."""
    one, other = book(interpreter=desk.interpreter), book(interpreter=desk.interpreter, hours=72)
    sent = sign_in("yusuf").post(f"/interpreting/{one.id}/", {"why": "knows"}, follow=True)
    assert sent.status_code == 200
    assert Person.objects.get(pk=amal).code not in sent.content.decode()
    veto = InterpreterVeto.objects.get()
    with reading_as(desk["chantal"]):
        assert (veto.person_id, veto.user_id, veto.unseal("why")) == (amal, desk["yusuf"].id, "related")
    assert not Appointment.objects.filter(pk__in=[one.id, other.id], interpreter__isnull=False).exists()
    for made in (one, other):
        assert "reception.interpreter_needed" in told(desk, "rana", made.id)
    with pytest.raises(NotThisInterpreter):
        book(interpreter=desk.interpreter, hours=96)


@pytest.mark.parametrize("way", ["hidden", "vetoed"])
def test_what_is_hidden_later_is_gone_from_her_calendar(
    way: str, desk: Desk, amal: UUID, book: Book, reading_as: Any
) -> None:
    """RC148: hidden or vetoed after the booking, it is gone for her; the supervisor is asked to look at it."""
    made = book(interpreter=desk.interpreter)
    if way == "hidden":
        hide_from(by=desk["chantal"], person=amal, user=desk["yusuf"].id)
    else:
        veto_interpreter(by=desk["chantal"], person=amal, user=desk["yusuf"].id)
    with reading_as(desk["yusuf"]):
        assert to_interpret(desk["yusuf"]) == []
        with pytest.raises(Absent):
            one_to_interpret(desk["yusuf"], made.id)
    with pytest.raises(Refused):
        decline_interpreting(by=desk["yusuf"], appointment=made.id, why="cannot")
    with reading_as(desk["nadia"]):
        assert made.id in [one[0] for one in without_colleague(desk["nadia"])]


def test_languages_are_chosen_by_name(desk: Desk, sign_in: Any) -> None:
    """RC149: roster and wish offer languages by name, in the reader's language; no code is typed."""
    with translation.override("fr"):
        names = offered(InterpreterForm(users=[]), "languages")
        assert names["ar"] == translation.gettext("Arabic")
        assert names["ti"] == "tigrigna"
        assert offered(WishForm(), "language")["ckb"] == translation.gettext("Sorani")
    browser = sign_in("nadia")
    browser.post("/interpreters/", {"user": desk["yusuf"].id, "languages": ["ar", "kmr"], "sex": "man"})
    shown = browser.get("/interpreters/").content.decode()
    assert re.search("Arabic, Kurmanji", shown)


def test_finding_somebody_else_on_the_page(desk: Desk, book: Book, sign_in: Any) -> None:
    """RC150: the appointment says that somebody is missing; one choice gives another one, or says nobody is needed."""
    made = book(interpreter=desk.interpreter)
    decline_interpreting(by=desk["yusuf"], appointment=made.id, why="cannot")
    browser, mina = sign_in("rana"), second(desk)
    assert "find somebody else" in browser.get(f"/appointments/{made.id}/").content.decode()
    where = f"/appointments/{made.id}/interpreter/"
    assert browser.post(where, {"interpreter": ""}).status_code == 422
    assert browser.post(where, {"interpreter": mina}).status_code == 302
    made.refresh_from_db()
    assert (made.interpreter_id, made.interpreter_sought_at) == (mina, None)


def test_who_interpreted_is_of_the_roster_and_may_hear_her(desk: Desk, amal: UUID, sign_in: Any) -> None:
    """RC151: the session form offers the roster, volunteers too, and nobody who is kept from her; the action refuses
    those, and somebody from outside is written down without a name."""
    mina, by = second(desk), desk["chantal"]
    yusuf, volunteer = desk["yusuf"].id, desk["mina"].id
    veto_interpreter(by=by, person=amal, user=yusuf)
    shown = sign_in("chantal").get(f"/people/{amal}/sessions/new/").content.decode()
    assert str(volunteer) in shown
    assert str(yusuf) not in shown
    held: dict[str, Any] = {"person": amal, "attended": "came", "modality": "in_person", "risk_asked": "yes"}
    for user in (yusuf, desk["diego"].id, mina):
        with pytest.raises(NotThisInterpreter):
            record_session(by=by, interpreter=user, **held)
    assert record_session(by=by, interpreter=volunteer, **held).value.interpreter_id == volunteer
    outside = record_session(by=by, interpreted=True, **held).value
    assert (outside.interpreted, outside.interpreter_id) == (True, None)
