"""GR030-GR059: a meeting written down by one or two, put together, settled, corrected, and asked after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from karama.accounts.today import lines_for
from karama.care.actions import record_session
from karama.groups import queries
from karama.groups.actions import (
    correct_record,
    end_membership,
    observe_meeting,
    record_meeting,
    settle_check_in,
    settle_difference,
)
from karama.groups.merging import held_of
from karama.groups.models import Attendance, CheckIn, FidelityItem, GroupMeeting, GroupMember, MeetingRecord, Settlement
from karama.journal import Absent, Problem, Refused
from karama.people.actions import hide_from
from karama.programme.days import today_at
from karama.rules.groups import contacts
from tests.groups.conftest import Circle, amal, as_reader_of, circle, clinic, tapped

__all__ = ["amal", "circle", "clinic"]


def test_attendance_of_twelve_in_one_action(circle: Circle) -> None:
    """GR030: C1: twelve are written down in one action; who was not tapped has no state, and is never absent."""
    made = circle.record(states={place: "present" for place in range(9)} | {9: "excused", 10: "left_early"})
    rows = dict(Attendance.objects.filter(record=made).values_list("person_id", "state"))
    assert len(rows) == 11
    assert circle.people[11] not in rows
    with as_reader_of(circle.clinic["chantal"]):
        page = queries.meeting_page(circle.clinic["chantal"], made.meeting_id)
    assert page.states.get(circle.people[11]) is None
    assert (page.states[circle.people[10]], page.contacts) == ("left_early", 10)


def test_more_members_cost_no_more_questions(circle: Circle) -> None:
    """GR031: reading the list, and a meeting with two records, asks as many questions for twelve as for two."""
    first = circle.record(states={0: "present"})
    circle.record("diego", states={0: "absent"})
    by = circle.clinic["chantal"]

    def asked() -> list[int]:
        counts = []
        for read in (
            lambda: queries.group_page(by, circle.group),
            lambda: queries.meeting_page(by, first.meeting_id),
            lambda: queries.groups_of(by),
            lambda: queries.differences_to_settle(by),
        ):
            with as_reader_of(by), CaptureQueriesContext(connection) as told:
                read()
            counts.append(len(told))
        return counts

    asked()
    few = asked()
    for number in range(2, 5):
        circle.record(number=number)
        circle.record("diego", number=number, states={n: "absent" for n in range(12)})
    assert asked() == few


def test_a_meeting_by_telephone(circle: Circle) -> None:
    """GR032: C2: meeting 3 is held by telephone: that one only; what nobody can do at a distance is adapted."""
    circle.record(number=1)
    circle.record(number=2, fidelity={"expression": ("done", "")})
    third = circle.record(number=3, modality="phone", fidelity={"welcome": ("done", ""), "expression": ("done", "")})
    circle.record(number=4)
    told = {one.number: held_of([one])[0].modality for one in GroupMeeting.objects.all()}
    assert told == {1: "in_person", 2: "in_person", 3: "phone", 4: "in_person"}
    kept = {one.item: (one.answer, one.why) for one in FidelityItem.objects.filter(record=third)}
    assert kept == {"welcome": ("done", ""), "expression": ("adapted", "modality")}
    assert FidelityItem.objects.get(record__meeting__number=2, item="expression").answer == "done"
    assert not FidelityItem.objects.filter(record__meeting__number=4).exists()


def test_a_walk_in_without_a_name(circle: Circle) -> None:
    """GR033: C3: somebody who does not want to be registered is counted: the total rises by one, people do not."""
    made = circle.record(states={0: "present", 1: "present"}, walk_ins=1)
    held = held_of([made.meeting])[0]
    assert contacts(held.result) == 3
    assert len(held.result.came) == 2
    silent = circle.record(number=2, states={0: "present"})
    assert silent.walk_ins is None, "not having said is not zero"


def test_two_write_the_same_meeting_down(circle: Circle) -> None:
    """GR034: C4: two facilitators write meeting 1 down, each without the other: one meeting, attendance of both, and
    what differs is shown until somebody settles it; both versions are kept."""
    first = circle.record(states={0: "present", 1: "absent"}, walk_ins=2, minutes=90)
    other = circle.record("diego", states={1: "present", 2: "present"}, walk_ins=3)
    assert GroupMeeting.objects.count() == 1
    assert first.meeting_id == other.meeting_id
    assert tapped(circle) == {circle.people[0]: "present", circle.people[2]: "present"}
    by = circle.clinic["nadia"]
    with as_reader_of(by):
        shown = queries.meeting_page(by, first.meeting_id)
    assert [one.item for one in shown.differences] == ["attendance", "walk_ins"]
    assert [value for _record, _alias, value in shown.differences[1].sides] == [2, 3]
    assert shown.contacts is None
    for name in ("chantal", "diego", "nadia"):
        assert [one for one in lines_for(circle.clinic[name]) if str(first.meeting_id) in one.url], name
    settle_difference(
        by=circle.clinic["chantal"], held=first.meeting_id, item="attendance", person=circle.people[1], chosen=other.id
    )
    settle_difference(by=by, held=first.meeting_id, item="walk_ins", chosen=first.id)
    assert tapped(circle)[circle.people[1]] == "present"
    assert contacts(held_of([first.meeting])[0].result) == 5
    assert MeetingRecord.objects.count() == 2
    assert sorted(Attendance.objects.filter(person_id=circle.people[1]).values_list("state", flat=True)) == [
        "absent",
        "present",
    ]
    assert not [one for one in lines_for(by) if str(first.meeting_id) in one.url]


def test_only_what_differs_is_settled(circle: Circle) -> None:
    """GR035: nothing is settled where nothing differs, for a record of another meeting, or by somebody far."""
    first = circle.record(states={0: "present"})
    circle.record("diego", states={0: "absent"})
    second = circle.record(number=2)
    told: dict[str, Any] = {"held": first.meeting_id, "item": "attendance", "person": circle.people[0]}
    for wrong in ({"chosen": second.id}, {"item": "walk_ins", "person": None, "chosen": first.id}):
        with pytest.raises(Problem) as refused:
            settle_difference(by=circle.clinic["nadia"], **(told | {"chosen": first.id} | wrong))
        assert refused.value.code == "groups.nothing_to_settle"
    for name in ("tunde", "rojin", "samir", "leila"):
        with pytest.raises(Refused):
            settle_difference(by=circle.clinic[name], chosen=first.id, **told)
    assert not Settlement.objects.exists()


def test_a_check_in_after_the_fourth(circle: Circle) -> None:
    """GR036: C6: after meeting 4 there is a check-in for everybody who came, and for nobody else; a second record of it
    adds whom only that one saw; being asked twice is not possible."""
    for number in (1, 2, 3):
        circle.record(number=number)
    assert not CheckIn.objects.exists()
    circle.record(number=4, states={0: "present", 1: "left_early", 2: "absent", 3: "excused"})
    assert set(CheckIn.objects.values_list("person_id", flat=True)) == set(circle.people[:2])
    circle.record("diego", number=4, states={0: "present", 4: "present"})
    assert set(CheckIn.objects.values_list("person_id", flat=True)) == {*circle.people[:2], circle.people[4]}
    by = circle.clinic["chantal"]
    with as_reader_of(by):
        shown = queries.check_ins_of(by)
    assert [one.instruments for one in shown] == [("k10",)] * 3
    assert [one for one in lines_for(by) if "/groups/check-ins/" in one.url]
    settle_check_in(by=by, check_in=shown[0].id, state="done")
    with pytest.raises(Problem) as refused:
        settle_check_in(by=by, check_in=shown[0].id, state="done")
    assert refused.value.code == "groups.not_now"
    circle.record(number=5)
    assert CheckIn.objects.count() == 3


def test_a_check_in_follows_what_was_settled(circle: Circle) -> None:
    """GR037: where it is settled that somebody had not come, nobody asks after that meeting any more."""
    first = circle.record(number=4, states={0: "present"})
    other = circle.record("diego", number=4, states={0: "absent"})
    person = circle.people[0]
    settle_difference(
        by=circle.clinic["nadia"], held=first.meeting_id, item="attendance", person=person, chosen=other.id
    )
    assert CheckIn.objects.get(person_id=person).state == "ended"


def test_who_writes_a_meeting_down(circle: Circle) -> None:
    """GR038: only who facilitates the group writes down who was there: not the supervisor who watches, nobody else."""
    for name in ("nadia", "tunde", "samir", "rojin", "leila", "importer"):
        with pytest.raises(Refused):
            circle.record(name)
    other = circle.clinic.hire("luz", "psychologist", circle.clinic.here)
    with pytest.raises(Refused):
        record_meeting(by=other, group=circle.group, modality="phone", attendance={})
    for refused_id in (UUID(int=9),):
        with pytest.raises(Refused):
            record_meeting(by=circle.clinic["chantal"], group=refused_id, modality="phone", attendance={})


def test_what_does_not_fit_is_said(circle: Circle) -> None:
    """GR039: a day ahead, somebody who is not on the list, an unknown part, a part left out without a reason, the same
    meeting twice by one: each is refused in words, and nothing is kept of it."""
    stranger = circle.clinic.register(called="Luz", first="Luz", last="Mena")
    tomorrow = today_at(circle.clinic.here.id) + timedelta(days=2)
    for wrong, code in (
        ({"on": tomorrow}, "groups.day"),
        ({"on": tomorrow - timedelta(days=30)}, "groups.day"),
        ({"attendance": {stranger: "present"}}, "groups.not_on_the_list"),
        ({"fidelity": {"juggling": ("done", "")}}, "groups.no_such_code"),
        ({"fidelity": {"welcome": ("not_done", "")}}, "groups.reason_needed"),
        ({"activities": ["juggling"]}, "groups.no_such_code"),
    ):
        with pytest.raises(Problem) as refused:
            circle.record(**wrong)
        assert refused.value.code == code, wrong
    assert not MeetingRecord.objects.exists()
    circle.record(number=1)
    with pytest.raises(Problem) as refused:
        circle.record(number=1)
    assert refused.value.code == "groups.recorded_already"


def test_a_correction_keeps_both(circle: Circle) -> None:
    """GR040: who wrote it corrects it, with a reason; both versions stay, the newer one counts."""
    made = circle.record(states={0: "present", 1: "present"})
    told: dict[str, Any] = {"record": made.id, "modality": "in_person", "attendance": {circle.people[0]: "present"}}
    with pytest.raises(Refused):
        correct_record(by=circle.clinic["diego"], reason="no", **told)
    with pytest.raises(Problem) as refused:
        correct_record(by=circle.clinic["chantal"], **told)
    assert refused.value.code == "groups.reason_needed"
    correct_record(by=circle.clinic["chantal"], reason="Ana1 was not here.", **told)
    assert tapped(circle) == {circle.people[0]: "present"}
    assert Attendance.objects.filter(record=made).count() == 2
    with pytest.raises(Problem) as refused:
        correct_record(by=circle.clinic["chantal"], reason="again", **told)
    assert refused.value.code == "groups.corrected_meanwhile"


def test_a_correction_keeps_whom_its_writer_may_not_see(circle: Circle) -> None:
    """GR041: somebody who is hidden from the writer meanwhile is not lost by the correction, and not shown by it."""
    made = circle.record()
    person = circle.people[3]
    hide_from(by=circle.clinic["nadia"], person=person, user=circle.clinic["chantal"].id, reason="a relative")
    by = circle.clinic["chantal"]
    with as_reader_of(by):
        assert person not in queries.meeting_page(by, made.meeting_id).states
        assert person not in {one.person for one in queries.record_page(by, circle.group, 1).members}
    told = {one: "present" for one in circle.people if one != person}
    correct_record(by=by, record=made.id, modality="phone", attendance=told, reason="It was by telephone.")
    assert tapped(circle)[person] == "present"
    with pytest.raises(Problem) as refused:
        circle.record(number=2)
    assert refused.value.code == "groups.not_on_the_list"


def test_somebody_watches(circle: Circle) -> None:
    """GR042: the supervisor watches a meeting and says what was done; a facilitator does not watch herself, and what
    the observer says is beside the facilitator's, no difference to be settled."""
    made = circle.record(fidelity={"welcome": ("done", ""), "closing": ("done", "")})
    with pytest.raises(Refused):
        observe_meeting(by=circle.clinic["chantal"], held=made.meeting_id, fidelity={})
    seen = {"welcome": ("done", ""), "closing": ("not_done", "time")}
    observe_meeting(by=circle.clinic["nadia"], held=made.meeting_id, fidelity=seen)
    held = held_of([circle.meeting()])[0]
    assert held.result.differences == ()
    assert held.fidelity[held.observed[0].id] == seen
    assert len(held.observed) == len(held.records) == 1


