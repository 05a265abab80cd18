"""Registering a participant."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from karama.journal import Problem, Refused, batch, clock
from karama.journal.batches import Call
from karama.journal.models import Change, Entry
from karama.people.actions import prepare_people, register_person
from karama.people.actions.series import person_with_key, persons_with_keys
from karama.people.models import Assignment, Consent, ContactRules, LimitsExplained, NameKey, Person
from karama.people.queries import reportable
from karama.people.searching import search_token
from karama.rules import codes
from tests.people.conftest import Clinic


def test_a_code_is_random_and_checked(clinic: Clinic) -> None:
    """PE001: a new person gets a random code that its check character confirms, and no two are the same."""
    people = [Person.objects.get(pk=clinic.register()) for _ in range(3)]
    assert {codes.parse_code(one.code) for one in people} == {one.code for one in people}
    assert len({one.code for one in people}) == 3


def test_the_registering_worker_is_in_charge(clinic: Clinic, amal: UUID) -> None:
    """PE002: whoever works with people is responsible for the person she registers, and the limits card is recorded."""
    (assignment,) = Assignment.objects.filter(person_id=amal)
    assert (assignment.user_id, assignment.role, assignment.until) == (clinic["chantal"].id, "lead", None)
    assert LimitsExplained.objects.get(person_id=amal).how == "read_aloud"


def test_reception_registers_without_care(clinic: Clinic) -> None:
    """PE003: reception registers a person and is not put in charge of her."""
    clinic.hire("rosa", "reception", clinic.here)
    person = clinic.register("rosa")
    assert not Assignment.objects.filter(person_id=person).exists()


def test_search_comes_first(clinic: Clinic) -> None:
    """PE004: nobody is registered before somebody has searched; another worker's search does not count."""
    other = search_token(clinic["diego"], clock.now())
    for token in ("", "x" * 32, other):
        with pytest.raises(Problem) as refused:
            clinic.register(searched=token)
        assert refused.value.code == "people.search_first"
    assert not Person.objects.exists()


def test_limits_come_first(clinic: Clinic) -> None:
    """PE005: a registration says how the limits of confidentiality were explained; putting it off needs a reason."""
    for limits in (None, "postponed"):
        with pytest.raises(Problem) as refused:
            clinic.register(limits=limits)
        assert refused.value.code == "people.reason_missing"
    clinic.register(limits="postponed", limits_reason="no quiet place")


@pytest.mark.parametrize(
    ("mode", "given", "code"),
    [
        ("coded", {"first": "Amal"}, "people.name_not_kept"),
        ("anonymous", {"birth_year": 1991}, "people.name_not_kept"),
        ("coded", {"place": "Mosul"}, "people.name_not_kept"),
        ("named", {}, "people.name_missing"),
        ("alias", {}, "people.name_missing"),
    ],
)
def test_the_identity_mode_is_kept(clinic: Clinic, mode: str, given: dict[str, Any], code: str) -> None:
    """PE006: a coded or anonymous person keeps no name, year or place; a named one has something to be called by."""
    empty = {"first": "", "last": "", "birth_year": None}
    with pytest.raises(Problem) as refused:
        clinic.register(identity_mode=mode, **(empty | given))
    assert refused.value.code == code


def test_only_at_her_site(clinic: Clinic) -> None:
    """PE007: a worker registers at her own site only, and a duty that does not meet people registers nobody."""
    with pytest.raises(Refused):
        clinic.register("chantal", site=clinic.elsewhere.id)
    for name in ("rojin", "samir", "leila"):
        with pytest.raises(Refused):
            clinic.register(name, site=clinic.here.id)


def test_twice_is_once(clinic: Clinic) -> None:
    """PE008: sending the same registration twice makes one person."""
    op = uuid4()
    token = search_token(clinic["chantal"], clock.now())
    first = clinic.register(op_id=op, searched=token)
    assert clinic.register(op_id=op, searched=token) == first
    assert Person.objects.count() == 1


def test_a_used_id_is_refused(clinic: Clinic, amal: UUID) -> None:
    """PE009: the id of a person cannot be registered a second time."""
    with pytest.raises(Problem) as refused:
        clinic.register(person=amal)
    assert refused.value.code == "people.already_registered"


