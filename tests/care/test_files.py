"""Care that lies in a file which was joined with another is the care of one person: nothing of it is lost, and after a
death nothing of it goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.accounts.actions import lock_user
from karama.care import queries
from karama.care.actions import (
    answer_closure,
    close_episode,
    decide_in_meeting,
    dying,
    hold_meeting,
    name_contact,
    open_episode,
    plan_site_closing,
    prescribe,
    record_death,
    record_visit,
    review_note,
    say_goodbye,
    supervise,
    write_note,
)
from karama.care.header import today
from karama.care.models import Closure, Death, Episode, Wait
from karama.care.problems import DecidedAlready, NobodyToAsk, WorkLeft
from karama.care.problems.medical import CautionBlocks
from karama.care.queries import medicines, missed
from karama.care.waiting import answer as waiting_at
from karama.journal import Actor, clock, reading
from karama.notices.queries import is_silent
from karama.people.actions import assign, join_files, separate_files
from karama.people.models import Assignment, Person
from karama.people.registries import work_open_for
from karama.programme.days import today_at
from karama.programme.registries import in_care_at
from karama.reception.actions import book_appointment
from karama.safety.actions import raise_worry
from karama.safety.queries import alerts_about
from tests.care.conftest import Clinic
from tests.care.test_medicines import DOSE, FLUOXETINE, SERTRALINE, VALPROATE, zana

__all__ = ["zana"]
CLOSING: dict[str, Any] = {"reason": "service_ended", "outcome": "improved", "follow_up": "no"}


@pytest.fixture
def second(clinic: Clinic) -> UUID:
    """Amal again, registered by Diego under another spelling."""
    return clinic.register("diego", first="Aml", last="Hadad")


def begun(clinic: Clinic, person: UUID, name: str = "diego", state: str = "active") -> UUID:
    """An episode of this file, led by this colleague."""
    found = open_episode(by=clinic[name], person=person, state=state).record
    assert found is not None
    return found


def join(clinic: Clinic, second: UUID, amal: UUID) -> None:
    """Fold the second file into Amal's."""
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")


def waits(clinic: Clinic, person: UUID, name: str = "diego") -> UUID:
    """An episode of this file that waits, with this colleague as the named contact."""
    episode = begun(clinic, person, name, "waiting")
    name_contact(by=clinic[name], episode=episode, contact=clinic[name].id, need=2)
    return episode