def test_the_day_finds_the_meeting(circle: Circle) -> None:
    """GR043: without a number the second facilitator's record of a day belongs to the meeting of that day; the next
    week it is the next meeting."""
    circle.record()
    assert circle.record("diego").meeting.number == 1
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert circle.record("diego").meeting.number == 2
        assert circle.record().meeting.number == 2


def test_nobody_else_reads_a_meeting(circle: Circle) -> None:
    """GR044: a meeting, a group and a check-in are absent for everybody who neither facilitates nor supervises here,
    as for one that is not there."""
    made = circle.record(number=4)
    check = CheckIn.objects.first()
    assert check is not None
    other = circle.clinic.hire("luz", "psychologist", circle.clinic.here)
    for by in (other, *(circle.clinic[name] for name in ("tunde", "samir", "rojin", "leila", "importer"))):
        for read in (
            lambda who: queries.meeting_page(who, made.meeting_id),
            lambda who: queries.group_page(who, circle.group),
            lambda who: queries.check_in_page(who, check.id),
            lambda who: queries.meeting_page(who, UUID(int=9)),
        ):
            with as_reader_of(by), pytest.raises(Absent):
                read(by)
        with as_reader_of(by):
            assert queries.groups_of(by) == []
            assert queries.places_of(by, circle.people[0]) == []
            assert queries.check_ins_of(by) == []
            assert queries.differences_to_settle(by) == []


