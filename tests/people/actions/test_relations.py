"""Who works with a person, and for whom she does not exist."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.journal import Absent, Problem, Refused
from karama.people.actions import assign, end_assignment, hide_from, hold_file, release_file, unhide
from karama.people.attributes import person_attributes
from karama.people.models import Assignment, HiddenFrom, Person
from karama.people.queries import person_in_reach
from tests.people.conftest import Clinic


def test_a_supervisor_assigns(clinic: Clinic, amal: UUID) -> None:
    """PE020: a supervisor puts a worker of the site in charge; the lead before her becomes a member."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id, role="lead")
    roles = dict(Assignment.objects.filter(until__isnull=True).values_list("user_id", "role"))
    assert roles == {clinic["diego"].id: "lead", clinic["chantal"].id: "member"}
    assert person_in_reach(clinic["diego"], amal).pk == amal
    end_assignment(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    with pytest.raises(Absent):
        person_in_reach(clinic["diego"], amal)


def test_who_is_not_at_the_site_is_not_assigned(clinic: Clinic, amal: UUID) -> None:
    """PE021: a worker of another site, or a duty that does not meet people, cannot be put in charge."""
    for name in ("tunde", "rojin", "samir"):
        with pytest.raises(Problem) as refused:
            assign(by=clinic["nadia"], person=amal, user=clinic[name].id)
        assert refused.value.code == "people.not_a_worker"


def test_a_member_does_not_assign(clinic: Clinic, amal: UUID) -> None:
    """PE022: only the responsible worker and the supervisor change who works with a person."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    with pytest.raises(Refused):
        assign(by=clinic["diego"], person=amal, user=clinic["diego"].id, role="lead")
    with pytest.raises(Refused):
        assign(by=clinic["tunde"], person=amal, user=clinic["tunde"].id)


def test_a_conflict_needs_a_supervisor_and_a_note(clinic: Clinic, amal: UUID) -> None:
    """PE023: a declared conflict of interest is accepted from a supervisor only, with a note."""
    user = clinic["diego"].id
    with pytest.raises(Problem) as refused:
        assign(by=clinic["chantal"], person=amal, user=user, conflict="declared", conflict_note="cousin")
    assert refused.value.code == "people.conflict_of_interest"
    with pytest.raises(Problem) as unsaid:
        assign(by=clinic["nadia"], person=amal, user=user, conflict="declared")
    assert unsaid.value.code == "people.reason_missing"
    made = assign(by=clinic["nadia"], person=amal, user=user, conflict="declared", conflict_note="cousin").value
    assert (made.conflict, made.conflict_note is None) == ("accepted", False)


def test_hidden_means_absent(clinic: Clinic, amal: UUID) -> None:
    """PE024: for whom a person is hidden she does not exist, whatever the duty, and the care of that worker ends."""
    hide_from(by=clinic["nadia"], person=amal, user=clinic["chantal"].id, reason="her aunt")
    with pytest.raises(Absent):
        person_in_reach(clinic["chantal"], amal)
    assert not Assignment.objects.filter(until__isnull=True).exists()
    with pytest.raises(Problem) as refused:
        assign(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    assert refused.value.code == "people.not_a_worker"
    unhide(by=clinic["leila"], person=amal, user=clinic["chantal"].id)
    assert not HiddenFrom.objects.filter(lifted_at__isnull=True).exists()


def test_a_hidden_supervisor_lifts_nothing(clinic: Clinic, amal: UUID) -> None:
    """PE025: whoever a person is hidden from cannot lift it, read the list or reach the file."""
    hide_from(by=clinic["chantal"], person=amal, user=clinic["nadia"].id)
    with pytest.raises(Refused):
        unhide(by=clinic["nadia"], person=amal, user=clinic["nadia"].id)
    with pytest.raises(Absent):
        person_in_reach(clinic["nadia"], amal)


def test_a_held_file_opens_to_its_team_only(clinic: Clinic, amal: UUID) -> None:
    """PE026: a file given to one named team opens to that team and to nobody else, supervisor and worker included."""
    hold_file(by=clinic["nadia"], person=amal, team=clinic.team.id)
    inside = clinic.hire("ines", "psychologist", clinic.elsewhere, clinic.team)
    assert person_in_reach(inside, amal).pk == amal
    for name in ("chantal", "nadia", "diego", "leila", "tunde"):
        with pytest.raises(Absent):
            person_in_reach(clinic[name], amal)
    with pytest.raises(Refused):
        release_file(by=clinic["nadia"], person=amal)
    with pytest.raises(Refused):
        assign(by=clinic["nadia"], person=amal, user=clinic["nadia"].id)


def test_attributes_of_nobody(clinic: Clinic) -> None:
    """PE027: a person who does not exist has no attributes, and no attributes deny everything."""
    assert person_attributes(UUID(int=7)) == {}
    with pytest.raises(Refused):
        assign(by=clinic["nadia"], person=UUID(int=7), user=clinic["diego"].id)
    assert not Person.objects.exists()
