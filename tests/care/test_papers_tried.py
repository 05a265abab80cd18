"""Forms on paper, tried by somebody tired and by somebody who means harm."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import open_episode, record_session, settle_paper
from karama.care.models import Closure, Session
from karama.journal import Actor, Refused, clock
from karama.people.actions import assign, hide_from, join_files
from karama.people.actions.papers import Told
from karama.people.models import Paper, Person
from karama.people.problems import PaperDoesNotFit, PaperInHands, PaperTakenOver, SayWhoActed
from karama.programme.days import today_at
from karama.rules import codes
from karama.safety.models import Alert, AlertStep
from karama.safety.standing import is_open
from tests.care.conftest import Clinic
from tests.care.test_medicines import zana
from tests.care.test_pages import sign_in, text
from tests.care.test_papers import _beginning, amal, number, taken

__all__ = ["amal", "sign_in", "zana"]


@pytest.fixture
def nour(clinic: Clinic) -> UUID:
    """Nour, with whom Diego works too."""
    made = clinic.register(first="Nour", last="Aziz", birth_year=1980)
    assign(by=clinic["nadia"], person=made, user=clinic["diego"].id, role="member")
    return made


def test_a_sheet_tells_nobody_what_she_may_not_read(clinic: Clinic, amal: UUID, zana: Actor, sign_in: Any) -> None:
    """CA530: whoever reads no visits to the nurse and no body work does not read either in the list of papers."""
    taken(clinic["berivan"], "follow_up", amal, number=number("follow_up", "K7QM4T9Y"))
    taken(clinic["karim"], "body", amal)
    taken(clinic["diego"], "session", amal)
    shown = text(sign_in("chantal").get(f"/people/{amal}/paper/"))
    assert number("session") in shown
    for hidden in (number("follow_up", "K7QM4T9Y"), number("body"), "visit to the nurse", "Body and movement"):
        assert hidden not in shown
    shown = text(sign_in("nadia").get(f"/people/{amal}/paper/"))
    assert number("body") in shown
    assert number("follow_up", "K7QM4T9Y") in shown


def test_a_wrong_code_can_be_put_right(clinic: Clinic, amal: UUID, nour: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA531: begun for the wrong person, a sheet is begun again for the right one; its danger is told of her."""
    client = sign_in("diego")
    wrong, right = (Person.objects.get(pk=one).code for one in (nour, amal))
    assert client.post("/paper/", _beginning(clinic, "session", wrong, danger="suicide")).status_code == 302
    again = client.post("/paper/", _beginning(clinic, "session", right, danger="suicide"))
    assert again.status_code == 302, re.findall(r"error[^<]*<[^>]*>([^<]+)", text(again))
    assert set(Alert.objects.values_list("person_id", flat=True)) == {amal, nour}
    row = Paper.objects.get()
    assert row.person_id == amal
    with reading_as(clinic["diego"]):
        assert row.unseal("told")["danger"] == "suicide"
    record_session(by=clinic["diego"], person=amal, attended="absent", paper=row.id)
    assert Session.objects.get().person_id == amal


def test_a_sheet_of_somebody_else_is_not_destroyed(clinic: Clinic, amal: UUID, nour: UUID) -> None:
    """CA532: a number that was entered for somebody else does not fit; nobody is told to destroy what she holds."""
    sheet = taken(clinic["diego"], "session", nour)
    record_session(by=clinic["diego"], person=nour, attended="absent", paper=sheet)
    with pytest.raises(PaperDoesNotFit):
        taken(clinic["diego"], "session", amal)


def test_nobody_takes_a_sheet_out_of_anothers_hands(clinic: Clinic, amal: UUID) -> None:
    """CA533: what a colleague is typing in stays hers: nothing that she said is overwritten and nothing typed is lost.
    Later, when she did not finish, another one goes on."""
    clinic.hire("rosa", "psychologist", clinic.here)
    assign(by=clinic["nadia"], person=amal, user=clinic["rosa"].id, role="member")
    sheet = taken(clinic["diego"], "session", amal, told=Told(danger="suicide", acted="no"))
    before = bytes(Paper.objects.get().told)
    with pytest.raises(PaperInHands):
        taken(clinic["rosa"], "session", amal)
    assert bytes(Paper.objects.get().told) == before
    record_session(by=clinic["diego"], person=amal, attended="absent", paper=sheet)
    other = taken(clinic["diego"], "session", amal, number=number("session", "K7QM4T9Y"))
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        assert taken(clinic["rosa"], "session", amal, number=number("session", "K7QM4T9Y")) == other
    assert Paper.objects.get(pk=other).author_id == clinic["rosa"].id


