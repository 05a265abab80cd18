"""Handing over, leaving, the supervisor's page, and a death."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from karama.accounts.actions import end_duty, give_duty, lock_user
from karama.accounts.models import Posting
from karama.accounts.queries import actor_of
from karama.care.actions import (
    amend_session,
    follow_death,
    hand_over_caseload,
    name_contact,
    open_episode,
    record_death,
    record_session,
    supervise,
    write_note,
)
from karama.care.facts import died_in
from karama.care.models import Closure, Death, Episode, Wait
from karama.care.problems import DecidedAlready, NoSuchColleague, NothingToHandOver
from karama.care.queries import due_for, held_by, supervision
from karama.care.waiting import answer as waiting_at
from karama.care.waiting import need_of, open_waits
from karama.journal import Absent, Refused, clock, reading
from karama.people.actions import assign, close_file, hide_from, join_files
from karama.people.models import Assignment, Person
from karama.people.queries import person_in_reach
from karama.programme.days import today_at
from karama.rules.episodes import OPEN_STATES
from karama.safety.actions import raise_worry
from tests.care.conftest import Clinic, all_answers
from tests.care.test_pages import sign_in, text
from tests.care.test_recording import record

__all__ = ["sign_in"]


@pytest.fixture
def episode(clinic: Clinic, amal: UUID) -> UUID:
    """Amal's episode, active, led by Chantal."""
    found = open_episode(by=clinic["chantal"], person=amal, state="active").record
    assert found is not None
    return found


def orphans() -> list[UUID]:
    """Open episodes whose lead may not sign in or holds no duty of care at the site any more."""
    today = clock.day_in_utc()
    found = []
    for one in Episode.objects.filter(state__in=OPEN_STATES):
        held = Posting.objects.filter(user_id=one.lead_id, site_id=one.person.site_id, user__is_active=True)
        if not any(row.until_on is None or row.until_on > today for row in held):
            found.append(one.id)
    return found


def test_a_caseload_goes_on_in_one_action(clinic: Clinic, amal: UUID, episode: UUID, sign_in: Any) -> None:
    """CA120: one screen offers a colleague for each person; saving it moves lead, work and waits, all or none."""
    by, nadia, diego = clinic["chantal"], clinic["nadia"], clinic["diego"]
    other = clinic.register(first="Rezan", last="Azad", birth_year=1980)
    waiting = open_episode(by=by, person=other, state="waiting").record
    assert waiting is not None
    name_contact(by=by, episode=waiting, contact=by.id, need=2)
    with pytest.raises(NothingToHandOver):
        hand_over_caseload(by=nadia, user=by.id, receivers={})
    with pytest.raises(NoSuchColleague):
        hand_over_caseload(by=nadia, user=by.id, receivers={other: diego.id, amal: clinic["tunde"].id})
    assert Wait.objects.get().contact_id == by.id
    for name in ("diego", "tunde"):
        with pytest.raises(Refused):
            hand_over_caseload(by=clinic[name], user=by.id, receivers={amal: diego.id})
        assert sign_in(name).get(f"/handover/{by.id}/").status_code == 404
    client = sign_in("nadia")
    shown = text(client.get(f"/handover/{by.id}/"))
    assert "Haddad" not in shown
    sent = {amal.hex: str(diego.id), other.hex: str(diego.id)}
    assert client.post(f"/handover/{by.id}/", sent).status_code == 302
    assert set(Episode.objects.values_list("lead_id", flat=True)) == {diego.id}
    assert Wait.objects.get().contact_id == diego.id
    assert not Assignment.objects.filter(user_id=by.id, until__isnull=True).exists()
    assert held_by(nadia, by.id)[1] == []
    with pytest.raises(Absent):
        hand_over_caseload(by=nadia, user=by.id, receivers={amal: nadia.id})


@pytest.mark.parametrize("how", ["ends", "locked"])
def test_nobody_is_orphaned_when_somebody_leaves(clinic: Clinic, amal: UUID, episode: UUID, how: str) -> None:
    """CA121: a duty ended or a user locked out leaves no open episode without a lead who is there (D5)."""
    by = clinic["chantal"]
    posting = Posting.objects.get(user_id=by.id)
    assert orphans() == []
    if how == "ends":
        end_duty(by=clinic["samir"], posting=posting.id)
    else:
        lock_user(by=clinic["samir"], user=by.id)
    assert orphans() == []
    assert Episode.objects.get(pk=episode).lead_id == clinic["nadia"].id
    assert not Assignment.objects.filter(user_id=by.id, until__isnull=True).exists()


def test_a_successor_is_never_one_she_is_hidden_from(clinic: Clinic, amal: UUID, episode: UUID) -> None:
    """CA122: whoever must not see the person does not become responsible by somebody's leaving."""
    hide_from(by=clinic["chantal"], person=amal, user=clinic["nadia"].id)
    lock_user(by=clinic["samir"], user=clinic["chantal"].id)
    assert Episode.objects.get(pk=episode).lead_id == clinic["diego"].id


