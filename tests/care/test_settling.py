"""A session settles the appointment of its day, both ways, and somebody who did not come is asked after once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import amend_session, record_session
from karama.care.models import Session
from karama.care.problems import AmendedMeanwhile, NothingChanged, ReasonNeeded, SayHow
from karama.care.queries import sessions_of
from karama.journal import Refused
from karama.journal.integrity import check
from karama.journal.models import Change, Entry
from karama.notices.actions import stop_all
from karama.notices.jobs import SENDER
from karama.notices.models import Notice, OutgoingMessage
from karama.people.actions import assign, hide_from, join_files
from karama.reception.actions import (
    bring_appointment,
    cancel_appointment,
    note_missed,
    record_try,
    settling,
    step_appointment,
)
from karama.reception.models import Appointment, Arrival, FollowUp
from karama.reception.queries import not_recorded, tasks_of
from tests.care.test_pages import text
from tests.reception.conftest import (
    NOON,
    Clinic,
    Desk,
    amal,
    book,
    clinic,
    desk,
    monday,
    reachable,
    reading_as,
    sign_in,
)

__all__ = ["Clinic", "amal", "book", "clinic", "desk", "monday", "reachable", "reading_as", "sign_in"]
Book = Callable[..., Appointment]
HELD: dict[str, Any] = {"attended": "came", "modality": "in_person", "risk_asked": "yes"}


def session(desk: Desk, amal: UUID, attended: str = "came", by: str = "chantal", **more: Any) -> Session:
    told = HELD if attended == "came" else {"attended": attended}
    return record_session(by=desk[by], person=amal, **(told | more)).value


def state(row: Appointment) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.reason


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


def test_a_correction_of_how_keeps_what_was_done(desk: Desk, amal: UUID, reading_as: Any) -> None:
    """CA345: correcting where a session was held keeps what was done in it; nothing changed, no reason, or an older
    version is refused, and what a held session needs is needed here too."""
    one = session(desk, amal, techniques=["breathing"], homework="given", minutes=50)
    by = desk["chantal"]
    told: dict[str, Any] = {**HELD, "modality": "phone", "minutes": 50}
    with pytest.raises(ReasonNeeded):
        amend_session(by=by, session=one.id, **told)
    with pytest.raises(SayHow):
        amend_session(by=by, session=one.id, attended="came", reason="x")
    with pytest.raises(NothingChanged):
        amend_session(by=by, session=one.id, reason="x", **(HELD | {"minutes": 50}))
    amend_session(by=by, session=one.id, reason="by telephone", **told)
    with pytest.raises(AmendedMeanwhile):
        amend_session(by=by, session=one.id, reason="x", attended="absent")
    with reading_as(by):
        (line,) = sessions_of(by, amal)
    assert (line.session.modality, line.session.minutes) == ("phone", 50)
    assert (line.fields["techniques"], line.fields["homework"]) == (["breathing"], "given")


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


def test_it_is_corrected_in_a_browser(desk: Desk, book: Book, monday: Any, amal: UUID, sign_in: Any) -> None:
    """CA354: a session on the person's page leads to its correction; who may not write sessions finds nothing there."""
    made = book(hours=24)
    monday.move_to(NOON + timedelta(hours=26))
    one = session(desk, amal, minutes=50)
    client = sign_in("chantal")
    address = f"/sessions/{one.id}/correct/"
    assert address in text(client.get(f"/people/{amal}/"))
    shown = text(client.get(address))
    assert 'value="50"' in shown
    for name in ("tunde", "rana", "leila", "samir"):
        assert sign_in(name).get(address).status_code == 404, name
    assert client.post(address, {"attended": "absent"}).status_code == 422
    assert state(made)[0] == "done"
    answer = client.post(address, {"attended": "absent", "reason": "wrong tap", "modality": "", "risk_asked": ""})
    assert answer.status_code == 302
    assert state(made)[0] == "missed"


