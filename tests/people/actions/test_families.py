"""Who belongs to a person, and families whose secrets stay apart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.journal import Absent, Problem, Refused, reading
from karama.people.actions import (
    add_family_member,
    add_relation,
    assign,
    begin_family,
    end_relation,
    erase_person,
    hide_from,
    leave_family,
    set_family_answer,
)
from karama.people.models import Family, FamilyMember, Relation
from karama.people.queries import FamilyPage, family_page
from tests.people.conftest import ERASER, Clinic


@pytest.fixture
def sister(clinic: Clinic) -> UUID:
    """Amal's sister, registered by Chantal too."""
    return clinic.register(first="Salma", birth_year=1995)


def see(clinic: Clinic, name: str, person: UUID) -> FamilyPage:
    with reading(by=clinic[name], purpose="care", route="tests"):
        return family_page(clinic[name], person)


def relate(clinic: Clinic, person: UUID, name: str = "chantal", **said: Any) -> UUID:
    usual = {"called": "My sister", "kin": "sibling"}
    made = add_relation(by=clinic[name], person=person, **(usual | said)).record
    assert made is not None
    return made


def test_nothing_is_safe_unless_it_was_said(clinic: Clinic, amal: UUID) -> None:
    """PE220: somebody noted in words only may not know and is never contacted until the person says otherwise."""
    relate(clinic, amal)
    shown = see(clinic, "chantal", amal).relatives[0]
    assert (shown.fields["mention"], shown.fields["reach"], shown.other) == ("never", "never", None)
    row = Relation.objects.get()
    assert row.called is not None
    assert b"sister" not in bytes(row.called)
    with pytest.raises(Problem):
        relate(clinic, amal, called="")


def test_a_link_is_shown_to_whom_both_files_are_open(clinic: Clinic, amal: UUID, sister: UUID) -> None:
    """PE221: who may not see the other file sees exactly what somebody without a file looks like."""
    relate(clinic, amal, other=sister, quiet=False)
    relate(clinic, amal, called="My aunt", kin="relative")
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    assert see(clinic, "chantal", amal).relatives[0].other == sister
    for one in see(clinic, "diego", amal).relatives:
        assert (one.other, one.code) == (None, "")
    hide_from(by=clinic["nadia"], person=sister, user=clinic["chantal"].id)
    assert all(one.other is None for one in see(clinic, "chantal", amal).relatives)
    with pytest.raises(Absent):
        see(clinic, "chantal", sister)


def test_what_one_says_stands_on_no_other_page(clinic: Clinic, amal: UUID, sister: UUID) -> None:
    """PE222: the link back says that the two belong together, in no words of the other, and ends with the link."""
    made = relate(clinic, amal, other=sister, quiet=False, note="She hits me.", called="The hitter")
    back = see(clinic, "chantal", sister).relatives
    assert [(one.other, one.fields["kin"]) for one in back] == [(amal, "sibling")]
    assert "hit" not in repr(back)
    assert back[0].fields["mention"] == "ask"
    end_relation(by=clinic["chantal"], person=amal, relation=made)
    assert see(clinic, "chantal", sister).relatives == []
    with pytest.raises(Absent):
        end_relation(by=clinic["chantal"], person=amal, relation=made)


def test_a_quiet_relation_leaves_no_trace_on_the_other_page(clinic: Clinic, amal: UUID, sister: UUID) -> None:
    """PE223: quiet, or with a coded person on either side: no link in clear and nothing on the other's page."""
    coded = clinic.register(identity_mode="coded", first="", last="", birth_year=None)
    relate(clinic, amal, other=sister, quiet=True)
    relate(clinic, coded, other=sister, quiet=False)
    relate(clinic, sister, other=coded, quiet=False)
    assert set(Relation.objects.values_list("other_id", "quiet")) == {(None, True)}
    assert len(see(clinic, "chantal", sister).relatives) == 1
    assert see(clinic, "chantal", coded).relatives[0].other is None


