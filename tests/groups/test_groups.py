"""GR060-GR089: opening a group, who comes onto its list and who needs another one, who facilitates, how it ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from karama.accounts.actions import end_duty
from karama.accounts.models import Posting
from karama.accounts.today import lines_for
from karama.care.actions import record_death
from karama.groups import queries
from karama.groups.actions import (
    add_member,
    begin_cycle,
    end_cycle,
    end_facilitator,
    end_group,
    end_membership,
    name_facilitator,
    open_group,
)
from karama.groups.models import Attendance, CheckIn, Cycle, Group, GroupFacilitator, GroupMember
from karama.journal import Absent, Problem, Refused, guard, reading
from karama.journal.models import AccessPerson
from karama.people.actions import (
    add_family_member,
    add_relation,
    assign,
    begin_family,
    erase_person,
    hide_from,
    join_files,
    record_consent,
)
from karama.people.pages import parts_for
from karama.people.registries import copy_of, work_open_for
from karama.voice.actions import decide_request, record_request
from tests.groups.conftest import Circle, Clinic, amal, as_reader_of, circle, clinic, opened, tapped
from tests.people.conftest import ERASER

__all__ = ["amal", "circle", "clinic"]


def refused_with(code: str) -> Any:
    """A problem of this code."""
    return pytest.raises(Problem, match=code.replace(".", r"\."))


def test_opening_a_group(clinic: Clinic) -> None:
    """GR060: whoever opens a group facilitates it; the number of meetings comes from the pack, never from a draft."""
    group = opened(clinic)
    cycle = Cycle.objects.get(group_id=group)
    assert (cycle.planned, cycle.card, cycle.group.four_ws) == (8, "1", "8.2")
    assert list(GroupFacilitator.objects.values_list("user_id", flat=True)) == [clinic["chantal"].id]
    with refused_with("groups.how_many"):
        opened(clinic, name="Mar", intervention="ncgt")
    assert Cycle.objects.get(group_id=opened(clinic, name="Mar", intervention="ncgt", planned=6)).planned == 6
    peers = opened(clinic, name="Luna", kind="peer_support", form="open", intervention="")
    assert Cycle.objects.get(group_id=peers).planned is None


def test_what_cannot_be_opened(clinic: Clinic) -> None:
    """GR061: a name that tells, a plan the programme does not run, a duty that may not deliver it: refused."""
    with refused_with("groups.name_tells"):
        opened(clinic, name="Mujeres víctimas")
    with refused_with("groups.not_run_here"):
        opened(clinic, intervention="rehabilitation_ten")
    with refused_with("groups.not_run_here"):
        opened(clinic, intervention="")
    with refused_with("groups.no_such_code"):
        opened(clinic, four_ws="9.9")
    nurse = clinic.hire("nuria", "nurse", clinic.here)
    with refused_with("groups.may_not_deliver"):
        open_group(by=nurse, site=clinic.here.id, name="Sol", kind="intervention", intervention="problem_expression")
    assert not Group.objects.exists(), "nothing is left of a group that was refused"
    for name in ("samir", "rojin", "leila", "importer"):
        with pytest.raises(Refused):
            opened(clinic, name)
    with pytest.raises(Refused):
        opened(clinic, "tunde")


def test_the_name_and_for_whom_are_sealed(clinic: Clinic) -> None:
    """GR062: the name of a group and for whom it is stand under seal; the page opens them."""
    group = opened(clinic, age_bands=["18-24"], gender="woman", for_whom="Who sells at the market.")
    row = Group.objects.get(pk=group)
    assert "Río".encode() not in bytes(row.name)
    assert b"market" not in bytes(row.eligibility)
    with as_reader_of(clinic["chantal"]):
        page = queries.group_page(clinic["chantal"], group)
    assert (page.name, page.for_whom, page.rule.gender) == ("Río", "Who sells at the market.", "woman")


def test_for_whom(clinic: Clinic, amal: UUID) -> None:
    """GR063: who is known not to be meant needs a reason; whose age nobody noted is not kept out by it."""
    group = opened(clinic, age_bands=["60+"])
    with refused_with("groups.not_for_whom"):
        add_member(by=clinic["chantal"], group=group, person=amal)
    add_member(by=clinic["chantal"], group=group, person=amal, why="Comes with her grandmother.")
    other = clinic.register(called="Luz", first="Luz", last="Mena", birth_year=None, age_band="unknown")
    add_member(by=clinic["chantal"], group=group, person=other)


def test_places(clinic: Clinic, amal: UUID) -> None:
    """GR064: a full group takes nobody in, nobody stands on a list twice, and nothing goes on in an ended one."""
    group = opened(clinic, capacity=1)
    add_member(by=clinic["chantal"], group=group, person=amal)
    with refused_with("groups.on_the_list"):
        add_member(by=clinic["chantal"], group=group, person=amal)
    other = clinic.register(called="Luz", first="Luz", last="Mena")
    with refused_with("groups.full"):
        add_member(by=clinic["chantal"], group=group, person=other)
    end_group(by=clinic["chantal"], group=group)
    with refused_with("groups.no_cycle"):
        add_member(by=clinic["chantal"], group=group, person=other)
    with refused_with("groups.not_now"):
        end_group(by=clinic["chantal"], group=group)


def test_relatives_need_two_groups(clinic: Clinic, amal: UUID) -> None:
    """GR065: two who belong to each other, by a relation on either page or a family, quiet or not, are told that
    another group is needed, in the same words whatever the reason; where families come together they may both come."""
    group, together = opened(clinic), opened(clinic, name="Mar", together=True)
    said = set()
    for number, tie in enumerate(("hers", "theirs", "family")):
        other = clinic.register(called=f"Luz{number}", first=f"Luz{number}", last="Mena", birth_year=1970 + number)
        if tie == "hers":
            add_relation(by=clinic["chantal"], person=amal, called="a cousin", kin="sibling", other=other, quiet=False)
        elif tie == "theirs":
            add_relation(by=clinic["chantal"], person=other, called="a cousin", kin="sibling", other=amal, quiet=False)
        else:
            begin_family(by=clinic["chantal"], person=amal, agrees="yes", quiet=True)
            add_family_member(by=clinic["chantal"], person=amal, member=other, agrees="yes", quiet=True)
        for one in (group, together):
            if not GroupMember.objects.filter(person_id=amal, cycle__group_id=one).exists():
                add_member(by=clinic["chantal"], group=one, person=amal)
        with pytest.raises(Problem) as refused:
            add_member(by=clinic["chantal"], group=group, person=other)
        said.add((refused.value.code, str(refused.value.what), str(refused.value.do)))
        add_member(by=clinic["chantal"], group=together, person=other)
    assert len(said) == 1
    assert said.pop()[0] == "groups.another_group"


def test_a_facilitator_who_must_not_know(clinic: Clinic, amal: UUID) -> None:
    """GR066: who is hidden from the other facilitator needs another group, in the same words; nobody from whom a member
    is hidden becomes a facilitator."""
    group = opened(clinic)
    name_facilitator(by=clinic["nadia"], group=group, user=clinic["diego"].id)
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id, reason="a relative")
    with refused_with("groups.another_group"):
        add_member(by=clinic["chantal"], group=group, person=amal)
    end_facilitator(by=clinic["chantal"], group=group, user=clinic["diego"].id)
    add_member(by=clinic["chantal"], group=group, person=amal)
    with refused_with("groups.may_not_deliver"):
        name_facilitator(by=clinic["nadia"], group=group, user=clinic["diego"].id)


def test_what_became_known_later(circle: Circle) -> None:
    """GR067: a tie that becomes known later marks both as needing another group, without saying why; whom a facilitator
    must not know of stands on her list no more."""
    one, two = circle.people[:2]
    add_relation(by=circle.clinic["chantal"], person=one, called="a sister", kin="sibling", other=two, quiet=False)
    hide_from(by=circle.clinic["nadia"], person=circle.people[2], user=circle.clinic["diego"].id, reason="a relative")
    by = circle.clinic["nadia"]
    with as_reader_of(by):
        marked = {each.person for each in queries.group_page(by, circle.group).members if each.to_move}
    assert marked == {one, two, circle.people[2]}
    by = circle.clinic["diego"]
    with as_reader_of(by):
        page = queries.group_page(by, circle.group)
        assert circle.people[2] not in {each.person for each in page.members}
        assert queries.groups_of(by)[0].members == 11
        seat = GroupMember.objects.get(person_id=circle.people[2]).id
        with pytest.raises(Absent):
            queries.seat_page(by, seat)


def test_who_puts_whom_on_the_list(circle: Circle) -> None:
    """GR068: whoever is near the group and near the person, and nobody else: not a facilitator who does not work with
    her, not a worker of hers who does not facilitate."""
    person = circle.clinic.register(called="Luz", first="Luz", last="Mena")
    with pytest.raises(Refused):
        add_member(by=circle.clinic["diego"], group=circle.group, person=person)
    other = circle.clinic.hire("marta", "psychologist", circle.clinic.here)
    assign(by=circle.clinic["nadia"], person=person, user=other.id, role="member")
    with pytest.raises(Refused):
        add_member(by=other, group=circle.group, person=person)
    add_member(by=circle.clinic["nadia"], group=circle.group, person=person)


def test_nobody_else_learns_who_is_in_a_group(circle: Circle) -> None:
    """GR069: on the person's page her groups stand for the facilitators and the supervisor of the site; a colleague who
    works with her, and does not facilitate, is not told."""
    person = circle.people[0]
    other = circle.clinic.hire("marta", "psychologist", circle.clinic.here)
    assign(by=circle.clinic["nadia"], person=person, user=other.id, role="member")
    for by, told in ((circle.clinic["chantal"], 1), (circle.clinic["nadia"], 1), (other, 0)):
        with as_reader_of(by):
            shown = [one for one in parts_for(by, person) if "/groups/" in one.body]
        assert len(shown) == told, by.duty
    assert not [one for one in work_open_for(person) if "groups" in one.url]


def test_one_or_two_facilitate(clinic: Clinic) -> None:
    """GR070: no third facilitator, and the last one goes only after another has come; who went sees nothing more."""
    group = opened(clinic)
    marta = clinic.hire("marta", "psychologist", clinic.here)
    with refused_with("groups.pair"):
        end_facilitator(by=clinic["chantal"], group=group, user=clinic["chantal"].id)
    name_facilitator(by=clinic["chantal"], group=group, user=clinic["diego"].id)
    with refused_with("groups.pair"):
        name_facilitator(by=clinic["nadia"], group=group, user=marta.id)
    with refused_with("groups.not_now"):
        name_facilitator(by=clinic["nadia"], group=group, user=clinic["diego"].id)
    end_facilitator(by=clinic["nadia"], group=group, user=clinic["chantal"].id)
    for who in (clinic["tunde"], clinic["rojin"], clinic["nadia"]):
        with refused_with("groups.may_not_deliver"):
            name_facilitator(by=clinic["nadia"], group=group, user=who.id)
    with as_reader_of(clinic["chantal"]), pytest.raises(Absent):
        queries.group_page(clinic["chantal"], group)


def test_cycles(circle: Circle) -> None:
    """GR071: a cycle ends with everybody finished; the next one begins with a new list, or with theirs; two are never
    open at once."""
    by = circle.clinic["chantal"]
    circle.record()
    with refused_with("groups.cycle_open"):
        begin_cycle(by=by, group=circle.group, intervention="problem_expression")
    end_membership(by=by, seat=GroupMember.objects.get(person_id=circle.people[0]).id, why="moved")
    end_cycle(by=by, group=circle.group)
    assert set(GroupMember.objects.values_list("why", flat=True)) == {"finished", "moved"}
    with refused_with("groups.no_cycle"):
        circle.record()
    begin_cycle(by=by, group=circle.group, intervention="problem_expression", keep_members=True)
    assert GroupMember.objects.filter(cycle=circle.cycle).count() == 11
    assert circle.cycle.number == 2
    assert circle.record(states={}).meeting.number == 1
    with guard.suspended("a test"), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE groups_cycle SET ended_on = NULL")


def test_after_a_death(circle: Circle) -> None:
    """GR072: after a death nobody is asked how they are, the place on the list ends, and what was stays."""
    circle.record(number=4)
    person = circle.people[0]
    assert [one for one in work_open_for(person) if "/groups/check-ins/" in one.url]
    record_death(by=circle.clinic["chantal"], person=person, suspected="none")
    assert CheckIn.objects.get(person_id=person).state == "ended"
    assert GroupMember.objects.get(person_id=person).why == "died"
    assert Attendance.objects.filter(person_id=person).count() == 1
    circle.record("diego", number=4, states={1: "present"})
    assert CheckIn.objects.get(person_id=person).state == "ended"


def test_a_meeting_written_down_after_a_death(circle: Circle) -> None:
    """GR080: somebody who came and has died since is kept in what was, and nobody is sent to ask how she is."""
    person = circle.people[0]
    record_death(by=circle.clinic["chantal"], person=person, suspected="none")
    circle.record(number=4)
    assert not CheckIn.objects.filter(person_id=person).exists()
    assert CheckIn.objects.exists()


def test_while_a_record_rests(circle: Circle) -> None:
    """GR073: while a record rests nobody asks; the place on the list stays, as the care that is wanted goes on."""
    circle.record(number=4)
    made = record_request(
        by=circle.clinic["chantal"], person=circle.people[0], right="restrict", checked="known"
    ).record
    decide_request(by=circle.clinic["leila"], rights=made, decision="granted")
    assert CheckIn.objects.get(person_id=circle.people[0]).state == "ended"
    assert GroupMember.objects.get(person_id=circle.people[0]).until_on is None


def test_joined_files_are_one(circle: Circle) -> None:
    """GR074: of two files that are joined the place and the open check-in go to the one that remains; attendance counts
    once, under that one."""
    circle.record(number=4, states={0: "present"})
    kept = circle.clinic.register(called="Luz", first="Luz", last="Mena")
    join_files(by=circle.clinic["nadia"], person=circle.people[0], into=kept, reason="the same person")
    assert tapped(circle, 4) == {kept: "present"}
    assert GroupMember.objects.get(person_id=kept, until_on__isnull=True).cycle == circle.cycle
    assert CheckIn.objects.get(person_id=kept).state == "open"
    assert CheckIn.objects.get(person_id=circle.people[0]).state == "ended"


def test_erased_leaves_the_meeting(circle: Circle) -> None:
    """GR075: an erased person leaves no row in this room; the meeting and the others in it stay."""
    circle.record(number=4, walk_ins=1)
    person = circle.people[0]
    erase_person(by=ERASER, person=person, reason="asked for it")
    for model in (Attendance, CheckIn, GroupMember):
        assert not model.objects.filter(person_id=person).exists()
    assert len(tapped(circle, 4)) == 11


def test_her_copy(circle: Circle) -> None:
    """GR076: her readable copy tells on which days she came; neither the group nor anybody else is named in it."""
    circle.record(states={0: "present", 1: "absent"})
    by = circle.clinic["diego"]
    with as_reader_of(by):
        sections = copy_of(by=by, person=circle.people[0], language="en")
    (own,) = [one for one in sections if str(one.title) == "Meetings of groups"]
    assert [str(value) for _label, value in own.rows] == ["You came"]
    assert "Río" not in str(own.rows)


def test_names_as_each_chose(circle: Circle) -> None:
    """GR077: facilitators see what a person wants to be called; of a coded one the code and nothing else."""
    coded = circle.clinic.register(identity_mode="coded", first="", last="", birth_year=None)
    add_member(by=circle.clinic["chantal"], group=circle.group, person=coded)
    by = circle.clinic["diego"]
    with as_reader_of(by):
        told = {one.person: one.called for one in queries.group_page(by, circle.group).members}
    assert told[circle.people[0]] == "Ana0"
    assert told[coded] == ""
    assert AccessPerson.objects.filter(person_id=circle.people[0], access__actor_id=by.id).exists()


def test_consent_to_share_is_no_condition(circle: Circle) -> None:
    """GR078: refusing to share anything takes nobody off a list and keeps nobody from one."""
    person = circle.clinic.register(called="Luz", first="Luz", last="Mena")
    record_consent(by=circle.clinic["chantal"], person=person, purpose="share", decision="no", method="verbal")
    add_member(by=circle.clinic["chantal"], group=circle.group, person=person)
    with reading(by=circle.clinic["chantal"], purpose="care", route="tests.groups"):
        assert person in {one.person for one in queries.group_page(circle.clinic["chantal"], circle.group).members}


def test_a_facilitator_leaves(circle: Circle) -> None:
    """GR079: whoever leaves the site facilitates nothing there any more; a group that has nobody then stands on its
    supervisor's Today, and on nobody else's."""
    for name in ("chantal", "diego"):
        assert not [one for one in lines_for(circle.clinic["nadia"]) if "/facilitators/" in one.url]
        posting = Posting.objects.get(user_id=circle.clinic[name].id)
        end_duty(by=circle.clinic["samir"], posting=posting.id)
    assert not GroupFacilitator.objects.filter(until_on__isnull=True).exists()
    assert [one for one in lines_for(circle.clinic["nadia"]) if "/facilitators/" in one.url]
    assert not [one for one in lines_for(circle.clinic["tunde"]) if "/groups/" in one.url]
