"""Setting out, signs of life, coming back; and who is called when none comes."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.accounts.actions import cancel_leave, end_duty, set_leave
from karama.accounts.models import Posting, User
from karama.journal import Absent, Problem, Refused, clock
from karama.journal.integrity import check
from karama.notices.models import Notice
from karama.outreach import header, queries
from karama.outreach.actions import (
    call_next,
    call_off,
    come_back,
    look_after,
    note_not_reached,
    say_fine,
    set_out,
)
from karama.outreach.jobs import CALLER, tell_next
from karama.outreach.models import Visit, VisitStep
from karama.people.actions import hide_from
from karama.programme.days import today_at
from tests.outreach.conftest import NOON, Clinic, after, where

Plan = Callable[..., Visit]
LATE = after(hours=4, minutes=30)


def test_out_and_back(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU040: check in, a sign of life with more time, check out with a count and its basis; then nobody waits."""
    made, chantal = plan(), field["chantal"]
    set_out(by=chantal, visit=made.id)
    assert where(made).state.state == "out"
    monday.move_to(after(hours=3))
    say_fine(by=field["diego"], visit=made.id, back=after(hours=6))
    assert where(made).overdue_at == after(hours=6, minutes=30)
    with pytest.raises(Problem) as told:
        come_back(by=chantal, visit=made.id, reached=9)
    assert told.value.code == "outreach.count_needs_basis"
    come_back(by=chantal, visit=made.id, reached=9, basis="contacts", note="All well.")
    found = where(made)
    assert (found.state.state, found.overdue_at, found.call) == ("back", None, None)
    page = queries.visit_page(chantal, made.id)
    assert (page.steps[-1].reached, page.steps[-1].basis, page.steps[-1].note) == (9, "contacts", "All well.")
    with pytest.raises(Problem):
        say_fine(by=chantal, visit=made.id)
    set_out(by=chantal, visit=made.id)
    assert where(made).state.state == "out"


def test_not_counted_is_not_zero(field: Clinic, plan: Plan) -> None:
    """OU041: coming back without a number counts nobody: it stays unknown."""
    made = plan()
    come_back(by=field["chantal"], visit=made.id)
    assert VisitStep.objects.get().reached is None


