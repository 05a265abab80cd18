"""A death that was written down by mistake is taken back: the person lives and is served, and nothing is hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care import queries
from karama.care.actions import (
    change_episode_state,
    close_episode,
    follow_death,
    open_episode,
    record_death,
    take_back_death,
)
from karama.care.deaths import has_died
from karama.care.facts import died_in
from karama.care.models import Closure, Death, DeathTakenBack, Episode
from karama.care.problems import DecidedAlready, PersonHasDied, ReasonNeeded, TakenBackAlready
from karama.care.queries import due_for, due_of
from karama.journal import Refused, action, clock, reading
from karama.journal.integrity import check
from karama.journal.problems import Collided
from karama.notices.queries import is_silent
from karama.people.actions import assign, erase_person, hide_from, join_files, separate_files, set_contact_rules
from karama.people.reaching import reach
from karama.reception.actions import book_appointment
from karama.rules.permission import Always, Policy
from tests.care.conftest import Clinic
from tests.care.test_dead import AGAIN, CLOSING, dies, lives
from tests.care.test_pages import sign_in, text
from tests.people.conftest import ERASER

__all__ = ["sign_in"]


def begun(clinic: Clinic, person: UUID, name: str = "chantal") -> UUID:
    """An open episode of this file."""
    found = open_episode(by=clinic[name], person=person, state="active").record
    assert found is not None
    return found


def at_work() -> Any:
    """The next hour of a working day in which somebody can be booked."""
    day = clock.now() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=17, minute=0, second=0, microsecond=0)


def test_who_may_take_it_back(clinic: Clinic, amal: UUID) -> None:
    """CA566: whoever may write a death down may say that it was a mistake, once and with a reason: who works with the
    person in a duty that opens care, and the supervisor of the site; nobody elsewhere, hidden, or without care."""
    death = dies(clinic, amal, "nadia")
    clinic.hire("sam", "social_worker", clinic.here)
    for name in ("diego", "sam"):
        assign(by=clinic["nadia"], person=amal, user=clinic[name].id, role="member")
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id, reason="a relative")
    for name in ("tunde", "diego", "sam", "rojin", "samir", "leila"):
        with pytest.raises(Refused):
            take_back_death(by=clinic[name], death=death, reason="She lives.")
    with pytest.raises(Refused):
        take_back_death(by=clinic["chantal"], death=UUID(int=99), reason="She lives.")
    with pytest.raises(ReasonNeeded):
        take_back_death(by=clinic["chantal"], death=death, reason="  ")
    assert has_died(amal)
    lives(clinic, death, "chantal")
    assert not has_died(amal)
    with pytest.raises(TakenBackAlready):
        take_back_death(by=clinic["nadia"], death=death, reason="She lives.")
    with pytest.raises(TakenBackAlready):
        follow_death(by=clinic["nadia"], death=death, step="support", words="Her sister was visited.")


def test_both_stay_readable(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA567: the death stays with its words, and beside it why it was taken back, by whom and when; neither changes the
    journal's account of the other."""
    with reading(by=clinic["chantal"], purpose="care", route="tests"):
        death = dies(clinic, amal, words="Qzdeathq")
    browser = sign_in("nadia")
    page = f"/deaths/{death}/mistake/"
    assert browser.post(page, {"reason": "", "op_id": ""}).status_code == 422
    assert has_died(amal)
    answer = browser.post(page, {"reason": "Qzmistakeq", "op_id": ""})
    assert (answer.status_code, answer["Location"]) == (302, f"/deaths/{death}/")
    shown = text(browser.get(f"/deaths/{death}/"))
    for words in ("Written down by mistake", "Qzdeathq", "Qzmistakeq", "Nadia", "Chantal", "This person lives"):
        assert words in shown
    for words in ("Support was offered", "The review was held", "Take the time you need"):
        assert words not in shown
    assert "was taken back already" in text(browser.post(page, {"reason": "Again", "op_id": ""}))
    assert "A death was written down by mistake" in text(sign_in("chantal").get(f"/people/{amal}/"))
    assert sign_in("tunde").get(page).status_code == 404
    assert Death.objects.count() == DeathTakenBack.objects.count() == 1
    assert check() == []


