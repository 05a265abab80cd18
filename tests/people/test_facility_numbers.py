"""The number of a hospital: found exactly, told to nobody else, two files with one number for a human to decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.journal import Absent, Refused, reading
from karama.journal.models import Access
from karama.people.actions import (
    assign,
    correct_identity,
    decide_pair,
    drop_number,
    erase_person,
    hide_from,
    join_files,
    note_number,
    separate_files,
)
from karama.people.models import FacilityNumber, Person, Suggestion
from karama.people.problems import NumberNotKept, NumbersEnough, NumberUnreadable, SearchPause
from karama.people.queries import found_by_number, numbers_of, pairs
from karama.rules import facility_numbers
from tests.people.conftest import ERASER, Clinic

HERS = "HGR-0042/19"


def noted(clinic: Clinic, person: UUID, number: str = HERS, by: str = "chantal") -> FacilityNumber:
    """The number of a person at the site of the tests."""
    row: FacilityNumber = note_number(by=clinic[by], person=person, site=clinic.here.id, facility_no=number).value
    return row


def found(clinic: Clinic, number: str = HERS, by: str = "chantal") -> list[UUID]:
    """Whom this colleague finds by a number."""
    return [one.id for one in found_by_number(clinic[by], site=next(iter(clinic[by].sites)), number=number)]


@pytest.mark.parametrize("typed", ["hgr-0042/19", " HGR - 0042 / 19 ", "HGR‐٠٠٤٢/١٩", "ＨＧＲ-0042/19"])
def test_a_number_is_found_however_it_is_typed(clinic: Clinic, amal: UUID, typed: str) -> None:
    """PE561: J2: a hospital number is found exactly, whatever its capitals, spaces and digits; one sign more, or the
    same number at another site, finds nobody."""
    noted(clinic, amal)
    assert found(clinic, typed) == [amal]
    assert found(clinic, f"{HERS}0") == []
    assert found(clinic, "HGR-004/219") == []
    assert found(clinic, by="tunde") == [], "another site gives numbers of its own"
    theirs = clinic.register("tunde", first="Rezan", facility_no=HERS)
    assert found(clinic, by="tunde") == [theirs]
    assert not Suggestion.objects.exists(), "two hospitals may give one number"
    with pytest.raises(Absent):
        found_by_number(clinic["tunde"], site=clinic.here.id, number=HERS)


@pytest.mark.parametrize("wrong", ["", "  ", "abc", "12 34 <b>", "'; drop", "9" * 41, "-12", "12\u202e34"])
def test_what_can_be_no_number_is_said(clinic: Clinic, amal: UUID, wrong: str) -> None:
    """PE562: what can be no hospital number is refused in a sentence without it, and nothing is kept."""
    with pytest.raises(NumberUnreadable) as told:
        noted(clinic, amal, wrong)
    assert wrong.strip() == "" or wrong not in f"{told.value.what}{told.value.do}"
    with pytest.raises(facility_numbers.BadNumber):
        facility_numbers.plain(wrong)
    assert not FacilityNumber.objects.exists()


def test_somebody_hidden_is_nobody(clinic: Clinic, amal: UUID) -> None:
    """PE563: whoever may not know of a person gets the very answer of a number that nobody has."""
    noted(clinic, amal)
    assert found(clinic, by="diego") == [amal], "at her site she is named in a search, so that nobody has two files"
    hide_from(by=clinic["chantal"], person=amal, user=clinic["diego"].id)
    assert found(clinic, by="diego") == found(clinic, "HGR-9999/19", by="diego") == []


def test_numbers_are_searched_at_the_pace_of_codes(clinic: Clinic, amal: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """PE564: each look by number is written down as a search and counted with the others: too many in an hour wait."""
    before = Access.objects.filter(route="people.search", actor_id=clinic["chantal"].id).count()
    found(clinic)
    assert Access.objects.filter(route="people.search", actor_id=clinic["chantal"].id).count() == before + 1
    monkeypatch.setattr("karama.people.searching.searches_an_hour", lambda _programmes: 1)
    with pytest.raises(SearchPause):
        found(clinic)


def test_two_files_with_one_number_are_never_joined(clinic: Clinic, amal: UUID) -> None:
    """PE565: two files with one number: both are found, a supervisor is asked, nothing is joined by itself, and what
    she decided stays decided."""
    other = clinic.register(first="Rezan", last="Ali", facility_no=HERS)
    noted(clinic, amal)
    assert sorted(found(clinic)) == sorted([amal, other])
    row = Suggestion.objects.get()
    assert (row.state, row.reasons, {row.person_id, row.other_id}) == ("open", "same_number", {amal, other})
    assert not Person.objects.exclude(merged_into=None).exists()
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        assert [one.reasons for one in pairs(clinic["nadia"])] == [("same_number",)]
    decide_pair(by=clinic["nadia"], person=amal, other=other, decision="not_same")
    noted(clinic, amal, "HGR-7")
    noted(clinic, other, "HGR-7")
    assert Suggestion.objects.get().state == "not_same"
    join_files(by=clinic["nadia"], person=other, into=amal, reason="The same after all.")
    assert found(clinic) == [amal], "the number of the folded file leads to the one that remains"


def test_who_keeps_a_number(clinic: Clinic, amal: UUID) -> None:
    """PE566: who works with a person writes her number down, reads it and takes it off; nobody else; of somebody known
    by a code only none is kept; an erasure leaves none."""
    row = noted(clinic, amal)
    assert noted(clinic, amal).id == row.id, "the same again changes nothing"
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        assert [one.number for one in numbers_of(clinic["chantal"], amal)] == [HERS]
    for name in ("diego", "tunde", "rojin", "samir"):
        with pytest.raises((Refused, Absent)):
            noted(clinic, amal, "HGR-1", by=name)
        with pytest.raises((Refused, Absent)):
            drop_number(by=clinic[name], facility_number=row.id)
    with pytest.raises(Refused):
        note_number(by=clinic["chantal"], person=amal, site=clinic.elsewhere.id, facility_no=HERS)
    nameless = clinic.register(identity_mode="coded", first="", last="", birth_year=None)
    with pytest.raises(NumberNotKept):
        noted(clinic, nameless)
    for number in range(9):
        noted(clinic, amal, f"HGR-{number}")
    with pytest.raises(NumbersEnough):
        noted(clinic, amal, "HGR-99")
    drop_number(by=clinic["chantal"], facility_number=row.id)
    assert found(clinic) == []
    erase_person(by=ERASER, person=amal, reason="asked")
    assert not FacilityNumber.objects.exists()


def test_a_number_is_sealed(clinic: Clinic, amal: UUID) -> None:
    """PE567: the number stands in no row that can be read without the person's key, and in no entry of the journal."""
    row = noted(clinic, amal)
    assert HERS.encode() not in bytes(row.digest)
    assert HERS not in repr(FacilityNumber.objects.filter(pk=row.id).values())
    from karama.journal.models import Change, Entry

    told = repr(list(Entry.objects.values())) + repr(list(Change.objects.values()))
    assert "0042" not in told
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    assert found(clinic, by="diego") == [amal]


