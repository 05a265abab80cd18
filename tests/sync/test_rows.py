"""Rows that a day without signal needs: lists of groups, alerts one is asked for, replies, referrals, visits."""

from __future__ import annotations

import json
from uuid import UUID

from karama.care.actions import choose_activity, record_visit, review_note, supervise, write_note
from karama.care.models import Activity, NoteReview, NurseVisit
from karama.groups.actions import record_meeting
from karama.groups.models import Attendance, GroupMember, MeetingRecord
from karama.knowledge.value_sets import coded, offered
from karama.people.actions import assign, correct_identity, hide_from
from karama.people.models import Person
from karama.referrals.models import Referral, ReferralStep
from karama.safety.actions import close_alert, raise_alert, record_first_contact, take_alert
from karama.safety.models import Alert, AlertStep
from karama.sync.sending import files_for
from tests.groups.conftest import Circle, circle
from tests.people.conftest import Clinic
from tests.referrals.conftest import prepared, service
from tests.sync.phone import Phone

__all__ = ["circle"]


def text_of(phone: Phone) -> str:
    return json.dumps([list(map(str, held.rows.items())) for held in phone.files.values()], ensure_ascii=False)


def test_a_roster_has_everybody(circle: Circle) -> None:
    """SY130: whoever facilitates has the whole list of the group by code and what to call them, of members on somebody
    else's caseload nothing more; a colleague who does not facilitate has nobody of it, nor has who only oversees it."""
    clinic = circle.clinic
    phone, other = Phone(clinic["diego"]).enrol(), Phone(clinic.hire("salma", "community_agent", clinic.here)).enrol()
    phone.sync()
    other.sync()
    strays = phone.fields("", GroupMember.KIND)
    (mine,) = phone.fields(circle.people[0], GroupMember.KIND)
    assert {one["called"] for one in (*strays, mine)} == {f"Ana{number}" for number in range(12)}
    assert {one["member"] for one in strays} == {str(one) for one in circle.people[1:]}
    assert {one["code"] for one in strays} == set(
        Person.objects.exclude(pk=circle.people[0]).values_list("code", flat=True)
    )
    assert set(phone.files) == {"", str(circle.people[0])}
    assert "Palacios" not in text_of(phone)
    overseeing = Phone(clinic["nadia"]).enrol()
    overseeing.sync()
    for one in (other, overseeing):
        assert one.fields("", GroupMember.KIND) == []
        assert "Ana3" not in text_of(one)


def test_a_roster_follows_who_is_on_it(circle: Circle) -> None:
    """SY131: somebody hidden from her is gone from the list at the next exchange, and a new nickname is there."""
    clinic = circle.clinic
    phone = Phone(clinic["diego"]).enrol()
    phone.sync()
    hide_from(by=clinic["chantal"], person=circle.people[1], user=clinic["diego"].id, reason="cousin")
    told = {"identity_mode": "named", "called": "Luz", "first": "Ana2", "last": "Palacios"}
    correct_identity(by=clinic["chantal"], person=circle.people[2], **told)
    phone.sync()
    names = {one["called"] for one in phone.fields("", GroupMember.KIND)}
    assert "Luz" in names
    assert not {"Ana1", "Ana2"} & names
    assert str(circle.people[1]) not in text_of(phone)


def test_what_was_written_down_of_meetings(circle: Circle) -> None:
    """SY132: the meeting, what was done in it and who came are on the telephone of each facilitator; words are not."""
    clinic = circle.clinic
    attendance = {str(one): "present" for one in circle.people[:5]}
    record_meeting(
        by=clinic["chantal"], group=circle.group, modality="in_person", attendance=attendance, mood=4, walk_ins=2,
        words="Canary in the circle",
    )  # fmt: skip
    phone = Phone(clinic["diego"]).enrol()
    phone.sync()
    (record,) = phone.fields("", MeetingRecord.KIND)
    assert (record["modality"], record["mood"], record["walk_ins"]) == ("in_person", 4, 2)
    assert record["author_id"] == str(clinic["chantal"].id)
    came = [*phone.fields("", Attendance.KIND), *phone.fields(circle.people[0], Attendance.KIND)]
    assert {one["member"] for one in came} == {str(one) for one in circle.people[:5]}
    assert "Canary" not in text_of(phone)