def test_no_name_in_the_file(clinic: Clinic, installation: Path) -> None:
    """PE010: what identifies a person stands nowhere in the database files, in no spelling of the bytes."""
    tokens = ["Zq7canaryfirst", "Zq7canarylast", "Zq7canaryplace", "Zq7canaryphone", "Zq7canarywords"]
    person = clinic.register(
        first=tokens[0], last=tokens[1], place=tokens[2], contact="call", contact_address=tokens[3],
        gender="own_words", gender_words=tokens[4],
    )  # fmt: skip
    assert NameKey.objects.filter(person_id=person).exists()
    if os.environ.get("KARAMA_DATABASE"):
        told = "".join(Change.objects.values_list("fields", flat=True))
        assert not any(token in told for token in tokens)
        return
    for file in (*(installation / "data").iterdir(), *(installation / "keys").iterdir()):
        content = file.read_bytes() if file.is_file() else b""
        for token in tokens:
            assert token.encode() not in content, file.name
            assert token.encode("utf-16-le") not in content, file.name


def test_own_words_for_gender_are_apart(clinic: Clinic) -> None:
    """PE011: a gender in her own words goes into its own compartment; the general field says only `not_said`."""
    person = Person.objects.get(pk=clinic.register(gender="own_words", gender_words="words"))
    assert person._meta.get_field("gender_own").compartment == "kp_sogi"  # type: ignore[union-attr]
    from karama.journal import reading

    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        assert person.unseal("gender") == "not_said"


def test_a_single_name_is_not_indexed(clinic: Clinic) -> None:
    """PE012: an alias, a coded person and one with a single name leave no blind key: they are found by code."""
    empty: dict[str, Any] = {"first": "", "last": "", "birth_year": None}
    clinic.register(identity_mode="alias", **(empty | {"called": "Luna"}))
    clinic.register(identity_mode="coded", **empty)
    clinic.register(last="")
    assert not NameKey.objects.exists()


def test_contact_is_agreed_or_never(clinic: Clinic) -> None:
    """PE013: a channel without a number is refused; "not at all" keeps nothing to reach her by."""
    with pytest.raises(Problem) as refused:
        clinic.register(contact="call")
    assert refused.value.code == "people.contact_unsaid"
    person = clinic.register(contact="never", contact_address="0123")
    rules = ContactRules.objects.get(person_id=person)
    assert (rules.channel, rules.address) == ("never", None)


def test_imports_in_batches(clinic: Clinic) -> None:
    """PE014: an import registers people in one batch with keys made before, one entry each, found by series key."""
    by = clinic["importer"]
    people = prepare_people(20)
    calls = [
        Call(
            register_person,
            by,
            {
                "site": clinic.here.id, "identity_mode": "coded", "person": person, "series": "survey",
                "series_key": f"k{number}", "basis": "ethics approval", "basis_purposes": ["care", "report"],
            },
        )
        for number, person in enumerate(people)
    ]  # fmt: skip
    before = Entry.objects.count()
    outcomes = list(batch(calls))
    assert all(outcome.problem is None for outcome in outcomes)
    assert Entry.objects.count() - before == 20
    programme = clinic.programme.id
    assert person_with_key(programme, "survey", "k7") == people[7]
    assert persons_with_keys(programme, "survey", ["k1", "k2", "none"]) == {"k1": people[1], "k2": people[2]}
    assert person_with_key(programme, "another", "k7") is None
    assert Consent.objects.count() == 40
    assert reportable(people, clock.now()) == set(people)
    assert not Assignment.objects.exists()


def test_a_known_key_is_not_registered_twice(clinic: Clinic) -> None:
    """PE015: the same key in the same series of the same programme is the same person."""
    arguments: dict[str, Any] = {"site": clinic.here.id, "identity_mode": "coded", "series": "s", "series_key": "1"}
    register_person(by=clinic["importer"], **arguments)
    with pytest.raises(Problem) as refused:
        register_person(by=clinic["importer"], **arguments)
    assert refused.value.code == "people.key_taken"
