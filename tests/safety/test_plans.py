"""Safety plans: versions, who reads them, what a printed sheet says, what happens at merge and erasure."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.journal import Absent, Refused, reading
from karama.people.registries import copy_of, work_open_for
from karama.safety import queries
from karama.safety.access import PLANNERS
from karama.safety.actions import make_plan, raise_worry
from karama.safety.files import readable_copy
from karama.safety.models import PLAN_PARTS, SafetyPlan
from karama.safety.problems import PlanIsEmpty, PlanMovedOn
from karama.safety.words import PLAN_PARTS as LABELS
from tests.safety.ward import Ward

FIRST = {"coping": "Walk to the river", "people": "My aunt"}


def plans(ward: Ward, name: str) -> list[queries.Plan]:
    with reading(by=ward[name], purpose="care", route="tests.plan"):
        return queries.plan_page(ward[name], ward.amal)[1]


def signed_in(ward: Ward) -> Client:
    """Chantal's browser."""
    User.objects.filter(pk=ward["chantal"].id).update(must_change_password=False)
    client = Client()
    client.force_login(User.objects.get(pk=ward["chantal"].id))
    return client


def test_a_plan_keeps_its_versions(ward: Ward) -> None:
    """SF100: a renewed plan is the one that counts; the one before stays readable, with who made it and when."""
    first = make_plan(by=ward["chantal"], person=ward.amal, parts=FIRST).record
    make_plan(by=ward["nadia"], person=ward.amal, parts={"reasons": "My son"}, renews=first)
    newest, before = plans(ward, "chantal")
    assert newest.parts == {"reasons": "My son"}
    assert before.parts == FIRST
    assert (newest.who, before.who) != ("", "")
    assert newest.who != before.who


def test_two_who_renew_at_once_lose_nothing(ward: Ward) -> None:
    """SF101: whoever renews a version that is no longer the newest is told, and nothing is overwritten."""
    first = make_plan(by=ward["chantal"], person=ward.amal, parts=FIRST).record
    make_plan(by=ward["nadia"], person=ward.amal, parts={"signs": "I stop eating"}, renews=first)
    for stale in (first, None):
        with pytest.raises(PlanMovedOn):
            make_plan(by=ward["chantal"], person=ward.amal, parts={"signs": "other"}, renews=stale)
    assert len(plans(ward, "chantal")) == 2


@pytest.mark.parametrize("parts", [{}, {"signs": "   "}, {"unknown": "x"}])
def test_an_empty_plan_is_no_plan(ward: Ward, parts: dict[str, str]) -> None:
    """SF102: a plan without a word in a known part is refused."""
    with pytest.raises(PlanIsEmpty):
        make_plan(by=ward["chantal"], person=ward.amal, parts=parts)


def test_who_reads_a_plan(ward: Ward) -> None:
    """SF103: for duties of care with clinical content near the person; for others and the hidden it does not exist."""
    make_plan(by=ward["chantal"], person=ward.amal, parts=FIRST)
    assert set(PLANNERS) == {"community_agent", "nurse", "prescriber", "psychologist", "supervisor"}
    assert plans(ward, "nadia")
    for name in ("tunde", "samir"):
        with pytest.raises(Absent):
            plans(ward, name)
        with pytest.raises(Refused):
            make_plan(by=ward[name], person=ward.amal, parts=FIRST)
    ward.hide("chantal")
    with pytest.raises(Absent):
        plans(ward, "chantal")


def test_a_printed_sheet_betrays_nothing(ward: Ward, settings: Any) -> None:
    """SF104: neither the headings nor the title nor the address of a plan say what it is for."""
    make_plan(by=ward["chantal"], person=ward.amal, parts=dict.fromkeys(PLAN_PARTS, "words"))
    client = signed_in(ward)
    body = client.get(f"/people/{ward.amal}/plan/").content.decode()
    sheet = body[body.index("<main") : body.index("</main>")].casefold()
    for word in ("suicid", "self-harm", "crisis", "safety", "danger", "psych", "karama"):
        assert word not in sheet
    assert all(str(label) in body for label in LABELS.values())
    assert "<title>My plan" in body


def test_a_plan_can_be_written_and_renewed_on_its_page(ward: Ward) -> None:
    """SF105: made and renewed from the pages; a refusal keeps what was typed."""
    client = signed_in(ward)
    address = f"/people/{ward.amal}/plan/renew/"
    refused = client.post(address, {"renewed": ""})
    assert refused.status_code == 422
    assert "Nothing is written" in refused.content.decode()
    assert client.post(address, {"coping": "Walk", "renewed": ""}).status_code == 302
    late = client.post(address, {"coping": "Typed in vain", "renewed": ""})
    assert "Typed in vain" in late.content.decode()
    newest = SafetyPlan.objects.get()
    assert client.post(address, {"coping": "Walk far", "renewed": str(newest.id)}).status_code == 302
    assert [one.parts["coping"] for one in plans(ward, "chantal")] == ["Walk far", "Walk"]


def test_open_alerts_are_open_work_and_the_plan_is_hers_to_read(ward: Ward) -> None:
    """SF106: an open alert must be dealt with before care ends; the readable copy holds the plan, no third person."""
    assert work_open_for(ward.amal) == []
    ward.raised(words="Diego said so")
    assert [one.kind for one in work_open_for(ward.amal)] == ["alert"]
    make_plan(by=ward["chantal"], person=ward.amal, parts=FIRST)
    with reading(by=ward["nadia"], purpose="supervision", route="tests.copy"):
        told = repr([(str(one.title), one.rows) for one in copy_of(by=ward["nadia"], person=ward.amal, language="en")])
    assert "Walk to the river" in told
    assert "Diego" not in told


def test_open_work_tells_nobody_of_an_alert_that_is_kept_from_her(ward: Ward) -> None:
    """SF131: what is open for a person, and how often help was asked for, is told without an alert about the reader
    herself; everybody else sees it."""
    raise_worry(by=ward["chantal"], kind="suicide", person=ward.amal, involves=ward["diego"].id)
    assert work_open_for(ward.amal, ward["diego"]) == []
    assert [one.kind for one in work_open_for(ward.amal, ward["mira"])] == ["alert"]
    assert [one.kind for one in work_open_for(ward.amal)] == ["alert"]
    asked = "How often colleagues were asked to look after you"
    for name, told in (("diego", False), ("mira", True)):
        sections = readable_copy(by=ward[name], person=ward.amal, language="en")
        assert (asked in repr([(str(label), value) for one in sections for label, value in one.rows])) is told