def test_a_closing_without_episode_is_put_right(clinic: Clinic, amal: UUID, nour: UUID, sign_in: Any) -> None:
    """CA534: told that this person has no open episode, she types the right code into the same form and goes on."""
    open_episode(by=clinic["diego"], person=amal)
    client = sign_in("diego")
    wrong, right = (Person.objects.get(pk=one).code for one in (nour, amal))
    first = re.findall(r'name="op_id" value="([^"]+)"', text(client.get("/paper/")))[0]
    shown = text(client.post("/paper/", _beginning(clinic, "closing", wrong, op_id=first)))
    assert "no open episode" in shown
    op_id = re.findall(r'name="op_id" value="([^"]+)"', shown)[0]
    begun = client.post("/paper/", _beginning(clinic, "closing", right, op_id=op_id))
    assert begun.status_code == 302, re.findall(r"error[^<]*<[^>]*>([^<]+)", text(begun))
    sent = {"reason": "goals_met", "outcome": "improved", "follow_up": "yes", "paper": str(Paper.objects.get().id)}
    assert client.post(begun["Location"].split("?")[0], sent).status_code == 302
    assert Closure.objects.get().person_id == amal


def test_a_danger_of_whom_she_may_not_see_is_hers(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA535: a danger with the code of somebody out of reach is told of her, with the answer as for a code of nobody;
    a code of nobody is kept in words."""
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id, reason="neighbour")
    client, code = sign_in("diego"), Person.objects.get(pk=amal).code
    hidden = client.post("/paper/", _beginning(clinic, "session", code, danger="suicide"))
    assert [(one.person_id, one.grade) for one in Alert.objects.all()] == [(amal, "now")]
    nobody = client.post("/paper/", _beginning(clinic, "session", "22222-2222", danger="suicide"))
    unknown = Alert.objects.get(person_id=None).sources.get()
    assert unknown.source == "worry_by_code"
    assert (hidden.status_code, code in text(nobody)) == (422, False)
    assert "Check the code" in text(nobody) or "Nobody on your list" in text(nobody)


def test_a_danger_goes_to_the_site_that_was_chosen(clinic: Clinic, sign_in: Any) -> None:
    """CA536: of two sites, a danger that is told before the rest fits goes to the one that was chosen."""
    by = clinic.hire("maria", "supervisor")
    assert len(by.sites) > 1
    client = sign_in("maria")
    for site in (clinic.here, clinic.elsewhere):
        sent = _beginning(clinic, "registration", "", danger="child_in_danger", site=str(site.id), on_year="2090")
        assert client.post("/paper/", sent).status_code == 422
        assert Alert.objects.order_by("-raised_at", "-id")[0].site_id == site.id


def test_a_danger_told_of_nobody_is_told_of_her(clinic: Clinic, amal: UUID, sign_in: Any) -> None:
    """CA537: told of nobody because the code was mistyped, it is told again when the code is right, once."""
    client, code = sign_in("diego"), Person.objects.get(pk=amal).code
    sent = _beginning(clinic, "session", "nonsense", danger="suicide", on_year="2090")
    told = re.findall(r'name="told" value="([^"]+)"', text(client.post("/paper/", sent)))[0]
    assert Alert.objects.get().person_id is None
    shown = text(client.post("/paper/", sent | {"code": code, "told": told}))
    assert Alert.objects.filter(person_id=amal).count() == 1
    told = re.findall(r'name="told" value="([^"]+)"', shown)[0]
    client.post("/paper/", sent | {"code": code, "told": told})
    assert Alert.objects.get(person_id=amal).sources.count() == 1


def test_what_was_done_before_the_paper_calms_nothing(clinic: Clinic, amal: UUID) -> None:
    """CA538: a deed older than the paper is no answer to what stands on it, and makes no alert less urgent."""
    day = today_at(clinic.here.id) - timedelta(days=3)
    told = Told(danger="suicide", acted="yes", acted_by="other", acted_on=day - timedelta(days=1))
    with pytest.raises(SayWhoActed):
        taken(clinic["diego"], "session", amal, on=day, told=told)
    taken(clinic["diego"], "session", amal, on=day, told=told.model_copy(update={"acted_on": day}))
    assert Alert.objects.get().grade == "today"


def test_a_sheet_of_a_file_that_was_joined_goes_on(clinic: Clinic, amal: UUID, nour: UUID, sign_in: Any) -> None:
    """CA539: files joined while a sheet is half typed in: begun again, by the old code, it goes on for who remains."""
    client, code = sign_in("diego"), Person.objects.get(pk=nour).code
    assert client.post("/paper/", _beginning(clinic, "session", code)).status_code == 302
    join_files(by=clinic["nadia"], person=nour, into=amal, reason="the same person")
    begun = client.post("/paper/", _beginning(clinic, "session", code))
    assert begun.status_code == 302, re.findall(r"error[^<]*<[^>]*>([^<]+)", text(begun))
    record_session(by=clinic["diego"], person=amal, attended="absent", paper=Paper.objects.get().id)


def test_a_registration_of_somebody_on_file(clinic: Clinic, amal: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA546: a sheet of registration that turns out to be of somebody on file is entered as hers, registering nobody;
    its danger is told again of her, and the alert about nobody known says so and stays open.
    """
    client = sign_in("diego")
    onward = client.post("/paper/", _beginning(clinic, "registration", "", danger="suicide"))["Location"]
    sheet, code = Paper.objects.get(), Person.objects.get(pk=amal).code
    found = client.post(onward, {"way": "code", "c-code": code, "paper": str(sheet.id)})
    assert 'action="/paper/known/"' in text(found)
    sent = {"paper": str(sheet.id), "code": code}
    asked = text(client.post("/paper/known/", sent))
    assert code.split("-")[0] in asked
    assert Paper.objects.get().entered_at is None
    assert client.post("/paper/known/", sent | {"confirmed": "yes"})["Location"] == f"/people/{amal}/"
    sheet.refresh_from_db()
    assert sheet.person_id == sheet.record_id == amal
    assert Person.objects.count() == 1
    with reading_as(clinic["diego"]):
        assert sheet.unseal("told")["danger"] == "suicide"
    nobody, hers = Alert.objects.get(person_id=sheet.id), Alert.objects.get(person_id=amal)
    assert is_open(nobody)
    assert is_open(hers)
    assert list(AlertStep.objects.values_list("alert", "step")) == [(nobody.id, "typed_in")]
    assert client.post("/paper/known/", sent | {"confirmed": "yes"}).status_code == 409


def test_a_sheet_is_not_given_to_somebody_out_of_reach(clinic: Clinic, amal: UUID, nour: UUID, sign_in: Any) -> None:
    """CA547: whoever is hidden from the typist is no more to be found with a sheet in hand than without; a colleague
    has no part in a sheet that another began; nobody's code and nobody's sheet answer alike.
    """
    sheet = taken(clinic["diego"], "registration", None, site=clinic.here.id)
    code = Person.objects.get(pk=nour).code
    hide_from(by=clinic["nadia"], person=nour, user=clinic["diego"].id, reason="neighbour")
    client = sign_in("diego")
    hidden = client.post("/paper/known/", {"paper": str(sheet), "code": code})
    unknown = client.post("/paper/known/", {"paper": str(sheet), "code": codes.format_code("K7QM4T9XA")})
    assert hidden.status_code == unknown.status_code == 404
    with pytest.raises(Refused):
        settle_paper(by=clinic["diego"], paper=sheet, person=nour)
    with pytest.raises(PaperTakenOver):
        settle_paper(by=clinic["chantal"], paper=sheet, person=amal)
    assert Paper.objects.get().person_id is None
