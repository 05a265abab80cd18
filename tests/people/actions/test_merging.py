"""Two files of one person."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db.models import QuerySet

from karama.journal import Absent, Problem, Refused, clock, guard, reading
from karama.people.actions import (
    assign,
    hide_from,
    hold_file,
    join_files,
    record_consent,
    separate_files,
    set_contact_rules,
    unhide,
    withdraw_consent,
)
from karama.people.models import Assignment, ContactRules, HiddenFrom, Person
from karama.people.queries import find, may, person_in_reach, person_page
from karama.programme.models import Team
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


@pytest.fixture
def chain(clinic: Clinic, amal: UUID, second: UUID) -> list[UUID]:
    """Three files of one person, each folded into the next; Diego works with the first one."""
    third = clinic.register("diego", first="Amel", last="Haddad")
    join_files(by=clinic["nadia"], person=third, into=second, reason="same card")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    return [third, second, amal]


def test_hiding_afterwards_hides_every_file(clinic: Clinic, chain: list[UUID]) -> None:
    """PE056: whoever is put on the list after files were joined opens none of them, not by an old address either; what
    is lifted is lifted of all, and nobody's work with a folded file comes back."""
    for one in chain[:2]:
        assert person_in_reach(clinic["diego"], one).id == one
    hide_from(by=clinic["nadia"], person=chain[2], user=clinic["diego"].id)
    for one in chain:
        with pytest.raises(Absent):
            person_in_reach(clinic["diego"], one)
    unhide(by=clinic["nadia"], person=chain[2], user=clinic["diego"].id)
    assert not HiddenFrom.objects.filter(lifted_at__isnull=True).exists()
    with pytest.raises(Absent):
        person_in_reach(clinic["diego"], chain[0])


def test_an_old_list_of_the_last_file_counts_for_all(clinic: Clinic, chain: list[UUID]) -> None:
    """PE057: also where only the last file has the entry, as files joined earlier may have it, no folded one opens."""
    hide_from(by=clinic["nadia"], person=chain[2], user=clinic["diego"].id)
    with guard.suspended("as it was kept before"):
        QuerySet(HiddenFrom).filter(person__in=chain[:2]).update(lifted_at=clock.now())
        QuerySet(Assignment).filter(person=chain[0], user=clinic["diego"].id).update(until=None)
    with pytest.raises(Absent):
        person_in_reach(clinic["diego"], chain[0])


def test_holding_holds_every_file(clinic: Clinic, chain: list[UUID]) -> None:
    """PE058: a file given to one named team takes those joined with it along; nobody else opens one of them."""
    team = Team.objects.filter(site__programme=clinic.programme)[0]
    hold_file(by=clinic["nadia"], person=chain[2], team=team.id)
    assert set(Person.objects.filter(pk__in=chain).values_list("reach", "held_by_team")) == {("named_team", team.id)}
    for name in ("nadia", "diego"):
        for one in chain:
            with pytest.raises(Absent):
                person_in_reach(clinic[name], one)