def test_care_begins_again(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA568: the episode that the death had closed is taken up in the normal way, with a reason, and not by itself;
    measures are due again, somebody is booked, and a new episode may be opened once it is closed."""
    by, episode = clinic["chantal"], begun(clinic, phq9)
    assert due_for(by)
    death = dies(clinic, phq9)
    assert due_for(by) == []
    lives(clinic, death)
    assert Episode.objects.get().state == "closed"
    assert "A death was written down by mistake" in text(sign_in("chantal").get(f"/episodes/{episode}/"))
    with pytest.raises(ReasonNeeded):
        change_episode_state(by=by, episode=episode, state="active")
    change_episode_state(by=by, episode=episode, **AGAIN)
    assert due_for(by)
    assert book_appointment(by=by, person=phq9, starts=at_work(), worker=by.id, minutes=30).record
    assert Closure.objects.get().reason == "died", "what was said at its end stays readable"
    close_episode(by=clinic["nadia"], episode=episode, handed_to=by.id, **CLOSING)
    assert open_episode(by=by, person=phq9).record


def test_her_own_rules_say_whether_she_is_reached(clinic: Clinic, amal: UUID) -> None:
    """CA569: no silence stays, and none of what she had refused is forgotten: whether anything is sent to her is what
    her own rules say."""
    by = clinic["chantal"]

    def why() -> str:
        with reading(by=by, purpose="care", route="tests"):
            return reach(person=amal).why

    set_contact_rules(by=by, person=amal, channel="sms_neutral", address="+57300000001")
    assert why() == ""
    death = dies(clinic, amal)
    assert is_silent(amal)
    lives(clinic, death)
    assert not is_silent(amal)
    assert why() == ""
    set_contact_rules(by=by, person=amal, channel="never")
    lives(clinic, dies(clinic, amal))
    assert not is_silent(amal)
    assert why() == "never"


def test_no_list_counts_it(clinic: Clinic, phq9: UUID) -> None:
    """CA570: in statistics whoever lives has never died; no list of deaths, no Today and no supervisor's page names a
    death that was taken back."""
    nadia, chantal = clinic["nadia"], clinic["chantal"]
    counted: dict[str, Any] = {"by": clinic["rojin"], "programme": clinic.programme.id}
    death = dies(clinic, phq9, "nadia", suspected="suicide")
    with reading(by=nadia, purpose="supervision", route="tests"):
        assert died_in(**counted) == {phq9}
        assert [one[0] for one in queries.deaths_to_follow(nadia)] == [death]
        assert [one[0] for one in queries.deaths_near(chantal)] == [death]
        lives(clinic, death)
        assert died_in(**counted) == frozenset()
        assert queries.deaths_to_follow(nadia) == []
        assert queries.deaths_near(chantal) == []
        assert queries.supervision(nadia).deaths == []
        assert not queries.death_page(nadia, death).review


def test_a_true_death_later(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA571: when the person dies later, that death is written down, stops everything and counts; it may be taken back
    again, and the page of each leads to the other."""
    first = dies(clinic, amal)
    lives(clinic, first)
    episode = begun(clinic, amal)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        second = dies(clinic, amal, suspected="unknown")
        assert (has_died(amal), is_silent(amal)) == (True, True)
        assert Episode.objects.get(pk=episode).state == "closed"
        with pytest.raises(DecidedAlready):
            record_death(by=clinic["nadia"], person=amal, suspected="none")
        with pytest.raises(PersonHasDied):
            open_episode(by=clinic["nadia"], person=amal)
        assert died_in(by=clinic["rojin"], programme=clinic.programme.id) == {amal}
        with reading(by=clinic["nadia"], purpose="care", route="tests"):
            found = queries.death_of(clinic["nadia"], amal)
            assert found is not None
            assert (found.id, found.stands) == (second, True)
            assert [one for one, _at in queries.death_page(clinic["nadia"], first).others] == [second]
            assert queries.mistakes_near(clinic["chantal"]) == []
        assert f"/deaths/{first}/" in sign_in("nadia").get(f"/deaths/{second}/").content.decode()
        lives(clinic, second)
        third = dies(clinic, amal)
        assert [Death.objects.get(pk=one).again for one in (first, second, third)] == [None, 1, 2]


def test_the_database_lets_one_death_stand(clinic: Clinic, amal: UUID) -> None:
    """CA572: two deaths that are written down at the same moment by two colleagues are refused by the database."""

    @action("tests.two_deaths", access=Policy("tests.two_deaths", Always()))
    def twice(*, by: Any, again: int | None) -> None:
        for _time in range(2):
            Death(person_id=amal, again=again).save()

    for again in (None, 1):
        with pytest.raises(Collided):
            twice(by=clinic["chantal"], again=again)
    assert not Death.objects.exists()


def test_in_every_file_of_a_person(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA573: where a death stands in two files that are joined, both are taken back at once and neither silences the
    other when the files are separated; the page says first that two people are separated instead."""
    second = clinic.register("diego", first="Aml", last="Hadad")
    old = begun(clinic, amal)
    dies(clinic, second, "diego")
    death = dies(clinic, amal)
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    assert "If they are two people" in text(sign_in("nadia").get(f"/deaths/{death}/mistake/"))
    lives(clinic, death)
    assert DeathTakenBack.objects.count() == 2
    assert (has_died(amal), has_died(second)) == (False, False)
    assert (is_silent(amal), is_silent(second)) == (False, False)
    change_episode_state(by=clinic["chantal"], episode=old, **AGAIN)
    separate_files(by=clinic["nadia"], person=second, reason="two sisters")
    assert (is_silent(amal), is_silent(second)) == (False, False)


def test_a_file_joined_later_is_not_silenced(clinic: Clinic, amal: UUID) -> None:
    """CA574: a death that was taken back ends no care of a file with which hers is joined afterwards."""
    second = clinic.register("diego", first="Aml", last="Hadad")
    episode = begun(clinic, amal)
    lives(clinic, dies(clinic, second, "diego"))
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    assert Episode.objects.get(pk=episode).state == "active"
    assert not is_silent(amal)


def test_nothing_is_due_in_either_file(clinic: Clinic, phq9: UUID) -> None:
    """CA575: after a death nothing is due in any file of the person; after it was taken back it is."""
    second = clinic.register("diego", first="Aml", last="Hadad")
    episode = begun(clinic, second, "diego")
    join_files(by=clinic["nadia"], person=second, into=phq9, reason="same card")

    def due() -> bool:
        with reading(by=clinic["nadia"], purpose="care", route="tests"):
            return bool(due_of(clinic["nadia"], Episode.objects.get(pk=episode)))

    assert due()
    death = dies(clinic, phq9)
    assert not due()
    lives(clinic, death)
    assert due()


def test_an_erasure_leaves_nothing_of_it(clinic: Clinic, amal: UUID) -> None:
    """CA576: deaths, what followed them and that they were taken back go with the person's record."""
    first = dies(clinic, amal)
    follow_death(by=clinic["nadia"], death=first, step="support", words="Her sister was visited.")
    lives(clinic, first)
    dies(clinic, amal)
    erase_person(by=ERASER, person=amal, reason="A test.")
    assert not Death.objects.exists()
    assert not DeathTakenBack.objects.exists()
