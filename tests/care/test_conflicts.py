"""Who takes over is asked whether she is involved: handing over, closing, taking up again, taking over a note."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.care import pathways
from karama.care.actions import (
    answer_closure,
    change_episode_state,
    close_episode,
    hand_over_caseload,
    open_episode,
    review_note,
    supervise,
    write_note,
)
from karama.care.models import Closure
from karama.care.problems import NothingToHandOver
from karama.journal import Problem
from karama.knowledge.pack_pathway import PLAIN
from karama.people.actions import assign, end_assignment
from karama.people.models import Assignment
from karama.safety.ready import related_to
from tests.care.conftest import Clinic
from tests.care.test_course import CLOSING
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]

COUSIN: dict[str, Any] = {"conflict": "declared", "conflict_note": "Her cousin; she agreed."}


@pytest.fixture
def episode(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's episode, active, led by Chantal."""
    found = open_episode(by=clinic["chantal"], person=amal, state="active").record
    assert found is not None
    return found


def stands(person: UUID, user: UUID) -> str:
    return str(Assignment.objects.get(person_id=person, user_id=user, until__isnull=True).conflict)


def related(person: UUID) -> set[UUID]:
    return {user for _person, user in related_to([person])}


def test_a_caseload_is_handed_over_with_the_answers(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA970: on the one screen of a hand-over it is said for whom a receiver is involved; nobody asked is not a no; who
    is marked without a receiver, or without a note, is refused with everything that was typed."""
    by, nadia, diego = clinic["chantal"], clinic["nadia"], clinic["diego"]
    others = [clinic.register(first=one, last="Azad", birth_year=1980) for one in ("Rezan", "Nazdar")]
    client, place = sign_in("nadia"), f"/handover/{by.id}/"
    sent = {one.hex: str(diego.id) for one in (amal, *others)} | {"asked": "yes", "related": str(amal)}
    for more in ({}, {"conflict_note": "Her uncle; she agreed.", amal.hex: ""}):
        refused = client.post(place, sent | more)
        assert refused.status_code == 422
        assert "checked" in text(refused)
    assert client.post(place, sent | {"conflict_note": "Her uncle; she agreed."}).status_code == 302
    assert [stands(one, diego.id) for one in (amal, *others)] == ["accepted", "denied", "denied"]
    assert related(amal) == {diego.id}
    mira = clinic.hire("mira", "psychologist", clinic.here)
    hand_over_caseload(by=nadia, user=diego.id, receivers={amal: mira.id})
    assert stands(amal, mira.id) == "none"
    assert related(amal) == {diego.id}
    with pytest.raises(NothingToHandOver):
        hand_over_caseload(by=nadia, user=mira.id, receivers={amal: nadia.id}, related=[others[0]])


def test_handing_over_to_whoever_was_declared(clinic: Clinic, amal: UUID) -> None:
    """CA971: to a receiver of whom one stands only a supervisor hands over, and it stands after."""
    by, nadia, diego = clinic["chantal"], clinic["nadia"], clinic["diego"]
    assign(by=nadia, person=amal, user=diego.id, **COUSIN)
    end_assignment(by=nadia, person=amal, user=diego.id)
    with pytest.raises(Problem) as refused:
        hand_over_caseload(by=by, user=by.id, receivers={amal: diego.id}, asked=True)
    assert refused.value.code == "people.conflict_of_interest"
    hand_over_caseload(by=nadia, user=by.id, receivers={amal: diego.id}, asked=True)
    assert stands(amal, diego.id) in ("declared", "accepted")


def test_a_closure_asks_about_whoever_takes_over(clinic: Clinic, amal: UUID, episode: UUID) -> None:
    """CA972: a closure that hands on what is open asks; only a supervisor accepts somebody involved."""
    by, nadia, diego = clinic["chantal"], clinic["nadia"], clinic["diego"]
    supervise(by=nadia, user=by.id, site=clinic.here.id, cosigned=True)
    write_note(by=by, person=amal, sections={"seen": "words"})
    with pytest.raises(Problem) as refused:
        close_episode(by=by, episode=episode, handed_to=diego.id, **CLOSING, **COUSIN)
    assert refused.value.code == "people.conflict_of_interest"
    close_episode(by=nadia, episode=episode, handed_to=diego.id, **CLOSING, **COUSIN)
    assert stands(amal, diego.id) == "accepted"


def test_a_closure_that_waits_keeps_what_was_said(
    clinic: Clinic, amal: UUID, episode: UUID, monkeypatch: pytest.MonkeyPatch, sign_in: Any
) -> None:
    """CA973: whoever closes says it of nobody else; whoever approves sees who takes over, and says it of her."""
    by, nadia, diego = clinic["chantal"], clinic["nadia"], clinic["diego"]
    monkeypatch.setattr(pathways, "of_programme", lambda _code: PLAIN)
    supervise(by=nadia, user=by.id, site=clinic.here.id, cosigned=True)
    write_note(by=by, person=amal, sections={"seen": "words"})
    assign(by=nadia, person=amal, user=diego.id)
    with pytest.raises(Problem):
        close_episode(by=by, episode=episode, handed_to=diego.id, **CLOSING, **COUSIN)
    close_episode(by=by, episode=episode, handed_to=diego.id, **CLOSING)
    told = {"conflict": "declared", "conflict_note": "Her landlord too"}
    answer_closure(by=nadia, closure=Closure.objects.get().id, approved=False, words="Not yet", **told)
    assert stands(amal, diego.id) == "accepted"
    mira = clinic.hire("mira", "psychologist", clinic.here)
    close_episode(by=by, episode=episode, handed_to=mira.id, **CLOSING)
    page = text(sign_in("nadia").get(f"/episodes/{episode}/close/"))
    assert "Mira" in page
    assert 'name="conflict"' in page
    closure = Closure.objects.get(answer__isnull=True)
    answer_closure(by=nadia, closure=closure.id, approved=True, **COUSIN)
    assert stands(amal, mira.id) == "accepted"


def test_taking_over_a_note_asks(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA974: a supervisor who takes over by her review says whether she is involved; another accepts her yes."""
    by, nadia = clinic["chantal"], clinic["nadia"]
    supervise(by=nadia, user=by.id, site=clinic.here.id, cosigned=True)
    note = write_note(by=by, person=amal, sections={"seen": "words"}).value
    review_note(by=nadia, note=note.id, decision="asked", words="When?", conflict="none")
    client = sign_in("nadia")
    assert "Are you a relative" in text(client.get(f"/notes/{note.id}/"))
    sent = {"decision": "taken_over", "words": "I will see her.", **COUSIN}
    assert client.post(f"/notes/{note.id}/review/", sent).status_code == 302
    assert stands(amal, nadia.id) == "declared"
    assert related(amal) == {nadia.id}


def test_taking_up_again_asks(clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any) -> None:
    """CA975: whoever takes a closed episode up again or begins one is asked; her yes stands by itself."""
    by, nadia = clinic["chantal"], clinic["nadia"]
    close_episode(by=nadia, episode=episode, **CLOSING)
    client = sign_in("nadia")
    assert "Are you a relative" in text(client.get(f"/episodes/{episode}/"))
    end_assignment(by=nadia, person=amal, user=by.id)
    assert "Are you a relative" in text(client.get(f"/people/{amal}/episodes/new/"))
    opened = client.post(f"/people/{amal}/episodes/new/", COUSIN)
    assert opened.status_code == 302
    assert related(amal) == {nadia.id}
    assert not Assignment.objects.filter(person_id=amal, user_id=nadia.id, until__isnull=True).exists()
    assert "Are you a relative" not in text(client.get(f"/people/{amal}/episodes/new/"))


def test_an_episode_taken_up_again_keeps_the_answer(clinic: Clinic, amal: UUID, episode: UUID) -> None:
    """CA976: taken up again by the one who leads it from now on, a declared conflict stands."""
    by, nadia = clinic["chantal"], clinic["nadia"]
    close_episode(by=nadia, episode=episode, **CLOSING)
    change_episode_state(by=by, episode=episode, state="active", reason="back", **COUSIN)
    assert stands(amal, by.id) == "declared"
