"""Planning visits: where, with whom, for whom; and areas that are opened and closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from karama.journal import Absent, Problem, Refused
from karama.notices.models import Notice
from karama.outreach import queries
from karama.outreach.actions import plan_visit, set_area, set_out
from karama.outreach.models import AreaState, Visit, VisitMember, VisitPerson, VisitStep
from karama.people.actions import hide_from
from tests.outreach.conftest import NOON, RIVER, ROAD, TOWN, Clinic, after, where

Plan = Callable[..., Visit]


def refused(plan: Plan, **more: Any) -> str:
    """The problem of a plan."""
    with pytest.raises(Problem) as told:
        plan(**more)
    assert not Visit.objects.exists()
    return told.value.code


def test_a_plan_says_who_where_for_whom_and_until_when(field: Clinic, plan: Plan, amal: UUID) -> None:
    """OU020: a visit knows its area, times, colleagues and people; the travel cost is the pack's for everybody who
    goes, and everybody who has a part in it is told. No place beyond the area is kept."""
    made = plan(waits=field["nadia"].id)
    assert (made.fare, made.currency) == (16000, "COP")
    parts = dict(VisitMember.objects.values_list("user_id", "part"))
    assert parts == {field["chantal"].id: "leads", field["diego"].id: "goes", field["nadia"].id: "waits"}
    assert VisitPerson.objects.get().person_id == amal
    told = Notice.objects.filter(kind="outreach.part_of_visit").values_list("user_id", flat=True)
    assert set(told) == {field["diego"].id, field["nadia"].id}
    names = {one.name for model in (Visit, VisitStep) for one in model._meta.concrete_fields}
    assert not names & {"latitude", "longitude", "position", "point", "location", "gps"}


def test_one_plans_one_s_own(field: Clinic, plan: Plan, amal: UUID) -> None:
    """OU021: a volunteer plans her own visits to people of her own list; only a supervisor plans for a colleague; other
    duties and other sites plan nothing."""
    plan("dilan", people=[], community=True)
    with pytest.raises(Problem) as told:
        plan("dilan", people=[amal])
    assert told.value.code == "outreach.not_your_people"
    for name in ("chantal", "dilan"):
        with pytest.raises(Refused):
            plan(name, leader=field["diego"].id, goes=[field["nadia"].id])
    made = plan("nadia", leader=field["chantal"].id)
    assert where(made).leader == field["chantal"].id
    for name in ("samir", "rojin", "leila", "mariam", "tunde"):
        with pytest.raises(Refused):
            plan(name, people=[], community=True)


def test_people_who_are_not_hers_do_not_exist(field: Clinic, plan: Plan) -> None:
    """OU022: somebody of another list and somebody who does not exist are the same answer."""
    far = field.register("tunde", site=field.elsewhere.id)
    said = [refused(plan, people=[one]) for one in (far, uuid4())]
    assert said == ["outreach.not_your_people"] * 2
    assert refused(plan, people=[]) == "outreach.for_nobody"


def test_nobody_is_brought_to_somebody_she_is_hidden_from(field: Clinic, plan: Plan, amal: UUID) -> None:
    """OU023: a colleague from whom a person is hidden does not go along; what is said names neither of them and no
    reason."""
    hide_from(by=field["nadia"], person=amal, user=field["diego"].id, reason="A relative.")
    with pytest.raises(Problem) as told:
        plan()
    assert told.value.code == "outreach.cannot_come_along"
    assert "hidden" not in f"{told.value.what} {told.value.do}".casefold()
    assert plan(goes=[field["nadia"].id]).pk


def test_a_closed_area_refuses_a_plan_with_a_way_out(field: Clinic, plan: Plan, say_area: Any) -> None:
    """OU024: nobody plans a visit to a closed area, whatever her duty; what to do instead is said."""
    say_area("no_go")
    for name in ("chantal", "nadia"):
        with pytest.raises(Problem) as told:
            plan(name)
        assert (told.value.code, told.value.field) == ("outreach.area_closed", "area")
        assert "another area" in str(told.value.do)
    assert plan(area=RIVER).area == RIVER
    say_area("go")
    assert plan().pk


def test_the_lone_rule(field: Clinic, plan: Plan) -> None:
    """OU025: nobody goes alone where the pack says so or care is needed; where calls are needed somebody waits."""
    alone: dict[str, Any] = {"goes": []}
    assert refused(plan, area=RIVER, **alone) == "outreach.not_alone"
    assert refused(plan, area=RIVER, waits=field["nadia"].id, **alone) == "outreach.not_alone"
    assert refused(plan, area=ROAD, waits=field["nadia"].id, **alone) == "outreach.not_alone"
    assert plan(area=TOWN, **alone).pk
    assert plan(area=RIVER, goes=[field["nadia"].id]).pk
    with pytest.raises(Problem) as told:
        plan(area="the-moon")
    assert told.value.code == "outreach.no_such_area"


def test_times_must_fit(field: Clinic, plan: Plan) -> None:
    """OU026: back lies after leaving and within two days; nothing is planned into the past."""
    for leaves, back in (
        (NOON, NOON), (NOON, after(hours=-1)), (NOON, after(days=3)), (after(days=-2), after(days=-1)),
        (after(hours=-5), after(hours=-1)),
    ):  # fmt: skip
        assert refused(plan, leaves=leaves, back=back) == "outreach.times"
    assert refused(plan, leaves=NOON.replace(tzinfo=None)) == "outreach.times"
    with pytest.raises(Problem) as told:
        plan(goes=[field["tunde"].id])
    assert told.value.code == "outreach.not_of_this_site"


def test_care_tells_the_supervisors(field: Clinic, plan: Plan) -> None:
    """OU027: of a plan to an area of care each supervisor of the site is told."""
    plan(area=ROAD)
    told = set(Notice.objects.filter(kind="outreach.with_care").values_list("user_id", flat=True))
    assert told == {field["nadia"].id, field["berta"].id}


def test_an_area_is_set_by_the_named_duty_with_reason_and_end(field: Clinic, say_area: Any) -> None:
    """OU030: only the duty that the pack names opens and closes an area, with a reason and a time of expiry that lies
    ahead and not too far; the reason is sealed."""
    for name in ("chantal", "dilan", "tunde", "samir", "leila"):
        with pytest.raises(Refused):
            say_area("no_go", by=name)
    for hours in (-1, 0, 24 * 40):
        with pytest.raises(Problem) as told:
            say_area("no_go", hours=hours)
        assert told.value.code == "outreach.until"
    with pytest.raises(Problem):
        say_area("no_go", reason=" ")
    with pytest.raises(Problem):
        say_area("no_go", area="the-moon")
    row = say_area("no_go", by="mariam", reason="Armed people.")
    assert b"Armed" not in bytes(row.reason)
    shown = {one.code: one for one in queries.areas(field["chantal"])}
    assert (shown[TOWN].state, shown[TOWN].reason, shown[TOWN].may_set) == ("no_go", "Armed people.", False)
    assert queries.areas(field["tunde"])[0].code != TOWN


def test_a_pack_that_gives_it_to_supervisors_only(field: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """OU031: where the pack names only the supervisor, a director sets nothing."""
    from dataclasses import replace

    from karama.outreach import rulebook
    from karama.outreach.actions import planning

    only = replace(rulebook.rules_of(field.here.id), setters=("supervisor",))
    monkeypatch.setattr(planning, "rules_of", lambda site: only)
    told: dict[str, Any] = {
        "site": field.here.id,
        "area": TOWN,
        "state": "go",
        "until": after(days=1),
        "reason": "Calm.",
    }
    with pytest.raises(Refused):
        set_area(by=field["mariam"], **told)
    set_area(by=field["nadia"], **told)


def test_an_expired_closing_leaves_care(field: Clinic, plan: Plan, say_area: Any, monday: Any) -> None:
    """OU032: when the time of a closing is over nobody goes alone until somebody says that it is open."""
    say_area("no_go", hours=2)
    monday.move_to(after(hours=2))
    assert refused(plan, goes=[], leaves=after(hours=2), back=after(hours=4)) == "outreach.not_alone"
    say_area("go")
    assert plan(goes=[], leaves=after(hours=2), back=after(hours=4)).pk


def test_closing_calls_whoever_is_there(field: Clinic, plan: Plan, say_area: Any, monday: Any) -> None:
    """OU033: a change while somebody is out tells everybody of the visit at once and once, shows it on the page with
    the reason, and calls the line when no sign of life comes; whoever is elsewhere is not called."""
    made, other = plan(waits=field["berta"].id), plan(area=RIVER)
    set_out(by=field["chantal"], visit=made.id)
    monday.move_to(after(minutes=10))
    say_area("no_go", reason="Shots were heard.")
    told = Notice.objects.filter(kind="outreach.area_changed").values_list("user_id", "place")
    assert set(told) == {(field[name].id, made.id) for name in ("chantal", "diego", "berta")}
    assert where(made).recalled
    assert not where(other).recalled
    page = queries.visit_page(field["diego"], made.id)
    assert (page.line.recalled, page.reason) == (True, "Shots were heard.")
    assert where(made).call is None
    monday.move_to(after(minutes=40))
    call = where(made).call
    assert call is not None
    assert call.owner == field["berta"].id


def test_saying_the_same_again_does_not_win_time(field: Clinic, plan: Plan, say_area: Any, monday: Any) -> None:
    """OU034: closing a closed area again tells nobody anew and starts no clock anew."""
    made = plan()
    set_out(by=field["chantal"], visit=made.id)
    monday.move_to(after(minutes=10))
    say_area("no_go")
    warned = VisitStep.objects.filter(step="warned").count()
    for minutes in (20, 35):
        monday.move_to(after(minutes=minutes))
        say_area("no_go")
    assert VisitStep.objects.filter(step="warned").count() == warned
    assert where(made).overdue_at == after(minutes=40)
    say_area("go")
    assert where(made).overdue_at == after(hours=4) + timedelta(minutes=30)
    assert AreaState.objects.count() == 4


def test_an_area_page_is_for_who_sets_it(field: Clinic) -> None:
    """OU035: the page on which an area is set is absent for whoever may not, as for an area that does not exist."""
    assert queries.area(field["nadia"], field.here.id, TOWN).code == TOWN
    for name, site, code in (
        ("chantal", field.here.id, TOWN), ("nadia", field.here.id, "moon"),
        ("nadia", field.elsewhere.id, "port-districts"),
    ):  # fmt: skip
        with pytest.raises(Absent):
            queries.area(field[name], site, code)


def test_planning_is_one_entry(field: Clinic, amal: UUID) -> None:
    """OU036: the same form sent twice plans once."""
    op = uuid4()
    told: dict[str, Any] = {
        "site": field.here.id, "area": TOWN, "leaves": NOON, "back": after(hours=2), "people": [amal], "op_id": op,
    }  # fmt: skip
    first, second = (plan_visit(by=field["chantal"], **told) for _n in range(2))
    assert first.record == second.record
    assert Visit.objects.count() == 1