def test_alerts_one_is_asked_for(clinic: Clinic, amal: UUID) -> None:
    """SY133: an open alert is on the telephone of whoever answers for it, by code only, without its kind, and goes when
    it is closed; who is not asked has nothing, nor whom it is kept from."""
    raise_alert(by=clinic["chantal"], person=amal, kind="suicide", grade="now", source="worry", words="Canary words")
    alert = Alert.objects.get()
    phones = {name: Phone(clinic[name]).enrol() for name in ("nadia", "chantal", "tunde")}
    for one in phones.values():
        one.sync()
    (stray,) = phones["nadia"].fields("", Alert.KIND)
    assert (stray["code"], stray["grade"]) == (Person.objects.get(pk=amal).code, "now")
    assert "kind" not in stray
    assert phones["chantal"].fields(amal, Alert.KIND)[0]["kind"] == "suicide"
    assert not any(phones[name].fields("", Alert.KIND) for name in ("tunde", "chantal"))
    assert not any("Canary" in text_of(one) or "Haddad" in text_of(one) for one in phones.values())
    take_alert(by=clinic["nadia"], alert=alert.id)
    record_first_contact(by=clinic["nadia"], alert=alert.id)
    phones["nadia"].sync()
    steps = phones["nadia"].fields("", AlertStep.KIND)
    assert [(one["step"], one["author_id"]) for one in steps] == [
        ("taken", str(clinic["nadia"].id)), ("first_contact", str(clinic["nadia"].id)),
    ]  # fmt: skip
    close_alert(by=clinic["nadia"], alert=alert.id, outcome="no_danger_found", note="Spoke at length")
    phones["nadia"].sync()
    assert phones["nadia"].fields("", Alert.KIND) == phones["nadia"].fields("", AlertStep.KIND) == []


def test_a_supervisors_words_come_back(clinic: Clinic, amal: UUID) -> None:
    """SY134: what a supervisor wrote back about a note is on the telephone of whoever wrote the note, nobody else's;
    the note itself is not."""
    supervise(by=clinic["nadia"], user=clinic["chantal"].id, site=clinic.here.id, cosigned=True)
    note = write_note(by=clinic["chantal"], person=amal, sections={"seen": "Canary of the note"}).record
    review_note(by=clinic["nadia"], note=note, decision="asked", words="Ask about the brother")
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id, role="member")
    phone, other = Phone(clinic["chantal"]).enrol(), Phone(clinic["diego"]).enrol()
    phone.sync()
    other.sync()
    (review,) = phone.fields(amal, NoteReview.KIND)
    assert (review["words"], review["decision"], review["session"]) == ("Ask about the brother", "asked", None)
    assert other.fields(amal, NoteReview.KIND) == []
    assert "Canary" not in text_of(phone)


def test_a_referral_says_where_to(clinic: Clinic, amal: UUID) -> None:
    """SY135: a referral comes with its service and its steps, never with why."""
    there = service(clinic, how="Behind the market")
    made = prepared(clinic, amal, there, reason="Canary of the reason")
    phone = Phone(clinic["chantal"]).enrol()
    phone.sync()
    (row,) = phone.fields(amal, Referral.KIND)
    assert row["details"] == {"sector": "medical", "service": str(there)}
    assert {one["referral"] for one in phone.fields(amal, ReferralStep.KIND)} == {str(made)}
    assert "Canary" not in text_of(phone)
    assert "market" not in text_of(phone)


def test_what_a_nurse_and_a_physiotherapist_go_on_from(clinic: Clinic, amal: UUID) -> None:
    """SY136: the nurse has the visits before, the physiotherapist what the person chose to be able to do; neither has
    the other's."""
    nurse, physio = clinic.hire("olga", "nurse", clinic.here), clinic.hire("farah", "physiotherapist", clinic.here)
    for one in (nurse, physio):
        assign(by=clinic["nadia"], person=amal, user=one.id, role="member")
    record_visit(
        by=nurse,
        person=amal,
        kind="new",
        seen=[offered(coded("presentations"))[0][0]],
        category=offered(coded("mns"))[0][0],
        return_in=7,
    )
    choose_activity(by=physio, person=amal, words="Carry water")
    first, second = Phone(nurse).enrol(), Phone(physio).enrol()
    first.sync()
    second.sync()
    assert first.fields(amal, NurseVisit.KIND)[0]["return_on"]
    assert [one["words"] for one in second.fields(amal, Activity.KIND)] == ["Carry water"]
    assert second.fields(amal, NurseVisit.KIND) == []


def test_nobody_is_asked_for_twice(circle: Circle) -> None:
    """SY137: a row stands in one file only, and a piece that is cut anywhere loses none."""
    clinic = circle.clinic
    phone = Phone(clinic["diego"]).enrol()
    phone.limit = 2_000
    phone.sync()
    seats = [one for name in phone.files for one in phone.fields(name, GroupMember.KIND)]
    assert len(seats) == len({one["member"] for one in seats}) == 12
    from karama.journal import reading

    with reading(by=clinic["diego"], purpose="care", route="tests.sync"):
        assert {name: held.check() for name, held in phone.files.items()} == {
            name: file.check() for name, file in files_for(clinic["diego"]).items()
        }
