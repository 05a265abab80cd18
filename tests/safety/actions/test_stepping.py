"""Steps: the law, who may, and what each does to the owner."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from karama.accounts.models import User
from karama.journal import Problem, Refused
from karama.safety import actions
from karama.safety.problems import CannotTakeOver, NoScreener, NotNow
from tests.safety.ward import Ward, at


def test_closing_needs_a_contact(ward: Ward) -> None:
    """SF020: an alert is closed only after it was taken and somebody has spoken with the person."""
    alert = ward.raised()
    diego = ward["diego"]
    closing: dict[str, Any] = {"by": diego, "alert": alert.id, "outcome": "no_danger_found", "note": "fine"}
    with pytest.raises(NotNow):
        actions.close_alert(**closing)
    actions.take_alert(by=diego, alert=alert.id)
    with pytest.raises(NotNow):
        actions.close_alert(**closing)
    actions.record_first_contact(by=diego, alert=alert.id, note="she answered")
    actions.close_alert(**closing)
    assert not ward.has("diego", alert)
    with pytest.raises(NotNow):
        actions.take_alert(by=diego, alert=alert.id)


def test_taking_stops_the_chain(ward: Ward) -> None:
    """SF021: whoever takes it has it; without a contact in her time the chain is asked again."""
    alert = ward.raised(grade="now")
    with at(10):
        actions.take_alert(by=ward["diego"], alert=alert.id)
    with at(20):
        assert ward.owner(alert) == "diego"
    with at(45):
        assert ward.owner(alert) == "mira"
        assert ward.has("diego", alert)


def test_handing_over(ward: Ward) -> None:
    """SF022: a colleague of the site takes over at once; one from elsewhere or from whom it is hidden cannot."""
    alert = ward.raised()
    actions.hand_over(by=ward["diego"], alert=alert.id, to=ward["mira"].id, note="she knows her")
    assert ward.owner(alert) == "mira"
    with pytest.raises(CannotTakeOver) as elsewhere:
        actions.hand_over(by=ward["diego"], alert=alert.id, to=ward["tunde"].id)
    ward.hide("mira")
    assert ward.owner(alert) != "mira"
    with pytest.raises(CannotTakeOver) as hidden:
        actions.hand_over(by=ward["diego"], alert=alert.id, to=ward["mira"].id)
    assert str(elsewhere.value) == str(hidden.value)


def test_whoever_has_no_part_is_refused(ward: Ward) -> None:
    """SF023: each step is refused for whoever was not asked and does not supervise, as if there were no alert."""
    alert = ward.raised()
    calls: list[tuple[Any, dict[str, Any]]] = [
        (actions.see_alert, {}),
        (actions.take_alert, {}),
        (actions.record_first_contact, {}),
        (actions.record_contact_tried, {}),
        (actions.record_screening, {"state": "refused"}),
        (actions.hand_over, {"to": ward["diego"].id}),
        (actions.close_alert, {"outcome": "no_danger_found", "note": "x"}),
        (actions.reopen_alert, {"note": "x"}),
        (actions.keep_from, {"user": ward["diego"].id, "reason": "x"}),
    ]
    for (act, more), name in itertools.product(calls, ("tunde", "rojin", "samir", "leila")):
        with pytest.raises(Refused):
            act(by=ward[name], alert=alert.id, **more)


def test_hidden_is_refused_even_as_owner(ward: Ward) -> None:
    """SF024: once she is hidden from its owner, the owner finds nothing and can record nothing; the next one has it."""
    alert = ward.raised()
    actions.take_alert(by=ward["diego"], alert=alert.id)
    ward.hide("diego")
    with pytest.raises(Refused):
        actions.record_first_contact(by=ward["diego"], alert=alert.id)
    with pytest.raises(Problem, match=r"journal\.absent"):
        ward.page("diego", alert)
    assert ward.owner(alert) == "mira"
    assert not ward.has("diego", alert)


def test_the_follow_up_sets_the_grade(ward: Ward) -> None:
    """SF025: the follow-up of the pack sets now, today or soon; refused or unfinished it is today or more urgent."""
    negative = {"q1": "no", "q2": "no", "q3": "no", "q4": "no"}
    for answers, state, grade in (
        (negative, "done", "soon"),
        (negative | {"q3": "yes", "q5": "yes"}, "done", "now"),
        ({"q1": "no"}, "done", "today"),
        ({}, "not_done", "today"),
        ({}, "refused", "today"),
    ):
        alert = ward.raised(kind="suicide")
        actions.record_screening(by=ward["chantal"], alert=alert.id, state=state, answers=answers)
        assert ward.page("diego", alert).line.grade == grade
        actions.record_first_contact(by=ward["diego"], alert=alert.id)
        actions.close_alert(by=ward["diego"], alert=alert.id, outcome="plan_made", note="done")


def test_no_screener_is_said(ward: Ward) -> None:
    """SF026: where the programme names no follow-up, none can be recorded as done; refusing one stays possible."""
    alert = ward.raised(kind="gbv")
    with pytest.raises(NoScreener):
        actions.record_screening(by=ward["diego"], alert=alert.id, state="done", answers={"q1": "no"})
    actions.record_screening(by=ward["diego"], alert=alert.id, state="not_done")


def test_reopening_asks_the_chain_again(ward: Ward) -> None:
    """SF027: a closed alert that is opened again is with the first of the chain, whoever closed it."""
    alert = ward.raised()
    actions.record_first_contact(by=ward["nadia"], alert=alert.id)
    actions.close_alert(by=ward["nadia"], alert=alert.id, outcome="plan_made", note="a plan")
    assert ward.owner(alert) in ("", "nadia")
    actions.reopen_alert(by=ward["chantal"], alert=alert.id, note="she called again")
    assert ward.owner(alert) == "diego"


def test_a_locked_colleague_is_passed_over(ward: Ward) -> None:
    """SF028: an alert skips colleagues who can no longer sign in."""
    alert = ward.raised()
    User.objects.filter(id=ward["diego"].id).update(is_active=False)
    assert ward.owner(alert) == "mira"