def test_others_say_how_they_know(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU042: whoever is not outside says with words that somebody is fine, back or not going."""
    made = plan(waits=field["berta"].id)
    for act in (say_fine, come_back, call_off):
        with pytest.raises(Problem) as told:
            act(by=field["nadia"], visit=made.id)
        assert told.value.code == "outreach.say_how_you_know"
    say_fine(by=field["berta"], visit=made.id, note="She called me at two.")
    with pytest.raises(Problem):
        say_fine(by=field["chantal"], visit=made.id, back=after(days=5))
    come_back(by=field["nadia"], visit=made.id, note="I saw them in the yard.")


def test_an_overdue_visit_climbs_the_chain(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU043: companion, supervisor, director; nobody before the time; derived at each read, with no job running; past
    the last one the page shows what the pack says to do, and it stays with somebody."""
    made = plan(waits=field["nadia"].id)
    set_out(by=field["chantal"], visit=made.id)
    monday.move_to(LATE - timedelta(seconds=1))
    assert where(made).call is None
    seen = []
    for minutes in (0, 10, 20, 35, 65):
        monday.move_to(LATE + timedelta(minutes=minutes))
        seen.append(where(made).owner)
    names = {one.id: name for name, one in field.actors.items()}
    assert [names[one] for one in seen[:4] if one] == ["nadia", "diego", "berta", "mariam"]
    monday.move_to(LATE + timedelta(days=1))
    found = where(made)
    assert found.owner is not None
    assert found.call is not None
    assert found.call.exhausted
    page = queries.visit_page(field["mariam"], made.id)
    assert page.exhausted
    assert "comunitario" in page.instruction or "community leader" in page.instruction


def test_a_visit_nobody_set_out_on_is_waited_for_too(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU044: whoever planned and said nothing is called for all the same; called off nobody is."""
    made, other = plan(), plan()
    call_off(by=field["chantal"], visit=other.id)
    monday.move_to(LATE)
    assert where(made).owner == field["diego"].id
    assert where(other).call is None


def test_whoever_looks_after_it_is_heard_of_or_the_line_is_called_again(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU045: taking it in hand stops the line for a while; trying in vain stops no clock; a sign of life ends it."""
    made = plan(waits=field["berta"].id)
    with pytest.raises(Problem):
        look_after(by=field["nadia"], visit=made.id)
    monday.move_to(LATE)
    look_after(by=field["nadia"], visit=made.id)
    note_not_reached(by=field["nadia"], visit=made.id, note="No answer.")
    monday.move_to(LATE + timedelta(minutes=29))
    assert where(made).owner == field["nadia"].id
    monday.move_to(LATE + timedelta(minutes=30))
    assert where(made).owner == field["berta"].id
    say_fine(by=field["nadia"], visit=made.id, note="They called.", back=after(hours=8))
    assert where(made).call is None


def test_the_job_only_tells(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU046: the job tells each who is called, once; nothing depends on it; only the job writes that; what it writes is
    sound."""
    made = plan(waits=field["nadia"].id)
    assert tell_next() == 0
    monday.move_to(LATE + timedelta(minutes=10))
    before = where(made).call
    assert tell_next() == 2
    assert tell_next() == 0
    assert where(made).call == before
    told = set(Notice.objects.filter(kind="outreach.called").values_list("user_id", flat=True))
    assert told == {field["nadia"].id, field["diego"].id}
    with pytest.raises(Refused):
        call_next(by=field["nadia"], visit=made.id, to=field["berta"].id)
    with pytest.raises(Problem):
        call_next(by=CALLER, visit=made.id, to=field["mariam"].id)
    assert check() == []


@pytest.mark.parametrize("seed", range(8))
def test_an_overdue_visit_always_reaches_a_person(field: Clinic, plan: Plan, monday: Any, seed: int) -> None:
    """OU047: whatever leave, deputies, locked users and ended duties say, an overdue visit is with an active user who
    is not the one who is missing, finds it on Today first of all, and opens its page."""
    dice = random.Random(seed)
    made = plan(waits=field["nadia"].id)
    staff = [one for one in field.actors.values() if one.kind == "user" and one.id != field["chantal"].id]
    day = NOON.date()
    for one in staff:
        if dice.random() < 0.7:
            deputy = dice.choice([None, *(other.id for other in field.actors.values() if other.id != one.id)])
            set_leave(by=field["samir"], user=one.id, from_on=day, until_on=day + timedelta(days=3), deputy=deputy)
    kept = field["tunde"] if seed == 0 else dice.choice(staff)  # somebody of another site is a person, too
    for one in staff:
        if one.id != kept.id and (seed == 0 or dice.random() < 0.6):
            User.objects.filter(id=one.id).update(is_active=False)
    for minutes in (0, 11, 26, 61, 600):
        monday.move_to(LATE + timedelta(minutes=minutes))
        owner = where(made).owner
        assert owner is not None
        assert owner != field["chantal"].id
        assert User.objects.get(id=owner).is_active
        actor = next(one for one in field.actors.values() if one.id == owner)
        line = header.today(by=actor)[0]
        assert (line.grade, str(made.id) in line.url) == ("now", True)
        assert queries.visit_page(actor, made.id).line.late


def test_leave_is_by_the_day_at_the_site(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU120: in the evening, when it is tomorrow in UTC, whose leave lasts until today is not waited for, and whose
    leave begins tomorrow is called."""
    made = plan(waits=field["nadia"].id, back=after(hours=8))
    monday.move_to(after(hours=8, minutes=31))
    here = today_at(field.here.id)
    assert here < clock.day_in_utc()
    leave = set_leave(by=field["samir"], user=field["nadia"].id, from_on=here, until_on=here).record
    assert where(made).owner not in (None, field["nadia"].id)
    cancel_leave(by=field["samir"], leave=leave)
    tomorrow = here + timedelta(days=1)
    set_leave(by=field["samir"], user=field["nadia"].id, from_on=tomorrow, until_on=tomorrow)
    assert where(made).owner == field["nadia"].id


def test_when_nobody_else_is_left_the_page_still_says_what_to_do(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU048: with everybody else locked out it stays with whoever leads it, and what to do is shown."""
    made = plan(goes=[], waits=None)
    User.objects.exclude(id=field["chantal"].id).update(is_active=False)
    monday.move_to(LATE)
    found = where(made)
    assert (found.owner, found.call.exhausted if found.call else None) == (field["chantal"].id, True)
    assert queries.visit_page(field["chantal"], made.id).instruction


def test_ended_duties_are_not_called(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU049: whoever holds no duty any more is passed over at once."""
    made = plan(waits=field["nadia"].id)
    monday.move_to(LATE)
    for one in Posting.objects.filter(user_id__in=[field["nadia"].id, field["diego"].id]):
        end_duty(by=field["samir"], posting=one.id, until_on=NOON.date())
    assert where(made).owner == field["berta"].id


def test_who_finds_a_visit(field: Clinic, plan: Plan, monday: Any) -> None:
    """OU050: a visit is there for its members and the supervisor of its site, and for who is called; for everybody else
    it is what one that does not exist is."""
    made = plan()
    for name in ("chantal", "diego", "nadia", "berta"):
        assert queries.visit_page(field[name], made.id).place == field.here.name
    for name in ("dilan", "mariam", "tunde", "samir", "rojin", "leila"):
        for one in (made.id, uuid4()):
            with pytest.raises(Absent):
                queries.visit_page(field[name], one)
        with pytest.raises(Refused):
            set_out(by=field[name], visit=made.id)
        assert queries.open_visits(field[name]) == []
    monday.move_to(LATE + timedelta(hours=3))
    assert queries.visit_page(field["mariam"], made.id).line.late
    assert [one.called for one in queries.open_visits(field["mariam"])] == [True]


def test_codes_only_for_who_may_see_the_person(field: Clinic, plan: Plan, amal: UUID, reading_as: Any) -> None:
    """OU051: whom a visit is for stands there by code, only for those who may see this person: neither for a colleague
    who goes along, nor for the volunteer who waits, nor for a supervisor from whom she is hidden."""
    made = plan(waits=field["dilan"].id)
    hide_from(by=field["nadia"], person=amal, user=field["berta"].id, reason="A neighbour.")
    for name, codes in (("chantal", 1), ("nadia", 1), ("diego", 0), ("dilan", 0), ("berta", 0)):
        with reading_as(field[name]):
            assert len(queries.visit_page(field[name], made.id).codes) == codes, name


def test_hidden_after_planning(field: Clinic, plan: Plan, amal: UUID, sign_in: Any) -> None:
    """OU054: when a person is hidden from a colleague who goes along after it was planned, the others are told to plan
    anew, and that colleague is told nothing."""
    made = plan()
    hide_from(by=field["nadia"], person=amal, user=field["diego"].id, reason="A relative.")
    for name, told in (("chantal", True), ("nadia", True), ("diego", False)):
        page = sign_in(name).get(f"/visits/{made.id}/").content.decode()
        assert ("Plan this visit anew" in page) == told, name


def test_today_tells_without_anybody_s_name(field: Clinic, plan: Plan, amal: UUID, monday: Any) -> None:
    """OU052: Today tells whoever is out what is waited for, and others that somebody is not back, without codes."""
    made = plan()
    assert [one.grade for one in header.today(by=field["chantal"])] == ["soon"]
    set_out(by=field["chantal"], visit=made.id)
    assert [one.grade for one in header.today(by=field["chantal"])] == ["today"]
    assert header.today(by=field["nadia"]) == []
    monday.move_to(LATE)
    for name in ("chantal", "diego", "nadia"):
        (line,) = header.today(by=field[name])
        assert (line.grade, line.code) == ("now", "")
    assert header.today(by=field["dilan"]) == []


def test_questions_do_not_grow_with_visits(field: Clinic, plan: Plan, reading_as: Any, monday: Any) -> None:
    """OU053: ten overdue visits cost a page as many questions as one."""
    plan()
    monday.move_to(LATE)
    with reading_as(field["nadia"]), CaptureQueriesContext(connection) as one:
        queries.open_visits(field["nadia"])
    monday.move_to(NOON)
    for _n in range(9):
        plan()
    monday.move_to(LATE)
    with reading_as(field["nadia"]), CaptureQueriesContext(connection) as ten:
        assert len(queries.open_visits(field["nadia"])) == 10
    assert len(ten) <= len(one)
