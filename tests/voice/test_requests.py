"""Requests about the own record: written down, clocked, decided, done; and a record at rest."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from karama.accounts.today import lines_for
from karama.care.actions import open_episode
from karama.care.queries import due_for
from karama.journal import Absent, Problem, Refused, clock
from karama.people.actions import hide_from, hold_file, join_files, record_consent
from karama.people.deciding import reportable
from karama.people.joined import files_of
from karama.people.models import Person
from karama.people.registries import on_stop, restricted_among, work_open_for
from karama.programme.days import today_at
from karama.voice import queries
from karama.voice.actions import decide_request, finish_request, lift_restriction, record_request
from karama.voice.models import RequestStep, Restriction, RightsRequest
from tests.journal.beside import compared
from tests.voice.conftest import Clinic, amal, as_officer, asked, clinic, granted

__all__ = ["amal", "clinic"]


def test_whoever_works_with_her_writes_it_down(clinic: Clinic, amal: UUID) -> None:
    """VO010: worker, supervisor and officer write a request down; nobody without a relation does, nor whom she hides
    from."""
    for name, right in (("chantal", "access"), ("nadia", "correct"), ("leila", "restrict")):
        asked(clinic, amal, right, name)
    for name in ("tunde", "diego", "samir", "rojin", "importer"):
        with pytest.raises(Refused):
            asked(clinic, amal, "delete", name)
    hide_from(by=clinic["nadia"], person=amal, user=clinic["leila"].id, reason="a relative")
    with pytest.raises(Refused):
        asked(clinic, amal, "delete", "leila")


def test_the_clock_runs_from_the_day_she_asked(clinic: Clinic, amal: UUID) -> None:
    """VO011: the pack's days count from the day of asking, however late it was typed; no day ahead, none long past."""
    on = today_at(clinic.here.id) - timedelta(days=9)
    row = RightsRequest.objects.get(pk=asked(clinic, amal, received_on=on))
    assert (row.due_on - on).days == 10
    for wrong in (today_at(clinic.here.id) + timedelta(days=1), today_at(clinic.here.id) - timedelta(days=400)):
        with pytest.raises(Problem) as refused:
            asked(clinic, amal, "correct", received_on=wrong)
        assert refused.value.code == "voice.day"
    with pytest.raises(Problem) as refused:
        asked(clinic, amal)
    assert refused.value.code == "voice.already_asked"


def test_the_officer_sees_the_oldest_first(clinic: Clinic, amal: UUID) -> None:
    """VO012: on the officer's Today the oldest request comes first, by code; overdue is red, and nobody else has it."""
    other = clinic.register("diego", first="Luz", last="Mena")
    today = today_at(clinic.here.id)
    asked(clinic, other, by="diego", received_on=today)
    asked(clinic, amal, received_on=today - timedelta(days=30))
    told = [line for line in lines_for(clinic["leila"]) if "/rights/" in line.url and line.code]
    assert [line.code for line in told] == list(
        Person.objects.filter(pk__in=(amal, other)).order_by("registered_on", "id").values_list("code", flat=True)
    )
    assert told[0].grade == "now"
    assert "overdue" in told[0].detail
    for name in ("chantal", "nadia", "samir"):
        assert not [line for line in lines_for(clinic[name]) if "/rights/" in line.url], name


def test_only_the_officer_decides(clinic: Clinic, amal: UUID) -> None:
    """VO013: nobody but the officer answers; a refusal needs a reason and words; what has ended stays ended."""
    row = asked(clinic, amal)
    for name in ("chantal", "nadia"):
        with pytest.raises(Refused):
            decide_request(by=clinic[name], rights=row, decision="granted")
    for said in ({}, {"reason": "danger"}, {"words": "no"}):
        with pytest.raises(Problem) as refused:
            decide_request(by=clinic["leila"], rights=row, decision="refused", **said)
        assert refused.value.code == "voice.reason_needed"
    decide_request(by=clinic["leila"], rights=row, decision="refused", reason="others", words="It tells of a brother.")
    with pytest.raises(Problem) as refused:
        decide_request(by=clinic["leila"], rights=row, decision="granted")
    assert refused.value.code == "voice.not_now"
    assert queries.open_requests(clinic["leila"]) == []
    asked(clinic, amal)  # she may ask anew, with a clock of its own


def test_granted_is_not_done(clinic: Clinic, amal: UUID) -> None:
    """VO014: the clock runs until what was granted is done; her worker says so; undecided cannot be done."""
    row = asked(clinic, amal, "correct")
    with pytest.raises(Problem):
        finish_request(by=clinic["chantal"], rights=row)
    decide_request(by=clinic["leila"], rights=row, decision="granted")
    assert [one.id for one in queries.open_requests(clinic["leila"])] == [row]
    assert [one.kind for one in work_open_for(amal)].count("task") >= 1
    finish_request(by=clinic["chantal"], rights=row)
    assert queries.open_requests(clinic["leila"]) == []
    assert list(RequestStep.objects.order_by("place").values_list("place", "state")) == [(1, "granted"), (2, "done")]


