"""Two files of one person."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.journal import Absent, Problem, Refused, reading
from karama.people.actions import (
    assign,
    hide_from,
    join_files,
    record_consent,
    separate_files,
    set_contact_rules,
    withdraw_consent,
)
from karama.people.models import ContactRules, HiddenFrom, Person
from karama.people.queries import find, may, person_in_reach, person_page
from tests.people.conftest import Clinic


@pytest.fixture
def second(clinic: Clinic) -> UUID:
    """Amal again, registered by Diego under another spelling."""
    return clinic.register("diego", first="Aml", last="Hadad")


def agreed(clinic: Clinic, person: UUID, purpose: str) -> bool:
    with reading(by=clinic["nadia"], purpose="supervision", route="tests"):
        return may(clinic["nadia"], person, purpose).allowed


def test_joining_keeps_both_and_leads_on(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """PE050: after joining, the folded file and its code lead to the remaining one, and nothing is deleted."""
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    folded = Person.objects.get(pk=second)
    assert (folded.status, folded.merged_into_id) == ("merged_into", amal)
    assert find(clinic["chantal"], code=folded.code) == amal
    with reading(by=clinic["diego"], purpose="care", route="tests"):
        assert person_page(clinic["diego"], second).moved_to == amal
    with pytest.raises(Absent):
        person_in_reach(clinic["diego"], amal)


def test_hidden_from_either_is_hidden_from_both(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """PE051: joining never opens a door: whom one file was hidden from sees neither; separating keeps new cautions."""
    hide_from(by=clinic["nadia"], person=second, user=clinic["chantal"].id)
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    for one in (amal, second):
        with pytest.raises(Absent):
            person_in_reach(clinic["chantal"], one)
    hide_from(by=clinic["nadia"], person=amal, user=clinic["tunde"].id)
    separate_files(by=clinic["nadia"], person=second, reason="two sisters")
    hidden = set(HiddenFrom.objects.filter(lifted_at__isnull=True).values_list("person_id", "user_id"))
    assert (amal, clinic["chantal"].id) not in hidden
    assert {(second, clinic["chantal"].id), (amal, clinic["tunde"].id), (second, clinic["tunde"].id)} <= hidden


def test_two_contacts_mean_neither(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """PE052: two different safe contacts mean neither until she decides; separating gives each file its own again."""
    set_contact_rules(by=clinic["chantal"], person=amal, channel="call", address="111")
    set_contact_rules(by=clinic["diego"], person=second, channel="call", address="222")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    rules = ContactRules.objects.get(person_id=amal)
    assert (rules.channel, rules.address) == ("undecided", None)
    separate_files(by=clinic["nadia"], person=second, reason="two sisters")
    rules = ContactRules.objects.get(person_id=amal)
    with reading(by=clinic["nadia"], purpose="care", route="tests"):
        assert (rules.channel, rules.unseal("address")) == ("call", "111")


def test_the_stricter_consent_counts(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """PE053: after joining a yes counts only if both files allow it; asking again afterwards settles it."""
    for person, name in ((amal, "chantal"), (second, "diego")):
        record_consent(by=clinic[name], person=person, purpose="care", decision="yes", method="verbal")
    grant = record_consent(by=clinic["chantal"], person=amal, purpose="research", decision="yes", method="verbal")
    assert grant.record
    assert agreed(clinic, amal, "research")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    assert agreed(clinic, amal, "care")
    assert not agreed(clinic, amal, "research")
    record_consent(by=clinic["chantal"], person=amal, purpose="research", decision="yes", method="verbal")
    assert agreed(clinic, amal, "research")


def test_a_withdrawal_of_either_counts(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """PE054: what was taken back in the folded file is taken back in the remaining one, until it is cited."""
    record_consent(by=clinic["chantal"], person=amal, purpose="care", decision="yes", method="verbal")
    grant = record_consent(by=clinic["diego"], person=second, purpose="care", decision="yes", method="verbal").record
    assert grant is not None
    withdraw_consent(by=clinic["diego"], person=second, consent=grant)
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    assert not agreed(clinic, amal, "care")
    with pytest.raises(Problem) as refused:
        record_consent(by=clinic["chantal"], person=amal, purpose="care", decision="yes", method="verbal")
    assert refused.value.code == "people.consent_must_cite"


def test_who_may_join(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """PE055: only a supervisor who reaches both files joins them, never a file with itself or one that was joined."""
    foreign = clinic.register("tunde", first="Amal")
    with pytest.raises(Refused):
        join_files(by=clinic["chantal"], person=second, into=amal, reason="same card")
    with pytest.raises(Refused):
        join_files(by=clinic["nadia"], person=second, into=foreign, reason="same card")
    for person, into in ((amal, amal),):
        with pytest.raises(Problem) as refused:
            join_files(by=clinic["nadia"], person=person, into=into, reason="same card")
        assert refused.value.code == "people.cannot_join"
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    with pytest.raises(Problem) as again:
        join_files(by=clinic["nadia"], person=amal, into=second, reason="back")
    assert again.value.code == "people.cannot_join"
    with pytest.raises(Refused):
        assign(by=clinic["nadia"], person=second, user=clinic["chantal"].id)
