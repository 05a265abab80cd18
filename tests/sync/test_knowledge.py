"""What a programme knows, on telephones: asked for by digest, sent in small pieces, never more than a duty may know."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import trans_real

from karama.care.actions import remove_wording
from karama.care.models import InstalledWording
from karama.journal import reading
from karama.knowledge.packs import programme as read_pack
from karama.people.words import Told
from karama.programme import packs
from karama.programme.actions import name_responder, set_site_answer
from karama.programme.days import today_at
from karama.rules.scoring.evidence import Evidence
from karama.sync import knowledge, wire
from karama.ui.messages import compile_all
from tests.care.conftest import worded
from tests.field.test_typescript import KNOWLEDGE
from tests.people.conftest import Clinic
from tests.sync.phone import Phone, server

__all__ = ["worded"]
LARGEST = 12_000
"""Packed bytes of one part: some two seconds of a slow line."""
CORE = {"programme", "colleagues", "people", "care", "safety"}


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    knowledge.forget()
    yield
    knowledge.forget()


def asking(by: Any) -> Phone:
    phone = Phone(by).enrol()
    phone.asks_knowledge = True
    return phone


def told(by: Any) -> dict[str, Any]:
    with reading(by=by, purpose="care", route="tests.sync"):
        return {name: part.content for name, part in knowledge.parts_for(by).items()}


def test_older_telephones_are_not_told(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY110: a telephone that does not ask gets no knowledge, and all else as before; one that asks works with a
    server that has none to give."""
    answers: list[dict[str, Any]] = []

    def listening(body: bytes) -> bytes:
        answers.append(json.loads(answer := server(body))["answer"])
        return answer

    phone.server = listening
    phone.sync()
    assert str(amal) in phone.files
    assert all("knowledge" not in one for one in answers)
    younger = asking(clinic["chantal"])

    def of_before(body: bytes) -> bytes:
        request = json.loads(body)
        reply = json.loads(server(body))
        if (reply["answer"] or {}).get("status") == "ok":
            assert "knowledge" in json.loads(request["ask"]["text"])
            del reply["answer"]["knowledge"]
        return json.dumps(reply).encode()

    younger.server = of_before
    younger.sync()
    assert str(amal) in younger.files
    assert younger.knowledge == {}


def test_it_comes_in_pieces_the_smallest_first(clinic: Clinic, amal: UUID) -> None:
    """SY111: parts come the smallest first within the size that was asked for, none is lost, the caseload does not
    wait for all of them, and what is known already does not come again."""
    phone = asking(clinic["chantal"])
    phone.limit = 6_000
    sizes: list[int] = []
    first_file: list[int] = []
    order: list[str] = []

    def counting(body: bytes) -> bytes:
        answer = server(body)
        reply = json.loads(answer)["answer"]
        if "knowledge" in reply:
            sizes.append(len(answer))
            order.extend(reply["knowledge"]["parts"])
            first_file.append(len([one for one in reply["blocks"] if one["person"]]))
        return answer

    phone.server = counting
    phone.sync()
    assert set(phone.knowledge) >= CORE
    assert len(sizes) > 3
    assert any(first_file[:3])
    by_size = sorted(phone.knowledge, key=lambda name: (len(wire.text_of(phone.knows(name)).encode()), name))
    assert order == by_size
    largest = max(len(wire.text_of(phone.knows(name)).encode()) for name in phone.knowledge)
    assert max(sizes) < 6_000 + largest + 2_000
    phone.server = server
    reply = phone.exchange([])
    assert reply["answer"]["knowledge"] == {"parts": {}, "gone": [], "more": False}


def test_what_is_no_more_goes(clinic: Clinic, amal: UUID) -> None:
    """SY112: a part that is not for this duty, or was never there, is named as gone, with one and the same answer."""
    phone = asking(clinic["chantal"])
    phone.sync()
    made_up = {"digest": "0" * 16, "content": {}}
    phone.knowledge |= {"referral secrets": made_up, "instrument:asist_gbv": made_up}
    reply = phone.exchange([])
    assert reply["answer"]["knowledge"]["gone"] == ["instrument:asist_gbv", "referral secrets"]
    assert set(phone.knowledge) >= CORE


