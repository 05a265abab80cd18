"""Who was to come again and did not: what was tried, why, and the count of a month."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import note_missed, record_visit
from karama.care.missed import expected
from karama.care.models import MissedVisit
from karama.care.problems.medical import CodeUnknown, NobodyMissed, SayTried
from karama.care.queries import missed
from karama.journal import Actor, Refused, clock
from karama.knowledge.value_sets import coded
from karama.people.actions import assign
from karama.programme.days import today_at
from tests.care.conftest import Clinic
from tests.care.test_medicines import medicines_read, zana
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in", "zana"]
FIRST: dict[str, Any] = {"kind": "new", "seen": ["fits"], "category": "epilepsy"}


@pytest.fixture
def nurse(clinic: Clinic, zana: Actor, amal: UUID) -> Actor:
    """Berivan: Amal was with her twenty days ago and was to come again after a week."""
    past = today_at(clinic.here.id) - timedelta(days=20)
    record_visit(by=clinic["berivan"], person=amal, on=past, return_in=7, **FIRST)
    return clinic["berivan"]


def listed(by: Actor) -> list[missed.Missed]:
    """Who stands on the list of today."""
    with medicines_read(by):
        return missed.missed_today(by)


def test_a_missed_visit_is_noted_until_a_later_one(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA725: J2: from Today the nurse opens who did not come, writes what was tried and why, and sees it on Today; a
    later visit settles it, and the page says so."""
    client = sign_in("berivan")
    address = f"/people/{amal}/visits/missed/"
    assert address in text(client.get("/"))
    day = today_at(clinic.here.id) - timedelta(days=13)
    page = text(client.get(address))
    assert "No way to get here" in page
    assert f"/people/{amal}/contact/" in page, "how she may be reached stands beside what is tried"
    assert client.post(address, {"return_in": "none"}).status_code == 422
    assert client.post(address, {"tried": ["called"], "reason": "way", "return_in": "none"}).status_code == 302
    assert [one.day for one in listed(nurse)] == [day], "she is still expected"
    assert listed(nurse)[0].tried_on == today_at(clinic.here.id)
    assert "tried on" in text(client.get("/"))
    read = text(client.get(address))
    assert "Called, as agreed" in read
    record_visit(by=nurse, person=amal, kind="follow_up", change_step="unchanged")
    assert listed(nurse) == []
    assert "No visit of this person is overdue" in text(client.get(address))
    with pytest.raises(NobodyMissed):
        note_missed(by=nurse, person=amal, missed_on=day, tried=["called"])


