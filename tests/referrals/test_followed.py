"""A referral whose worker has gone: nobody is lost, and no list tells by what it leaves out what another is about."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from karama.accounts.actions.posting import end_duty, give_duty
from karama.accounts.models import Posting, User
from karama.accounts.today import lines_for
from karama.journal import Absent, Actor, Problem, Refused, clock
from karama.notices.models import Notice
from karama.people.actions import assign, end_assignment, hide_from
from karama.people.queries import person_page
from karama.people.registries import work_open_for
from karama.referrals import queries
from karama.referrals.actions import hand_on, record_step, renew_slip, send_referral, take_up
from karama.referrals.models import ReferralTask
from tests.referrals.conftest import Clinic, amal, as_reader, clinic, prepared, sent, service

__all__ = ["amal", "clinic"]


def left(clinic: Clinic, person: UUID, partner: UUID, sector: str) -> UUID:
    """A referral that a nurse sent who does not work with the person any more."""
    if "berta" not in clinic.actors:
        clinic.hire("berta", "nurse", clinic.here)
    assign(by=clinic["nadia"], person=person, user=clinic["berta"].id, role="member")
    referral = prepared(clinic, person, service(clinic, partner, sector), by="berta")
    sent(clinic, referral, by="berta", way="slip")
    end_assignment(by=clinic["nadia"], person=person, user=clinic["berta"].id)
    return referral


def lines(by: Actor) -> set[UUID]:
    return {one.referral for one in queries.lost(by)}


def test_a_supervisor_learns_nothing_of_what_she_does_not_open(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF110: a lost referral that its supervisor cannot open is in no list, count, line of Today or open work of hers,
    on no page and in no action; with it and without it she is shown the same."""
    before = [(str(one.words), one.detail) for one in lines_for(clinic["nadia"])]
    hiv = left(clinic, amal, noor, "hiv")
    nadia = clinic["nadia"]
    assert lines(nadia) == set()
    assert queries.counts(nadia) == queries.Counts()
    assert [(str(one.words), one.detail) for one in lines_for(nadia)] == before
    assert [one for one in work_open_for(amal, nadia) if one.kind == "referral"] == []
    with as_reader(nadia), pytest.raises(Absent):
        queries.lost_referral(nadia, hiv)
    assign(by=nadia, person=amal, user=clinic["berta"].id, role="member")
    end_assignment(by=nadia, person=amal, user=clinic["berta"].id)
    for act in (
        lambda: hand_on(by=nadia, referral=hiv, to=clinic["berta"].id),
        lambda: take_up(by=nadia, referral=hiv),
    ):
        with pytest.raises(Refused):
            act()
    medical = left(clinic, amal, noor, "medical")
    assert lines(nadia) == {medical}
    assert queries.counts(nadia).lost == 1


def test_it_reaches_somebody_who_may_follow(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF111: whoever at the site opens what no supervisor does has each lost referral that her duty opens, of every
    kind alike, as a line that tells nothing, on Today; taken up, she sees this one and writes down what comes of it."""
    hiv, medical, gbv = (left(clinic, amal, noor, one) for one in ("hiv", "medical", "gbv"))
    nila = clinic.hire("nila", "nurse", clinic.here)
    far = clinic.hire("farah", "nurse", clinic.elsewhere)
    assert lines(nila) == {hiv, medical}, "a nurse opens no compartment of violence"
    assert {(one.urgency, one.state, one.direction, one.ask_on) for one in queries.lost(nila)} == {("", "", "", None)}
    told = [(one.grade, one.detail) for one in lines_for(nila) if "colleague has gone" in str(one.words)]
    assert told == [("today", "2")]
    assert lines(far) == lines(clinic["diego"]) == lines(clinic["tunde"]) == set()
    with as_reader(nila):
        assert queries.code_of_lost(nila, hiv)
        for read in (queries.referral_page, queries.followed_page):
            with pytest.raises(Absent):
                read(nila, hiv)
    take_up(by=nila, referral=hiv)
    assert lines(nila) == lines(clinic["berta"]) == {medical}
    assert [one.referral for one in queries.followed(nila)] == [hiv]
    with as_reader(nila):
        shown = queries.followed_page(nila, hiv)
        assert (shown.sector, shown.reason, shown.mine) == ("hiv", "Fever since a week.", True)
        with pytest.raises(Absent):
            queries.code_of_lost(nila, hiv)
    for other in (far, clinic["berta"], clinic["nadia"], clinic["diego"]):
        with as_reader(other), pytest.raises(Absent):
            queries.followed_page(other, hiv)
    record_step(by=nila, referral=hiv, state="not_arrived", source="receiver", barrier="cost")
    assert queries.counts(nila).followed == 1
    assert gbv in lines(clinic["nadia"])


def test_whoever_follows_comes_to_nothing_else(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF112: following one referral opens no page about the person, no other referral and nothing to send: name and
    way to reach stay with those who work with the person."""
    hiv = left(clinic, amal, noor, "hiv")
    other = prepared(clinic, amal, service(clinic, noor))
    nila = clinic.hire("nila", "nurse", clinic.here)
    take_up(by=nila, referral=hiv)
    for read in (
        lambda: person_page(nila, amal), lambda: queries.plan_of(nila, amal), lambda: queries.referral_page(nila, hiv),
        lambda: queries.preview(nila, hiv), lambda: queries.referral_page(nila, other),
        lambda: queries.followed_page(nila, other),
    ):  # fmt: skip
        with as_reader(nila), pytest.raises(Absent):
            read()
    for act in (
        lambda: renew_slip(by=nila, referral=hiv, way="slip"),
        lambda: send_referral(by=nila, referral=other, way="slip"),
        lambda: take_up(by=clinic["diego"], referral=other),
        lambda: record_step(by=nila, referral=other, state="ended", words="x"),
    ):
        with pytest.raises(Refused):
            act()
    client = Client()
    client.force_login(User.objects.get(pk=nila.id))
    page = client.get(f"/referrals/{hiv}/followed/").content.decode()
    assert "Clinic by the river" in page
    for way in ("/send/", "/accept/", f"/people/{amal}", f"/referrals/person/{amal}"):
        assert way not in page, way


@pytest.mark.parametrize("goes", ["duty", "site", "hidden"])
def test_what_was_taken_up_is_not_lost_a_second_time(clinic: Clinic, amal: UUID, noor: UUID, goes: str) -> None:
    """RF113: whoever took one up and loses the duty that opens it, or is kept away from the person, sees it no more and
    it is in the list of the next one; a second taking finds that it is carried."""
    hiv = left(clinic, amal, noor, "hiv")
    nila, next_ = clinic.hire("nila", "nurse", clinic.here), clinic.hire("nour", "prescriber", clinic.here)
    take_up(by=nila, referral=hiv)
    with pytest.raises(Problem) as refused:
        take_up(by=next_, referral=hiv)
    assert refused.value.code == "referrals.not_now"
    assert lines(next_) == set()
    if goes == "hidden":
        hide_from(by=clinic["nadia"], person=amal, user=nila.id)
    else:
        end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=nila.id).id)
        if goes == "duty":
            give_duty(
                by=clinic["samir"], user=nila.id, duty="community_agent", work_alias="Nila", site=clinic.here.id,
                programme=clinic.programme.id,
            )  # fmt: skip
    assert lines(next_) == {hiv}
    take_up(by=next_, referral=hiv)
    assert ReferralTask.objects.get(referral_id=hiv).worker_id == next_.id


