"""Raising: accepted from everybody for anybody, once, and telling nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.journal import Actor, Refused, reading
from karama.journal.problems import OpIdReused
from karama.people.models import Person
from karama.rules.classes import DUTIES
from karama.safety import actions, queries
from karama.safety.models import Alert, AlertSource, KeptFrom
from karama.safety.problems import NobodyLeft
from karama.security.identifiers import uuid7
from tests.safety.ward import Ward, at


def test_every_duty_may_raise(ward: Ward) -> None:
    """SF001: every duty raises an alert, also about a person out of its reach; it is never a draft."""
    for duty in DUTIES:
        by = Actor(uuid7(), "user", duty)
        receipt = actions.raise_alert(by=by, person=ward.amal, kind=f"from {duty}", grade="now", source="answer")
        alert = Alert.objects.get(sources=receipt.record)
        assert alert.site_id == ward.house.here.id
        assert ward.owner(alert) == "diego"


def test_an_unknown_id_is_accepted_like_a_known_one(ward: Ward) -> None:
    """SF002: for an id nobody knows the receipt has the same shape, and the alert goes to the site's chain."""
    told: list[dict[str, Any]] = []
    for person in (ward.amal, uuid7()):
        receipt = actions.raise_alert(by=ward["tunde"], person=person, kind="suicide", grade="today", source="answer")
        shown = vars(receipt) | {"value": None, "seq": 0, "entry": None}
        assert isinstance(shown.pop("record"), UUID)
        told.append(shown)
    assert told[0] == told[1]
    known, unknown = Alert.objects.order_by("raised_at", "id")
    assert known.own_keys
    assert not unknown.own_keys
    assert unknown.subject_id is None
    assert unknown.site_id == ward.house.elsewhere.id
    assert queries.escalation_of(unknown, unknown.raised_at).owner is not None


def test_out_of_scope_is_accepted(ward: Ward) -> None:
    """SF003: Tunde of another site raises an alert about Amal; it stands on the Today of her site, not on his."""
    alert = ward.raised("tunde")
    assert ward.has("diego", alert)
    assert not ward.has("tunde", alert)
    assert ward.today("tunde") == []


def test_replay_is_the_same_alert(ward: Ward) -> None:
    """SF004: the same operation id sent twice gives one alert and the same receipt; with other content, a refusal."""
    op_id = uuid7()
    given: dict[str, Any] = {"person": ward.amal, "kind": "suicide", "grade": "now", "source": "answer"}
    first = actions.raise_alert(by=ward["chantal"], op_id=op_id, **given)
    again = actions.raise_alert(by=ward["chantal"], op_id=op_id, **given)
    assert again.replayed
    assert again.record == first.record
    assert (Alert.objects.count(), AlertSource.objects.count()) == (1, 1)
    with pytest.raises(OpIdReused):
        actions.raise_alert(by=ward["chantal"], op_id=op_id, **(given | {"kind": "gbv"}))


def test_two_agents_one_alert_two_sources(ward: Ward) -> None:
    """SF005: the same danger of one person raised by two colleagues is one open alert with two sources (B8)."""
    first = ward.raised("chantal")
    with at(5):
        second = ward.raised("tunde", grade="now")
        assert second == first
        assert first.sources.count() == 2
        assert ward.page("diego", first).line.grade == "now"
        assert ward.raised("chantal", kind="gbv") != first


def test_a_closed_alert_is_not_joined(ward: Ward) -> None:
    """SF006: after an alert is closed the same danger opens a new one."""
    first = ward.raised()
    actions.record_first_contact(by=ward["diego"], alert=first.id)
    actions.close_alert(by=ward["diego"], alert=first.id, outcome="plan_made", note="a plan")
    assert ward.raised() != first


def test_only_the_import_raises_historic(ward: Ward) -> None:
    """SF007: a historic alert comes only from the data import; a new danger never joins a historic one."""
    assert not ward.raised("chantal", historic=True, kind="gbv").historic
    ward.house.hire("ines", "data_import", ward.house.here)
    old = ward.raised("ines", historic=True, source="import")
    assert old.historic
    fresh = ward.raised()
    assert fresh != old
    assert not fresh.historic


