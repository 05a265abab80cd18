"""Somebody did not come: who asks after her, how soon, by which way and in which hour, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import (
    amend_session,
    hand_over_caseload,
    name_contact,
    open_episode,
    record_death,
    record_session,
)
from karama.care.actions.episodes import change_episode_state
from karama.journal import Absent, Refused
from karama.journal.integrity import check
from karama.notices.actions import begin
from karama.notices.jobs import SENDER
from karama.notices.models import Notice, OutgoingMessage
from karama.people.actions import (
    accept_transfer,
    assign,
    erase_person,
    hide_from,
    join_files,
    propose_transfer,
)
from karama.people.registries import work_open_for
from karama.reception.actions import cancel_appointment, give_up_following, note_missed, record_try
from karama.reception.actions.following import responsible_for
from karama.reception.header import today
from karama.reception.models import Appointment, FollowUp
from karama.reception.problems import EndedAlready, NotThisHour, NotThisWay, ReasonNeeded, TryFirst
from karama.reception.queries import late_tasks, task_page, tasks_of, without_colleague
from karama.safety.actions import close_alert, make_plan, raise_worry, record_first_contact, take_alert
from karama.safety.models import Alert
from tests.people.conftest import ERASER
from tests.reception.conftest import NOON, Desk

Book = Callable[..., Appointment]
AFTER = NOON + timedelta(hours=26)


@pytest.fixture
def missed(desk: Desk, book: Book, monday: Any) -> Callable[[], FollowUp]:
    """Amal was to come on Tuesday noon and did not; noted by the desk two hours later."""

    def noted() -> FollowUp:
        made = book(hours=24)
        monday.move_to(AFTER)
        note_missed(by=desk["rana"], appointment=made.id)
        return FollowUp.objects.get(appointment=made)

    return noted


def test_the_responsible_colleague_is_asked(desk: Desk, missed: Any, amal: UUID, reading_as: Any) -> None:
    """RC030: it is the task of who leads the care, on her Today, by code; the desk sees neither task nor page."""
    assign(by=desk["nadia"], person=amal, user=desk["diego"].id, role="lead")
    task = missed()
    assert task.worker_id == desk["diego"].id
    assert task.due_at == AFTER + timedelta(days=2)
    assert Notice.objects.filter(user_id=desk["diego"].id, kind="reception.missed", place=task.id).exists()
    with reading_as(desk["diego"]):
        (line,) = [one for one in today(by=desk["diego"]) if str(task.id) in one.url]
    assert line.code == task.person.code
    with reading_as(desk["rana"]):
        assert not any(str(task.id) in one.url for one in today(by=desk["rana"]))
        assert tasks_of(desk["rana"]) == []
        with pytest.raises(Absent):
            task_page(desk["rana"], task.id)
    with pytest.raises(Refused):
        record_try(by=desk["rana"], follow_up=task.id, way="in_person", result="well")


def test_the_higher_the_risk_the_sooner(desk: Desk, missed: Any, amal: UUID, reading_as: Any) -> None:
    """RC031: with an open alert she is asked after at once, and the line on Today is of today."""
    raise_worry(by=desk["chantal"], kind="suicide", person=amal)
    task = missed()
    assert task.due_at == AFTER
    with reading_as(desk["chantal"]):
        (line,) = [one for one in today(by=desk["chantal"]) if str(task.id) in one.url]
    assert line.grade == "today"


def test_a_plan_and_the_need_count_too(desk: Desk, missed: Any, amal: UUID) -> None:
    """RC032: a safety plan means within a day; the need that care noted shortens the time as well."""
    episode = open_episode(by=desk["chantal"], person=amal).value.id
    change_episode_state(by=desk["chantal"], episode=episode, state="waiting")
    name_contact(by=desk["chantal"], episode=episode, contact=desk["chantal"].id, need=3)
    assert missed().due_at == AFTER + timedelta(days=5)


def test_a_plan_means_a_day(desk: Desk, missed: Any, amal: UUID) -> None:
    """RC033: whoever made a safety plan is asked after within a day."""
    make_plan(by=desk["chantal"], person=amal, parts={"coping": "words"})
    assert missed().due_at == AFTER + timedelta(days=1)


def test_only_by_the_agreed_way(desk: Desk, missed: Any, reachable: Any) -> None:
    """RC034: a call where a message was agreed is refused; nothing is written down of it."""
    reachable("call")
    task = missed()
    for way in ("message", "via_person"):
        with pytest.raises(NotThisWay):
            record_try(by=desk["chantal"], follow_up=task.id, way=way, result="well")
    assert task.tries.count() == 0
    assert record_try(by=desk["chantal"], follow_up=task.id, way="call", result="well").value.way == "call"
    task.refresh_from_db()
    assert task.ended == "well"
    with pytest.raises(EndedAlready):
        record_try(by=desk["chantal"], follow_up=task.id, way="call", result="well")


def test_only_in_the_agreed_hours(desk: Desk, missed: Any, reachable: Any, monday: Any) -> None:
    """RC035: outside her hours, and at night when she named none, nobody tries; hours in words are read by a person."""
    reachable("call", safe_hours="9-10")
    task = missed()
    told: dict[str, Any] = {"by": desk["chantal"], "follow_up": task.id, "way": "call", "result": "not_reached"}
    with pytest.raises(NotThisHour):
        record_try(**told)
    with pytest.raises(NotThisHour):
        record_try(**told, safe_now=True)
    reachable("call", safe_hours="when he is out")
    with pytest.raises(NotThisHour):
        record_try(**told)
    record_try(**told, safe_now=True)
    reachable("call")
    record_try(**told)
    monday.shift(timedelta(hours=8))
    with pytest.raises(NotThisHour):
        record_try(**told)
    record_try(**(told | {"way": "in_person", "result": "stops"}))


def test_a_worry_is_raised_in_the_same_breath(desk: Desk, missed: Any, amal: UUID, reachable: Any) -> None:
    """RC036: who is worried raises an alert with the same tap; a worry without its kind is not saved."""
    reachable("call")
    task = missed()
    told: dict[str, Any] = {"by": desk["chantal"], "follow_up": task.id, "way": "call", "result": "worry"}
    with pytest.raises(ReasonNeeded):
        record_try(**told)
    assert not Alert.objects.exists()
    record_try(**told, kind="suicide", words="She sounded far away.")
    assert Alert.objects.get().person_id == amal
    task.refresh_from_db()
    assert task.ended == "worry"


def test_no_hour_and_no_way_refuses_a_worry(desk: Desk, missed: Any, amal: UUID, reachable: Any) -> None:
    """RC084: they spoke at an hour or by a way that was not agreed: the worry is raised all the same."""
    reachable("sms_neutral")
    task = missed()
    told: dict[str, Any] = {"by": desk["chantal"], "follow_up": task.id, "way": "call"}
    with pytest.raises(NotThisWay):
        record_try(**told, result="well")
    record_try(**told, result="worry", kind="suicide")
    assert Alert.objects.get().person_id == amal


def test_giving_up_needs_two_tries_on_two_days(desk: Desk, missed: Any, reachable: Any, monday: Any) -> None:
    """RC037: nobody is given up after one try; the supervisor is told when nobody was reached."""
    reachable("call")
    task = missed()
    told: dict[str, Any] = {"by": desk["chantal"], "follow_up": task.id, "way": "call", "result": "not_reached"}
    with pytest.raises(TryFirst):
        give_up_following(by=desk["chantal"], follow_up=task.id)
    record_try(**told)
    record_try(**told)
    with pytest.raises(TryFirst):
        give_up_following(by=desk["chantal"], follow_up=task.id)
    monday.shift(timedelta(days=1))
    record_try(**told)
    give_up_following(by=desk["chantal"], follow_up=task.id)
    task.refresh_from_db()
    assert task.ended == "not_reached"
    assert Notice.objects.filter(user_id=desk["nadia"].id, kind="reception.not_reached", place=task.id).exists()


def test_without_a_safe_way_nobody_tries(desk: Desk, missed: Any, reachable: Any) -> None:
    """RC038: whoever agreed to no way is not called; the supervisor is told at once."""
    reachable("never")
    task = missed()
    with pytest.raises(NotThisWay):
        record_try(by=desk["chantal"], follow_up=task.id, way="call", result="well")
    give_up_following(by=desk["chantal"], follow_up=task.id)
    task.refresh_from_db()
    assert task.ended == "no_way"
    assert Notice.objects.filter(user_id=desk["nadia"].id, place=task.id).exists()


def test_a_late_task_reaches_the_supervisor(desk: Desk, missed: Any, monday: Any, amal: UUID, reading_as: Any) -> None:
    """RC039: what nobody has done in time stands on the supervisor's Today; never for one from whom she is hidden."""
    task = missed()
    with reading_as(desk["nadia"]):
        assert late_tasks(desk["nadia"]) == []
    monday.shift(timedelta(days=2, hours=1))
    with reading_as(desk["nadia"]):
        assert [one.id for one in late_tasks(desk["nadia"])] == [task.id]
        assert any(str(task.id) in one.url for one in today(by=desk["nadia"]))
        assert late_tasks(desk["tunde"]) == []
    desk.hire("other", "supervisor", desk.here)
    hide_from(by=desk["nadia"], person=amal, user=desk["other"].id, reason="Related.")
    with reading_as(desk["other"]):
        assert late_tasks(desk["other"]) == []


