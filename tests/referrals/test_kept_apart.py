"""What a hostile reading found: nobody grows a right by her own doing, and no referral is lost on the way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.actions import lock_user
from karama.journal import Absent, Problem, reading
from karama.people.actions import assign, end_assignment, erase_person, hide_from, join_files, separate_files
from karama.people.queries import who_has_seen
from karama.referrals import queries
from karama.referrals.actions import end_agreement, hand_on, record_step
from karama.referrals.actions.receiving import MOST_TRIES
from karama.referrals.actions.referring import Sent
from karama.referrals.models import Agreement, Feedback, Packet, ReferralStep, ReferralTask
from karama.voice.actions import decide_request
from tests.people.conftest import ERASER
from tests.referrals.conftest import Clinic, agree_with, amal, as_reader, clinic, prepared, says_yes, sent, service
from tests.referrals.test_emergency import refer
from tests.referrals.test_partner import address, opened, shared
from tests.voice.conftest import asked

__all__ = ["amal", "clinic", "shared"]


def test_separated_files_have_their_own_referrals_again(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF100: two sisters joined by mistake: once separated, a worker of the one finds nothing of the other, and an
    erasure of the one leaves the referral of the other."""
    says_yes(clinic, amal, noor)
    referral = prepared(clinic, amal, service(clinic, noor))
    made = sent(clinic, referral)
    sister = clinic.register("diego", first="Amal", last="Hadad")
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    join_files(by=clinic["nadia"], person=amal, into=sister, reason="One person.")
    separate_files(by=clinic["nadia"], person=amal, reason="Two after all.")
    assert ReferralTask.objects.get(referral_id=referral).person_id == amal
    with as_reader(clinic["diego"]):
        with pytest.raises(Absent):
            queries.referral_page(clinic["diego"], referral)
        assert all(not line.lines for line in queries.plan_of(clinic["diego"], sister).sectors)
    erase_person(by=ERASER, person=sister, reason="A test.")
    assert ReferralTask.objects.filter(referral_id=referral).exists()
    assert opened(made).status_code == 200