def test_an_answer_is_at_least_for_today(ward: Ward) -> None:
    """SF008: an alert raised as "soon", or with a grade nobody knows, is never less urgent than today."""
    assert ward.raised(grade="soon").grade == "today"
    assert ward.raised(grade="whenever", kind="gbv").grade == "now"


def test_a_worry_about_a_code(ward: Ward) -> None:
    """SF009: a worry about a code reaches that person's site; a code nobody has, or mistyped, never stops it."""
    code = Person.objects.get(pk=ward.amal).code
    found = actions.raise_worry(by=ward["tunde"], kind="suicide", code=code.lower())
    alert = Alert.objects.get(sources=found.record)
    assert alert.person_id == ward.amal
    for typed in ("K7QM-4T9X-CJ", "K7QM", "؟"):
        receipt = actions.raise_worry(by=ward["tunde"], kind="suicide", code=typed, words="at the river")
        row = AlertSource.objects.get(pk=receipt.record)
        assert row.alert.person_id is None
        with reading(by=ward["nadia"], purpose="safety", route="test"):
            assert typed in row.unseal("words")


def test_a_worry_takes_the_clock_of_its_kind(ward: Ward) -> None:
    """SF010: each kind of worry has its grade and its clock; the pack's shorter one counts."""
    made = actions.raise_worry(by=ward["chantal"], kind="suicide", person=ward.amal)
    alert = Alert.objects.get(sources=made.record)
    assert (alert.due_at - alert.raised_at).total_seconds() == 60 * 60
    made = actions.raise_worry(by=ward["chantal"], kind="medical_emergency", person=ward.amal)
    alert = Alert.objects.get(sources=made.record)
    assert alert.grade == "now"
    assert (alert.due_at - alert.raised_at).total_seconds() == 5 * 60


def test_the_pathway_asks_its_own_duty_first(ward: Ward) -> None:
    """SF011: a worry about a child asks the social worker of the site first, then the site's chain."""
    ward.house.hire("sana", "social_worker", ward.house.here)
    made = actions.raise_worry(by=ward["chantal"], kind="child_in_danger", person=ward.amal)
    alert = Alert.objects.get(sources=made.record)
    assert ward.owner(alert) == "sana"
    with at(16):
        assert ward.owner(alert) == "diego"


def test_a_worry_kept_from_a_colleague(ward: Ward) -> None:
    """SF012: a worry that names a colleague never reaches her, and shuts nobody out of an alert that was open."""
    open_one = ward.raised()
    made = actions.raise_worry(by=ward["chantal"], kind="suicide", person=ward.amal, involves=ward["diego"].id)
    kept = Alert.objects.get(sources=made.record)
    assert kept != open_one
    assert not ward.has("diego", kept)
    assert ward.has("mira", kept)
    assert ward.has("diego", open_one)
    with pytest.raises(Refused):
        actions.take_alert(by=ward["diego"], alert=kept.id)
    assert KeptFrom.objects.count() == 1


def test_words_are_never_too_long_to_be_sent(ward: Ward) -> None:
    """SF013: too many words are cut, not refused: an alert is more than its words."""
    alert = ward.raised(words="x" * 5000)
    with reading(by=ward["diego"], purpose="safety", route="test"):
        assert len(alert.sources.get().unseal("words")) == 2000


def test_nobody_takes_an_alert_away_from_everybody(ward: Ward) -> None:
    """SF029: an alert is kept from a colleague only while somebody else is left who can answer it."""
    alert = ward.raised()
    others = [one for name, one in ward.house.actors.items() if name != "diego"]
    refused = 0
    for one in others:
        try:
            actions.keep_from(by=ward["diego"], alert=alert.id, user=one.id, reason="mine alone")
        except NobodyLeft:
            refused += 1
    assert refused
    assert len(KeptFrom.objects.filter(alert=alert)) < len(others)
    assert ward.has("diego", alert)