def test_death_and_handing_over(desk: Desk, missed: Any, amal: UUID, book: Book) -> None:
    """RC040: a caseload takes its appointments and tasks along; a death ends them, and nothing is left open."""
    task, made = missed(), book(hours=96)
    hand_over_caseload(by=desk["nadia"], user=desk["chantal"].id, receivers={str(amal): desk["diego"].id})
    task.refresh_from_db()
    made.refresh_from_db()
    assert {task.worker_id, made.worker_id} == {desk["diego"].id}
    assert Notice.objects.filter(user_id=desk["diego"].id, kind="reception.handed_over").exists()
    assert {one.kind for one in work_open_for(amal)} == {"task", "appointment"}
    record_death(by=desk["diego"], person=amal, suspected="none")
    task.refresh_from_db()
    made.refresh_from_db()
    assert (task.ended, made.state, made.reason) == ("ended", "cancelled", "ended")
    assert work_open_for(amal) == []


def test_who_cannot_see_her_is_not_waited_for(desk: Desk, book: Book, monday: Any, amal: UUID, reading_as: Any) -> None:
    """RC090: appointments with a colleague from whom the person is hidden, or who does not work with her, are her
    supervisor's: to come, and when they are over and nobody has said whether she came."""
    assign(by=desk["nadia"], person=amal, user=desk["diego"].id)
    kept = book(hours=24, worker=desk["diego"].id)
    fine = book(hours=26)
    with reading_as(desk["nadia"]):
        assert without_colleague(desk["nadia"]) == []
    hide_from(by=desk["nadia"], person=amal, user=desk["diego"].id, reason="Related.")
    with reading_as(desk["nadia"]):
        assert [one for one, _code, _at in without_colleague(desk["nadia"])] == [kept.id]
    monday.move_to(NOON + timedelta(hours=30))
    with reading_as(desk["nadia"]):
        assert [one for one, _code, _at in without_colleague(desk["nadia"])] == [kept.id]
        assert any(str(kept.id) in one.url for one in today(by=desk["nadia"]))
        assert not any(str(fine.id) in one.url for one in today(by=desk["nadia"]))
    note_missed(by=desk["rana"], appointment=kept.id)
    with reading_as(desk["nadia"]):
        assert without_colleague(desk["nadia"]) == []
    above = book(hours=48, worker=desk.hire("other", "supervisor", desk.here).id)
    hide_from(by=desk["nadia"], person=amal, user=desk["other"].id, reason="Related.")
    with reading_as(desk["nadia"]):
        assert [one for one, _code, _at in without_colleague(desk["nadia"])] == [above.id]
    assert FollowUp.objects.get().worker_id == desk["chantal"].id
    assert not Notice.objects.filter(user_id=desk["diego"].id, kind="reception.missed").exists()


