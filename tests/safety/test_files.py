"""Alerts when a file is joined with another or erased."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.journal import reading
from karama.people.actions import accept_transfer, assign, erase_person, join_files, propose_transfer
from karama.people.registries import copy_of, work_open_for
from karama.safety import queries
from karama.safety.actions import make_plan, raise_alert
from karama.safety.models import Alert, AlertSource, AlertStep, SafetyPlan
from tests.people.conftest import ERASER
from tests.safety.ward import Ward, register


def test_joining_keeps_both_alerts(ward: Ward) -> None:
    """SF080: after joining two files both alerts stay open, and whoever one was hidden from answers for neither."""
    other = register(ward.house, first="Amel", year=1992)
    first, second = ward.raised(), ward.raised(person=other)
    ward.hide("diego")
    assert ward.owner(second) == "diego"
    join_files(by=ward["nadia"], person=other, into=ward.amal, reason="the same woman")
    for alert in (first, second):
        assert alert.steps.filter(step="joined").count() == 1
        assert ward.owner(alert) == "mira"
        assert not ward.has("diego", alert)
    assert {one.id for one in queries.open_alerts(ward["mira"])} == {first.id, second.id}


def test_erasing_leaves_nothing(ward: Ward) -> None:
    """SF081: erasing a person deletes her alerts with their sources and steps."""
    from karama.safety import actions

    alert = ward.raised(words="she said goodbye")
    actions.take_alert(by=ward["diego"], alert=alert.id)
    erase_person(by=ERASER, person=ward.amal, reason="she asked for it")
    assert not Alert.objects.exists()
    assert not AlertSource.objects.exists()
    assert not AlertStep.objects.exists()


def test_an_alert_of_a_file_joined_twice_is_still_open(ward: Ward) -> None:
    """SF082: however often a file was joined, its open alert is open work of the last one, which stops a deletion, and
    stands on its page; whoever has an accepted conflict of interest is told by neither."""
    middle, last = register(ward.house, first="Amel", year=1992), register(ward.house, first="Amal", year=1991)
    alert = ward.raised()
    join_files(by=ward["nadia"], person=ward.amal, into=middle, reason="the same woman")
    join_files(by=ward["nadia"], person=middle, into=last, reason="the same woman")
    assert [one.id for one in work_open_for(last)] == [alert.id]
    with reading(by=ward["nadia"], purpose="supervision", route="tests"):
        assert [one.id for one in queries.alerts_about(ward["nadia"], last)] == [alert.id]
    assign(by=ward["nadia"], person=last, user=ward["mira"].id, conflict="declared", conflict_note="her cousin")
    assert work_open_for(last, ward["mira"]) == []


def test_an_alert_goes_with_the_person_to_another_site(ward: Ward) -> None:
    """SF083: after a transfer the line of the new site is asked, and its supervisor has it in her list."""
    alert = ward.raised()
    ward.house.hire("rosa", "supervisor", ward.house.elsewhere)
    ward.house.hire("pilar", "psychologist", ward.house.elsewhere)
    assert alert.id not in {one.id for one in queries.open_alerts(ward["rosa"])}
    site, rosa = ward.house.elsewhere.id, ward["rosa"]
    asked = propose_transfer(by=ward["nadia"], person=ward.amal, site=site, reason="she moved").value
    accept_transfer(by=rosa, transfer=asked.id, lead=ward["pilar"].id, takes_open_work=True)
    assert alert.id in {one.id for one in queries.open_alerts(ward["rosa"])}
    assert ward.owner(alert) in ("rosa", "pilar")
    assert alert.id not in {one.id for one in queries.open_alerts(ward["mira"])}


def test_answers_of_long_ago_cost_urgent_alerts_nothing(ward: Ward) -> None:
    """SF084: what was found in imported answers is not looked at for what is urgent, neither on Today's first lines nor
    by the job that tells people."""
    ward.raised()
    few = _asked(ward)
    importer = ward.house.hire("hana", "data_import", whole=True)
    for number in range(5):
        person = register(ward.house, first=f"Sami{number}", year=1980 + number)
        told = {"kind": "suicide", "grade": "soon", "source": "answer", "historic": True}
        raise_alert(by=importer, person=person, **told)
    assert Alert.objects.filter(historic=True).count() == 5
    assert _asked(ward) == few


def _asked(ward: Ward) -> list[int]:
    """For each question how many values it names: a list of ids that grows would be one of them."""
    with reading(by=ward["diego"], purpose="care", route="tests"), CaptureQueriesContext(connection) as asked:
        queries.open_alerts(ward["diego"])
    return [str(one["sql"]).count("'") for one in asked.captured_queries]


def test_a_relative_in_either_file_is_never_asked(ward: Ward) -> None:
    """SF202: a colleague who is related to the person by what any of her files says is not asked about an alert,
    whichever of them it was raised about."""
    nadia = ward["nadia"]
    second, third = register(ward.house, first="Aml"), register(ward.house, first="Amel")
    related: dict[str, Any] = {"conflict": "declared", "conflict_note": "Her brother; she agreed"}
    assign(by=nadia, person=third, user=ward["diego"].id, **related)
    join_files(by=nadia, person=third, into=second, reason="same card")
    join_files(by=nadia, person=second, into=ward.amal, reason="same card")
    for person in (ward.amal, second, third):
        alert = ward.raised(person=person, kind=f"kind{person.hex[-6:]}")
        assert ward.owner(alert) == "mira"
        assert not ward.has("diego", alert)


def test_a_plan_of_a_folded_file_is_renewed(ward: Ward) -> None:
    """SF203: a plan that was made in a file which was joined since is renewed like any other; what was before stays
    readable, and the newest one is in the person's own copy."""
    diego, nadia = ward["diego"], ward["nadia"]
    second = register(ward.house, "diego", first="Aml")
    make_plan(by=diego, person=second, parts={"signs": "I sleep badly"})
    join_files(by=nadia, person=second, into=ward.amal, reason="same card")
    assign(by=nadia, person=ward.amal, user=diego.id)

    def shown() -> list[queries.Plan]:
        with reading(by=diego, purpose="care", route="safety.plan"):
            return queries.plan_page(diego, ward.amal)[1]

    def copied() -> list[str]:
        with reading(by=nadia, purpose="rights", route="voice.copy"):
            return [value for one in copy_of(by=nadia, person=ward.amal, language="en") for _label, value in one.rows]

    assert "I sleep badly" in copied()
    make_plan(by=diego, person=ward.amal, parts={"signs": "I sleep well"}, renews=shown()[0].id)
    make_plan(by=diego, person=ward.amal, parts={"signs": "I dream"}, renews=shown()[0].id)
    assert [one.parts["signs"] for one in shown()] == ["I dream", "I sleep well", "I sleep badly"]
    assert "I dream" in copied()
    erase_person(by=ERASER, person=ward.amal, reason="asked for it")
    assert not SafetyPlan.objects.exists()