def test_one_person_in_a_group_and_alone_is_one(circle: Circle) -> None:
    """GR045: somebody who comes to a group and to sessions of her own has the same id in both rows: one person;
    walk-ins are among the contacts only."""
    from karama.care.models import Session
    from karama.groups.facts import attendance_rows, meeting_rows

    circle.record(states={0: "present", 1: "present", 2: "absent"}, walk_ins=2)
    record_session(by=circle.clinic["chantal"], person=circle.people[0], attended="absent")
    rojin, programme = circle.clinic["rojin"], circle.clinic.programme.id
    rows = list(attendance_rows(by=rojin, programme=programme))
    came = {one.person for one in rows if one.state in ("present", "left_early")}
    alone = set(Session.objects.values_list("person_id", flat=True))
    assert len(came | alone) == 2
    (meeting,) = meeting_rows(by=rojin, programme=programme)
    assert (meeting.contacts, meeting.walk_ins, meeting.four_ws) == (4, 2, "8.2")
    for name in ("chantal", "samir", "leila"):
        with pytest.raises(Refused):
            attendance_rows(by=circle.clinic[name], programme=programme)


def test_counts_tell_nothing_of_a_hidden_one(circle: Circle) -> None:
    """GR046: whom a facilitator must not know of is in none of her counts: neither of places, nor of who came."""
    made = circle.record(walk_ins=1)
    hide_from(by=circle.clinic["nadia"], person=circle.people[3], user=circle.clinic["diego"].id, reason="a relative")
    told = {}
    for name in ("diego", "chantal"):
        by = circle.clinic[name]
        with as_reader_of(by):
            meeting, group = queries.meeting_page(by, made.meeting_id), queries.group_page(by, circle.group)
        told[name] = (meeting.came, meeting.contacts, group.places, len(group.members), len(meeting.states))
    assert told == {"diego": (11, 12, 3, 11, 11), "chantal": (12, 13, 2, 12, 12)}


def test_who_left_stays_in_what_was(circle: Circle) -> None:
    """GR047: somebody who went off the list stays in the meetings to which they came, and a correction does not lose
    them."""
    made = circle.record()
    seat = GroupMember.objects.get(person_id=circle.people[0])
    end_membership(by=circle.clinic["chantal"], seat=seat.id, why="left")
    by = circle.clinic["chantal"]
    with as_reader_of(by):
        assert circle.people[0] in queries.meeting_page(by, made.meeting_id).states
        assert circle.people[0] in {one.person for one in queries.record_page(by, circle.group, 1).members}
        assert circle.people[0] not in {one.person for one in queries.record_page(by, circle.group, 2).members}