def test_who_does_not_work_with_her(desk: Desk, book: Book, amal: UUID, reading_as: Any) -> None:
    """RC091: a colleague who was never put on her care is shown to the supervisor, and is not once she is."""
    made = book(hours=24, worker=desk["diego"].id)
    book(hours=26, worker=desk["nadia"].id)
    with reading_as(desk["nadia"]):
        assert [one for one, _code, _at in without_colleague(desk["nadia"])] == [made.id]
    assign(by=desk["nadia"], person=amal, user=desk["diego"].id)
    with reading_as(desk["nadia"]):
        assert without_colleague(desk["nadia"]) == []


def test_nobody_is_reminded_to_come_to_whom_she_is_hidden_from(
    desk: Desk, book: Book, monday: Any, amal: UUID, reachable: Any
) -> None:
    """RC092: a reminder of an appointment with somebody from whom the person is hidden does not leave; whoever is
    responsible learns it, and the colleague learns nothing."""
    reachable()
    assign(by=desk["nadia"], person=amal, user=desk["diego"].id)
    made = book(worker=desk["diego"].id)
    told = Notice.objects.filter(user_id=desk["diego"].id).count()
    hide_from(by=desk["nadia"], person=amal, user=desk["diego"].id, reason="Related.")
    monday.move_to(NOON + timedelta(hours=24))
    row = OutgoingMessage.objects.get(source_id=made.id)
    assert begin(by=SENDER, message=row.id).value is None
    row.refresh_from_db()
    assert row.state == "stopped"
    notice = Notice.objects.get(kind="notices.not_sent")
    assert (notice.user_id, notice.place) == (desk["chantal"].id, made.id)
    cancel_appointment(by=desk["rana"], appointment=made.id, reason="staff")
    assert Notice.objects.filter(user_id=desk["diego"].id).count() == told


