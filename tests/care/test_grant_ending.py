"""A grant ends: whoever only it pays for gets a goodbye, a last question about danger and a way onward, before it is
closed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from karama.care import queries
from karama.care.actions import (
    attribute,
    cancel_grant_closing,
    open_episode,
    plan_grant_closing,
    say_goodbye,
)
from karama.care.grantheader import today as reminders
from karama.care.header import today
from karama.care.models import Attribution, Closing, Farewell
from karama.care.problems import (
    AgreementNeeded,
    AlertFirst,
    ClosingOver,
    DayDoesNotFit,
    DoesNotCarry,
    NobodyTold,
    NotPlanned,
    PaidByNobody,
    PlannedAlready,
    ReasonNeeded,
    WhoTakesOver,
)
from karama.journal import Absent, Refused
from karama.notices.models import Notice
from karama.people.actions import assign, hide_from, propose_transfer, unhide
from karama.programme.actions import close_grant
from karama.programme.days import today_at
from karama.programme.problems import GrantClosed, LastDayToCome, NoGoodbyeYet
from karama.programme.queries import what_lacks
from karama.safety.actions import raise_worry
from tests.care.conftest import Clinic
from tests.care.ends import Money, money

__all__ = ["money"]


def test_the_list_makes_itself(money: Money) -> None:
    """CA470: whoever only this grant pays for stands on the list and on Today of whoever leads, until there was a
    goodbye; somebody who comes into care later stands there too."""
    clinic, chantal = money.clinic, money.clinic["chantal"]
    money.plan()
    assert [(one.person, one.done) for one in money.list_of().people] == [(money.person, False)]
    url = f"/people/{money.person}/goodbye/{money.closing}/"
    assert url in [line.url for line in today(by=chantal)]
    say_goodbye(**money.goodbye(last_check="not_asked"))
    assert money.list_of().done == 0, "who was not asked about danger is not done"
    say_goodbye(**money.goodbye(follow_up="yes", words="She takes her plan along"))
    assert money.list_of().finished
    assert url not in [line.url for line in today(by=chantal)]
    assert Farewell.objects.latest("recorded_at").follow_up == "yes"
    later = clinic.register(first="Later", last="Somebody")
    open_episode(by=chantal, person=later, state="active")
    assert [one.person for one in money.list_of().people if not one.done] == [later]


def test_whoever_is_also_paid_by_another_stays(money: Money) -> None:
    """CA471: for whom another grant surely goes on paying needs no goodbye; one that ends on the same day, pays another
    service or another site keeps nobody."""
    money.open("G-2", 30)
    money.open("G-3", 300, sites=[money.clinic.elsewhere.id])
    money.open("G-4", 300, services=["recreation"])
    money.plan()
    assert len(money.list_of().people) == 1
    money.open("G-5", 31)
    found = money.list_of()
    assert (found.people, len(found.stay)) == ([], 1)


def test_a_grant_with_somebody_left_is_not_closed(money: Money) -> None:
    """CA472: it is closed neither before its day nor while one person has no goodbye; then it pays for nobody new."""
    samir = money.clinic["samir"]
    money.plan(ends_on=today_at(money.clinic.here.id) + timedelta(days=1))
    with pytest.raises(LastDayToCome):
        close_grant(by=samir, grant=money.grant.id)
    cancel_grant_closing(by=samir, grant=money.grant.id)
    money.plan(ends_on=today_at(money.clinic.here.id))
    with pytest.raises(NoGoodbyeYet):
        close_grant(by=samir, grant=money.grant.id)
    closing = money.closing
    say_goodbye(**money.goodbye())
    assert close_grant(by=samir, grant=money.grant.id).value.closed_on == today_at(money.clinic.here.id)
    with pytest.raises(GrantClosed):
        attribute(by=money.clinic["nadia"], episode=money.episode, grant=money.grant.id, paid=True, reason="Still")
    with pytest.raises(GrantClosed):
        cancel_grant_closing(by=samir, grant=money.grant.id)
    with pytest.raises(ClosingOver):
        say_goodbye(**{**money.goodbye(), "closing": closing})
    assert queries.goodbyes_to_say(money.clinic["chantal"]) == []


def test_a_handover_is_true(money: Money) -> None:
    """CA473: nobody is handed over without a yes; to a grant only if it goes on at this site, which is then written
    down; to others only when a referral is on its way or another site was asked."""
    money.plan()
    with pytest.raises(AgreementNeeded):
        say_goodbye(**money.goodbye(onward="handed_over"))
    with pytest.raises(WhoTakesOver):
        say_goodbye(**money.goodbye(onward="handed_over", agreed=True))
    elsewhere = money.open("G-3", 300, sites=[money.clinic.elsewhere.id])
    shorter = money.open("G-4", 20, services=["recreation"])
    for other in (elsewhere, shorter, money.grant):
        with pytest.raises(DoesNotCarry):
            say_goodbye(**money.goodbye(onward="handed_over", agreed=True, grant=other.id))
    assert not Farewell.objects.exists()
    longer = money.open("G-5", 300, services=["recreation"])
    say_goodbye(**money.goodbye(onward="handed_over", agreed=True, grant=longer.id))
    assert Attribution.objects.get().grant_id == longer.id
    found = money.list_of()
    assert (found.people, len(found.stay)) == ([], 1)
    plan_grant_closing(
        by=money.clinic["mariam"], grant=longer.id, ends_on=money.day, why="Ends too", told=[money.clinic["nadia"].id]
    )
    assert [one.done for one in money.list_of().people] == [False], "the handover came to nothing"


def test_another_site_that_was_asked_is_a_handover(money: Money) -> None:
    """CA474: somebody whom another site was asked to take on has been handed over with a yes."""
    money.plan()
    propose_transfer(by=money.clinic["nadia"], person=money.person, site=money.clinic.elsewhere.id, reason="Closer")
    say_goodbye(**money.goodbye(onward="handed_over", agreed=True))
    assert money.list_of().finished


def test_an_alert_that_is_said_to_be_raised_is_open(money: Money) -> None:
    """CA475: the last safety check says that an alert was raised only when one is open."""
    money.plan()
    with pytest.raises(AlertFirst):
        say_goodbye(**money.goodbye(last_check="alert"))
    raise_worry(by=money.clinic["chantal"], kind="suicide", person=money.person)
    say_goodbye(**money.goodbye(last_check="alert"))
    assert money.list_of().finished


def test_whoever_directs_sees_counts_only(money: Money) -> None:
    """CA476: director and administrator learn that there are people and how many are left, below ten without a number;
    never who. A supervisor of another site sees nobody of this one."""
    money.plan()
    for who in ("mariam", "samir"):
        found = money.list_of(who)
        assert (found.people, found.stay) == ([], [])
        assert [(one.site, one.people, one.few) for one in found.counts] == [(money.clinic.here.id, 0, True)]
        assert not found.finished
    sirwan = money.clinic.hire("sirwan", "supervisor", money.clinic.elsewhere)
    found = queries.closing_grant(sirwan, money.grant.id)
    assert (found.people, found.stay, found.counts) == ([], [], [])
    for who in ("chantal", "rojin", "leila"):
        with pytest.raises(Absent):
            money.list_of(who)
    with pytest.raises((Absent, Refused)):
        say_goodbye(**{**money.goodbye(), "by": money.clinic["mariam"]})


def test_somebody_hidden_from_the_supervisor_is_not_forgotten(money: Money) -> None:
    """CA477: a grant is not closed over somebody whom its supervisor does not see; whoever leads is told, and when she
    is kept away too, the data protection officer."""
    clinic = money.clinic
    money.plan(ends_on=today_at(money.clinic.here.id))
    closing = money.closing
    hide_from(by=clinic["chantal"], person=money.person, user=clinic["nadia"].id, reason="She asked for it")
    assert (money.list_of().people, money.list_of().stay) == ([], [])
    with pytest.raises(NoGoodbyeYet):
        close_grant(by=clinic["samir"], grant=money.grant.id)
    assert [one.person for one in queries.goodbyes_to_say(clinic["chantal"])] == [money.person]
    assert queries.heard_by_nobody(clinic["leila"]) == []
    hide_from(by=clinic["leila"], person=money.person, user=clinic["chantal"].id, reason="She asked for it")
    assert queries.goodbyes_to_say(clinic["chantal"]) == []
    (told,) = reminders(by=clinic["leila"])
    assert told.url == f"/people/{money.person}/"
    with pytest.raises((Absent, Refused)):
        say_goodbye(**{**money.goodbye(), "closing": closing})
    unhide(by=clinic["leila"], person=money.person, user=clinic["nadia"].id)
    assert reminders(by=clinic["leila"]) == []
    say_goodbye(by=clinic["nadia"], person=money.person, last_check="safe", onward="ended", closing=closing)
    assert close_grant(by=clinic["samir"], grant=money.grant.id).value.closed_on is not None


def test_when_nobody_leads_whoever_works_with_somebody_is_told(money: Money) -> None:
    """CA478: when whoever leads is kept away, the goodbye stands on Today of the other colleagues of this person."""
    clinic = money.clinic
    diego = clinic["diego"]
    assign(by=clinic["nadia"], person=money.person, user=diego.id, role="member")
    money.plan()
    assert queries.goodbyes_to_say(diego) == []
    hide_from(by=clinic["nadia"], person=money.person, user=clinic["chantal"].id, reason="She asked for it")
    assert [one.person for one in queries.goodbyes_to_say(diego)] == [money.person]


def test_who_plans(money: Money) -> None:
    """CA479: only director and administrator plan, with a day that fits, a reason and colleagues who can be told; those
    get a notice. A plan is taken back, and another can be made."""
    clinic, day = money.clinic, money.day
    told = {"grant": money.grant.id, "ends_on": day, "why": "Ends", "told": [clinic["nadia"].id]}
    for who in ("nadia", "chantal", "rojin", "leila"):
        with pytest.raises(Refused):
            plan_grant_closing(by=clinic[who], **told)
    mariam = clinic["mariam"]
    for wrong, problem in (
        ({"ends_on": today_at(money.clinic.here.id) - timedelta(days=1)}, DayDoesNotFit),
        ({"ends_on": day + timedelta(days=1)}, DayDoesNotFit),
        ({"why": ""}, ReasonNeeded),
        ({"told": []}, NobodyTold),
        ({"told": [clinic["chantal"].id]}, NobodyTold),
    ):
        with pytest.raises(problem):
            plan_grant_closing(by=mariam, **{**told, **wrong})
    with pytest.raises(NotPlanned):
        cancel_grant_closing(by=mariam, grant=money.grant.id)
    plan_grant_closing(by=mariam, **told)
    assert list(Notice.objects.values_list("user_id", "place")) == [(clinic["nadia"].id, money.grant.id)]
    assert queries.told_of(Closing.objects.get()) == ["Nadia"]
    with pytest.raises(PlannedAlready):
        plan_grant_closing(by=mariam, **told)
    cancel_grant_closing(by=mariam, grant=money.grant.id)
    assert money.list_of().closing is None
    assert queries.goodbyes_to_say(clinic["chantal"]) == []
    plan_grant_closing(by=mariam, **told)


def test_a_supervisor_writes_down_what_pays(money: Money) -> None:
    """CA480: a supervisor says with a reason that a grant pays, against what is worked out; that it does not, only when
    another one surely goes on. The newest stands, and nobody else may say it."""
    clinic, nadia = money.clinic, money.clinic["nadia"]
    told = {"episode": money.episode, "grant": money.grant.id, "reason": "Agreed with the director"}
    for who in ("chantal", "diego", "mariam", "samir"):
        with pytest.raises((Refused, Absent)):
            attribute(by=clinic[who], paid=True, **told)
    with pytest.raises(ReasonNeeded):
        attribute(by=nadia, paid=True, **{**told, "reason": ""})
    money.plan()
    with pytest.raises(PaidByNobody):
        attribute(by=nadia, paid=False, **told)
    other = money.open("G-4", 300, services=["recreation"])
    with pytest.raises(PaidByNobody):
        attribute(by=nadia, paid=False, **told)
    attribute(by=nadia, paid=True, **{**told, "grant": other.id})
    assert money.list_of().people == []
    attribute(by=nadia, paid=False, **told)
    assert money.list_of().stay == []
    with pytest.raises(Absent):
        attribute(by=nadia, paid=True, **{**told, "grant": UUID(int=9)})


def test_reminders(money: Money) -> None:
    """CA481: 90, 60 and 30 days before the last day it stands on Today of whoever directs and of the supervisors of its
    sites, louder each time; nobody else is told."""
    clinic = money.clinic
    grades = {}
    for days in (95, 90, 60):
        money.open(f"D-{days}", days)
    sirwan = clinic.hire("sirwan", "supervisor", clinic.elsewhere)
    for who in ("mariam", "nadia"):
        grades[who] = [line.grade for line in reminders(by=clinic[who])]
        assert {line.url for line in reminders(by=clinic[who])} >= {f"/closing/grants/{money.grant.id}/"}
    assert grades["mariam"] == grades["nadia"] == ["today", "soon", None]
    assert reminders(by=sirwan) == []
    assert all(not reminders(by=clinic[who]) for who in ("chantal", "rojin", "leila"))


def test_the_check_says_what_nobody_pays(clinic: Clinic, amal: UUID) -> None:
    """CA482: `karama programme check` says when people in care are paid for by no grant, or only by one that ends
    within 90 days; a programme without grants is asked nothing."""
    from tests.care.ends import grant_of

    open_episode(by=clinic["chantal"], person=amal, state="active")

    def lacks() -> set[str]:
        codes = {one.code for one in what_lacks(clinic["samir"], clinic.programme.id)}
        return codes & {"care.paid_by_none", "care.paid_for_short"}

    assert lacks() == set()
    grant_of(clinic, "G-1", 300, sites=[clinic.elsewhere.id])
    assert lacks() == {"care.paid_by_none"}
    grant_of(clinic, "G-2", 60)
    assert lacks() == {"care.paid_for_short"}
    grant_of(clinic, "G-3", 91)
    assert lacks() == set()