def test_it_is_of_a_duty_never_of_a_person(clinic: Clinic, amal: UUID) -> None:
    """SY113: two colleagues of one duty at one site are told the same, from one making; nobody's code, name or file is
    in it."""
    other = clinic.hire("ines", "community_agent", clinic.here)
    first = told(clinic["chantal"])
    with (
        reading(by=other, purpose="care", route="tests.sync"),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        second = {name: part.content for name, part in knowledge.parts_for(other).items()}
    assert first == second
    assert len(asked) <= 1
    text = json.dumps(first, ensure_ascii=False)
    assert str(amal) not in text
    assert "Haddad" not in text
    assert not any(name in text for name in ("chantal", "nadia"))  # names of sign-in; aliases are written Chantal


@pytest.mark.parametrize(
    ("duty", "has", "lacks"),
    [
        ("reception", {"people"}, {"care", "instrument:phq9"}),
        ("interpreter", {"safety"}, {"people", "care", "instrument:phq9"}),
        ("physiotherapist", {"people", "care"}, {"instrument:phq9"}),
        ("psychologist", {"people", "care", "instrument:phq9"}, {"instrument:asist_gbv"}),
    ],
)
def test_a_duty_learns_what_it_needs(duty: str, has: set[str], lacks: set[str], clinic: Clinic) -> None:
    """SY114: what a duty does not do is not on its telephone; whoever may raise a worry knows what to do first."""
    found = told(clinic.hire("new", duty, clinic.here))
    assert has <= set(found)
    assert not lacks & set(found)
    assert len(found["safety"]["worries"]) == 7
    assert all(one["steps"] for one in found["safety"]["worries"])
    assert list(found["safety"]["sites"]) == [str(clinic.here.id)]
    if duty == "physiotherapist":
        assert (found["care"]["techniques"], found["care"]["schedule"], found["safety"]["planParts"]) == ([], [], [])


def test_texts_come_with_their_digest(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """SY115: what is read aloud comes in each language of the pack with the version and the digest a desk writes down;
    words of the house come in the languages of the interface."""
    compile_all()
    monkeypatch.setattr(trans_real, "_translations", {})
    knowledge.forget()
    found = told(clinic["chantal"])["people"]
    pack = read_pack("colombia-community")
    assert found["limits"]["words"] == dict(pack.limits.words)
    spanish = pack.limits.words["es"]
    assert found["limits"]["digests"]["es"] == Told(spanish, pack.limits.version, "es").digest
    cards = {one["purpose"]: one for one in found["consents"]}
    assert [one["purpose"] for one in found["consents"] if one["first"]] == ["care", "notes", "share", "research"]
    assert cards["care"]["version"] == pack.text_versions()["care"]
    assert cards["care"]["titles"]["es"] != cards["care"]["titles"]["en"] == "Care"
    assert {"en", "es", "ar", "fr"} <= set(found["phrases"][0]["words"])
    assert found["modes"] == ["named", "alias", "coded"]


def test_only_confirmed_lines_travel(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """SY116: a line nobody confirmed for these people suggests nothing on a telephone; a confirmed one does."""
    assert told(clinic["chantal"])["care"]["thresholds"] == []
    pack = read_pack("colombia-community")
    sure = replace(pack.thresholds[0], evidence=Evidence(status="verified", source="a study of the tests"))
    monkeypatch.setattr(packs, "programme", lambda code: replace(pack, thresholds=(sure,)))
    knowledge.forget()
    assert told(clinic["chantal"])["care"]["thresholds"] == [
        {"instrument": sure.instrument, "cutoff": sure.cutoff, "suggests": sure.suggests}
    ]


def test_an_instrument_comes_in_the_words_that_are_loaded(clinic: Clinic, worded: Callable[..., None]) -> None:
    """SY117: an instrument of the programme comes with its card; with words only once they are loaded, by language and
    with whether somebody validated them; taken away, they are gone at the next exchange."""
    phone = asking(clinic["chantal"])
    phone.sync()
    part = phone.knows("instrument:phq9")
    assert (part["wording"], part["locked"]) == ({}, "wording")
    assert [one["code"] for one in part["card"]["items"]][0] == "q1"
    worded("phq9")
    worded("phq9", "es", validator="")
    phone.sync()
    part = phone.knows("instrument:phq9")
    assert part["locked"] == ""
    assert {code: one["validated"] for code, one in part["wording"].items()} == {"en": True, "es": False}
    assert part["wording"]["en"]["items"]["q1"].startswith("Our own question")
    assert not part["wording"]["en"]["labelsOnly"]
    for row in InstalledWording.objects.all():
        remove_wording(by=clinic["samir"], instrument=row.instrument, language=row.language)
    phone.sync()
    assert phone.knows("instrument:phq9")["locked"] == "wording"


def answered(clinic: Clinic) -> None:
    """Somebody answers at the first site, with a service that was checked."""
    name_responder(by=clinic["samir"], site=clinic.here.id, user=clinic["diego"].id, role="responder")
    name_responder(by=clinic["samir"], site=clinic.here.id, user=clinic["nadia"].id, role="deputy")
    set_site_answer(
        by=clinic["samir"], site=clinic.here.id, out_of_hours="Llame al turno.", service="Hospital",
        service_contact="Urgencias: +57 300 111 2233", verified_on=today_at(clinic.here.id) - timedelta(days=1),
    )  # fmt: skip


def test_who_answers_and_what_may_be_asked(clinic: Clinic) -> None:
    """SY118: a question about danger is open on a telephone only where the pack asks it and somebody answers now, and
    what is closed is not named; the chain stands by work alias; a number nobody verified is not dialled."""
    closed = told(clinic["chantal"])["safety"]["sites"][str(clinic.here.id)]
    assert closed["questions"] == {}
    answered(clinic)
    found = told(clinic["chantal"])["safety"]["sites"][str(clinic.here.id)]
    assert found["questions"] == {"suicide": True}
    assert [(one["role"], one["alias"]) for one in found["chain"]][:2] == [("responder", "Diego"), ("deputy", "Nadia")]
    assert found["emergencyNumber"] == ""
    assert found["serviceNumbers"] == ["+57 300 111 2233"]
    assert found["outOfHours"] == {"es": "Llame al turno."}
    assert "es" in found["emergency"]


def test_a_change_shows_at_the_next_exchange(clinic: Clinic) -> None:
    """SY119: knowledge is kept ready, never longer than it is true: a site that answers, and a day on which its service
    has not been checked for too long."""
    phone = asking(clinic["chantal"])
    phone.sync()
    answered(clinic)
    phone.sync()
    assert phone.knows("safety")["sites"][str(clinic.here.id)]["questions"] == {"suicide": True}
    set_site_answer(
        by=clinic["samir"], site=clinic.here.id, out_of_hours="Llame.", service="Hospital", service_contact="",
        verified_on=date(2025, 1, 1),
    )  # fmt: skip
    phone.sync()
    assert phone.knows("safety")["sites"][str(clinic.here.id)]["questions"] == {}


def test_it_stays_small(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """SY313: all that a community agent's programme knows, in every language of the interface, is no more than the app
    reckons with, and no part of it is so large that a weak line never brings it over."""
    compile_all()
    monkeypatch.setattr(trans_real, "_translations", {})
    knowledge.forget()
    packed = {name: len(gzip.compress(wire.text_of(part).encode())) for name, part in told(clinic["chantal"]).items()}
    together = len(gzip.compress(wire.text_of(told(clinic["chantal"])).encode()))
    assert KNOWLEDGE - 3_000 < together <= KNOWLEDGE
    assert max(packed.values()) <= LARGEST
