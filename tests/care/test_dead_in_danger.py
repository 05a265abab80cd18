"""A death and the alerts of the person: what it settles, what it never closes, and what is told after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from karama.care.queries import death_page
from karama.journal import Refused, clock, reading
from karama.journal.integrity import check
from karama.notices.models import Notice
from karama.people.actions import hide_from, join_files, separate_files
from karama.people.registries import work_open_for
from karama.programme.actions import name_responder
from karama.safety import actions, header
from karama.safety.jobs import tell_next
from karama.safety.models import Alert, AlertStep
from karama.safety.problems import NotNow
from karama.safety.queries import open_alerts
from karama.safety.standing import standing_of
from tests.care.conftest import Clinic
from tests.care.test_dead import dies, lives
from tests.care.test_pages import sign_in, text

__all__ = ["sign_in"]


@pytest.fixture
def answered(clinic: Clinic) -> Clinic:
    """Diego answers at the site."""
    name_responder(by=clinic["samir"], site=clinic.here.id, user=clinic["diego"].id, role="responder")
    return clinic


def raised(clinic: Clinic, person: UUID, kind: str = "suicide", name: str = "chantal", **more: Any) -> Alert:
    """An alert about this person."""
    made = actions.raise_alert(by=clinic[name], person=person, kind=kind, grade="today", source="answer", **more)
    return Alert.objects.get(sources=made.record)


def late(clinic: Clinic, person: UUID, kind: str = "suicide") -> Alert:
    """An alert of answers that a telephone had taken an hour ago, before any death was written down."""
    return raised(clinic, person, kind, device_at=clock.now() - timedelta(hours=1))


def state(alert: Alert) -> str:
    """Where it stands."""
    return standing_of(alert).state.state


def on_today(clinic: Clinic, name: str, alert: Alert) -> bool:
    """Whether it stands on this colleague's Today."""
    with reading(by=clinic[name], purpose="care", route="today"):
        return any(line.url == f"/alerts/{alert.id}/" for line in header.today(by=clinic[name]))


@pytest.mark.parametrize("steps", [[], ["see_alert"], ["take_alert"], ["take_alert", "record_first_contact"]])
def test_a_death_settles_her_alerts(answered: Clinic, amal: UUID, steps: list[str]) -> None:
    """SF207: a death closes the person's open alerts with that outcome, whatever was done before; none stands on any
    Today, is open work or tells anybody again. Whoever had them is told once, gently, and whoever wrote it not."""
    alerts = [raised(answered, amal), raised(answered, amal, "medical_emergency")]
    for step in steps:
        for alert in alerts:
            getattr(actions, step)(by=answered["diego"], alert=alert.id)
    assert on_today(answered, "diego", alerts[0])
    dies(answered, amal)
    assert [state(one) for one in alerts] == ["closed", "closed"]
    last = AlertStep.objects.filter(alert=alerts[0]).order_by("recorded_at", "id").last()
    assert last is not None
    assert (last.step, last.outcome) == ("died", "died")
    assert not on_today(answered, "diego", alerts[0])
    assert work_open_for(amal) == []
    assert tell_next() == 0
    told = Notice.objects.filter(kind="safety.settled")
    assert [one.user_id for one in told] == [answered["diego"].id]
    assert check() == []


def test_a_death_closes_nobody_elses(answered: Clinic, amal: UUID) -> None:
    """SF208: the alert of a relative stays open, also where its words name who died, and of an id nobody knows."""
    sister = answered.register(first="Samira")
    hers = raised(answered, sister, words="Her sister Amal knows of it.")
    unknown = raised(answered, UUID(int=7))
    dies(answered, amal)
    assert [state(hers), state(unknown)] == ["raised", "raised"]
    assert not AlertStep.objects.filter(alert__in=[hers, unknown], step__in=["died", "others_left"]).exists()
    assert on_today(answered, "diego", hers)


@pytest.mark.parametrize(
    "kind", ["child_in_danger", "harm_to_others", "violence_at_home", "gbv", "recent_sexual_violence", "unclear"]
)
def test_danger_to_others_stays(answered: Clinic, amal: UUID, sign_in: Any, kind: str) -> None:
    """SF209: an alert about harm to a child or somebody else does not vanish because the person died: it stays where it
    was, with its clock, says so, and asks to speak with those in danger; then it is closed like any other."""
    alert = raised(answered, amal, kind)
    before = standing_of(alert).escalation
    dies(answered, amal)
    after = standing_of(alert)
    assert after.state.state == "raised"
    assert after.escalation.next_at == before.next_at
    assert on_today(answered, "diego", alert)
    shown = text(sign_in("diego").get(f"/alerts/{alert.id}/"))
    assert "Somebody else may still be in danger" in shown
    assert "I spoke with those who may be in danger" in shown
    for words in ("I spoke with the person", "I could not reach the person", "Follow-up questions"):
        assert words not in shown
    actions.record_first_contact(by=answered["diego"], alert=alert.id)
    actions.close_alert(by=answered["diego"], alert=alert.id, outcome="no_danger_found", note="The children are safe.")
    assert state(alert) == "closed"


