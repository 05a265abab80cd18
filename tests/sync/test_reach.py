"""Groups, visits, referrals on telephones: what goes down is one's own, what comes up is done once."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from karama.groups.actions import end_group
from karama.groups.models import CheckIn, CommunityActivity, Cycle, Group, GroupMember, MeetingRecord
from karama.journal import clock
from karama.outreach.actions import plan_visit
from karama.outreach.models import Issue, SecurityIncident, Visit, VisitMember, VisitStep
from karama.people.actions import assign, hide_from
from karama.referrals.models import Referral, ReferralTask, Service
from tests.groups.conftest import Circle, circle, tapped
from tests.people.conftest import Clinic
from tests.referrals.conftest import prepared, service
from tests.sync.phone import Phone

__all__ = ["circle"]


def test_ones_own_groups_go_down(circle: Circle) -> None:
    """SY102: whoever facilitates has her groups on her telephone, and of their lists those of her own caseload; a
    colleague of the same site has no group at all."""
    clinic = circle.clinic
    phone, other = Phone(clinic["chantal"]).enrol(), Phone(clinic["diego"]).enrol()
    stranger = Phone(clinic.hire("salma", "community_agent", clinic.here)).enrol()
    for one in (phone, other, stranger):
        one.sync()
    assert [row["name"] for row in phone.fields("", Group.KIND)] == ["Río"]
    assert [row["group"] for row in phone.fields("", Cycle.KIND)] == [str(circle.group)]
    assert len([name for name in phone.files if name and phone.fields(name, GroupMember.KIND)]) == 12
    assert [name for name in other.files if name] == [str(circle.people[0])]
    assert stranger.fields("", Group.KIND) == stranger.fields("", Cycle.KIND) == []
    end_group(by=clinic["chantal"], group=circle.group)
    phone.sync()
    assert phone.fields("", Group.KIND) == []


def test_a_meeting_and_an_activity_come_up(circle: Circle) -> None:
    """SY103: C1: a meeting written down without signal counts once however often it is sent; who was not tapped is not
    recorded; whoever is hidden from her meanwhile is on nobody's telephone."""
    phone = Phone(circle.clinic["chantal"]).enrol()
    attendance = {str(circle.people[place]): "present" for place in range(11)}
    meeting = phone.do("groups.record_meeting", group=circle.group, modality="in_person", attendance=attendance)
    counts = [["10-14", "F", 7]]
    activity = phone.do(
        "groups.record_activity", site=circle.clinic.here.id, kind="skills", four_ws="3.5", basis="contacts",
        counts=counts, title="Drums by the river",
    )  # fmt: skip
    phone.group()
    groups = list(phone.outbox)
    phone.sync()
    phone.outbox = groups
    phone.sync()
    assert (phone.outcome(meeting), phone.outcome(activity)) == ("done", "done")
    assert MeetingRecord.objects.count() == CommunityActivity.objects.count() == 1
    assert set(tapped(circle)) == set(circle.people[:11])
    hide_from(by=circle.clinic["nadia"], person=circle.people[3], user=circle.clinic["chantal"].id)
    phone.sync()
    assert str(circle.people[3]) not in phone.files


def test_a_check_in_is_settled(circle: Circle) -> None:
    """SY104: a check-in of somebody of her caseload goes down while it is open, and is settled from the telephone."""
    for number in range(1, 9):
        circle.record("chantal", number=number)
    found = CheckIn.objects.filter(state="open").earliest("due_on")
    phone = Phone(circle.clinic["chantal"]).enrol()
    phone.sync()
    assert phone.fields(found.person_id, CheckIn.KIND)
    settled = phone.do("groups.settle_check_in", check_in=found.pk, state="done")
    phone.sync()
    assert phone.outcome(settled) == "done"
    assert phone.fields(found.person_id, CheckIn.KIND) == []


def test_a_visit_goes_out_and_comes_back(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY105: G1: whoever goes has the visit on her telephone; setting out, something on the way, what was given and
    coming back are written down without signal; a colleague who has nothing to do with it has none of it."""
    now = clock.now()
    visit: UUID = plan_visit(
        by=clinic["chantal"], site=clinic.here.id, area="town", leaves=now + timedelta(minutes=5),
        back=now + timedelta(hours=3), goes=[clinic["diego"].id], people=[amal], note="Ask for the blue door",
    ).value.id  # fmt: skip
    phone.sync()
    other = Phone(clinic.hire("salma", "community_agent", clinic.here)).enrol()
    other.sync()
    (row,) = phone.fields("", Visit.KIND)
    assert row["area"] == "town"
    assert len(phone.fields("", VisitMember.KIND)) >= 2
    assert "blue door" not in json.dumps([list(map(str, held.rows.values())) for held in phone.files.values()])
    assert other.fields("", Visit.KIND) == other.fields("", VisitMember.KIND) == []
    did = [
        phone.do("outreach.set_out", visit=visit),
        phone.do("outreach.give_to_person", person=amal, what="kit", quantity=1),
        phone.do(
            "outreach.report_security", site=clinic.here.id, kind="threat", words="Stopped at a barrier", visit=visit
        ),
        phone.do("outreach.come_back", visit=visit),
    ]
    phone.sync()
    assert [phone.outcome(one) for one in did] == ["done"] * 4
    assert VisitStep.objects.filter(visit=visit, step="back").count() == 1
    assert Issue.objects.filter(person=amal).count() == SecurityIncident.objects.count() == 1


def test_referrals_are_prepared_and_followed(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY106: D1: the directory is there without the way to a shelter; a referral is prepared without signal and what
    became of it is said; nothing is shared from a telephone."""
    place = service(clinic, how="Behind the yellow church")
    known = prepared(clinic, amal, place)
    phone.sync()
    (line,) = phone.fields("", Service.KIND)
    assert line["provider"] == "Clinic by the river"
    assert "yellow church" not in json.dumps([list(map(str, held.rows.values())) for held in phone.files.values()])
    assert [row["referral"] for row in phone.fields(amal, ReferralTask.KIND)] == [str(known)]
    made = phone.do("referrals.prepare_referral", person=amal, service=place, urgency="week", reason="Fever", fields=[])
    sent = phone.do("referrals.send_referral", referral=known, way="slip")
    phone.sync()
    assert phone.outcome(made) == "done"
    assert phone.outcome(sent) == "held"
    assert Referral.objects.filter(person=amal).count() == 2


def test_another_compartment_stays(phone: Phone, clinic: Clinic, amal: UUID) -> None:
    """SY107: a referral of a compartment that her duty does not open is on her telephone only when it is her own."""
    prepared(clinic, amal, service(clinic, sector="gbv"), by="chantal")
    physio = clinic.hire("farah", "physiotherapist", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=physio.id, role="member")
    colleague = Phone(physio).enrol()
    phone.sync()
    colleague.sync()
    assert len(phone.fields(amal, ReferralTask.KIND)) == 1
    assert str(amal) in colleague.files
    assert colleague.fields(amal, ReferralTask.KIND) == []