def test_absent_hidden_and_foreign_cannot_be_linked_alike(clinic: Clinic, amal: UUID, sister: UUID) -> None:
    """PE224: linking to nobody, to somebody elsewhere, hidden, or to oneself is refused with the same words."""
    foreign = clinic.register("tunde")
    hide_from(by=clinic["nadia"], person=sister, user=clinic["chantal"].id)
    begin_family(by=clinic["chantal"], person=amal)
    told = set()
    for other in (UUID(int=5), foreign, sister, amal):
        for call in (
            lambda one=other: relate(clinic, amal, other=one, quiet=False),
            lambda one=other: add_family_member(by=clinic["chantal"], person=amal, member=one),
        ):
            with pytest.raises(Problem) as refused:
                call()
            told.add((refused.value.code, str(refused.value.what), refused.value.status))
    assert len(told) == 1
    with pytest.raises(Refused):
        relate(clinic, amal, "tunde")


def test_each_member_answers_for_herself(clinic: Clinic, amal: UUID, sister: UUID) -> None:
    """PE225: together only when each has said yes; one member's page tells the link and nothing else of another."""
    begin_family(by=clinic["chantal"], person=amal, agrees="yes")
    add_family_member(by=clinic["chantal"], person=amal, member=sister)
    assert not see(clinic, "chantal", amal).together
    set_family_answer(by=clinic["chantal"], person=sister, agrees="no")
    shown = see(clinic, "chantal", amal)
    assert (shown.agrees, shown.together, [one.id for one in shown.members]) == ("yes", False, [sister])
    assert not hasattr(shown.members[0], "agrees")
    set_family_answer(by=clinic["chantal"], person=sister, agrees="yes")
    assert see(clinic, "chantal", amal).together
    with pytest.raises(Problem):
        begin_family(by=clinic["chantal"], person=sister)
    leave_family(by=clinic["chantal"], person=sister)
    assert see(clinic, "chantal", amal).members == []
    assert Family.objects.get().ended_on is None
    leave_family(by=clinic["chantal"], person=amal)
    assert Family.objects.get().ended_on is not None
    with pytest.raises(Absent):
        leave_family(by=clinic["chantal"], person=amal)


def test_a_quiet_member_stands_on_no_other_page(clinic: Clinic, amal: UUID, sister: UUID) -> None:
    """PE226: for violence and key populations not even the link is shown, to whoever opens another member's page."""
    begin_family(by=clinic["chantal"], person=amal, agrees="yes")
    add_family_member(by=clinic["chantal"], person=amal, member=sister, agrees="no", quiet=True)
    for name in ("chantal", "nadia"):
        assert see(clinic, name, amal).members == []
    assert [one.id for one in see(clinic, "chantal", sister).members] == [amal]
    coded = clinic.register(identity_mode="coded", first="", last="", birth_year=None)
    add_family_member(by=clinic["chantal"], person=amal, member=coded)
    assert FamilyMember.objects.get(person_id=coded).quiet
    assert see(clinic, "chantal", amal).members == []


def test_a_member_hidden_from_the_reader_is_absent(clinic: Clinic, amal: UUID, sister: UUID) -> None:
    """PE227: a hidden member is in no list and changes no word of the other member's page."""
    begin_family(by=clinic["chantal"], person=amal, agrees="yes")
    before = see(clinic, "nadia", amal)
    add_family_member(by=clinic["chantal"], person=amal, member=sister, agrees="no")
    hide_from(by=clinic["leila"], person=sister, user=clinic["nadia"].id)
    assert see(clinic, "nadia", amal) == before


def test_erasing_one_takes_the_link_off_the_other(clinic: Clinic, amal: UUID, sister: UUID) -> None:
    """PE228: when a member is erased, her rows go and the other's page keeps only the other's own words."""
    relate(clinic, amal, other=sister, quiet=False)
    begin_family(by=clinic["chantal"], person=amal)
    add_family_member(by=clinic["chantal"], person=amal, member=sister)
    erase_person(by=ERASER, person=sister, reason="asked for")
    assert list(Relation.objects.values_list("person_id", "other_id")) == [(amal, None)]
    assert list(FamilyMember.objects.values_list("person_id", flat=True)) == [amal]
    assert see(clinic, "chantal", amal).relatives[0].fields["called"] == "My sister"