def test_told_after_a_death(answered: Clinic, amal: UUID, sign_in: Any) -> None:
    """SF210: answers from before a recorded death that arrive after it are raised and shown to be looked at; that asks
    nobody to speak with the person, asks one colleague only, and is closed with a note. Whoever opens it again has it
    asked as ever."""
    dies(answered, amal)
    alert = late(answered, amal)
    assert state(alert) == "after_death"
    assert on_today(answered, "diego", alert)
    assert [one.grade for one in open_alerts(answered["diego"])] == ["soon"]
    assert standing_of(alert).escalation.asked == (answered["diego"].id,)
    shown = text(sign_in("diego").get(f"/alerts/{alert.id}/"))
    for words in ("I spoke with the person", "I take it", "I could not reach", "What helps first"):
        assert words not in shown
    assert "This person may live: have it answered now" in shown
    with pytest.raises(NotNow):
        actions.record_first_contact(by=answered["diego"], alert=alert.id)
    assert late(answered, amal).id == alert.id, "a second telephone joins it"
    assert AlertStep.objects.filter(alert=alert, step="after_death").count() == 1
    actions.close_alert(by=answered["diego"], alert=alert.id, outcome="died", note="Read, and told the supervisor.")
    assert state(alert) == "closed"
    actions.reopen_alert(by=answered["diego"], alert=alert.id, note="Look at it again.")
    assert state(alert) == "raised"
    assert standing_of(alert).escalation.next_at is not None
    others = raised(answered, amal, "child_in_danger")
    assert state(others) == "raised"
    assert AlertStep.objects.filter(alert=others, step="others_left").count() == 1


def test_the_person_lives(answered: Clinic, amal: UUID) -> None:
    """SF211: taking the death back opens what it had closed and what was told since, from the beginning of the line and
    with a fresh clock; what a colleague had closed stays closed, and who takes it back sees what is open again."""
    own, other = raised(answered, amal), raised(answered, amal, "child_in_danger")
    done = raised(answered, amal, "medical_emergency")
    actions.record_first_contact(by=answered["diego"], alert=done.id)
    actions.close_alert(by=answered["diego"], alert=done.id, outcome="no_danger_found", note="We spoke.")
    death = dies(answered, amal)
    since = late(answered, amal, "injecting")
    assert state(since) == "after_death"
    lives(answered, death)
    assert [state(one) for one in (own, since, other, done)] == ["raised", "raised", "raised", "closed"]
    again = standing_of(own)
    assert again.state.owner is None
    assert (clock.now() - again.state.since).total_seconds() < 60
    assert on_today(answered, "diego", own)
    with reading(by=answered["nadia"], purpose="care", route="tests"):
        back = death_page(answered["nadia"], death).back
    assert back is not None
    assert f"/alerts/{own.id}/" in [one.url for one in back.stopped]
    death = dies(answered, amal)
    assert state(own) == "closed"
    assert AlertStep.objects.filter(alert=other).order_by("recorded_at", "id").last().step == "others_left"  # type: ignore[union-attr]  # one is there


def test_every_file_of_the_person(answered: Clinic, amal: UUID) -> None:
    """SF212: a death settles the alerts of each file of the person, also of one that is joined with hers later, and an
    alert told about the other file after it waits to be looked at."""
    second = answered.register(birth_year=1990)
    before = raised(answered, second)
    dies(answered, amal)
    assert state(before) == "raised", "nobody knows yet that both are one"
    join_files(by=answered["nadia"], person=second, into=amal, reason="the same person")
    assert state(before) == "closed"
    assert state(late(answered, second, "injecting")) == "after_death"


def test_files_that_were_two_people(answered: Clinic, amal: UUID) -> None:
    """SF220: files joined by mistake, and then a death: separated again, what the death had settled of the one who
    lives is open; of the one who died it stays settled."""
    second = answered.register(birth_year=1990)
    hers, others = raised(answered, amal, "injecting"), raised(answered, second)
    join_files(by=answered["nadia"], person=second, into=amal, reason="the same person")
    dies(answered, amal)
    assert (state(hers), state(others)) == ("closed", "closed")
    separate_files(by=answered["nadia"], person=second, reason="two people")
    assert standing_of(Alert.objects.get(pk=others.id)).state.is_open
    assert state(hers) == "closed"


def test_an_alert_that_names_a_colleague_stays(answered: Clinic, amal: UUID) -> None:
    """SF221: a death closes no alert in which a colleague is named, whoever writes the death down."""
    actions.raise_worry(by=answered["diego"], kind="suicide", person=amal, involves=answered["chantal"].id)
    alert = Alert.objects.get()
    dies(answered, amal)
    assert standing_of(alert).state.is_open


def test_only_inside_a_death(answered: Clinic, amal: UUID) -> None:
    """SF213: nobody settles or opens alerts by a death without writing one down or taking it back; and whoever an alert
    is kept from is told nothing of it."""
    alert = raised(answered, amal)
    for name in ("diego", "nadia", "samir", "chantal"):
        for act in (actions.settle_after_death, actions.reopen_of_living):
            with pytest.raises(Refused):
                act(by=answered[name], person=amal)
    hide_from(by=answered["nadia"], person=amal, user=answered["diego"].id, reason="a relative")
    dies(answered, amal)
    assert state(alert) == "closed"
    assert answered["diego"].id not in Notice.objects.values_list("user_id", flat=True)
