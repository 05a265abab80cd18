"""Who is asked when somebody is in danger: rota, responders, deputies, leave."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from karama.accounts import actions, queries
from karama.accounts.models import Posting
from karama.journal.clock import now
from karama.programme.actions import name_responder
from karama.programme.days import today_at
from karama.rules.risk import escalation
from tests.programme.house import House

BOGOTA = timedelta(hours=-5)


def named(house: House) -> None:
    """Diego answers at `here`, Nadia is the deputy."""
    name_responder(by=house["samir"], site=house.here.id, user=house["diego"].id, role="responder")
    name_responder(by=house["samir"], site=house.here.id, user=house["nadia"].id, role="deputy")


def chain(house: House, moment: datetime | None = None) -> list[object]:
    """The people of the chain of `here`, in order."""
    return [one.id for one in queries.responders_for(house.here.id, moment or now()).chain]


def test_responder_then_deputy(house: House) -> None:
    """AC040: the named responder is asked first, then the deputy, with the waits of the pack."""
    named(house)
    found = queries.responders_for(house.here.id, now(), grade="now")
    assert [one.id for one in found.chain] == [house["diego"].id, house["nadia"].id]
    assert found.chain[0].wait == timedelta(minutes=15)
    assert found.last_resort is None


def test_the_answer_fits_the_rule_of_escalation(house: House) -> None:
    """AC041: what comes back is what the rule of escalation takes; an absent responder's deputy stands in."""
    named(house)
    day = today_at(house.here.id)
    actions.set_leave(by=house["diego"], user=house["diego"].id, from_on=day, until_on=day, deputy=house["chantal"].id)
    found = queries.responders_for(house.here.id, now())
    where = escalation([], now(), now(), found.chain, found.absent, found.deputies)
    assert where.owner == house["chantal"].id
    assert where.next_owner == house["nadia"].id
    hidden = escalation([], now(), now(), found.chain, found.absent, found.deputies, hidden_from={house["chantal"].id})
    assert hidden.owner == house["nadia"].id


def test_nobody_named_still_reaches_the_supervisor(house: House) -> None:
    """AC042: without named responders the supervisor of the site is asked; never somebody of another site."""
    assert chain(house) == [house["nadia"].id]


def test_a_site_without_supervisor_asks_whoever_cares_there(house: House) -> None:
    """AC043: without responders and supervisor everybody with a duty of care at the site is in the chain."""
    actions.end_duty(by=house["samir"], posting=Posting.objects.get(user_id=house["nadia"].id).id)
    assert set(chain(house)) == {house["chantal"].id, house["diego"].id}


def test_a_site_where_nobody_works_has_a_last_resort(house: House) -> None:
    """AC044: where nobody can answer, the chain is empty and the operator or administrator is named for imports."""
    for name in ("nadia", "chantal", "diego"):
        actions.end_duty(by=house["samir"], posting=Posting.objects.get(user_id=house[name].id).id)
    found = queries.responders_for(house.here.id, now())
    assert found.chain == ()
    assert found.last_resort == house["samir"].id


def test_no_administrator_or_officer_is_ever_in_a_chain(house: House) -> None:
    """AC045: only duties of care are in a chain; a named responder who lost hers is left out."""
    named(house)
    actions.end_duty(by=house["samir"], posting=Posting.objects.get(user_id=house["diego"].id).id)
    people = chain(house)
    assert house["diego"].id not in people
    assert not {house[name].id for name in ("samir", "rojin", "leila", "tunde")} & set(people)


def test_a_locked_colleague_is_not_asked(house: House) -> None:
    """AC046: somebody who is locked out is in no chain."""
    named(house)
    actions.lock_user(by=house["samir"], user=house["diego"].id)
    assert chain(house)[0] == house["nadia"].id


@pytest.mark.parametrize(
    ("hour", "minute", "on_call"),
    [(17, 59, False), (18, 0, True), (23, 59, True), (24 + 7, 59, True), (24 + 8, 0, False)],
)
def test_a_night_shift_ends_the_next_morning_by_the_clock_of_the_site(
    house: House, hour: int, minute: int, on_call: bool
) -> None:
    """AC047: a shift from 18 to 8 begins on Friday and ends on Saturday morning, in the site's own time."""
    friday = datetime(2027, 1, 8, tzinfo=UTC) - BOGOTA
    actions.set_rota(
        by=house["nadia"], site=house.here.id, user=house["chantal"].id, weekday=4, starts=time(18), ends=time(8)
    )
    moment = friday + timedelta(hours=hour, minutes=minute)
    assert (house["chantal"].id in queries.on_call(house.here.id, moment)) is on_call


def test_who_is_on_call_is_asked_first_and_a_single_day_goes_before_the_week(house: House) -> None:
    """AC048: the colleague on call comes before the responder; a shift on one day before the weekly one."""
    named(house)
    day = datetime(2027, 1, 8, 12, tzinfo=UTC)
    hours = {"starts": time(0), "ends": time(23)}
    set_shift = {"by": house["nadia"], "site": house.here.id}
    actions.set_rota(**set_shift, user=house["chantal"].id, weekday=4, **hours)
    assert chain(house, day)[:2] == [house["chantal"].id, house["diego"].id]
    actions.set_rota(**set_shift, user=house["nadia"].id, day=day.date(), **hours)
    assert chain(house, day)[:2] == [house["nadia"].id, house["chantal"].id]


def test_leave_counts_both_days_by_the_clock_of_the_site(house: House) -> None:
    """AC049: a leave covers its first and its last day, from midnight to midnight at the site."""
    named(house)
    diego, day = house["diego"], datetime(2027, 3, 10, tzinfo=UTC)
    actions.set_leave(by=diego, user=diego.id, from_on=day.date(), until_on=day.date())
    begins = day - BOGOTA
    away = [
        diego.id in queries.responders_for(house.here.id, begins + shift).absent
        for shift in (timedelta(minutes=-1), timedelta(0), timedelta(hours=23, minutes=59), timedelta(hours=24))
    ]
    assert away == [False, True, True, False]


def test_deputies_in_a_circle_reach_nobody(house: House) -> None:
    """AC050: two who stand in for each other and are both away count as away."""
    named(house)
    day = today_at(house.here.id)
    for one, other in (("diego", "nadia"), ("nadia", "diego")):
        actions.set_leave(by=house[one], user=house[one].id, from_on=day, until_on=day, deputy=house[other].id)
    assert queries.reach_of(house["diego"].id, house.here.id, now()) == "away"


def test_a_deputy_without_a_duty_of_care_does_not_stand_in(house: House) -> None:
    """AC051: somebody who may not own an alert cannot be reached through a leave either."""
    named(house)
    day = today_at(house.here.id)
    actions.set_leave(by=house["diego"], user=house["diego"].id, from_on=day, until_on=day, deputy=house["rojin"].id)
    assert house["diego"].id not in queries.responders_for(house.here.id, now()).deputies
    assert queries.reach_of(house["diego"].id, house.here.id, now()) == "away"
