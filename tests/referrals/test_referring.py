"""Referring out: prepared, looked at, sent with exactly that; what consent, agreement and rest refuse; the steps."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from karama.accounts.today import lines_for
from karama.journal import Absent, Problem, Refused, clock
from karama.people.actions import end_assignment, hide_from, record_consent, withdraw_consent
from karama.people.models import Assignment, WithdrawalEffect
from karama.people.queries import consents
from karama.programme.days import today_at
from karama.referrals import queries
from karama.referrals.actions import (
    end_agreement,
    hand_on,
    prepare_referral,
    record_step,
    renew_slip,
    send_referral,
)
from karama.referrals.models import Packet, Referral, ReferralStep, ReferralTask
from karama.voice.actions import decide_request
from tests.referrals.conftest import (
    Clinic,
    agree_with,
    amal,
    as_reader,
    clinic,
    prepared,
    says_yes,
    seen,
    sent,
    service,
)  # fmt: skip
from tests.voice.conftest import asked

__all__ = ["amal", "clinic"]


def test_without_a_yes_nothing_is_sent(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF020: story A2: care is agreed to and sharing is not: sending is refused with the reason, nothing leaves, the
    referral stays with its worker, and a slip that shares nothing is made all the same."""
    chantal = clinic["chantal"]
    record_consent(by=chantal, person=amal, purpose="care", decision="yes", method="verbal")
    record_consent(by=chantal, person=amal, purpose="share", decision="no", method="verbal")
    referral = prepared(clinic, amal, service(clinic, noor))
    with as_reader(chantal):
        shown = queries.preview(chantal, referral)
    assert shown.against == "referrals.not_agreed"
    assert set(shown.refused) == {"clinical", "contact", "general"}
    with pytest.raises(Problem) as refused:
        send_referral(by=chantal, referral=referral, way="packet", seen=shown.seen)
    assert refused.value.code == "referrals.not_agreed"
    assert not Packet.objects.exists()
    assert ReferralTask.objects.get(referral_id=referral).state == "prepared"
    made = sent(clinic, referral, way="slip")
    row = Packet.objects.get(pk=made.id)
    assert (row.shares, row.content) == (False, None)
    assert ReferralTask.objects.get(referral_id=referral).state == "sent"