def test_where_nobody_may_follow_an_officer_is_told_of_the_site(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF114: where nobody at a site opens a lost referral the officer of the programme has the site on Today, neither
    the person nor a number nor what it is about; as soon as a colleague is there it is hers."""
    hiv = left(clinic, amal, noor, "hiv")
    leila = clinic["leila"]
    assert queries.without_anybody(leila) == [], "Berta is at the site still"
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=clinic["berta"].id).id)
    assert queries.without_anybody(leila) == [clinic.here.name]
    (line,) = [one for one in lines_for(leila) if one.detail == clinic.here.name]
    assert (line.grade, line.code) == ("today", "")
    assert queries.lost(leila) == queries.without_anybody(clinic["nadia"]) == []
    nila = clinic.hire("nila", "nurse", clinic.here)
    assert queries.without_anybody(leila) == []
    assert lines(nila) == {hiv}
    hide_from(by=clinic["nadia"], person=amal, user=nila.id)
    assert queries.without_anybody(leila) == [clinic.here.name], "somebody kept away from her follows nothing of hers"


def test_handed_on_only_to_a_duty_that_opens_it(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF115: a lost referral is given only to a colleague who works with the person in a duty that opens its
    compartment: others are neither offered nor taken, and answered like somebody who is not there."""
    gbv = prepared(clinic, amal, service(clinic, noor, "gbv"))
    clinic.hire("noah", "community_agent", clinic.here)
    for name in ("noah", "diego"):
        assign(by=clinic["nadia"], person=amal, user=clinic[name].id, role="member")
    end_assignment(by=clinic["nadia"], person=amal, user=clinic["chantal"].id)
    with as_reader(clinic["nadia"]):
        _person, _code, offered = queries.lost_referral(clinic["nadia"], gbv)
    assert {one.user for one in offered} == {clinic["diego"].id}, "a psychologist opens it, an agent does not"
    answers = []
    for to in (clinic["noah"].id, UUID(int=9)):
        with pytest.raises(Problem) as refused:
            hand_on(by=clinic["nadia"], referral=gbv, to=to)
        answers.append((refused.value.code, str(refused.value)))
    assert answers[0] == answers[1]
    assert lines(clinic["noah"]) == set()
    with pytest.raises(Refused):
        take_up(by=clinic["noah"], referral=gbv)
    hand_on(by=clinic["nadia"], referral=gbv, to=clinic["diego"].id)
    assert Notice.objects.filter(user_id=clinic["diego"].id, kind="referrals.handed_on").exists()


def test_a_worker_without_a_duty_there_leaves_an_orphan(clinic: Clinic, amal: UUID, noor: UUID) -> None:
    """RF116: a worker whose duty at the site has ended, also by itself on a day that was set ahead, does not carry it
    any more although nobody took her off the person's care."""
    referral = prepared(clinic, amal, service(clinic, noor))
    posting = Posting.objects.get(user_id=clinic["chantal"].id)
    end_duty(by=clinic["samir"], posting=posting.id, until_on=clock.day_in_utc() + timedelta(days=3))
    assert lines(clinic["nadia"]) == set()
    with time_machine.travel(clock.now() + timedelta(days=4), tick=False):
        assert lines(clinic["nadia"]) == {referral}
