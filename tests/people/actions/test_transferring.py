"""A person handed from one site to another: nobody is without a lead in between."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.journal import Absent, Actor, Problem, Refused, reading
from karama.people import registries
from karama.people.actions import (
    accept_transfer,
    decline_transfer,
    hide_from,
    hold_file,
    join_files,
    propose_transfer,
    take_back_transfer,
)
from karama.people.header import today
from karama.people.models import Assignment, Person, Transfer
from karama.people.queries import person_in_reach, search, transfers
from tests.people.conftest import Clinic


@pytest.fixture
def sirwan(clinic: Clinic) -> Actor:
    """The supervisor of the other site."""
    return clinic.hire("sirwan", "supervisor", clinic.elsewhere)


def propose(clinic: Clinic, person: UUID, name: str = "chantal", **said: Any) -> UUID:
    usual = {"site": clinic.elsewhere.id, "reason": "She moves to her aunt."}
    made = propose_transfer(by=clinic[name], person=person, **(usual | said)).record
    assert made is not None
    return made


def leads(person: UUID) -> list[UUID]:
    rows = Assignment.objects.filter(person_id=person, until__isnull=True, role="lead")
    return list(rows.values_list("user_id", flat=True))


def test_nothing_changes_until_it_is_accepted(clinic: Clinic, amal: UUID, sirwan: Actor) -> None:
    """PE250: while proposed, site, workers and lists stay; accepted, the new lead has her at once, the old none."""
    asked = propose(clinic, amal)
    assert Person.objects.get(pk=amal).site_id == clinic.here.id
    assert leads(amal) == [clinic["chantal"].id]
    with pytest.raises(Absent):
        person_in_reach(sirwan, amal)
    with reading(by=sirwan, purpose="supervision", route="tests"):
        (line,) = transfers(sirwan).asked
        assert "/people/transfers/" in [one.url for one in today(by=sirwan)]
    assert (line.person, line.reason) == (amal, "She moves to her aunt.")
    accept_transfer(by=sirwan, transfer=asked, lead=clinic["tunde"].id)
    assert Person.objects.get(pk=amal).site_id == clinic.elsewhere.id
    assert leads(amal) == [clinic["tunde"].id]
    assert person_in_reach(clinic["tunde"], amal).id == amal
    for name in ("chantal", "nadia"):
        with pytest.raises(Absent):
            person_in_reach(clinic[name], amal)
    with reading(by=sirwan, purpose="supervision", route="tests"):
        assert today(by=sirwan) == []
    with pytest.raises(Refused):
        accept_transfer(by=clinic["nadia"], transfer=asked, lead=clinic["tunde"].id)
    found = search(clinic["tunde"], first="Amal", last="Haddad", birth_year=1991)
    assert [one.id for one in found] == [amal]


def test_declined_and_taken_back_change_nothing(clinic: Clinic, amal: UUID, sirwan: Actor) -> None:
    """PE251: a no needs a reason and leaves everything as it was; so does taking the proposal back."""
    asked = propose(clinic, amal)
    with pytest.raises(Problem) as refused:
        decline_transfer(by=sirwan, transfer=asked, reason="")
    assert refused.value.code == "people.reason_missing"
    decline_transfer(by=sirwan, transfer=asked, reason="No room before May.")
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        assert [one.answer for one in transfers(clinic["nadia"]).proposed] == ["No room before May."]
    propose(clinic, amal, "nadia")
    with pytest.raises(Problem) as refused:
        propose(clinic, amal)
    assert refused.value.code == "people.cannot_transfer"
    take_back_transfer(by=clinic["chantal"], person=amal)
    assert leads(amal) == [clinic["chantal"].id]
    with pytest.raises(Absent):
        take_back_transfer(by=clinic["chantal"], person=amal)


def test_what_is_open_is_taken_knowingly(
    clinic: Clinic, amal: UUID, sirwan: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PE252: alerts and appointments come with her: accepting is refused until the new site says that it takes them."""
    room = registries.Registry("open_work")  # type: ignore[var-annotated]
    room.register("tests", lambda person: [registries.OpenWork("alert", UUID(int=1), "An alert")])
    monkeypatch.setattr(registries, "open_work", room)
    asked = propose(clinic, amal)
    with reading(by=sirwan, purpose="supervision", route="tests"):
        assert [one.kind for one in transfers(sirwan).asked[0].work] == ["alert"]
    with pytest.raises(Problem) as refused:
        accept_transfer(by=sirwan, transfer=asked, lead=clinic["tunde"].id)
    assert refused.value.code == "people.open_work"
    assert leads(amal) == [clinic["chantal"].id]
    accept_transfer(by=sirwan, transfer=asked, lead=clinic["tunde"].id, takes_open_work=True)
    assert leads(amal) == [clinic["tunde"].id]


def test_nobody_is_handed_to_somebody_she_is_hidden_from(clinic: Clinic, amal: UUID, sirwan: Actor) -> None:
    """PE253: the new lead works there and is not on her list; a supervisor on it sees no proposal."""
    asked = propose(clinic, amal)
    for wrong in (UUID(int=3), clinic["diego"].id, sirwan.id):
        if wrong == sirwan.id:
            hide_from(by=clinic["nadia"], person=amal, user=clinic["tunde"].id)
            wrong = clinic["tunde"].id
        with pytest.raises(Problem) as refused:
            accept_transfer(by=sirwan, transfer=asked, lead=wrong)
        assert refused.value.code == "people.not_a_worker"
    hide_from(by=clinic["nadia"], person=amal, user=sirwan.id)
    with reading(by=sirwan, purpose="supervision", route="tests"):
        assert transfers(sirwan).asked == []
        assert today(by=sirwan) == []
    with pytest.raises(Refused):
        accept_transfer(by=sirwan, transfer=asked, lead=sirwan.id)
    with pytest.raises(Refused):
        accept_transfer(by=sirwan, transfer=UUID(int=9), lead=sirwan.id)


def test_who_cannot_be_handed_over(clinic: Clinic, amal: UUID, sirwan: Actor) -> None:
    """PE254: not to the same site, not without a reason, not by somebody without a tie; joined files end it."""
    for said, code in (
        ({"site": clinic.here.id}, "people.cannot_transfer"),
        ({"site": UUID(int=4)}, "people.cannot_transfer"),
        ({"reason": ""}, "people.reason_missing"),
    ):
        with pytest.raises(Problem) as refused:
            propose(clinic, amal, **said)
        assert refused.value.code == code
    for name in ("diego", "tunde", "leila"):
        with pytest.raises(Refused):
            propose(clinic, amal, name)
    other = clinic.register(first="Aml")
    propose(clinic, other)
    join_files(by=clinic["nadia"], person=other, into=amal, reason="same card")
    assert Transfer.objects.get().state == "withdrawn"
    hold_file(by=clinic["nadia"], person=amal, team=clinic.team.id)
    with pytest.raises(Refused):
        propose(clinic, amal, "nadia")
