"""After a death that is written down somebody is said to be alive and in danger: that is asked as any danger."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.accounts import duties
from karama.care.actions import record_response
from karama.journal import Refused, clock, reading
from karama.journal.integrity import check
from karama.people.actions import hide_from, join_files
from karama.programme.actions import name_responder
from karama.programme.days import today_at
from karama.rules.risk import WORRIES
from karama.safety import actions
from karama.safety.models import Alert, AlertStep
from karama.safety.problems import NoteMissing, NotNow, WroteItAlone
from karama.safety.queries import closed_alerts
from karama.safety.standing import standing_of
from tests.care.conftest import Clinic, all_answers
from tests.care.test_dead import dies, lives
from tests.care.test_dead_in_danger import late, on_today, raised, state
from tests.care.test_pages import sign_in, text
from tests.sync.phone import Phone

__all__ = ["sign_in"]
HOW = "Her brother was at the burial on Monday."


@pytest.fixture
def answered(clinic: Clinic) -> Clinic:
    """Diego answers at the site, Nadia after him."""
    name_responder(by=clinic["samir"], site=clinic.here.id, user=clinic["diego"].id, role="responder")
    return clinic


def worry(clinic: Clinic, person: UUID, kind: Any = "suicide", name: str = "nadia", **more: Any) -> Alert:
    """What this colleague worries about."""
    made = actions.raise_worry(by=clinic[name], person=person, kind=kind, **more)
    return Alert.objects.get(sources=made.record)


def climbs(alert: Alert) -> bool:
    """Whether somebody else is asked when nobody answers."""
    told = standing_of(alert, clock.now() + timedelta(days=9)).escalation
    return len(told.asked) > 1 or told.exhausted


@pytest.mark.parametrize("kind", ["suicide", "medical_emergency"])
def test_a_later_worry_keeps_its_clock(answered: Clinic, amal: UUID, sign_in: Any, kind: str) -> None:
    """SF270: a worry that is raised after a death was written down has its clock, stands on Today and climbs as any
    other; its page says that a death is written down, by which duty and when, and leads to taking it back."""
    before = standing_of(worry(answered, answered.register(first="Samira"), kind)).escalation
    death = dies(answered, amal, on=today_at(answered.here.id))
    alert = worry(answered, amal, kind)
    found = standing_of(alert)
    assert (found.state.state, found.grade) == ("raised", WORRIES[kind].grade)
    assert found.escalation.asked == before.asked
    assert found.escalation.next_at is not None
    assert climbs(alert)
    assert on_today(answered, "diego", alert)
    shown = text(sign_in("diego").get(f"/alerts/{alert.id}/"))
    for words in (
        "A death is written down",
        str(duties.label("community_agent")),
        "Act as if this person lives",
        "I spoke with the person",
    ):
        assert words in shown
    assert "tell a colleague in care or the supervisor" in shown, "he does not work with the person"
    assert f"/deaths/{death}/mistake/" in sign_in("nadia").get(f"/alerts/{alert.id}/").content.decode()
    assert check() == []


@pytest.mark.parametrize("source", ["talk", "visit", "physiotherapy", "phone", "paper", "answer"])
def test_whatever_a_human_tells(answered: Clinic, amal: UUID, source: str) -> None:
    """SF271: what somebody tells first-hand after a death keeps its clock, by whatever way it is told, also answers of
    which nobody knows the day."""
    dies(answered, amal)
    made = actions.raise_alert(by=answered["chantal"], person=amal, kind="suicide", grade="now", source=source)
    alert = Alert.objects.get(sources=made.record)
    assert state(alert) == "raised"
    assert climbs(alert)


def test_answers_by_their_day(answered: Clinic, phq9: UUID) -> None:
    """SF272: answers of a day before the death wait to be looked at; answers of a later day are a danger like any
    other, also where the death is written down only afterwards."""
    today = today_at(answered.here.id)
    told: dict[str, Any] = {"instrument": "phq9", "answers": all_answers(), "wave": "baseline", "language": "en"}
    dies(answered, phq9, on=today - timedelta(days=3))
    record_response(by=answered["nadia"], person=phq9, on=today - timedelta(days=5), **told)
    alert = Alert.objects.get()
    assert state(alert) == "after_death"
    record_response(by=answered["nadia"], person=phq9, on=today - timedelta(days=1), **told)
    assert Alert.objects.get().id == alert.id, "it joins the one that waits"
    assert state(alert) == "raised"
    assert climbs(alert)


def test_a_worry_joins_what_waits(answered: Clinic, amal: UUID) -> None:
    """SF273: a worry about somebody whose late answers wait to be looked at makes them a danger with a fresh clock, and
    no later answer from before the death silences that again."""
    dies(answered, amal)
    alert = late(answered, amal)
    assert state(alert) == "after_death"
    assert worry(answered, amal).id == alert.id
    assert state(alert) == "raised"
    assert (clock.now() - standing_of(alert).state.since).total_seconds() < 60
    assert late(answered, amal).id == alert.id
    assert state(alert) == "raised"


def test_a_telephone_that_was_away(answered: Clinic, amal: UUID) -> None:
    """SF274: a telephone without signal raises a worry: it keeps its clock whatever that telephone's clock says, also
    1970; answers that it had taken before the death wait to be looked at."""
    phone, now = Phone(answered["nadia"]).enrol(), clock.now()
    phone.sync()
    dies(answered, amal)
    answers = {"grade": "today", "source": "answer"}
    told: list[tuple[timedelta, str, dict[str, Any], str]] = [
        (timedelta(hours=3), "safety.raise_worry", {"kind": "suicide"}, "raised"),
        (timedelta(hours=3), "safety.raise_alert", {"kind": "injecting", **answers}, "after_death"),
        (timedelta(days=20_000), "safety.raise_alert", {"kind": "medical_emergency", **answers}, "raised"),
    ]
    for ago, act, arguments, stands in told:
        phone.clock = lambda said=now - ago: said.isoformat()  # type: ignore[misc]  # bound to this turn
        op = phone.do(act, person=amal, **arguments)
        phone.sync()
        assert phone.outcome(op) == "done"
        with reading(by=answered["nadia"], purpose="safety", route="tests"):
            found = next(one for one in Alert.objects.all() if one.text_of("kind") == arguments["kind"])
        assert state(found) == stands, arguments["kind"]


def test_a_second_colleague_confirms(answered: Clinic, amal: UUID, sign_in: Any) -> None:
    """SF275: what was told after a death is closed, without anybody saying that the person was spoken with, by a
    colleague who says how one knows; never by whoever wrote the death down alone, in whatever duty, nor in another
    way, nor does she say to have spoken with the person; and the supervisor may read it once more."""
    dies(answered, amal, "nadia")
    alert = worry(answered, amal, name="chantal")
    actions.take_alert(by=answered["nadia"], alert=alert.id)
    with pytest.raises(WroteItAlone):
        actions.confirm_death(by=answered["nadia"], alert=alert.id, note=HOW)
    with pytest.raises(WroteItAlone):
        actions.record_first_contact(by=answered["nadia"], alert=alert.id)
    with pytest.raises(WroteItAlone):
        actions.record_screening(by=answered["nadia"], alert=alert.id, state="done", answers={"intent": "no"})
    actions.hand_over(by=answered["nadia"], alert=alert.id, to=answered["diego"].id)
    actions.record_first_contact(by=answered["diego"], alert=alert.id)
    with pytest.raises(WroteItAlone):
        actions.close_alert(by=answered["nadia"], alert=alert.id, outcome="no_danger_found", note="We spoke.")
    shown = text(sign_in("nadia").get(f"/alerts/{alert.id}/"))
    assert "Somebody else closes this alert" in shown
    for words in ("Close: I know that the person has died", "I spoke with the person", "Follow-up questions"):
        assert words not in shown
    with pytest.raises(NoteMissing):
        actions.confirm_death(by=answered["diego"], alert=alert.id, note=" ")
    browser = sign_in("diego")
    assert "Close: I know that the person has died" in text(browser.get(f"/alerts/{alert.id}/"))
    answer = browser.post(f"/alerts/{alert.id}/death_confirmed/", {"note": HOW, "op_id": ""})
    assert answer.status_code == 302
    assert state(alert) == "closed"
    last = AlertStep.objects.filter(alert=alert).order_by("recorded_at", "id").last()
    assert last is not None
    assert (last.step, last.outcome, last.author_id) == ("death_confirmed", "died", answered["diego"].id)
    with reading(by=answered["nadia"], purpose="supervision", route="tests"):
        assert [one.id for one in closed_alerts(answered["nadia"], clock.now() - timedelta(days=1))] == [alert.id]
    assert check() == []


def test_only_where_a_death_stands(answered: Clinic, amal: UUID) -> None:
    """SF276: nobody confirms a death that nobody wrote down or that was taken back, nor closes so what may be about
    somebody else or names a colleague; and whoever an alert is not for, or is kept from, has no part in it."""
    alert = worry(answered, amal)
    with pytest.raises(NotNow):
        actions.confirm_death(by=answered["diego"], alert=alert.id, note=HOW)
    actions.record_first_contact(by=answered["diego"], alert=alert.id)
    actions.close_alert(by=answered["diego"], alert=alert.id, outcome="plan_made", note="We spoke.")
    death = dies(answered, amal)
    child = worry(answered, amal, "child_in_danger")
    named = worry(answered, amal, involves=answered["chantal"].id)
    own = worry(answered, amal)
    for one in (child, named):
        assert state(one) == "raised"
        with pytest.raises(NotNow):
            actions.confirm_death(by=answered["diego"], alert=one.id, note=HOW)
    for name in ("rojin", "samir", "leila", "tunde"):
        with pytest.raises(Refused):
            actions.confirm_death(by=answered[name], alert=own.id, note=HOW)
    hide_from(by=answered["nadia"], person=amal, user=answered["diego"].id, reason="a relative")
    with pytest.raises(Refused):
        actions.confirm_death(by=answered["diego"], alert=own.id, note=HOW)
    lives(answered, death)
    with pytest.raises(NotNow):
        actions.confirm_death(by=answered["nadia"], alert=own.id, note=HOW)


def test_the_person_lives_after_all(answered: Clinic, amal: UUID) -> None:
    """SF277: when the death is taken back, what a colleague had closed because of it is open again with a fresh clock;
    a later death closes nothing of what was told after the first one."""
    death = dies(answered, amal)
    alert = worry(answered, amal)
    actions.confirm_death(by=answered["diego"], alert=alert.id, note=HOW)
    lives(answered, death)
    assert state(alert) == "raised"
    dies(answered, amal)
    assert state(alert) == "raised"
    assert climbs(alert)


def test_a_death_of_an_earlier_day(answered: Clinic, amal: UUID) -> None:
    """SF278: whoever writes down that somebody died days ago closes nothing that was told of that person since."""
    alert, today = worry(answered, amal), today_at(answered.here.id)
    dies(answered, amal, on=today - timedelta(days=2))
    assert state(alert) == "raised"
    assert climbs(alert)


def test_joining_files_silences_nobody(answered: Clinic, amal: UUID) -> None:
    """SF279: a worry about somebody whose file is then joined with that of somebody who died keeps its clock, when it
    was raised after that death."""
    second = answered.register(birth_year=1990)
    before = worry(answered, second, "medical_emergency")
    dies(answered, amal)
    since = worry(answered, second)
    join_files(by=answered["nadia"], person=second, into=amal, reason="the same person")
    assert state(before) == "closed"
    assert state(since) == "raised"
    assert climbs(since)


def test_opened_again_it_is_asked(answered: Clinic, amal: UUID, sign_in: Any) -> None:
    """SF280: whoever opens an alert again that a death had closed, as its page tells, has it asked from its beginning;
    where others may be in danger it says so."""
    alert, home = raised(answered, amal), raised(answered, amal, "violence_at_home")
    actions.record_first_contact(by=answered["diego"], alert=home.id)
    actions.close_alert(by=answered["diego"], alert=home.id, outcome="plan_made", note="We spoke.")
    dies(answered, amal)
    assert state(alert) == "closed"
    shown = text(sign_in("nadia").get(f"/alerts/{alert.id}/"))
    assert "A death is written down" in shown
    assert "Open again" in shown
    for one in (alert, home):
        actions.reopen_alert(by=answered["nadia"], alert=one.id, note="She was seen at the market.")
        assert state(one) == "raised"
        assert climbs(one)
    assert [one.alert_id for one in AlertStep.objects.filter(step="others_left")] == [home.id]


def test_whoever_was_asked_may_know_better(answered: Clinic, amal: UUID, sign_in: Any) -> None:
    """SF281: whoever was asked when a death settled an alert, and is told so, still opens its page, which tells of the
    death, and has it asked again with one step; who was never asked, or is kept from it, does not."""
    alert, tunde = raised(answered, amal), answered["tunde"]
    dies(answered, amal)
    browser = sign_in("diego")
    shown = text(browser.get(f"/alerts/{alert.id}/"))
    assert "A death is written down" in shown
    assert "Open again" in shown
    assert sign_in("tunde").get(f"/alerts/{alert.id}/").status_code == 404
    with pytest.raises(Refused):
        actions.reopen_alert(by=tunde, alert=alert.id, note="She lives.")
    assert not on_today(answered, "diego", alert)
    browser.post(f"/alerts/{alert.id}/reopened/", {"note": "I saw her at the market.", "op_id": ""})
    assert (state(alert), on_today(answered, "diego", alert)) == ("raised", True)
    waits = raised(answered, amal, "injecting", device_at=clock.now() - timedelta(hours=1))
    hide_from(by=answered["nadia"], person=amal, user=answered["diego"].id, reason="a relative")
    for one in (alert, waits):
        assert browser.get(f"/alerts/{one.id}/").status_code == 404


def test_who_opens_it_again_has_told_it(answered: Clinic, amal: UUID) -> None:
    """SF282: an alert that somebody opened again, because the person was seen alive, is closed by nobody who alone
    wrote the death down, by no second death after that one was taken back, and by no death of a joined file."""
    alert = raised(answered, amal)
    death = dies(answered, amal, "nadia")
    actions.reopen_alert(by=answered["diego"], alert=alert.id, note="She was seen at the market.")
    actions.take_alert(by=answered["nadia"], alert=alert.id)
    with pytest.raises(WroteItAlone):
        actions.record_first_contact(by=answered["nadia"], alert=alert.id)
    lives(answered, death)
    dies(answered, amal, "nadia")
    assert state(alert) == "taken"
    second = answered.register(birth_year=1990)
    join_files(by=answered["nadia"], person=second, into=amal, reason="the same person")
    assert state(alert) == "taken"
