"""SF190-SF199: many historic alerts in one batch behave like as many raised one by one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.journal import Call, batch
from karama.safety.actions import close_alert, foresee_alerts, raise_alert, record_first_contact, take_alert
from karama.safety.models import Alert, AlertSource
from tests.safety.ward import Ward


@pytest.fixture(autouse=True)
def looked_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a batch of answers does it before its first call."""

    def ahead(*, by: object, many: list[dict[str, Any]]) -> None:
        foresee_alerts({(one["person"], one["kind"]) for one in many})

    monkeypatch.setattr(raise_alert, "foresee", ahead)


def raised(ward: Ward, *people: UUID, kind: str = "suicide") -> list[AlertSource]:
    by = ward.house.hire("rosa", "data_import") if "rosa" not in ward.house.actors else ward["rosa"]
    told = {"kind": kind, "grade": "today", "source": "answer", "historic": True}
    outcomes = list(batch(Call(raise_alert, by, {"person": one, **told}) for one in people))
    assert all(one.receipt for one in outcomes)
    return list(AlertSource.objects.filter(alert__historic=True))


def test_the_second_joins_the_first_of_the_same_batch(ward: Ward) -> None:
    """SF190: two historic raisings about one person and kind in one batch are one alert with two sources."""
    raised(ward, ward.amal, ward.amal)
    assert (Alert.objects.count(), AlertSource.objects.count()) == (1, 2)


def test_an_open_one_is_joined_and_a_closed_one_is_not(ward: Ward) -> None:
    """SF192: a later batch joins the historic alert that is open; once it is closed, danger is a new alert."""
    raised(ward, ward.amal)
    raised(ward, ward.amal)
    (alert,) = Alert.objects.all()
    diego = ward["diego"]
    take_alert(by=diego, alert=alert.id)
    record_first_contact(by=diego, alert=alert.id, note="she answered")
    close_alert(by=diego, alert=alert.id, outcome="no_danger_found", note="fine")
    raised(ward, ward.amal, ward.amal)
    assert sorted(one.sources.count() for one in Alert.objects.all()) == [2, 2]


def test_a_present_danger_is_never_hidden_in_a_historic_one(ward: Ward) -> None:
    """SF193: an answer given today does not join what an import found, whatever was looked up."""
    raised(ward, ward.amal)
    present = ward.raised()
    assert not present.historic
    raised(ward, ward.amal)
    assert sorted(one.sources.count() for one in Alert.objects.all()) == [1, 2]


def test_looking_up_costs_the_same_for_many(ward: Ward) -> None:
    """SF194: people nobody knows, and people twice, cost no look-up of their own beyond the first; all are raised."""
    raised(ward, ward.amal)
    with CaptureQueriesContext(connection) as few:
        raised(ward, *[ward.amal] * 2)
    with CaptureQueriesContext(connection) as many:
        raised(ward, *[ward.amal] * 12)
    reads = [sum(one["sql"].startswith("SELECT") for one in asked) for asked in (few, many)]
    assert reads[1] <= reads[0] + 6
    assert AlertSource.objects.count() == 15


def test_another_kind_is_another_alert(ward: Ward) -> None:
    """SF191: kinds never join."""
    raised(ward, ward.amal)
    raised(ward, ward.amal, kind="gbv")
    assert Alert.objects.count() == 2