def test_a_death_ends_the_care_of_every_file(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """CA390: whoever waits in a file that was joined is not asked after any more once a death is recorded: every
    episode closes, and no second death is recorded."""
    episode = waits(clinic, second)
    join(clinic, second, amal)
    assert [one.person for one in waiting_at(clinic["nadia"], clinic.here.id)] == [amal]
    record_death(by=clinic["chantal"], person=amal, suspected="unknown")
    assert waiting_at(clinic["nadia"], clinic.here.id) == []
    assert Episode.objects.get(pk=episode).state == "closed"
    assert Closure.objects.get().reason == "died"
    with pytest.raises(DecidedAlready):
        record_death(by=clinic["nadia"], person=amal, suspected="unknown")


def test_a_death_in_one_file_is_the_death_of_both(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """CA391: where a file in which a death stands is joined with another, the other one's care and appointments end;
    when they turn out to be two people, whoever lives can be booked again."""
    episode = waits(clinic, amal, "chantal")
    tomorrow = (clock.now() + timedelta(days=1)).replace(hour=17, minute=0)
    if tomorrow.weekday() > 4:
        tomorrow += timedelta(days=2)
    told: dict[str, Any] = {"worker": clinic["chantal"].id, "minutes": 30}
    booked = book_appointment(by=clinic["chantal"], person=amal, starts=tomorrow, **told).value
    record_death(by=clinic["diego"], person=second, suspected="unknown")
    join(clinic, second, amal)
    assert waiting_at(clinic["nadia"], clinic.here.id) == []
    assert Episode.objects.get(pk=episode).state == "closed"
    booked.refresh_from_db()
    assert booked.state == "cancelled"
    assert is_silent(amal)
    with pytest.raises(DecidedAlready):
        record_death(by=clinic["chantal"], person=amal, suspected="unknown")
    separate_files(by=clinic["nadia"], person=second, reason="two sisters")
    assert (is_silent(amal), is_silent(second)) == (False, True)
    assert book_appointment(by=clinic["chantal"], person=amal, starts=tomorrow, **told).record
    assert Death.objects.get().person_id == second


def test_a_death_after_the_joining_stays_with_both(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """CA392: a death that was recorded after files were joined silences both also when they are separated."""
    join(clinic, second, amal)
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        record_death(by=clinic["chantal"], person=amal, suspected="unknown")
    separate_files(by=clinic["nadia"], person=second, reason="two sisters")
    assert is_silent(amal)


def test_open_work_of_either_file_keeps_care_open(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """CA393: an episode does not close while an alert is open, whichever file the episode and the alert lie in; handed
    on, it goes to a colleague of the file that remains."""
    folded, own = begun(clinic, second), begun(clinic, amal, "chantal")
    join(clinic, second, amal)
    raise_worry(by=clinic["chantal"], kind="suicide", person=amal)
    for episode in (folded, own):
        with pytest.raises(WorkLeft):
            close_episode(by=clinic["nadia"], episode=episode, **CLOSING)
    with reading(by=clinic["nadia"], purpose="care", route="tests"):
        assert len(alerts_about(clinic["nadia"], amal)) == 1


def test_closing_hands_on_in_the_file_that_remains(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """CA394: what is handed on when an episode of a folded file closes goes to a colleague who is put on the file that
    remains; its closure, asked for by its worker, is approved like any other."""
    folded = begun(clinic, second)
    join(clinic, second, amal)
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    asked = close_episode(by=clinic["diego"], episode=folded, handed_to=clinic["diego"].id, **CLOSING).record
    if Episode.objects.get(pk=folded).state != "closed":
        assert asked is not None
        answer_closure(by=clinic["nadia"], closure=asked, approved=True)
    assert Episode.objects.get(pk=folded).state == "closed"
    lead = Assignment.objects.get(person=amal, user_id=clinic["diego"].id, until__isnull=True)
    assert lead.role == "lead"


def test_what_a_meeting_decided_is_still_to_be_done(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """CA395: what was decided about a file that was joined since stands on its owner's Today, by the code of the file
    that remains, and is open work of it; after a death nobody is told to do it."""
    nadia = clinic["nadia"]
    folded = begun(clinic, second)
    held = hold_meeting(by=nadia, site=clinic.here.id, kind="conference", attended=[clinic["diego"].id]).record
    assert held is not None
    told: dict[str, Any] = {"decision": "call", "owner": nadia.id, "due_on": today_at(clinic.here.id)}
    decided = decide_in_meeting(by=nadia, episode=folded, meeting=held, **told).record
    join(clinic, second, amal)
    with reading(by=nadia, purpose="care", route="tests"):
        (line,) = [one for one in today(by=nadia) if one.url == f"/decisions/{decided}/"]
        assert queries.decision_page(nadia, UUID(str(decided))).person == amal
        assert queries.decision_page(nadia, UUID(str(decided))).code == line.code
        assert [one.episode for one in queries.agenda(nadia, clinic.here.id, "supervision", [clinic["diego"].id])] == []
    assert [one.kind for one in work_open_for(amal)] == ["task"]
    record_death(by=clinic["chantal"], person=amal, suspected="unknown")
    assert queries.decisions_to_do(nadia) == []


def test_a_site_that_closes_lists_care_of_a_joined_file(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """CA396: who is in care in a file that was joined stands once on the list of a site that closes, until there was a
    goodbye with this person; the count that keeps a site open is the same."""
    begun(clinic, second)
    begun(clinic, amal, "chantal")
    join(clinic, second, amal)
    plan_site_closing(by=clinic["nadia"], site=clinic.here.id, ends_on=today_at(clinic.here.id) + timedelta(days=30))

    def listed() -> list[tuple[UUID, bool]]:
        (found,) = [one for one in queries.closing_sites(clinic["nadia"]) if one.site == clinic.here.id]
        return [(one.person, one.done) for one in found.people]

    assert listed() == [(amal, False)]
    assert [answer(clinic.here.id) for _room, answer in in_care_at] == [1]
    say_goodbye(by=clinic["chantal"], person=amal, last_check="safe", onward="ended")
    assert listed() == [(amal, True)]


def test_who_leaves_gives_on_what_lies_in_a_folded_file(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """CA397: an episode or a wait in a folded file goes on when its colleague leaves, like any other."""
    waiting = waits(clinic, second)
    join(clinic, second, amal)
    lock_user(by=clinic["samir"], user=clinic["diego"].id)
    assert Episode.objects.get(pk=waiting).lead_id == clinic["nadia"].id
    assert Wait.objects.get().contact_id == clinic["nadia"].id


def test_nobody_dead_is_to_come_again(clinic: Clinic, amal: UUID, zana: Actor) -> None:
    """CA398: after a death neither the nurse is told who was to come again, nor the prescriber whose medicine ends; of
    a file that was joined both are, until then."""
    second = clinic.register("chantal", first="Aml", last="Hadad")
    for name in ("zana", "berivan"):
        assign(by=clinic["nadia"], person=second, user=clinic[name].id)
    seen: dict[str, Any] = {"kind": "new", "seen": ["fits"], "category": "epilepsy", "return_in": 7}
    record_visit(by=clinic["berivan"], person=second, **seen)
    prescribe(by=zana, person=second, medicine_code=FLUOXETINE, **DOSE)
    join(clinic, second, amal)
    with time_machine.travel(clock.now() + timedelta(days=30)):
        assert [one[0] for one in missed.missed_today(clinic["berivan"])] == [amal]
        assert [one[1] for one in medicines.refills_due(zana)] == [amal]
        record_visit(by=clinic["berivan"], person=amal, kind="follow_up", change="better")
        assert missed.missed_today(clinic["berivan"]) == []
        record_visit(by=clinic["berivan"], person=amal, kind="follow_up", change="better", return_in=7)
    with time_machine.travel(clock.now() + timedelta(days=40)):
        assert [one[0] for one in missed.missed_today(clinic["berivan"])] == [amal]
        record_death(by=clinic["chantal"], person=amal, suspected="none")
        assert missed.missed_today(clinic["berivan"]) == []
        assert medicines.refills_due(zana) == []


def test_a_second_of_a_kind_over_three_files(clinic: Clinic, amal: UUID, second: UUID, zana: Actor) -> None:
    """CA399: a medicine of the same kind blocks also where the first one runs in a file that was folded twice over; and
    whom one of the files knows as a woman may become pregnant, whatever the other says."""
    third = clinic.register("diego", first="Amel", last="Haddad")
    assign(by=clinic["nadia"], person=third, user=zana.id)
    prescribe(by=zana, person=third, medicine_code=FLUOXETINE, **DOSE)
    join_files(by=clinic["nadia"], person=third, into=second, reason="same card")
    join(clinic, second, amal)
    with pytest.raises(CautionBlocks) as told:
        prescribe(by=zana, person=amal, medicine_code=SERTRALINE, **DOSE)
    assert told.value.codes == ("same_kind",)
    man = clinic.register(gender="man", first="Aml")
    assign(by=clinic["nadia"], person=man, user=zana.id)
    prescribe(by=zana, person=man, medicine_code=VALPROATE, bearing="cannot", **DOSE)
    join_files(by=clinic["nadia"], person=amal, into=man, reason="same card")
    with pytest.raises(CautionBlocks):
        prescribe(by=zana, person=man, medicine_code=VALPROATE, bearing="cannot", **DOSE)


def test_what_follows_a_death_and_a_note_is_not_lost(clinic: Clinic, amal: UUID, second: UUID) -> None:
    """CA403: a death that was recorded in a file which was joined since is still followed up, and a note that waits
    there to be co-signed is still read: both by the code of the file that remains."""
    nadia, diego = clinic["nadia"], clinic["diego"]
    supervise(by=nadia, user=diego.id, site=clinic.here.id, cosigned=True)
    with reading(by=diego, purpose="care", route="tests"):
        note = write_note(by=diego, person=second, sections={"seen": "She said goodbye"}).record
        death = record_death(by=diego, person=second, suspected="suicide").record
    join(clinic, second, amal)
    assert note is not None
    assert death is not None
    code = Person.objects.get(pk=amal).code
    with reading(by=nadia, purpose="supervision", route="tests"):
        assert queries.deaths_to_follow(nadia) == [(death, code)]
        assert queries.death_page(nadia, death).person == amal
        assert [(one.note, one.code) for one in queries.notes_to_sign(nadia)] == [(note, code)]
        with pytest.raises(NobodyToAsk):
            review_note(by=nadia, note=note, decision="asked", words="Which day?")
        assign(by=nadia, person=amal, user=diego.id)
        review_note(by=nadia, note=note, decision="asked", words="Which day?")
    assert [(one.about, one.code) for one in queries.asked_of(diego)] == [("note", code)]


def test_a_death_that_meets_a_joining(
    clinic: Clinic, amal: UUID, second: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CA404: a death that is recorded while a colleague joins the file with another ends the care of both."""
    episode = waits(clinic, amal, "chantal")
    asked, once = dying.all_files_of, [True]

    def meanwhile(person: UUID) -> list[UUID]:
        if once:
            once.clear()
            join(clinic, second, amal)
        return asked(person)

    monkeypatch.setattr(dying, "all_files_of", meanwhile)
    record_death(by=clinic["diego"], person=second, suspected="unknown")
    assert (is_silent(amal), is_silent(second)) == (True, True)
    assert Episode.objects.get(pk=episode).state == "closed"