def test_nobody_gives_herself_a_referral(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF101: a supervisor gives on only what its worker has left, and never to herself, of every kind alike."""
    kinds = [prepared(clinic, amal, service(clinic, noor, sector=one)) for one in ("gbv", "medical")]
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id, role="member")
    for referral in kinds:
        with pytest.raises(Problem) as refused:
            hand_on(by=clinic["nadia"], referral=referral, to=clinic["diego"].id)
        assert refused.value.code == "referrals.cannot_hand_on", "Chantal still works with her"
    end_assignment(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    for referral in kinds:
        with pytest.raises(Problem) as refused:
            hand_on(by=clinic["nadia"], referral=referral, to=clinic["nadia"].id)
        assert refused.value.code == "referrals.cannot_hand_on"
        _person, _code, offered = queries.lost_referral(clinic["nadia"], referral)
        assert clinic["nadia"].id not in {one.user for one in offered}
    hand_on(by=clinic["nadia"], referral=kinds[1], to=clinic["diego"].id)


@pytest.mark.parametrize("how", ["hidden", "locked"])
def test_who_is_kept_away_leaves_no_orphan(clinic: Clinic, amal: UUID, noor: UUID, how: str) -> None:
    """RF102: a referral of somebody who is hidden from its worker, or whose worker cannot sign in, is in the list of
    those that lost their worker."""
    referral = prepared(clinic, amal, service(clinic, noor))
    assert queries.lost(clinic["nadia"]) == []
    if how == "hidden":
        hide_from(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    else:
        lock_user(by=clinic["samir"], user=clinic["chantal"].id)
    assert [one.referral for one in queries.lost(clinic["nadia"])] == [referral]
    assert queries.counts(clinic["nadia"]).lost == 1


def test_a_slip_and_an_emergency_open_while_a_record_rests(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF103: rule 12: whoever carries a slip is received although the record rests, by a slip of before or of now; what
    was shared because life was in danger opens, too."""
    before = sent(clinic, prepared(clinic, amal, service(clinic, noor)), way="slip")
    urgent = refer(clinic, amal, service(clinic, noor))
    decide_request(by=clinic["leila"], rights=asked(clinic, amal, "restrict"), decision="granted")
    later = sent(clinic, prepared(clinic, amal, service(clinic, noor)), way="slip")
    assert [opened(one).status_code for one in (before, urgent, later)] == [200, 200, 200]


def test_a_right_code_costs_no_try(clinic: Clinic, amal: UUID, noor: UUID, shared: tuple[UUID, Sent]) -> None:
    """RF104: while an agreement has lapsed the right code opens nothing and spends nothing: once it holds again it
    opens; and a packet whose tries ran out in a crash is closed at the next try, and its worker told."""
    _referral, made = shared
    end_agreement(by=clinic["leila"], agreement=Agreement.objects.get().id)
    assert [opened(made).status_code for _try in range(MOST_TRIES + 1)] == [422] * (MOST_TRIES + 1)
    agree_with(clinic, noor)
    assert opened(made).status_code == 200
    for _try in range(MOST_TRIES):
        Client().post(address(made), {"code": "00000000"})
    assert Packet.objects.get(pk=made.id).closed_why == "codes"


def test_an_answer_is_kept_or_asked_for(clinic: Clinic, shared: tuple[UUID, Sent]) -> None:
    """RF105: a day or a barrier that would be left aside, and words that are not there, are said at their field;
    nothing is thanked for that was not kept."""
    _referral, made = shared
    day = {"scheduled_on": "2100-01-01"}
    told: list[dict[str, Any]] = [
        {"do": "only_words"}, {"do": "only_words", "said": "x", **day}, {"do": "accepted", **day},
        {"do": "only_words", "said": "x", "barrier": "cost"},
    ]  # fmt: skip
    for answer in told:
        page = opened(made, **answer).content.decode()
        assert "has arrived" not in page, answer
        assert "field-error" in page or "error" in page
    assert not Feedback.objects.exists()
    assert not ReferralStep.objects.filter(by_receiver=True, state="accepted").exists()


def test_an_answer_sent_twice_counts_once(clinic: Clinic, shared: tuple[UUID, Sent]) -> None:
    """RF106: without signal the same answer comes twice: it is kept once, says so both times, and undoes nothing that
    was written down meanwhile."""
    referral, made = shared
    opened(made, do="accepted")
    same = {"do": "arrived", "op_id": "0190c0de-0000-7000-8000-00000000aaaa"}
    assert "has arrived" in opened(made, **same).content.decode()
    record_step(by=clinic["chantal"], referral=referral, state="not_arrived", source="person", barrier="distance")
    assert "has arrived" in opened(made, **same).content.decode()
    assert ReferralTask.objects.get(referral_id=referral).state == "not_arrived"
    assert ReferralStep.objects.filter(referral_id=referral, by_receiver=True, state="arrived").count() == 1


def test_only_what_one_sees_is_replaced(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF107: a new referral ends the one before only for whoever may see that one; otherwise it is not there."""
    berta = clinic.hire("berta", "nurse", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=berta.id, role="member")
    hiv = prepared(clinic, amal, service(clinic, noor, sector="hiv"), by="berta")
    place = service(clinic, noor)
    for follows in (hiv, UUID(int=9)):
        with pytest.raises(Absent):
            prepared(clinic, amal, place, by="nadia", follows=follows)
    assert ReferralTask.objects.get(referral_id=hiv).state == "prepared"
    assert prepared(clinic, amal, place, by="berta", follows=hiv)
    assert ReferralTask.objects.get(referral_id=hiv).state == "ended"


def test_who_saw_her_file_tells_nothing_of_a_closed_compartment(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF108: a referral whose compartment a colleague does not open stands in no line of who saw the file, neither
    written nor opened; whoever made it finds what she wrote. An opening is told as one of the page of every kind of
    help, and no line is missing that would be there if there were no such referral."""
    berta = clinic.hire("berta", "nurse", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=berta.id, role="member")
    medical = prepared(clinic, amal, service(clinic, noor))
    before = _told(clinic, amal, "chantal")
    assert any("refer" in what for _alias, what in before)
    hiv = prepared(clinic, amal, service(clinic, noor, sector="hiv"), by="berta")
    with as_reader(berta):
        queries.referral_page(berta, hiv)
    looked = ("Berta", "looked at which help you were referred to")
    wrote = ("Berta", "prepared to refer you")
    assert not {line for line in _told(clinic, amal, "chantal") if line[0] == "Berta" and "refer" in line[1]} - {looked}
    assert before <= _told(clinic, amal, "chantal")
    assert wrote in _told(clinic, amal, "berta")
    record_step(by=berta, referral=hiv, state="ended", words="She went herself.")
    assert not {line for line in _told(clinic, amal, "chantal") if line[0] == "Berta" and "refer" in line[1]} - {looked}
    with reading(by=berta, purpose="care", route="referrals.referral"):
        queries.referral_page(berta, hiv)
    assert looked in _told(clinic, amal, "chantal")
    for route in ("referrals.followed", "referrals.take_up", "referrals.hand_on", "referrals.packet"):
        with reading(by=berta, purpose="care", route=route):
            queries.referral_page(berta, hiv)
    told = {what for alias, what in _told(clinic, amal, "chantal") if alias == "Berta"}
    assert not {one for one in told if "referral of yours" in one or "as the service" in one}
    assert ReferralTask.objects.filter(referral_id=medical).exists()


def _told(clinic: Clinic, person: UUID, who: str) -> set[tuple[str, str]]:
    with as_reader(clinic[who]):
        return {(one.alias, str(one.what)) for one in who_has_seen(clinic[who], person)}