def test_what_is_sent_is_what_was_looked_at(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF021: the preview shows exactly the chosen fields; what changed since it was looked at is not sent."""
    says_yes(clinic, amal, noor)
    referral = prepared(clinic, amal, service(clinic, noor), fields=["name", "reach", "languages", "reason"])
    with as_reader(clinic["chantal"]):
        shown = queries.preview(clinic["chantal"], referral)
    assert shown.against == ""
    assert [one for one, _value in shown.content] == ["name", "reach", "reason"], "languages were never told"
    assert dict(shown.content)["reach"] == {"channel": "never"}
    for wrong in ("", "0" * 64):
        with pytest.raises(Problem) as refused:
            send_referral(by=clinic["chantal"], referral=referral, way="packet", seen=wrong)
        assert refused.value.code == "referrals.look_again"
    from karama.people.actions import set_contact_rules

    set_contact_rules(by=clinic["chantal"], person=amal, channel="call", address="300 000", safe_hours="10-12")
    with pytest.raises(Problem) as refused:
        send_referral(by=clinic["chantal"], referral=referral, way="packet", seen=shown.seen)
    assert refused.value.code == "referrals.look_again"
    assert not Packet.objects.exists()
    assert sent(clinic, referral).opening.token


@pytest.mark.parametrize(
    ("classes", "fields", "sector"),
    [
        (["contact", "general"], ["name", "reason"], "medical"),
        (["general", "clinical"], ["name", "reason"], "medical"),
        (["contact", "general", "clinical"], ["name", "reason"], "gbv"),
        (["contact", "general", "clinical"], ["reason"], "hiv"),
    ],
)
def test_each_class_is_agreed_to_by_itself(
    clinic: Clinic, amal: UUID, noor: UUID, classes: list[str], fields: list[str], sector: str
) -> None:
    """RF022: the reason has the class of its kind of help: a yes to others does not cover it; nor does the agreement
    cover a class that it does not name."""
    agree_with(clinic, noor, ["contact", "general", "clinical", "gbv", "hiv"])
    says_yes(clinic, amal, noor, classes)
    referral = prepared(clinic, amal, service(clinic, noor, sector), fields=fields)
    with pytest.raises(Problem) as refused:
        sent(clinic, referral)
    assert refused.value.code == "referrals.not_agreed"


def test_an_agreement_that_lapsed_refuses_and_nobody_is_lost(
    clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID
) -> None:
    """RF023: without an agreement, after its last day, after its end and beyond its classes nothing is sent; the
    referral stays on its worker's Today, and its page says what to do now."""
    says_yes(clinic, amal, noor, ["contact", "general", "clinical"])
    place = service(clinic, noor)
    with time_machine.travel(clock.now() + timedelta(days=101), tick=False):
        late = prepared(clinic, amal, place)
        with pytest.raises(Problem) as refused:
            sent(clinic, late)
        assert refused.value.code == "referrals.no_agreement"
        assert [one for one in lines_for(clinic["chantal"]) if one.url == "/referrals/" and one.detail == "1"]
        with as_reader(clinic["chantal"]):
            shown = queries.referral_page(clinic["chantal"], late)
        assert (shown.stored, shown.mine) == ("prepared", True)
    narrow = prepared(clinic, amal, place)
    end_agreement(by=clinic["leila"], agreement=agreed)
    agree_with(clinic, noor, ["general"])
    with pytest.raises(Problem) as refused:
        sent(clinic, narrow)
    assert refused.value.code == "referrals.beyond_agreement"
    assert ReferralTask.objects.get(referral_id=narrow).state == "prepared"
    assert sent(clinic, narrow, way="slip").id


def test_a_record_at_rest_shares_nothing(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF024: when the person's record is put to rest what was sent closes at once and its worker is told; nothing
    new is sent, and a slip is made all the same."""
    says_yes(clinic, amal, noor)
    place = service(clinic, noor)
    first, second = prepared(clinic, amal, place), prepared(clinic, amal, place)
    made = sent(clinic, first)
    decide_request(by=clinic["leila"], rights=asked(clinic, amal, "restrict"), decision="granted")
    row = Packet.objects.get(pk=made.id)
    assert (row.closed_why, row.content) == ("rest", None)
    assert ReferralTask.objects.get(referral_id=first).state == "stopped"
    with pytest.raises(Problem) as refused:
        sent(clinic, second)
    assert refused.value.code == "referrals.at_rest"
    assert sent(clinic, second, way="slip").id


def test_taking_the_yes_back_closes_it_at_once(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF025: story A3: the packet closes with the withdrawal, its worker has the referral back, and the person's page
    says for each recipient when it was executed and what cannot be called back."""
    other = clinic_partner(clinic, "Dar House")
    agree_with(clinic, other)
    yes, second_yes = says_yes(clinic, amal, noor), says_yes(clinic, amal, other)
    first = sent(clinic, prepared(clinic, amal, service(clinic, noor)))
    second = sent(clinic, prepared(clinic, amal, service(clinic, other)))
    withdraw_consent(by=clinic["chantal"], person=amal, consent=yes)
    row = Packet.objects.get(pk=first.id)
    assert (row.closed_why, row.content) == ("withdrawn", None)
    assert ReferralTask.objects.get(referral_id=row.referral_id).state == "stopped"
    assert Packet.objects.get(pk=second.id).closed_at is None, "another recipient is another yes"
    with as_reader(clinic["chantal"]):
        told = next(one for one in consents(clinic["chantal"], amal) if one.decision == "withdrawn")
    assert [(one.place, one.state) for one in told.effects] == [("Noor Clinic", "done")]
    assert told.effects[0].at is not None
    Packet.objects.get(pk=second.id)
    _opened(clinic, second.id)
    withdraw_consent(by=clinic["chantal"], person=amal, consent=second_yes)
    assert sorted(WithdrawalEffect.objects.values_list("state", flat=True)) == ["cannot", "done", "done"]


def clinic_partner(clinic: Clinic, name: str) -> UUID:
    from karama.programme.actions import add_partner

    made: UUID = add_partner(by=clinic["samir"], name=name).value.id
    return made


def _opened(clinic: Clinic, packet: UUID) -> None:
    from karama.referrals.actions import open_packet
    from karama.referrals.door import PARTNER

    open_packet(by=PARTNER, packet=packet)


def test_nobody_confirms(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF026: story D1: a referral nobody confirms is unknown and never done; it is in the weekly list of its worker and
    of the supervisor, on Today, until somebody knows; asked in vain it comes again."""
    chantal, nadia = clinic["chantal"], clinic["nadia"]
    referral = prepared(clinic, amal, service(clinic, noor))
    sent(clinic, referral, way="slip")
    assert queries.unknown_arrivals(chantal) == []
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        for by in (chantal, nadia):
            assert [(one.referral, one.state) for one in queries.unknown_arrivals(by)] == [(referral, "unknown")]
            assert "nobody knows" in " ".join(str(one.words) for one in lines_for(by) if one.url == "/referrals/")
            with as_reader(by):
                assert queries.referral_page(by, referral).arrival == "unknown"
        assert queries.unknown_arrivals(clinic["diego"]) == []
        assert queries.unknown_arrivals(clinic["tunde"]) == []
        with pytest.raises(Problem) as refused:
            record_step(by=chantal, referral=referral, state="done")
        assert refused.value.code == "referrals.not_now"
        with pytest.raises(Problem) as refused:
            record_step(by=chantal, referral=referral, state="arrived")
        assert refused.value.code == "referrals.who_told"
        record_step(by=chantal, referral=referral, state="unknown", source="receiver")
        assert queries.unknown_arrivals(chantal) == []
    with time_machine.travel(clock.now() + timedelta(days=16), tick=False):
        assert len(queries.unknown_arrivals(chantal)) == 1
        record_step(by=chantal, referral=referral, state="not_arrived", source="person", barrier="cost")
        assert queries.unknown_arrivals(chantal) == []
        assert [one.referral for one in queries.waiting(chantal)] == [referral], "nobody is lost"


def test_a_referral_goes_on_somewhere_else(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF027: declined, it waits for its worker until another one follows it or it is ended with a sentence."""
    place = service(clinic, noor)
    first = prepared(clinic, amal, place)
    sent(clinic, first, way="slip")
    record_step(by=clinic["chantal"], referral=first, state="declined", words="Full.")
    assert [one.state for one in queries.waiting(clinic["chantal"])] == ["declined"]
    with pytest.raises(Problem) as refused:
        record_step(by=clinic["chantal"], referral=first, state="ended")
    assert refused.value.code == "referrals.reason_needed"
    second = prepared(clinic, amal, place, follows=first)
    assert ReferralTask.objects.get(referral_id=first).state == "ended"
    assert Referral.objects.get(pk=second).follows == first
    other = clinic.register("diego", first="Luz", last="Mena")
    with pytest.raises(Absent):
        prepared(clinic, other, place, by="diego", follows=second)


def test_steps_belong_to_whoever_sees_the_referral(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF028: whoever has no tie to the person, another site, an administrator and somebody she is hidden from neither
    see nor move a referral, and prepare none."""
    place = service(clinic, noor)
    referral = prepared(clinic, amal, place)
    hide_from(by=clinic["nadia"], person=amal, user=clinic["leila"].id, reason="a relative")
    for name in ("diego", "tunde", "rojin", "samir", "leila", "importer"):
        with pytest.raises(Refused):
            record_step(by=clinic[name], referral=referral, state="ended", words="x")
        with pytest.raises(Refused):
            prepare_referral(by=clinic[name], person=amal, service=place, urgency="week", reason="x")
        with as_reader(clinic[name]), pytest.raises(Absent):
            queries.referral_page(clinic[name], referral)


def test_days_that_cannot_be(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF029: an agreed day is a day to come and stands beside an agreed day only; a barrier only beside not going."""
    referral = prepared(clinic, amal, service(clinic, noor))
    sent(clinic, referral, way="slip")
    today = today_at(clinic.here.id)
    for said in (
        {"state": "scheduled"},
        {"state": "scheduled", "scheduled_on": today - timedelta(days=1)},
        {"state": "scheduled", "scheduled_on": today + timedelta(days=400)},
        {"state": "received", "scheduled_on": today},
        {"state": "arrived", "source": "person", "barrier": "cost"},
    ):
        with pytest.raises(Problem) as refused:
            record_step(by=clinic["chantal"], referral=referral, **said)
        assert refused.value.code in ("referrals.day", "referrals.no_barrier")
    record_step(by=clinic["chantal"], referral=referral, state="scheduled", scheduled_on=today)
    assert ReferralTask.objects.get(referral_id=referral).ask_on == today + timedelta(days=1)


def test_a_compartment_tells_nobody_else(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF030: a referral of a compartment is seen by whoever opens it and by whoever carries it: on no page, in no list
    and no count of anybody else; her own page of help does not even name the kind."""
    berta = clinic.hire("berta", "nurse", clinic.here)
    assign_to(clinic, amal, "berta")
    hiv = prepared(clinic, amal, service(clinic, noor, "hiv"), by="berta")
    sent(clinic, hiv, by="berta", way="slip")
    gbv = prepared(clinic, amal, service(clinic, noor, "gbv"))
    sent(clinic, gbv, way="slip")
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        lists = {
            name: {one.referral for one in queries.unknown_arrivals(clinic[name])}
            for name in ("chantal", "nadia", "berta")
        }
        assert lists == {"chantal": {gbv}, "nadia": {gbv}, "berta": {hiv}}
        assert queries.counts(clinic["nadia"]).unknown == 1
    for name, kinds in (("chantal", {"gbv"}), ("nadia", {"gbv"}), ("berta", {"hiv"})):
        with as_reader(clinic[name]):
            plan = queries.plan_of(clinic[name], amal)
        told = {one.sector: len(one.lines) for one in plan.sectors}
        assert {sector for sector, count in told.items() if count} == kinds
        assert ("hiv" in told) == (name == "berta")
    with as_reader(clinic["nadia"]), pytest.raises(Absent):
        queries.referral_page(clinic["nadia"], hiv)
    from karama.people.registries import work_open_for

    assert {one.id for one in work_open_for(amal, clinic["nadia"])} == {gbv}
    assert {one.id for one in work_open_for(amal, berta)} == {hiv}


def assign_to(clinic: Clinic, person: UUID, name: str) -> None:
    from karama.people.actions import assign

    assign(by=clinic["nadia"], person=person, user=clinic[name].id, role="member")


def test_a_referral_that_lost_its_worker(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF031: when its worker no longer works with the person a supervisor is told, without what it is about, and gives
    it to somebody who does; nobody else is given it."""
    berta = clinic.hire("berta", "nurse", clinic.here)
    assign_to(clinic, amal, "berta")
    referral = prepared(clinic, amal, service(clinic, noor), by="berta")
    sent(clinic, referral, by="berta", way="slip")
    assert queries.lost(clinic["nadia"]) == []
    row = Assignment.objects.get(person_id=amal, user_id=berta.id)
    end_assignment(by=clinic["nadia"], person=amal, user=row.user_id)
    (line,) = queries.lost(clinic["nadia"])
    assert (line.referral, line.urgency, line.state) == (referral, "", "")
    assert queries.counts(clinic["nadia"]).lost == 1
    clinic.hire("nila", "nurse", clinic.here)
    with pytest.raises(Problem) as refused:
        hand_on(by=clinic["nadia"], referral=referral, to=clinic["nila"].id)
    assert refused.value.code == "referrals.cannot_hand_on"
    assign_to(clinic, amal, "nila")
    hand_on(by=clinic["nadia"], referral=referral, to=clinic["nila"].id)
    assert queries.lost(clinic["nadia"]) == []
    with as_reader(clinic["nila"]):
        assert queries.referral_page(clinic["nila"], referral).mine


def test_help_never_asks_about_attendance(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF032: somebody who never came to a session is referred to cash, goods and every other help like anybody; no
    action, field or module of this room knows about attendance."""
    from karama.care.actions import record_session

    for _time in range(3):
        record_session(by=clinic["chantal"], person=amal, attended="absent")
    for sector in ("cash", "livelihoods", "education", "shelter"):
        referral = prepared(clinic, amal, service(clinic, noor, sector))
        assert sent(clinic, referral, way="slip").id
    from pathlib import Path

    import karama.referrals

    room = Path(str(karama.referrals.__file__)).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in room.rglob("*.py") if "migrations" not in str(path))
    for word in ("attended", "Attendance", "care.models.session", "import Session", "record_response"):
        assert word not in text, word
    for model in (Referral, ReferralTask, ReferralStep):
        assert not {"attended", "sessions", "condition"} & {one.name for one in model._meta.get_fields()}


def test_a_new_slip_voids_the_one_before(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF033: a lost slip is replaced after looking again; the first opens nothing any more; what is over gets none."""
    says_yes(clinic, amal, noor)
    referral = prepared(clinic, amal, service(clinic, noor))
    first = sent(clinic, referral)
    chantal = clinic["chantal"]
    second = renew_slip(by=chantal, referral=referral, way="packet", seen=seen(chantal, referral)).value
    rows = {one.id: one for one in Packet.objects.all()}
    assert (rows[first.id].closed_why, rows[first.id].content) == ("renewed", None)
    assert rows[second.id].closed_at is None
    assert first.opening.token != second.opening.token
    record_step(by=chantal, referral=referral, state="declined_by_person")
    assert Packet.objects.get(pk=second.id).closed_why == "ended"
    with pytest.raises(Problem) as refused:
        renew_slip(by=chantal, referral=referral, way="slip")
    assert refused.value.code == "referrals.not_now"


@pytest.mark.parametrize(("told", "kept"), [("yes", True), ("no", False), ("", None)])
def test_whether_somebody_goes_along(clinic: Clinic, amal: UUID, noor: UUID, told: str, kept: bool | None) -> None:
    """RF223: (J4, step 6) whoever refers says whether somebody goes along; what nobody asked is no "no"."""
    referral = prepared(clinic, amal, service(clinic, noor), accompany=told)
    with as_reader(clinic["chantal"]):
        assert queries.referral_page(clinic["chantal"], referral).accompany is kept