def test_joining_two_files_keeps_the_task(
    desk: Desk, book: Book, monday: Any, amal: UUID, reachable: Any, reading_as: Any
) -> None:
    """RC094: a task, tried or not, goes along when files are joined, and is seen, tried and ended there; who is noted
    as missed after the joining is asked after in the file that remains; erasing that person takes all of it."""
    twin = desk.register("diego", first="Amal", last="Hadad")
    told: dict[str, Any] = {"person": twin, "worker": desk["diego"].id, "by": "diego"}
    one, two = book(hours=24, **told), book(hours=26, **told)
    three = book(hours=28, **told)
    monday.move_to(NOON + timedelta(hours=27))
    note_missed(by=desk["rana"], appointment=one.id)
    note_missed(by=desk["rana"], appointment=two.id)
    tried = FollowUp.objects.get(appointment=one)
    tried_words = {"way": "in_person", "result": "not_reached", "words": "Nobody at home."}
    record_try(by=desk["diego"], follow_up=tried.id, **tried_words)
    join_files(by=desk["nadia"], person=twin, into=amal, reason="One person.")
    tasks = list(FollowUp.objects.order_by("recorded_at"))
    assert {(each.person_id, each.worker_id, each.ended) for each in tasks} == {(amal, desk["chantal"].id, "")}
    with reading_as(desk["chantal"]):
        assert {each.id for each in tasks_of(desk["chantal"])} == {each.id for each in tasks}
        assert [words for _try, _who, words in task_page(desk["chantal"], tried.id).tries] == ["Nobody at home."]
    record_try(by=desk["chantal"], follow_up=tried.id, way="in_person", result="well")
    monday.move_to(NOON + timedelta(hours=30))
    note_missed(by=desk["rana"], appointment=three.id)
    assert FollowUp.objects.get(appointment=three).worker_id == desk["chantal"].id
    assert {each.kind for each in work_open_for(amal)} == {"task"}
    assert check() == []
    erase_person(by=ERASER, person=amal, reason="As asked.")
    assert not FollowUp.objects.exists()


