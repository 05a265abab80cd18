"""Alerts when a file is joined with another or erased."""

from __future__ import annotations

from karama.people.actions import erase_person, join_files
from karama.safety import queries
from karama.safety.models import Alert, AlertSource, AlertStep
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
