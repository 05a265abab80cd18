"""The day of what is written down, refused and due in care: by the clock of the site, late here and early in Mosul."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care import queries
from karama.care.actions import (
    bring_episode,
    bring_session,
    check_medicines,
    decide_in_meeting,
    dispense,
    finish_draft,
    hold_meeting,
    name_contact,
    note_need,
    open_episode,
    plan_site_closing,
    prescribe,
    record_death,
    record_response,
    record_supervision,
)
from karama.care.days import to_come
from karama.care.models import Response
from karama.care.problems import DayDoesNotFit
from karama.care.problems.medical import BatchDoesNotFit
from karama.care.waiting import answer as waiting_at
from karama.journal import Actor
from karama.programme.actions import change_site
from tests.care.conftest import Clinic, all_answers
from tests.care.test_medicines import DOSE, FLUOXETINE, batch_of, zana
from tests.care.test_pages import sign_in, text
from tests.care.test_paper import drafted

__all__ = ["sign_in", "zana"]

LATE = datetime(2027, 3, 10, 4, 30, tzinfo=UTC)
HERE = date(2027, 3, 9)
"""Half past eleven in the evening in Quibdó is the next day in UTC."""

EARLY = datetime(2027, 3, 9, 22, 0, tzinfo=UTC)
MOSUL = date(2027, 3, 10)
"""One in the morning in Mosul is the day before in UTC."""

DAY = timedelta(days=1)


@pytest.fixture
def evening(clinic: Clinic) -> Iterator[None]:
    """Late in the evening at the site."""
    with time_machine.travel(LATE):
        yield


@pytest.fixture
def night(clinic: Clinic) -> Iterator[None]:
    """The site lies in Mosul, where it is one in the morning."""
    name = clinic.here.name
    change_site(by=clinic["samir"], site=clinic.here.id, name=name, time_zone="Asia/Baghdad")
    with time_machine.travel(EARLY):
        yield


def supervised(clinic: Clinic, on: date | None = None) -> Any:
    told: dict[str, Any] = {"site": clinic.here.id, "colleagues": [clinic["chantal"].id], "mode": "individual"}
    return record_supervision(by=clinic["nadia"], on=on, **told).value


def met(clinic: Clinic, on: date | None = None) -> Any:
    told: dict[str, Any] = {"site": clinic.here.id, "kind": "conference", "attended": [clinic["chantal"].id]}
    return hold_meeting(by=clinic["nadia"], on=on, **told).value


def test_what_is_written_down_late_is_of_this_day(clinic: Clinic, amal: UUID, zana: Actor, evening: None) -> None:
    """CA941: at half past eleven a prescription, a check, a need, a stock, a wait and meetings are of this day."""
    by, episode = clinic["chantal"], open_episode(by=clinic["chantal"], person=amal, state="waiting").value.id
    row = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, **DOSE).value
    assert (row.occurred_on, row.until_on) == (HERE, HERE + timedelta(days=28))
    assert check_medicines(by=zana, person=amal, adherent="yes").value.occurred_on == HERE
    assert batch_of(clinic).moves.get().occurred_on == HERE
    assert note_need(by=clinic["karim"], person=amal, product="crutches").value.needed_on == HERE
    assert name_contact(by=by, episode=episode, contact=by.id, need=3).value.since_on == HERE
    assert (met(clinic).occurred_on, supervised(clinic).occurred_on) == (HERE, HERE)


def test_the_next_day_is_to_come_late_in_the_evening(clinic: Clinic, amal: UUID, zana: Actor, evening: None) -> None:
    """CA942: what begins, was met or happened on the day that only UTC has reached is refused, and kept for no day."""
    later = HERE + DAY
    with pytest.raises(DayDoesNotFit):
        prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, on=later, **DOSE)
    for write in (met, supervised):
        with pytest.raises(DayDoesNotFit):
            write(clinic, later)
    with pytest.raises(DayDoesNotFit):
        record_death(by=clinic["chantal"], person=amal, suspected="none", on=later)
    with pytest.raises(DayDoesNotFit):
        bring_session(by=clinic["importer"], person=amal, on=later, attended="absent")


def test_today_is_taken_early_in_mosul(clinic: Clinic, phq9: UUID, zana: Actor, night: None) -> None:
    """CA943: at one in the morning "today" is refused nowhere: not for what came, was met, prescribed, answered, nor
    for a death; the day after it is."""
    importer = clinic["importer"]
    with pytest.raises(DayDoesNotFit):
        met(clinic, MOSUL + DAY)
    assert (met(clinic, MOSUL).occurred_on, supervised(clinic, MOSUL).occurred_on) == (MOSUL, MOSUL)
    assert prescribe(by=zana, person=phq9, medicine_code=FLUOXETINE, on=MOSUL, **DOSE).value.occurred_on == MOSUL
    with pytest.raises(DayDoesNotFit):
        bring_episode(by=importer, person=phq9, on=MOSUL - DAY, ended=MOSUL + DAY, state="closed")
    brought = bring_episode(by=importer, person=phq9, on=MOSUL, ended=MOSUL, state="closed").value
    assert brought.ended_on == MOSUL
    assert bring_session(by=importer, person=phq9, on=MOSUL, attended="absent").value.occurred_on == MOSUL
    asked: dict[str, Any] = {"by": clinic["chantal"], "person": phq9, "instrument": "phq9", "language": "en"}
    assert record_response(on=MOSUL, answers=all_answers(), **asked).value.occurred_on == MOSUL
    with pytest.raises(DayDoesNotFit):
        record_response(on=MOSUL + 2 * DAY, answers=all_answers(), **asked)
    assert record_death(by=clinic["chantal"], person=phq9, suspected="none", on=MOSUL).value.on == MOSUL


def test_a_batch_lasts_as_long_as_its_day_at_the_site(clinic: Clinic, amal: UUID, zana: Actor, evening: None) -> None:
    """CA944: what expires tomorrow leaves the stock late in the evening; on its own day it does not."""
    row = prescribe(by=zana, person=amal, medicine_code=FLUOXETINE, **DOSE).value
    told: dict[str, Any] = {"by": clinic["berivan"], "prescription": row.id, "quantity": 1}
    batch = batch_of(clinic, days=1)
    assert dispense(batch=batch.id, **told).value.occurred_on == HERE
    with pytest.raises(BatchDoesNotFit):
        dispense(batch=batch_of(clinic, number="B2", days=0).id, **told)


def test_a_paper_of_this_evening_is_no_older_one(clinic: Clinic, phq9: UUID, evening: None) -> None:
    """CA945: a safety answer entered on the evening of its paper is not asked what was done on an earlier day."""
    draft = drafted(clinic, phq9, q9="several_days")
    finish_draft(by=clinic["chantal"], draft=draft, on=HERE)
    assert Response.objects.get().occurred_on == HERE


def test_nothing_is_overdue_before_the_day_is_over(clinic: Clinic, amal: UUID, evening: None, reading_as: Any) -> None:
    """CA946: what is to be done today is not told to the supervisor as overdue this evening, and whoever waits is
    asked again so many days after the evening on which that was said."""
    nadia, by = clinic["nadia"], clinic["chantal"]
    episode = open_episode(by=by, person=amal, state="waiting").value.id
    decided: dict[str, Any] = {"episode": episode, "meeting": met(clinic).id, "decision": "call", "owner": by.id}
    decide_in_meeting(by=nadia, due_on=HERE, **decided)
    name_contact(by=by, episode=episode, contact=by.id, need=3)
    with reading_as(nadia):
        assert queries.decisions_to_do(nadia) == []
        assert [one.recheck_on for one in waiting_at(nadia, clinic.here.id)] == [HERE + timedelta(days=14)]
    with time_machine.travel(LATE + timedelta(hours=1)), reading_as(nadia):
        assert len(queries.decisions_to_do(nadia)) == 1


def test_a_site_may_close_today(clinic: Clinic, evening: None) -> None:
    """CA947: the last day of a site may be this one late in the evening; a day that is over here is refused."""
    told: dict[str, Any] = {"by": clinic["nadia"], "site": clinic.here.id}
    with pytest.raises(DayDoesNotFit):
        plan_site_closing(ends_on=HERE - DAY, **told)
    assert plan_site_closing(ends_on=HERE, **told).value.ends_on == HERE


def test_the_day_that_a_form_offers(clinic: Clinic, evening: None, sign_in: Any) -> None:
    """CA948: the forms of a meeting and of a supervision offer this day late in the evening, and take what they
    offer."""
    client, chantal = sign_in("nadia"), clinic["chantal"]
    for page in (f"/meetings/new/{clinic.here.id}/conference/", f"/supervision/{chantal.id}/held/"):
        assert f'value="{HERE}"' in text(client.get(page))


def test_an_import_of_old_days_asks_nothing(clinic: Clinic, django_assert_num_queries: Any, night: None) -> None:
    """CA949: of a day that is over everywhere no site is asked for: an import brings thousands of them."""
    with django_assert_num_queries(0):
        assert not to_come(EARLY.date() - DAY, clinic.here.id)
    assert [to_come(MOSUL + one * DAY, clinic.here.id) for one in (-1, 0, 1)] == [False, False, True]