def test_another_day_and_the_end(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """CA726: a day that is agreed anew takes the person off the list until it has passed too; whoever will not come
    again is missed no more; nothing stands for a reason that nobody knows."""
    day = today_at(clinic.here.id) - timedelta(days=13)
    row = note_missed(by=nurse, person=amal, missed_on=day, tried=["called"], again_in=7).value
    with medicines_read(nurse):
        assert row.unseal("reason") is None
    assert listed(nurse) == []
    with time_machine.travel(clock.now() + timedelta(days=9)):
        (late,) = listed(nurse)
        assert (late.day, late.tried_on) == (row.again_on, None)
        note_missed(by=nurse, person=amal, missed_on=row.again_on, reason="no_longer", over=True)
        assert listed(nurse) == []


def test_what_cannot_be_noted(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """CA727: nothing chosen, an unknown reason, another day or another duty is refused, and nothing is kept."""
    day = today_at(clinic.here.id) - timedelta(days=13)
    told: dict[str, Any] = {"person": amal, "missed_on": day}
    with pytest.raises(SayTried):
        note_missed(by=nurse, **told)
    with pytest.raises(CodeUnknown):
        note_missed(by=nurse, **told, reason="lazy")
    for other in (day - timedelta(days=1), day + timedelta(days=1), today_at(clinic.here.id)):
        with pytest.raises(NobodyMissed):
            note_missed(by=nurse, person=amal, missed_on=other, tried=["called"])
    for name in ("chantal", "nadia", "karim", "tunde"):
        with pytest.raises(Refused):
            note_missed(by=clinic[name], **told, tried=["called"])
    assert not MissedVisit.objects.exists()
    assert len(coded("missed_visit")) == 7


def test_the_register_counts_who_did_not_come(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA728: J2: the register of a month counts the days on which somebody was expected and did not come, by the last
    reason written; where nobody wrote one it says so, and whoever came in time is not counted."""
    today = today_at(clinic.here.id)
    day = today - timedelta(days=13)
    people = [clinic.register(first=name) for name in ("Rezan", "Dilan")]
    for person in people:
        assign(by=clinic["nadia"], person=person, user=nurse.id)
        record_visit(by=nurse, person=person, on=today - timedelta(days=20), return_in=7, **FIRST)
    in_time: dict[str, Any] = {"kind": "follow_up", "change_step": "much_better", "on": today - timedelta(days=14)}
    record_visit(by=nurse, person=people[0], **in_time)
    record_visit(by=nurse, person=people[1], kind="follow_up", change_step="unchanged")
    note_missed(by=nurse, person=amal, missed_on=day, tried=["called"], reason="forgot")
    note_missed(by=nurse, person=amal, missed_on=day, tried=["called"], reason="ill")
    with medicines_read(nurse):
        assert missed.missed_in(nurse, clinic.here.id, day) == [("ill", 1), ("", 1)]
        assert missed.missed_in(nurse, clinic.here.id, day - timedelta(days=60)) == []
    page = text(sign_in("berivan").get(f"/sites/{clinic.here.id}/visits/?month={day:%Y-%m}"))
    assert "Expected and did not come" in page
    assert "Not written down" in page


def test_what_belongs_to_an_earlier_visit_says_nothing() -> None:
    """CA729: what was written about a day that an earlier visit had agreed moves no later one."""
    from datetime import date

    old = MissedVisit(missed_on=date(2026, 1, 5), occurred_on=date(2026, 1, 6), over=True)
    assert expected(date(2026, 2, 1), [old]) == date(2026, 2, 1)
    assert expected(None, [old]) is None


def test_a_wrong_end_is_taken_back(clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any) -> None:
    """CA650: "will not come again", tapped by mistake, stands on the page of that person, which her visits lead to, and
    is taken back there: she is missed again; nothing that was written goes, and the last one counts."""
    client, address = sign_in("berivan"), f"/people/{amal}/visits/missed/"
    client.post(address, {"tried": ["called"], "reason": "way", "return_in": "over"})
    assert listed(nurse) == []
    assert address in text(client.get(f"/people/{amal}/visits/"))
    page = text(client.get(address))
    assert "Nobody is missed" not in page
    assert "has settled it" not in page
    (anew,) = re.findall(r'name="anew" value="([^"]+)"', page)
    assert re.search(r'value="called"[^>]*checked', page), "what was tried stands there already"
    sent = {"tried": ["called"], "reason": "way", "return_in": "none"}
    assert client.post(address, sent | {"anew": anew}).status_code == 302
    (back,) = listed(nurse)
    assert back.day == today_at(clinic.here.id) - timedelta(days=13)
    assert MissedVisit.objects.count() == 2
    assert 'name="anew"' not in text(client.get(address))


def test_a_wrong_day_is_taken_back(clinic: Clinic, amal: UUID, nurse: Actor) -> None:
    """CA651: a wrong day to come again is said anew, or that nobody will come; the register of the month counts only
    the day that stands."""
    day = today_at(clinic.here.id) - timedelta(days=13)
    told: dict[str, Any] = {"by": nurse, "person": amal, "missed_on": day, "tried": ["called"]}
    wrong = note_missed(**told, again_in=7).value
    right = note_missed(**told, again_in=28, anew=wrong.id).value
    with time_machine.travel(clock.now() + timedelta(days=9)):
        assert listed(nurse) == []
    with time_machine.travel(clock.now() + timedelta(days=30)):
        (late,) = listed(nurse)
        assert late.day == right.again_on
        months = {one.replace(day=1) for one in (day, wrong.again_on, right.again_on)}
        with medicines_read(nurse):
            counted = [count for month in months for _why, count in missed.missed_in(nurse, clinic.here.id, month)]
        assert sum(counted) == 2, "the first day, and the one that stands"
        with pytest.raises(NobodyMissed):
            note_missed(**told, over=True, anew=right.id)
    note_missed(**told, over=True, anew=right.id)
    assert listed(nurse) == []


def test_what_a_colleague_wrote_is_not_taken_back_unseen(
    clinic: Clinic, amal: UUID, nurse: Actor, sign_in: Any
) -> None:
    """CA652: whoever had the page open while a colleague wrote that nobody will come again does not undo it unseen: it
    is refused, shown, and what was tapped stays; nor is it taken back once a later visit was held."""
    day = today_at(clinic.here.id) - timedelta(days=13)
    client, address = sign_in("berivan"), f"/people/{amal}/visits/missed/"
    first = note_missed(by=nurse, person=amal, missed_on=day, tried=["visited"], over=True).value
    sent = {"tried": ["called"], "reason": "ill", "return_in": "7"}
    for anew in ({}, {"anew": "x"}, {"anew": str(UUID(int=7))}):
        answer = client.post(address, sent | anew)
        assert answer.status_code == 422
        assert "wrote it down" in text(answer)
        assert re.search(r'value="ill"[^>]*checked|value="ill" selected', text(answer))
        assert f'name="anew" value="{first.id}"' in text(answer)
    assert MissedVisit.objects.count() == 1
    record_visit(by=nurse, person=amal, kind="follow_up", change_step="unchanged", return_in=7)
    with pytest.raises(NobodyMissed):
        note_missed(by=nurse, person=amal, missed_on=day, tried=["called"], anew=first.id)
    assert "Nobody is missed" in text(client.get(address))