def test_a_session_asks_in_the_file_that_remains(desk: Desk, book: Book, monday: Any, amal: UUID) -> None:
    """RC095: an appointment that lies in the folded file opens its task in the one that remains."""
    twin = desk.register("chantal", first="Amal", last="Hadad")
    made = book(hours=24, person=twin)
    monday.move_to(NOON + timedelta(hours=26))
    held = record_session(
        by=desk["chantal"], person=twin, attended="came", modality="in_person", risk_asked="yes"
    ).value
    join_files(by=desk["nadia"], person=twin, into=amal, reason="One person.")
    amend_session(by=desk["chantal"], session=held.id, attended="absent", reason="wrong tap")
    made.refresh_from_db()
    task = FollowUp.objects.get()
    assert (made.state, made.person_id, task.person_id, task.ended) == ("missed", twin, amal, "")


def test_nobody_is_told_of_one_who_is_hidden(desk: Desk, missed: Any, amal: UUID, reachable: Any) -> None:
    """RC100: a supervisor from whom the person is hidden is not told that she could not be reached; others are."""
    desk.hire("sirwan", "supervisor", desk.here)
    hide_from(by=desk["chantal"], person=amal, user=desk["nadia"].id)
    reachable("never")
    give_up_following(by=desk["chantal"], follow_up=missed().id)
    told = Notice.objects.filter(kind="reception.not_reached").values_list("user_id", flat=True)
    assert list(told) == [desk["sirwan"].id]


def test_an_appointment_left_behind_by_a_transfer(desk: Desk, book: Book, amal: UUID, monday: Any) -> None:
    """RC101: what was booked at a site from which the person has moved stands before the supervisor who took her over,
    before its day, and after it until somebody has said whether she came."""
    sirwan = desk.hire("sirwan", "supervisor", desk.elsewhere)
    whole = desk.hire("whole", "supervisor")
    wide = desk.hire("wide", "psychologist")
    assign(by=desk["nadia"], person=amal, user=wide.id)
    rows = [book(hours=24).id, book(hours=25, worker=wide.id).id]
    assert without_colleague(sirwan) == []
    asked = propose_transfer(by=desk["chantal"], person=amal, site=desk.elsewhere.id, reason="She moves").record
    assert asked is not None
    accept_transfer(by=sirwan, transfer=asked, lead=wide.id, takes_open_work=True)
    for _before_and_after in range(2):
        for by in (sirwan, whole):
            assert [one[0] for one in without_colleague(by)] == rows, "also with whoever leads her care from now on"
        assert without_colleague(desk["nadia"]) == []
        monday.move_to(AFTER + timedelta(hours=1))


def test_nobody_accused_is_sent_to_ask_after_her(desk: Desk, missed: Any, amal: UUID) -> None:
    """RC103: a colleague from whom an open alert about the person is kept is not the one who asks after her, also where
    he leads her care; once it is closed he is again."""
    diego = desk["diego"].id
    assign(by=desk["nadia"], person=amal, user=diego, role="lead")
    raised = raise_worry(by=desk["chantal"], person=amal, kind="violence_at_home", involves=diego).value
    task = missed()
    assert task.worker_id == desk["chantal"].id
    assert tasks_of(desk["diego"]) == []
    assert not Notice.objects.filter(user_id=diego, kind="reception.missed").exists()
    take_alert(by=desk["nadia"], alert=raised.alert_id)
    record_first_contact(by=desk["nadia"], alert=raised.alert_id, note="Spoken with her")
    close_alert(by=desk["nadia"], alert=raised.alert_id, outcome="plan_made", note="Safe")
    assert responsible_for(task.appointment) == diego