def test_a_request_of_somebody_elses_is_absent(clinic: Clinic, amal: UUID) -> None:
    """VO015: the page of a request is absent without a relation to its person, as for one that is not there."""
    row = asked(clinic, amal, note="her words")
    with as_officer(clinic["chantal"]):
        assert queries.request_page(clinic["chantal"], row).note == "her words"
    for name in ("tunde", "diego", "samir", "rojin"):
        for one in (row, UUID(int=5)):
            with as_officer(clinic[name]), pytest.raises(Absent):
                queries.request_page(clinic[name], one)


def test_a_colleague_who_takes_part_has_rights_too(clinic: Clinic, amal: UUID) -> None:
    """VO016: a file that one named team holds is still served by the officer."""
    hold_file(by=clinic["nadia"], person=amal, team=clinic.team.id)
    row = asked(clinic, amal, by="leila")
    decide_request(by=clinic["leila"], rights=row, decision="granted")
    with pytest.raises(Refused):
        asked(clinic, amal, "correct")


def test_a_record_at_rest(clinic: Clinic, amal: UUID) -> None:
    """VO020: a granted rest stops messages and tasks at once, leaves her out of reports and reminders, and is lifted by
    the officer with a reason."""
    told: list[tuple[UUID, str]] = []

    def heard(*, by: object, person: UUID, why: str) -> None:
        told.append((person, why))

    on_stop.register("tests_of_voice", heard)
    try:
        record_consent(by=clinic["chantal"], person=amal, purpose="report", decision="yes", method="verbal")
        open_episode(by=clinic["chantal"], person=amal)
        assert reportable([amal], clock.now()) == {amal}
        with time_machine.travel(timezone.now() + timedelta(days=40)):
            assert due_for(clinic["chantal"])
        granted(clinic, amal, "restrict")
    finally:
        del on_stop._answers["tests_of_voice"]
    assert told == [(amal, "restriction")]
    assert queries.open_requests(clinic["leila"]) == []
    assert reportable([amal], clock.now()) == set()
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert not due_for(clinic["chantal"])
    with compared() as ready:
        assert queries.resting_since(clinic["chantal"], amal) is not None
        assert queries.resting_since(clinic["tunde"], amal) is None
    assert ready == {"_resting": 1}
    with pytest.raises(Refused):
        lift_restriction(by=clinic["nadia"], person=amal, reason="needed")
    with pytest.raises(Problem):
        lift_restriction(by=clinic["leila"], person=amal, reason=" ")
    lift_restriction(by=clinic["leila"], person=amal, reason="she came back")
    assert reportable([amal], clock.now()) == {amal}
    with pytest.raises(Problem):
        lift_restriction(by=clinic["leila"], person=amal, reason="again")


def test_a_rest_of_either_file_is_a_rest_of_both(clinic: Clinic, amal: UUID) -> None:
    """VO021: when files are joined the remaining one rests if either did, and shows the requests of both."""
    second = clinic.register("diego", first="Aml")
    granted(clinic, second, "restrict", by="diego")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    assert set(Restriction.objects.filter(lifted_at=None).values_list("person_id", flat=True)) == {amal, second}
    assert [one.right for one in queries.requests_of(clinic["chantal"], amal)] == ["restrict"]


def test_the_same_operation_once(clinic: Clinic, amal: UUID) -> None:
    """VO022: a request sent twice is written down once."""
    op = UUID(int=77)
    first = record_request(by=clinic["chantal"], person=amal, right="access", checked="card", op_id=op)
    again = record_request(by=clinic["chantal"], person=amal, right="access", checked="card", op_id=op)
    assert first.record == again.record
    assert RightsRequest.objects.count() == 1


def test_what_was_asked_in_a_joined_file_still_waits(clinic: Clinic, amal: UUID) -> None:
    """VO200: a request that was written down in a file which was joined since, once or twice, stays on the officer's
    list until it is answered, by the code of the file that remains."""
    leila, nadia = clinic["leila"], clinic["nadia"]
    second, third = (clinic.register("diego", first=name, last="Hadad") for name in ("Aml", "Amel"))
    requests = [asked(clinic, second, by="diego"), asked(clinic, third, "correct", by="diego")]
    join_files(by=nadia, person=third, into=second, reason="same card")
    join_files(by=nadia, person=second, into=amal, reason="same card")
    with as_officer(leila):
        assert {one.id for one in queries.open_requests(leila)} == set(requests)
        assert {one.person for one in queries.open_requests(leila)} == {amal}
    assert sum(one.kind == "task" for one in work_open_for(amal)) == 2
    hide_from(by=nadia, person=amal, user=leila.id)
    assert queries.open_requests(leila) == []


def test_a_rest_ends_in_every_file(clinic: Clinic, amal: UUID) -> None:
    """VO201: a rest that began in a file which was joined since ends for the person: she is reminded and counted again
    as far as she agrees."""
    second = clinic.register("diego", first="Aml", last="Hadad")
    granted(clinic, second, "restrict", by="diego")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    assert restricted_among(files_of(amal)) == {amal, second}
    lift_restriction(by=clinic["leila"], person=amal, reason="She asked for it")
    assert restricted_among(files_of(amal)) == set()