CODED: dict[str, Any] = {"first": "", "last": "", "birth_year": None}


@pytest.mark.parametrize("mode", ["coded", "anonymous"])
def test_whoever_becomes_a_code_loses_the_number(clinic: Clinic, amal: UUID, mode: Any) -> None:
    """PE640: whoever is known by a code from now on keeps no hospital number in any file: no row of it is left, nobody
    is found by it, and no hint that it fits another file; whoever stays named, or takes an alias, keeps it."""
    second = clinic.register(first="Aml", last="Hadad")
    noted(clinic, second, "HGR-7")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="the same person")
    noted(clinic, amal)
    other = clinic.register(first="Rezan")
    noted(clinic, other)
    assert Suggestion.objects.filter(state="open").count() == 1
    correct_identity(by=clinic["chantal"], person=amal, identity_mode="alias", called="Rose")
    assert FacilityNumber.objects.filter(person__in=[amal, second]).count() == 2
    correct_identity(by=clinic["chantal"], person=amal, identity_mode=mode)
    assert list(FacilityNumber.objects.values_list("person_id", flat=True)) == [other]
    assert found(clinic) == [other]
    assert found(clinic, "HGR-7") == []
    assert not Suggestion.objects.filter(state="open").exists()
    with reading(by=clinic["chantal"], purpose="care", route="test"):
        assert numbers_of(clinic["chantal"], amal) == []


@pytest.mark.parametrize("folds", [True, False])
def test_joining_with_a_code_takes_the_number_away(clinic: Clinic, amal: UUID, folds: bool) -> None:
    """PE641: joining a file with a number and one that is known by a code only leaves no number in either, whichever of
    them remains, and separating them brings none back."""
    nameless = clinic.register(identity_mode="coded", **CODED)
    noted(clinic, amal)
    person, into = (nameless, amal) if folds else (amal, nameless)
    join_files(by=clinic["nadia"], person=person, into=into, reason="the same person")
    assert Person.objects.get(pk=into).identity_mode == "coded"
    assert not FacilityNumber.objects.exists()
    assert found(clinic) == []
    separate_files(by=clinic["nadia"], person=person, reason="two people")
    assert not FacilityNumber.objects.exists()