def test_only_care_corrects(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """CA355: neither the desk nor whoever works elsewhere corrects a session of hers."""
    one = session(desk, amal)
    told: dict[str, Any] = {"session": one.id, "attended": "absent"}
    for name in ("tunde", "rana", "samir"):
        with pytest.raises(Refused):
            amend_session(by=desk[name], reason="x", **told)


def test_a_session_without_an_appointment_costs_little(desk: Desk, amal: UUID) -> None:
    """CA356: where nothing was planned, looking for it is one question about appointments to the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    session(desk, amal, "absent")
    with CaptureQueriesContext(connection) as asked:
        session(desk, amal, "absent")
    about = [one["sql"] for one in asked if "reception_" in one["sql"]]
    assert len(about) == 1


def test_there_and_back_keeps_what_was_done(desk: Desk, amal: UUID, reading_as: Any) -> None:
    """CA378: corrected to "did not come" and back, a session has again what was done in it, how long it took and who
    interpreted."""
    done: dict[str, Any] = {"techniques": ["breathing"], "homework": "given", "minutes": 50}
    by = desk["chantal"]
    one = session(desk, amal, interpreter=desk["yusuf"].id, **done)
    two = amend_session(by=by, session=one.id, attended="absent", reason="wrong tap").value
    assert (two.minutes, two.interpreted, two.unseal("techniques")) == (None, False, None)
    three = amend_session(by=by, session=two.id, reason="came after all", **HELD).value
    assert (three.minutes, three.interpreted, three.interpreter_id) == (50, True, desk["yusuf"].id)
    with reading_as(by):
        (line,) = sessions_of(by, amal)
    assert (line.fields["techniques"], line.fields["homework"]) == (["breathing"], "given")


def test_who_may_not_read_it_neither_changes_nor_guesses_it(
    desk: Desk, amal: UUID, reading_as: Any, sign_in: Any
) -> None:
    """CA379: a colleague who may not read whether safety was asked about corrects the rest and leaves it; no answer of
    hers is told apart by what stands there."""
    desk.hire("sara", "social_worker", desk.here)
    assign(by=desk["nadia"], person=amal, user=desk["sara"].id)
    one = session(desk, amal, risk_asked="no")
    told: dict[str, Any] = {"by": desk["sara"], "session": one.id, "attended": "came", "reason": "x"}
    for risk in ("yes", "no", "not_appropriate", ""):
        with pytest.raises(NothingChanged):
            amend_session(**told, modality="in_person", risk_asked=risk)
    page = text(sign_in("sara").get(f"/sessions/{one.id}/correct/"))
    assert 'name="attended"' in page
    assert 'name="risk_asked"' not in page
    assert 'name="risk_asked"' in text(sign_in("chantal").get(f"/sessions/{one.id}/correct/"))
    two = amend_session(**told, modality="phone", risk_asked="yes").value
    three = amend_session(**(told | {"session": two.id, "attended": "absent"})).value
    amend_session(**(told | {"session": three.id}), modality="phone", risk_asked="yes")
    with reading_as(desk["chantal"]):
        (line,) = sessions_of(desk["chantal"], amal)
        assert (line.session.modality, line.fields["risk_asked"]) == ("phone", "no")


def test_a_correction_is_seen(desk: Desk, amal: UUID, sign_in: Any) -> None:
    """CA381: a corrected session says so on the person's page and shows each version with who, what and why; whoever
    wrote it is told when somebody else corrects it, by a notice that leads there, unless the person is hidden from
    her; an older version leads to the newest and is not corrected again."""
    one = session(desk, amal, minutes=50)
    assert "Session, corrected" not in text(sign_in("chantal").get(f"/people/{amal}/"))
    two = amend_session(by=desk["chantal"], session=one.id, attended="absent", reason="My wrong tap.").value
    assert not Notice.objects.filter(kind="care.session_corrected").exists()
    three = amend_session(by=desk["nadia"], session=two.id, reason="She was here after all.", **HELD).value
    notice = Notice.objects.get(kind="care.session_corrected")
    assert (notice.user_id, notice.place) == (desk["chantal"].id, three.id)
    client = sign_in("chantal")
    assert client.post(f"/notices/{notice.id}/").headers["Location"] == f"/sessions/{three.id}/correct/"
    assert "Session, corrected" in text(client.get(f"/people/{amal}/"))
    shown = text(client.get(f"/sessions/{three.id}/correct/"))
    for said in ("My wrong tap.", "She was here after all.", "Nadia", "Chantal", "Did not come", "50 minutes"):
        assert said in shown, said
    older = text(client.get(f"/sessions/{one.id}/correct/"))
    assert f"/sessions/{two.id}/correct/" in older
    assert 'name="attended"' not in older
    hide_from(by=desk["nadia"], person=amal, user=desk["chantal"].id, reason="Related.")
    amend_session(by=desk["nadia"], session=three.id, attended="absent", reason="x")
    assert Notice.objects.filter(kind="care.session_corrected").count() == 1
    assert client.get(f"/sessions/{three.id}/correct/").status_code == 404
