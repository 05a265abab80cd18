"""What groups, outreach, referrals and voice let a telephone know."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from karama.knowledge.pack_voice import Outside, voice_of
from karama.referrals.actions import close_service
from karama.sync import knowledge
from karama.voice import packs as voice_packs
from tests.outreach.conftest import TOWN, field, say_area
from tests.people.conftest import Clinic
from tests.referrals.conftest import service
from tests.sync.test_knowledge import asking, told

__all__ = ["field", "say_area"]


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    knowledge.forget()
    yield
    knowledge.forget()


def test_what_a_facilitator_needs(clinic: Clinic) -> None:
    """SY120: the interventions of the programme come with meetings, activities and fidelity items, marked where they
    still have to be checked; a duty that facilitates nothing has none."""
    found = told(clinic["chantal"])["groups"]
    card = found["interventions"]["problem_expression"]
    assert card["planned"] == 8
    assert card["fidelity"]
    assert all({"code", "names", "atADistance"} <= set(one) for one in card["fidelity"])
    known = {one["code"] for one in card["activities"]}
    assert all({part["code"] for part in one["activities"]} <= known for one in card["meetings"])
    assert {"3.5", "1.2"} <= {one["code"] for one in found["fourWs"]}
    assert "groups" not in told(clinic.hire("rita", "reception", clinic.here))


def test_areas_as_they_are_now(field: Clinic, say_area: Callable[..., Any]) -> None:
    """SY121: an area is on the telephone as it stands now, never who said so and why; of other sites nothing."""
    phone = asking(field["chantal"])
    phone.sync()
    before = {one["code"]: one["state"] for one in phone.knows("outreach")["areas"]}
    assert before[TOWN] == "go"
    say_area("no_go", reason="Fighting at the bridge.")
    phone.sync()
    found = {one["code"]: one for one in phone.knows("outreach")["areas"]}
    assert (found[TOWN]["state"], bool(found[TOWN]["until"])) == ("no_go", True)
    assert {one["site"] for one in found.values()} == {str(field.here.id)}
    text = json.dumps(phone.knowledge, ensure_ascii=False)
    assert "Fighting" not in text


def test_goods_by_neutral_names(field: Clinic) -> None:
    """SY122: what is given out comes by the name that may stand on a sheet; whoever gives nothing out has no list."""
    goods = told(field["chantal"])["outreach"]["goods"]
    assert goods
    assert all(one["names"] for one in goods)
    words = " ".join(name for one in goods for name in one["names"].values()).lower()
    assert not any(word in words for word in ("hiv", "condom", "torture", "mental", "violence"))
    assert "outreach" not in told(field.hire("ivo", "interpreter", field.here))


def test_numbers_of_services_never_a_way(clinic: Clinic) -> None:
    """SY123: the number of a clinic can be dialled; of how to get there nothing travels, and of a shelter or a place
    for survivors not even a number; a closed service is gone."""
    clinic_there = service(clinic, how="Blue gate, street 12 34-56, ask for Rosa, +57 300 555 0101.")
    for sector in ("shelter", "gbv", "child_protection", "protection"):
        service(clinic, sector=sector, provider=f"House {sector}", how="White house at the river, +57 300 555 0199")
    phone = asking(clinic["chantal"])
    phone.sync()
    assert phone.knows("referrals")["numbers"] == {str(clinic_there): ["+57 300 555 0101"]}
    everything = json.dumps([phone.knowledge, [list(map(str, one.rows.items())) for one in phone.files.values()]])
    assert not any(word in everything for word in ("Blue gate", "12 34-56", "Rosa", "White house", "555 0199"))
    assert {one["code"] for one in phone.knows("referrals")["barriers"]} >= {"distance", "cost", "safety"}
    close_service(by=clinic["nadia"], service=clinic_there)
    phone.sync()
    assert phone.knows("referrals")["numbers"] == {}


def test_only_confirmed_people_outside(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """SY124: who outside may be told instead stands on a telephone only once a lead has confirmed it."""
    mine = voice_of("colombia-community")
    sure = Outside({"es": "Defensoría"}, {"es": "Llame al +57 300 555 0142"}, draft=False)
    unsure = Outside({"es": "Alguien"}, {"es": "Llame al +57 300 555 0143"}, draft=True)
    monkeypatch.setattr(voice_packs, "voice_of", lambda code: replace(mine, outside=(unsure, sure)))
    assert told(clinic["chantal"])["voice"]["outside"] == [
        {"names": {"es": "Defensoría"}, "how": {"es": "Llame al +57 300 555 0142"}, "telephone": "+57 300 555 0142"}
    ]
    assert {one["code"] for one in told(clinic["chantal"])["voice"]["kinds"]} == {
        "thanks", "suggestion", "complaint", "sensitive",
    }  # fmt: skip


def test_no_part_holds_anybody(field: Clinic) -> None:
    """SY125: nothing of anybody's file is in what a programme knows, in whatever duty it is asked for."""
    person: UUID = field.register(called="Canary", first="Canary", last="Yellowbird", place="Canary Lane")
    for name in ("chantal", "diego", "nadia", "leila", "rojin", "samir"):
        text = json.dumps(told(field[name]), ensure_ascii=False)
        assert not any(word in text for word in ("Canary", "Yellowbird", str(person), person.hex))