def test_the_supervisors_page(clinic: Clinic, phq9: UUID, episode: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA123: alerts, notes to sign, who is stuck and the colleagues, by code; for her own sites only."""
    by, nadia = clinic["chantal"], clinic["nadia"]
    supervise(by=nadia, user=by.id, site=clinic.here.id, cosigned=True)
    write_note(by=by, person=phq9, sections={"seen": "Qznoteq"})
    raise_worry(by=by, kind="suicide", person=phq9)
    shown = text(sign_in("nadia").get("/supervision/"))
    for words in ("Open since", "A note to co-sign", "Notes are co-signed", "Chantal"):
        assert words in shown
    assert "Haddad" not in shown
    assert "Qznoteq" not in shown
    for name in ("chantal", "diego", "tunde", "samir"):
        assert sign_in(name).get("/supervision/").status_code in (302, 404)
    with time_machine.travel(clock.now() + timedelta(days=40), tick=True), reading_as(nadia):
        assert [one.why for one in supervision(nadia).stuck] == ["silent"]


def test_worse_on_two_measures_is_stuck(
    clinic: Clinic, phq9: UUID, episode: UUID, reading_as: Any, worded: Any
) -> None:
    """CA124: reliably worse on as many measures as the pack says is shown; on one of two it is not."""
    worded("gad7")
    nadia, today = clinic["nadia"], today_at(clinic.here.id)
    seven = {f"q{number}": "not_at_all" for number in range(1, 8)}

    def ask(level: str, days: int, **more: Any) -> None:
        record(clinic, phq9, episode=episode, on=today - timedelta(days=days), **more)

    ask("", 60, answers=all_answers("not_at_all"))
    ask("", 1, answers=all_answers("nearly_every_day", q9="not_at_all"))
    ask("", 60, instrument="gad7", answers=seven)
    with reading_as(nadia):
        assert not [one for one in supervision(nadia).stuck if one.why == "worse"]
    ask("", 1, instrument="gad7", answers=dict.fromkeys(seven, "nearly_every_day"))
    with reading_as(nadia), CaptureQueriesContext(connection) as counted:
        assert [one.code for one in supervision(nadia).stuck if one.why == "worse"]
    assert len(counted) <= 24


def test_a_death_stops_everything_and_is_counted_as_one(
    clinic: Clinic, phq9: UUID, episode: UUID, sign_in: Any, reading_as: Any
) -> None:
    """CA125: a death closes care as a death, ends what is due, is told by code, and is handed to analytics as one."""
    by, nadia, diego = clinic["chantal"], clinic["nadia"], clinic["diego"]
    assert due_for(by)
    with pytest.raises(Refused):
        record_death(by=clinic["tunde"], person=phq9, suspected="none")
    death = record_death(by=nadia, person=phq9, suspected="suicide", words="Qzdeathq").value
    with pytest.raises(DecidedAlready):
        record_death(by=nadia, person=phq9, suspected="none")
    assert Episode.objects.get(pk=episode).state == "closed"
    assert Closure.objects.get().reason == "died"
    assert due_for(by) == []
    today = text(sign_in("chantal").get("/"))
    assert "Somebody you worked with has died" in today
    assert "Qzdeathq" not in today
    assert "support or review is still to do" in text(sign_in("nadia").get("/"))
    with pytest.raises(Refused):
        follow_death(by=by, death=death.id, step="review", words="words")
    follow_death(by=nadia, death=death.id, step="support", words="Her sister was visited.")
    assert "A review without blame is to be held" in text(sign_in("nadia").get(f"/deaths/{death.id}/"))
    follow_death(by=nadia, death=death.id, step="review", words="What we learnt.")
    assert supervision(nadia).deaths == []
    assert sign_in("tunde").get(f"/deaths/{death.id}/").status_code == 404
    assert died_in(by=clinic["rojin"], programme=clinic.programme.id) == {phq9}
    with pytest.raises(Refused):
        died_in(by=diego, programme=clinic.programme.id)
    assert Death.objects.count() == 1


def test_a_corrected_session_does_not_hide_silence(clinic: Clinic, amal: UUID, episode: UUID) -> None:
    """CA377: a session that was corrected to "did not come" is none that was held: who is not seen is silent."""
    with time_machine.travel(clock.now(), tick=False) as now:
        now.shift(timedelta(days=60))
        held = record_session(
            by=clinic["chantal"], person=amal, attended="came", modality="in_person", risk_asked="yes"
        ).value
        with reading(by=clinic["nadia"], purpose="supervision", route="tests.care"):
            assert "silent" not in {one.why for one in supervision(clinic["nadia"]).stuck}
        amend_session(by=clinic["chantal"], session=held.id, attended="absent", reason="wrong tap")
        with reading(by=clinic["nadia"], purpose="supervision", route="tests.care"):
            assert "silent" in {one.why for one in supervision(clinic["nadia"]).stuck}


def test_joining_two_files_keeps_the_waiting_place(clinic: Clinic, amal: UUID) -> None:
    """CA380: who waits in a file that was joined with another still waits: for the desk, for her named contact, for
    the supervisor and when she does not come; by the code of the file that remains, hidden as that one is."""
    by, nadia = clinic["chantal"], clinic["nadia"]
    twin = clinic.register(first="Amal", last="Hadad")
    last = clinic.register(first="Amel", last="Haddad")
    waiting = open_episode(by=by, person=twin, state="waiting").record
    assert waiting is not None
    name_contact(by=by, episode=waiting, contact=by.id, need=2)
    code = Person.objects.get(pk=amal).code
    join_files(by=nadia, person=twin, into=last, reason="One person.")
    join_files(by=nadia, person=last, into=amal, reason="One person.")
    with time_machine.travel(clock.now() + timedelta(days=200), tick=False):
        with reading(by=by, purpose="care", route="tests.care"):
            assert [one.episode_id for one in open_waits(by)] == [waiting]
        with reading(by=nadia, purpose="supervision", route="tests.care"):
            found = {(one.episode, one.code, one.why) for one in supervision(nadia).stuck}
            assert (waiting, code, "waiting") in found
            assert [(one.person, one.code, one.need) for one in waiting_at(nadia, clinic.here.id)] == [(amal, code, 2)]
        assert need_of(amal) == 2
    hide_from(by=nadia, person=amal, user=clinic["diego"].id, reason="Related.")
    diego = clinic["diego"]
    with reading(by=diego, purpose="care", route="tests.care"):
        assert waiting_at(diego, clinic.here.id) == []
        assert open_waits(diego) == []


def test_a_count_tells_of_nobody_who_is_hidden(clinic: Clinic, amal: UUID, reading_as: Any) -> None:
    """CA400: how many people a colleague works with counts nobody who is hidden from the supervisor or held apart."""
    clinic.register(first="Rezan", last="Azad", birth_year=1980)
    nadia, chantal = clinic["nadia"], clinic["chantal"]

    def shown() -> list[int]:
        with reading_as(nadia):
            return [one.people for one in supervision(nadia).supervisees if one.user == chantal.id]

    assert shown() == [2]
    hide_from(by=chantal, person=amal, user=nadia.id)
    assert shown() == [1]
    assert len(held_by(nadia, chantal.id)[1]) == 1


def test_who_leaves_keeps_no_record_open(clinic: Clinic, amal: UUID) -> None:
    """CA401: whose duty at a site ended opens nobody's record there in another duty held elsewhere, however often it
    is given back; who works with somebody beside others is simply not there any more."""
    nadia, samir, diego = clinic["nadia"], clinic["samir"], clinic["diego"]
    assign(by=nadia, person=amal, user=diego.id)
    told = {"user": diego.id, "duty": "psychologist", "work_alias": "Diego", "programme": clinic.programme.id}
    elsewhere = actor_of(give_duty(by=samir, site=clinic.elsewhere.id, **told).value)
    end_duty(by=samir, posting=Posting.objects.get(user_id=diego.id, site=clinic.here).id)
    assert list(Assignment.objects.filter(person=amal, until__isnull=True).values_list("user_id", flat=True)) == [
        clinic["chantal"].id
    ]
    again = actor_of(give_duty(by=samir, site=clinic.here.id, **told).value)
    for by in (elsewhere, again):
        with pytest.raises(Absent):
            person_in_reach(by, amal)


@pytest.mark.parametrize("duty", ["community_agent", "volunteer"])
def test_nobody_is_orphaned_before_an_episode(clinic: Clinic, duty: str) -> None:
    """CA402: a person whose only worker leaves before an episode was begun goes to the supervisor, in whichever duty
    that worker was; one whose file is closed is simply led by nobody."""
    nadia = clinic["nadia"]
    clinic.hire("rosa", duty, clinic.here)
    person = clinic.register("rosa", first="Luz", last="Mena")
    shut = clinic.register("rosa", first="Rezan", last="Azad")
    for one in (person, shut):
        if not Assignment.objects.filter(person=one, until__isnull=True).exists():
            assign(by=nadia, person=one, user=clinic["rosa"].id, role="lead")
    close_file(by=nadia, person=shut)
    lock_user(by=clinic["samir"], user=clinic["rosa"].id)
    rows = Assignment.objects.filter(person__in=(person, shut), until__isnull=True)
    assert list(rows.values_list("person_id", "user_id", "role")) == [(person, nadia.id, "lead")]
