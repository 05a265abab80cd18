"""What holds of one file holds of every file that was joined with it: who is kept away, where she is met, how old."""

from __future__ import annotations

from uuid import UUID

import pytest

from karama.journal import Absent, Actor, reading
from karama.people import deciding
from karama.people.actions import (
    accept_transfer,
    ask_best_interest,
    assign,
    decide_best_interest,
    hide_from,
    hold_file,
    join_files,
    name_guardian,
    propose_transfer,
    separate_files,
    shapes,
)
from karama.people.models import Assignment, BestInterest, HiddenFrom, Person
from karama.people.queries import person_in_reach, person_page, protection, waiting_for_protection
from karama.programme.models import Team
from tests.people.conftest import Clinic


@pytest.fixture
def second(clinic: Clinic) -> UUID:
    """Amal again, registered by Diego under another spelling."""
    return clinic.register("diego", first="Aml", last="Hadad")


def reaches(by: Actor, person: UUID) -> bool:
    """Whether this colleague opens a file, by its own address."""
    try:
        person_in_reach(by, person)
    except Absent:
        return False
    return True


def test_a_held_file_takes_the_other_along(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """PE275: a file that one named team holds stays with that team when it is folded into a usual one: nobody else who
    worked with either opens one of them."""
    team = Team.objects.filter(site=clinic.here)[0]
    head = clinic.hire("zahra", "supervisor", clinic.here, team)
    hold_file(by=clinic["nadia"], person=second, team=team.id)
    join_files(by=head, person=second, into=amal, reason="same card")
    for one in (amal, second):
        assert [name for name in ("chantal", "diego", "nadia") if reaches(clinic[name], one)] == []
        assert reaches(head, one)
    assert not Assignment.objects.filter(person__in=(amal, second), until__isnull=True).exists()


def test_a_caution_said_again_stays(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """PE276: whom she names herself, after the joining had already carried the name over, stays hidden from her when
    the files are separated."""
    tunde = clinic["tunde"].id
    hide_from(by=clinic["nadia"], person=second, user=tunde)
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    hide_from(by=clinic["nadia"], person=amal, user=tunde, reason="She fears him")
    separate_files(by=clinic["nadia"], person=second, reason="two sisters")
    for one in (amal, second):
        assert HiddenFrom.objects.filter(person=one, user_id=tunde, lifted_at__isnull=True).exists()


def test_a_transfer_takes_every_file_along(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """PE277: who is handed to another site is gone from the first one with every file: neither its supervisor nor
    whoever worked with a folded file opens one of them by its old address."""
    sirwan = clinic.hire("sirwan", "supervisor", clinic.elsewhere)
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    assert reaches(clinic["diego"], second)
    asked = propose_transfer(by=clinic["chantal"], person=amal, site=clinic.elsewhere.id, reason="She moves").record
    assert asked is not None
    accept_transfer(by=sirwan, transfer=asked, lead=clinic["tunde"].id, takes_open_work=True)
    for one in (amal, second):
        assert [name for name in ("chantal", "diego", "nadia") if reaches(clinic[name], one)] == []
        assert reaches(sirwan, one)
    assert set(Person.objects.filter(pk__in=(amal, second)).values_list("site_id", flat=True)) == {clinic.elsewhere.id}


def test_the_younger_age_counts(clinic: Clinic) -> None:
    """PE278: whom one of two joined files knows as a child is one; a file that tells no age says nothing against it."""
    told = [{"birth_year": 1990, "age_band": "25-34"}, {"birth_year": 2018, "age_band": "5-9"}]
    grown, child = (clinic.register(first="Lin", last=f"Aziz{n}", **one) for n, one in enumerate(told))
    silent = clinic.register(first="Lin", last="Azizi", birth_year=None, age_band=None)
    nadia = clinic["nadia"]
    join_files(by=nadia, person=silent, into=grown, reason="same card")
    with reading(by=nadia, purpose="care", route="tests"):
        assert not person_page(nadia, grown).minor
    join_files(by=nadia, person=child, into=grown, reason="same card")
    with reading(by=nadia, purpose="care", route="tests"):
        assert person_page(nadia, grown).minor
        assert protection(nadia, grown).stands == "child"


def test_a_guardian_who_is_not_safe_is_known_in_both(clinic: Clinic) -> None:
    """PE279: a guardian whom the folded file calls unsafe stands on the page of the one that remains, and a protection
    duty decides; what it was asked before the joining still waits for it, and can be decided."""
    first, second = (
        clinic.register(first=name, last="Aziz", birth_year=2018, age_band="5-9") for name in ("Lin", "Lina")
    )
    nadia = clinic["nadia"]
    name_guardian(by=nadia, person=first, called="Uncle", kin="relative", trust="unsafe", reason="He hits her")
    asked = ask_best_interest(by=nadia, person=first, purpose="care", assent=True, reason="She wants to come").record
    assert asked is not None
    join_files(by=nadia, person=first, into=second, reason="same card")
    with reading(by=nadia, purpose="care", route="tests"):
        shown = protection(nadia, second)
        assert [one.fields["trust"] for one in shown.guardians] == ["unsafe"]
        assert shown.decides == "guardian_unsafe"
        assert [one[0] for one in waiting_for_protection(nadia)] == [second]
    decide_best_interest(by=nadia, person=second, request=asked, decision="yes", assent=True, why="She is safe here")
    assert BestInterest.objects.get().state == "decided_yes"
    with reading(by=nadia, purpose="care", route="tests"):
        assert deciding.capacity_of(Person.objects.get(pk=second), "care") == "guardian_unsafe"


def test_a_duty_at_another_site_opens_nothing_here(clinic: Clinic, amal: UUID) -> None:
    """PE280: whoever works with a person opens her file in the duty held where she is met, in none held elsewhere."""
    from karama.accounts.actions import give_duty
    from karama.accounts.queries import actor_of

    diego = clinic["diego"]
    assign(by=clinic["nadia"], person=amal, user=diego.id)
    told = {"user": diego.id, "duty": "psychologist", "work_alias": "Diego", "programme": clinic.programme.id}
    elsewhere = actor_of(give_duty(by=clinic["samir"], site=clinic.elsewhere.id, **told).value)
    assert reaches(diego, amal)
    assert not reaches(elsewhere, amal)


@pytest.fixture
def joined_meanwhile(clinic: Clinic, amal: UUID, second: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """A colleague joins the two files in the moment between the permission of an action and its lock."""
    locked = shapes.locked
    once = [True]

    def later(person: UUID) -> Person:
        if once and person == second:
            once.clear()
            join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
        return locked(person)

    monkeypatch.setattr(shapes, "locked", later)


def test_a_name_said_while_files_are_joined(clinic: Clinic, amal: UUID, second: UUID, joined_meanwhile: None) -> None:
    """PE282: a "do not show to" that meets a joining is kept of both files: nobody opens the other one."""
    hide_from(by=clinic["nadia"], person=second, user=clinic["chantal"].id)
    assert Person.objects.get(pk=second).status == "merged_into"
    assert not any(reaches(clinic["chantal"], one) for one in (amal, second))


def test_a_file_held_while_it_is_joined(clinic: Clinic, amal: UUID, second: UUID, joined_meanwhile: None) -> None:
    """PE283: so is a file that is given to one team in that moment."""
    team = Team.objects.filter(site=clinic.elsewhere)[0]
    hold_file(by=clinic["nadia"], person=second, team=team.id)
    assert set(Person.objects.filter(pk__in=(amal, second)).values_list("held_by_team", flat=True)) == {team.id}
    assert not any(reaches(clinic[name], amal) for name in ("chantal", "diego", "nadia"))
