"""Files that are joined, erased, stopped by a death, left to somebody else, copied for the person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.care.actions import record_death
from karama.journal import clock
from karama.people.actions import erase_person, join_files, record_consent, separate_files
from karama.people.registries import copy_of, work_open_for
from karama.referrals import facts, queries
from karama.referrals.actions import record_step
from karama.referrals.models import Feedback, Packet, Referral, ReferralStep, ReferralTask
from tests.people.conftest import ERASER
from tests.referrals.conftest import Clinic, amal, as_reader, clinic, prepared, says_yes, sent, service
from tests.referrals.test_partner import opened

__all__ = ["amal", "clinic"]


def test_joined_files_lose_no_referral(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF090: after joining the task is with the file that remains, in the same lists, with its steps; what was sent
    opens only as both files allow; separated again nothing breaks."""
    says_yes(clinic, amal, noor)
    referral = prepared(clinic, amal, service(clinic, noor))
    made = sent(clinic, referral)
    assert opened(made, do="accepted").status_code == 200
    other = clinic.register(first="Amal", last="Hadad")
    join_files(by=clinic["nadia"], person=amal, into=other, reason="One person.")
    assert ReferralTask.objects.get(referral_id=referral).person_id == other
    with time_machine.travel(clock.now() + timedelta(days=9), tick=False):
        assert [one.person for one in queries.unknown_arrivals(clinic["chantal"])] == [other]
    with as_reader(clinic["chantal"]):
        page = queries.referral_page(clinic["chantal"], referral)
        assert [one.state for one in page.steps][-1] == "accepted"
        assert page.reason == "Fever since a week."
        assert len([one for line in queries.plan_of(clinic["chantal"], other).sectors for one in line.lines]) == 1
    assert opened(made).status_code == 422, "the other file has no yes"
    says_yes(clinic, other, noor)
    assert opened(made).status_code == 200
    record_step(by=clinic["chantal"], referral=referral, state="arrived", source="person")
    separate_files(by=clinic["nadia"], person=amal, reason="Two after all.")
    with as_reader(clinic["nadia"]):
        assert queries.referral_page(clinic["nadia"], referral).stored == "arrived"
    erase_person(by=ERASER, person=amal, reason="A test.")
    assert not Referral.objects.exists()


def test_an_erasure_leaves_nothing(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF091: an erased person's referrals, steps, packets and what was told back are gone, those of joined files
    too."""
    says_yes(clinic, amal, noor)
    referral = prepared(clinic, amal, service(clinic, noor))
    made = sent(clinic, referral)
    opened(made, do="accepted", said="Come.")
    opened(made, do="only_words", said="Thanks.")
    other = clinic.register(first="Amal", last="Hadad")
    join_files(by=clinic["nadia"], person=amal, into=other, reason="One person.")
    erase_person(by=ERASER, person=other, reason="A test.")
    for model in (Referral, ReferralStep, ReferralTask, Packet, Feedback):
        assert not model.objects.exists(), model
    assert opened(made).status_code == 422


def test_a_death_ends_everything(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF092: after a death nobody asks whether she arrived, and what was sent opens no more."""
    says_yes(clinic, amal, noor)
    referral = prepared(clinic, amal, service(clinic, noor))
    made = sent(clinic, referral)
    waiting = prepared(clinic, amal, service(clinic, noor))
    record_death(by=clinic["chantal"], person=amal, suspected="none", words="")
    assert set(ReferralTask.objects.values_list("state", flat=True)) == {"ended"}
    assert opened(made).status_code == 422
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        assert queries.unknown_arrivals(clinic["nadia"]) == queries.waiting(clinic["chantal"]) == []
    assert waiting


def test_open_referrals_are_open_work(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF093: what is not over is told before a closure, a transfer or a departure; what is over is not."""
    referral = prepared(clinic, amal, service(clinic, noor))
    assert [one.id for one in work_open_for(amal, clinic["nadia"]) if one.kind == "referral"] == [referral]
    record_step(by=clinic["chantal"], referral=referral, state="declined_by_person")
    assert not [one for one in work_open_for(amal) if one.kind == "referral"]


def test_she_reads_where_she_was_referred(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF094: her copy says where she was referred, what came of it and which fields were shared with whom; never the
    name of a colleague."""
    says_yes(clinic, amal, noor)
    sent(clinic, prepared(clinic, amal, service(clinic, noor)))
    with as_reader(clinic["nadia"]):
        sections = copy_of(by=clinic["nadia"], person=amal, language="en")
    text = " ".join(f"{label} {value}" for one in sections if "referred" in str(one.title) for label, value in one.rows)
    for words in ("Clinic by the river: Sent", "Noor Clinic", "Name", "Age"):
        assert words in text
    assert "Chantal" not in text


def test_facts_hold_no_identity(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF095: rows for analytics: a random id, codes and days; nothing of a sealed compartment, nothing prepared
    only."""
    sent(clinic, prepared(clinic, amal, service(clinic, noor)), way="slip")
    sent(clinic, prepared(clinic, amal, service(clinic, noor, "gbv")), way="slip")
    prepared(clinic, amal, service(clinic, noor))
    record_consent(by=clinic["chantal"], person=amal, purpose="report", decision="yes", method="verbal")
    (row,) = facts.referral_rows(by=clinic["rojin"], programme=clinic.programme.id)
    assert (row.direction, row.arrival, row.state, row.barrier) == ("out", "unknown", "sent", "")


def test_sites_are_looked_up_once(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF134: however many referrals are counted, the clock of a site is asked for once."""
    many = []
    for number in (1, 3):
        for _one in range(number):
            sent(clinic, prepared(clinic, amal, service(clinic, noor)), way="slip")
        with CaptureQueriesContext(connection) as asked:
            rows = list(facts.referral_rows(by=clinic["rojin"], programme=clinic.programme.id))
        many.append((len(rows), len(asked)))
    assert [rows for rows, _asked in many] == [1, 4]
    assert many[0][1] == many[1][1]
