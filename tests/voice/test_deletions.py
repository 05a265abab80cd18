"""Deleting everything by two people, and what remains of it (J4)."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.care.actions import open_episode
from karama.journal import Absent, Problem, Refused, clock
from karama.journal.integrity import check
from karama.people.actions import erase_person, join_files, record_consent
from karama.people.models import Consent, Erasure, Person
from karama.safety.actions import raise_worry, report_incident_about
from karama.security import rotation, vault
from karama.voice import queries
from karama.voice.actions import approve_deletion, decide_request, finish_request, prepare_deletion, send_back_deletion
from karama.voice.counting import counted
from karama.voice.models import DeletionCertificate, RightsRequest
from karama.voice.problems import SomethingOpen
from tests.voice.conftest import Clinic, amal, as_officer, asked, clinic, prepared

__all__ = ["amal", "clinic"]


def test_two_people_delete(clinic: Clinic, amal: UUID) -> None:
    """VO040: J4: prepared by the officer and approved by somebody else the keys are destroyed, every room's rows go,
    decisions stay as codes, and a certificate says who, how much and until when."""
    open_episode(by=clinic["chantal"], person=amal)
    record_consent(by=clinic["chantal"], person=amal, purpose="care", decision="yes", method="verbal", note="words")
    row = prepared(clinic, amal)
    sealed = bytes(Person.objects.get(pk=amal).names)
    with as_officer(clinic["nadia"]):
        shown = queries.preview(clinic["nadia"], row)
    assert {one.room for one in shown.goes} >= {"people", "care", "voice"}
    assert (shown.second, shown.decisions, shown.prepared_by) == (True, 1, "Leila")
    made = approve_deletion(by=clinic["nadia"], rights=row).record
    assert Person.objects.get(pk=amal).status == "erased"
    assert counted(Person.objects.get(pk=amal)) == []
    assert Consent.objects.filter(person_id=amal).count() == 1
    with pytest.raises(vault.Erased):
        vault.open_sealed(amal, "identity", kind=30, row=amal, field="names", ciphertext=sealed)
    assert Erasure.objects.get().unseal("reason") == "asked to be forgotten"
    assert made is not None
    found = queries.certificate_of(clinic["leila"], made)
    assert (found.asked_by, found.prepared_by, found.approved_by) == ("Chantal", "Leila", "Nadia")
    assert dict(found.deleted).keys() >= {"people", "care", "voice"}
    assert found.final_on == rotation.final_on(DeletionCertificate.objects.get().recorded_at)
    assert found.on == clock.day_in_utc()
    assert check() == []


def test_nobody_deletes_alone(clinic: Clinic, amal: UUID) -> None:
    """VO041: neither who wrote it down nor who prepared it approves, the officer erases nobody by herself, and a
    worker, a stranger or an administrator approves nothing."""
    row = prepared(clinic, amal, by="nadia")
    for name in ("nadia", "leila", "chantal", "tunde", "samir"):
        with pytest.raises(Refused):
            approve_deletion(by=clinic[name], rights=row)
    with pytest.raises(Refused):
        erase_person(by=clinic["leila"], person=amal, reason="alone")
    with as_officer(clinic["leila"]):
        assert not queries.preview(clinic["leila"], row).second
    second = clinic.hire("dara", "data_protection_officer")
    approve_deletion(by=second, rights=row)
    assert Person.objects.get(pk=amal).status == "erased"


def test_an_officer_who_asked_and_prepared(clinic: Clinic, amal: UUID) -> None:
    """VO042: an officer who wrote the request down herself may prepare it; a supervisor is then the second person."""
    row = prepared(clinic, amal, by="leila")
    with pytest.raises(Refused):
        approve_deletion(by=clinic["leila"], rights=row)
    approve_deletion(by=clinic["nadia"], rights=row)
    assert DeletionCertificate.objects.get().author_id == clinic["nadia"].id


def test_an_open_alert_is_not_deleted_away(clinic: Clinic, amal: UUID) -> None:
    """VO046: while somebody is looked after because of a danger nothing is deleted; it is said without what it is."""
    row = prepared(clinic, amal, by="chantal")
    raise_worry(by=clinic["chantal"], kind="suicide", person=amal)
    with pytest.raises(SomethingOpen) as told:
        approve_deletion(by=clinic["nadia"], rights=row)
    assert "alert" not in str(told.value).casefold()
    assert Person.objects.get(pk=amal).status == "active"


def test_nothing_is_deleted_unprepared(clinic: Clinic, amal: UUID) -> None:
    """VO043: without preparation, after it was sent back, or for another right, nothing is deleted."""
    row = asked(clinic, amal, "delete")
    with pytest.raises(Refused):
        approve_deletion(by=clinic["nadia"], rights=row)
    for decision in ("granted", "partly"):
        with pytest.raises(Problem):
            decide_request(by=clinic["leila"], rights=row, decision=decision, reason="claim", words="x")
    with pytest.raises(Problem):
        prepare_deletion(by=clinic["leila"], rights=row, reason=" ")
    prepare_deletion(by=clinic["leila"], rights=row, reason="asked")
    with pytest.raises(Problem):
        finish_request(by=clinic["chantal"], rights=row)
    send_back_deletion(by=clinic["nadia"], rights=row, words="She was not asked alone.")
    with pytest.raises(Problem) as refused:
        approve_deletion(by=clinic["nadia"], rights=row)
    assert refused.value.code == "voice.second_person"
    other = asked(clinic, amal, "correct")
    with pytest.raises(Problem):
        prepare_deletion(by=clinic["leila"], rights=other, reason="slip")
    assert Person.objects.get(pk=amal).status == "active"


def test_joined_files_go_together(clinic: Clinic, amal: UUID) -> None:
    """VO044: a deletion asked for in a file that was joined since takes the remaining file and all joined ones."""
    second = clinic.register("diego", first="Aml")
    row = prepared(clinic, second, by="diego")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    approve_deletion(by=clinic["nadia"], rights=row)
    assert set(Person.objects.values_list("status", flat=True)) == {"erased"}
    assert not RightsRequest.objects.exists()


def test_a_certificate_is_the_officers(clinic: Clinic, amal: UUID) -> None:
    """VO045: a certificate is absent for everybody but an officer of its programme."""
    made = approve_deletion(by=clinic["nadia"], rights=prepared(clinic, amal)).record
    assert made is not None
    from dataclasses import replace

    far = replace(clinic["leila"], programmes=frozenset({UUID(int=4)}))
    with pytest.raises(Absent):
        queries.certificate_of(far, made)
    assert queries.certificates(far) == {}
    assert list(queries.certificates(clinic["leila"]).values()) == [made]


def test_a_count_tells_of_nothing_that_is_kept_from_the_reader(clinic: Clinic, amal: UUID) -> None:
    """VO202: what a deletion would take away is told to a supervisor without the incident and the alert that are kept
    from her; the officer reads both."""
    nadia = clinic["nadia"]
    row = prepared(clinic, amal)

    def of_safety(name: str) -> int:
        with as_officer(clinic[name]):
            return sum(one.count for one in queries.preview(clinic[name], row).goes if one.room == "safety")

    raise_worry(by=clinic["chantal"], kind="violence_at_home", person=amal, involves=nadia.id)
    told = {"kind": "staff", "words": "She shouted at her", "involved": [nadia.id]}
    report_incident_about(by=clinic["chantal"], person=amal, **told)
    assert (of_safety("nadia"), of_safety("leila")) == (0, 2)
