"""Erasing a person for good."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.journal import ERASED, Absent, Problem, Refused, reading
from karama.journal.models import Change
from karama.people import jobs
from karama.people.actions import erase_person, hide_from, join_files, record_consent, set_contact_rules
from karama.people.models import (
    Assignment,
    Consent,
    ContactRules,
    Erasure,
    HiddenFrom,
    LimitsExplained,
    Merge,
    NameKey,
    Person,
    SeriesKey,
)
from karama.people.queries import find
from karama.security import vault
from tests.people.conftest import ERASER, Clinic


@pytest.mark.django_db(transaction=True)
def test_a_tombstone_without_values_remains(clinic: Clinic, amal: UUID) -> None:
    """PE060: erasing empties every row of hers, keeps a tombstone and her decisions as codes, and closes every door."""
    record_consent(
        by=clinic["chantal"], person=amal, purpose="care", decision="yes", method="verbal", note="in her words"
    )
    set_contact_rules(by=clinic["chantal"], person=amal, channel="call", address="111")
    hide_from(by=clinic["chantal"], person=amal, user=clinic["tunde"].id)
    code = Person.objects.get(pk=amal).code
    erase_person(by=ERASER, person=amal, reason="she asked for it")
    file = Person.objects.get(pk=amal)
    assert (file.status, file.names, file.birth, file.age_band) == ("erased", None, None, None)
    for model in (Assignment, ContactRules, HiddenFrom, LimitsExplained, NameKey, SeriesKey):
        assert not model._default_manager.filter(person_id=amal).exists(), model
    consent = Consent.objects.get(person_id=amal)
    with reading(by=clinic["leila"], purpose="rights", route="tests"):
        assert consent.unseal("note") is ERASED
    with pytest.raises(Absent):
        find(clinic["chantal"], code=code)
    assert Erasure.objects.get().whom == amal
    assert amal not in vault.resume_erasures()


def test_the_journal_can_no_longer_be_opened(clinic: Clinic, amal: UUID) -> None:
    """PE061: the ciphertexts that the journal keeps open with no key any more."""
    person = Person.objects.get(pk=amal)
    sealed = bytes(person.names)
    erase_person(by=ERASER, person=amal, reason="she asked for it")
    assert Change.objects.filter(subject=amal).exists()
    with pytest.raises(vault.Erased):
        vault.open_sealed(amal, "identity", kind=30, row=amal, field="names", ciphertext=sealed)


def test_joined_files_go_together(clinic: Clinic, amal: UUID) -> None:
    """PE062: erasing a person erases the files joined with hers; a folded file is not erased by itself."""
    second = clinic.register("diego", first="Aml")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    with pytest.raises(Problem) as refused:
        erase_person(by=ERASER, person=second, reason="wrong one")
    assert refused.value.code == "people.file_closed"
    erase_person(by=ERASER, person=amal, reason="she asked for it")
    assert set(Person.objects.values_list("status", flat=True)) == {"erased"}
    assert not Merge.objects.exists()


def test_who_may_erase(clinic: Clinic, amal: UUID) -> None:
    """PE063: nobody erases alone, whatever the duty, and nobody without a reason."""
    for name in ("chantal", "nadia", "samir", "tunde", "leila"):
        with pytest.raises(Refused):
            erase_person(by=clinic[name], person=amal, reason="no")
    with pytest.raises(Problem) as refused:
        erase_person(by=ERASER, person=amal, reason=" ")
    assert refused.value.code == "people.reason_missing"


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_erasure_is_finished(clinic: Clinic, amal: UUID) -> None:
    """PE064: keys destroyed and rows still there, as after a power cut: start-up finishes it."""
    vault.erase(amal)
    assert Person.objects.get(pk=amal).status == "active"
    assert jobs.finish_erasures() >= 1
    assert Person.objects.get(pk=amal).status == "erased"
    assert jobs.finish_erasures() == 0
