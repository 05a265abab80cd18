"""Whoever was met by anybody of the team is not lost from sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.care.actions import (
    change_episode_state,
    check_waiting,
    name_contact,
    open_episode,
    record_body_session,
    record_visit,
)
from karama.care.queries import supervision
from karama.care.queries.stuck import stuck_for
from karama.journal import clock, reading
from karama.people.actions import assign
from karama.reception.actions import note_missed, record_try
from karama.reception.models import Appointment, FollowUp
from tests.groups.conftest import Circle, circle
from tests.people.conftest import Clinic
from tests.reception.conftest import Desk, book, desk, monday, reachable

__all__ = ["book", "circle", "desk", "monday", "reachable"]
LONG = timedelta(days=60)


def silent(clinic: Clinic) -> list[UUID]:
    """Episodes of people whom nobody has met for long, as the supervisor's page and a conference tell."""
    nadia = clinic["nadia"]
    with reading(by=nadia, purpose="supervision", route="tests.care"):
        page = [one.episode for one in supervision(nadia).stuck if one.why == "silent"]
        assert page == [one.episode for one in stuck_for(nadia) if one.why == "silent"]
    return page


def by_nurse(clinic: Clinic, amal: UUID) -> None:
    """A nurse saw her."""
    nurse = clinic.hire("berta", "nurse", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=nurse.id)
    record_visit(by=nurse, person=amal, kind="follow_up", change="same")


def by_physio(clinic: Clinic, amal: UUID) -> None:
    """A physiotherapist saw her."""
    physio = clinic.hire("pablo", "physiotherapist", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=physio.id)
    record_body_session(by=physio, person=amal)


@pytest.mark.parametrize("meet", [by_nurse, by_physio])
def test_whom_a_colleague_saw_is_not_silent(clinic: Clinic, amal: UUID, meet: Callable[[Clinic, UUID], None]) -> None:
    """CA990: somebody whom a nurse or a physiotherapist saw today is not silent; 60 days later she is."""
    episode = open_episode(by=clinic["chantal"], person=amal, state="active").value
    with time_machine.travel(clock.now(), tick=False) as now:
        now.shift(LONG)
        assert silent(clinic) == [episode.id]
        meet(clinic, amal)
        assert silent(clinic) == []
        now.shift(LONG)
        assert silent(clinic) == [episode.id]


@pytest.mark.parametrize("reached", [True, False])
def test_a_check_counts_where_it_reached_her(clinic: Clinic, amal: UUID, reached: bool) -> None:
    """CA991: asking somebody who waits is a contact when she was reached, and none when she was not."""
    chantal = clinic["chantal"]
    episode = open_episode(by=chantal, person=amal, state="waiting").value
    with time_machine.travel(clock.now(), tick=False) as now:
        wait = name_contact(by=chantal, episode=episode.id, contact=chantal.id, need=2).value
        now.shift(LONG)
        check_waiting(by=chantal, wait=wait.id, reached=reached)
        change_episode_state(by=chantal, episode=episode.id, state="active")
        assert (silent(clinic) == []) is reached


@pytest.mark.parametrize(("way", "result"), [("in_person", "well"), ("call", "not_reached")])
def test_a_try_counts_where_it_reached_her(
    desk: Desk, book: Any, monday: Any, amal: UUID, reachable: Any, way: str, result: str
) -> None:
    """CA992: asking after a missed appointment is a contact when somebody spoke with her, and none when nobody did."""
    reachable("call")
    episode = open_episode(by=desk["chantal"], person=amal, state="active").value
    made: Appointment = book(hours=24 * 57)
    monday.shift(timedelta(days=57, hours=2))
    note_missed(by=desk["rana"], appointment=made.id)
    task = FollowUp.objects.get(appointment=made)
    nadia = desk["nadia"]

    def told() -> list[UUID]:
        with reading(by=nadia, purpose="supervision", route="tests.care"):
            return [one.episode for one in supervision(nadia).stuck if one.why == "silent"]

    assert told() == [episode.id]
    record_try(by=desk["chantal"], follow_up=task.id, way=way, result=result)
    assert told() == ([] if result == "well" else [episode.id])


def test_a_group_meeting_counts_for_who_was_there(circle: Circle) -> None:
    """CA993: whoever was at a group meeting was met; whoever was not there was not; it takes one question for all."""
    clinic = circle.clinic
    here, away = circle.people[:2]
    ids = {one: open_episode(by=clinic["chantal"], person=one, state="active").value.id for one in (here, away)}
    with time_machine.travel(clock.now(), tick=False) as now:
        now.shift(LONG)
        assert set(silent(clinic)) == set(ids.values())
        circle.record(states={0: "present", 1: "absent"})
        assert silent(clinic) == [ids[away]]
        with (
            CaptureQueriesContext(connection) as counted,
            reading(by=clinic["nadia"], purpose="supervision", route="tests.care"),
        ):
            supervision(clinic["nadia"])
        assert sum('FROM "groups_attendance"' in one["sql"] for one in counted) == 1
