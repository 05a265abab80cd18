"""Opening a few fields in an emergency: who may, what opens, who is told, how long, and what is said afterwards."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from karama.accounts.models import User
from karama.journal import Absent, Actor, Refused, reading
from karama.people import queries
from karama.people.actions import break_glass, hide_from, join_files, review_glass
from karama.people.header import today
from karama.people.models import GlassReview, Person
from karama.people.problems import CheckCode, EmergencyPause, EmergencyReason, SearchTooLittle
from karama.rules import codes
from tests.people.conftest import Clinic

WHY = "She stands on the bridge; her worker does not answer."


@pytest.fixture
def tunde(clinic: Clinic) -> Actor:
    """Works at the other site: has no part in Amal's care."""
    return clinic["tunde"]


def opened(by: Actor, glass: UUID) -> queries.Opened:
    with reading(by=by, purpose="safety", route="people.opened"):
        return queries.opened_in_emergency(by, glass)


def open_it(by: Actor, amal: UUID) -> UUID:
    made = break_glass(by=by, person=amal, reason=WHY).record
    assert made is not None
    return made


def test_only_exactly_the_person_is_found(clinic: Clinic, amal: UUID, tunde: Actor) -> None:
    """PE400: found by her exact code, or exact names and year; by anything less nobody is, and nothing is hinted."""
    code = Person.objects.get(pk=amal).code
    assert queries.find_in_emergency(tunde, code=code) == amal
    assert queries.find_in_emergency(tunde, first="Amal", last="Haddad", birth_year=1991) == amal
    for less in (
        {"first": "Amal", "last": "Hadad", "birth_year": 1991},
        {"first": "Amal", "last": "Haddad", "birth_year": 1990},
    ):
        with pytest.raises(Absent):
            queries.find_in_emergency(tunde, **less)  # type: ignore[arg-type]
    with pytest.raises(SearchTooLittle):
        queries.find_in_emergency(tunde, first="Amal", last="Haddad")
    with pytest.raises(CheckCode):
        queries.find_in_emergency(tunde, code=code[:-1] + ("8" if code.endswith("9") else "9"))


def test_a_few_fields_open_for_a_day(amal: UUID, tunde: Actor) -> None:
    """PE401: name, contact and workers open, for whoever asked, for 24 hours; for everybody else it does not exist."""
    glass = open_it(tunde, amal)
    found = opened(tunde, glass)
    assert found.called
    assert found.workers == ["Chantal"]
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)), pytest.raises(Absent):
        opened(tunde, glass)
    with pytest.raises(Absent):
        queries.person_in_reach(tunde, amal)


def test_it_is_the_askers_alone(clinic: Clinic, amal: UUID, tunde: Actor) -> None:
    """PE402: what one colleague opened in an emergency is open to no other."""
    glass = open_it(tunde, amal)
    with pytest.raises(Absent):
        opened(clinic["nadia"], glass)


def test_whoever_she_is_hidden_from_opens_nothing(clinic: Clinic, amal: UUID, tunde: Actor) -> None:
    """PE403: an emergency never opens a record to somebody on its "do not show to" list: the answer is "nobody"."""
    glass = open_it(tunde, amal)
    hide_from(by=clinic["nadia"], person=amal, user=tunde.id, reason="asked for it")
    with pytest.raises(Absent):
        queries.find_in_emergency(tunde, code=Person.objects.get(pk=amal).code)
    with pytest.raises(Refused):
        break_glass(by=tunde, person=amal, reason=WHY)
    with pytest.raises(Absent):
        opened(tunde, glass)


@pytest.mark.parametrize("name", ["samir", "rojin", "leila", "importer"])
def test_no_duty_without_care_opens_anything(clinic: Clinic, amal: UUID, name: str) -> None:
    """PE404: whoever does not care for people opens no record, whatever the reason."""
    with pytest.raises(Refused):
        break_glass(by=clinic[name], person=amal, reason=WHY)


def test_it_needs_a_reason_and_is_rare(clinic: Clinic, tunde: Actor, amal: UUID) -> None:
    """PE405: without a real reason nothing opens, and a fourth time within a day nothing does."""
    with pytest.raises(EmergencyReason):
        break_glass(by=tunde, person=amal, reason="urgent")
    for _time in range(3):
        open_it(tunde, amal)
    with pytest.raises(EmergencyPause):
        open_it(tunde, amal)


def test_two_people_are_told_and_one_reviews(clinic: Clinic, amal: UUID, tunde: Actor) -> None:
    """PE406: supervisor and officer see it on Today at once; the officer's verdict ends it, with words or without."""
    glass = open_it(tunde, amal)
    for name in ("nadia", "leila"):
        assert any("emergency" in str(line.words) for line in today(by=clinic[name])), name
    with reading(by=clinic["leila"], purpose="rights", route="tests.review"):
        page = queries.review_page(clinic["leila"], glass)
    assert (page.reason, page.who) == (WHY, "Tunde")
    with pytest.raises(Refused):
        review_glass(by=clinic["nadia"], glass=glass, verdict="justified")
    review_glass(by=clinic["leila"], glass=glass, verdict="justified")
    assert GlassReview.objects.get().verdict == "justified"
    assert not any("emergency" in str(line.words) for line in today(by=clinic["leila"]))


def test_the_page_says_one_thing_for_nobody_and_for_the_hidden(clinic: Clinic, amal: UUID, tunde: Actor) -> None:
    """PE407: on the page an unknown code and a record hidden from the asker get the same answer, letter by letter."""
    hide_from(by=clinic["nadia"], person=amal, user=tunde.id, reason="asked for it")
    User.objects.filter(pk=tunde.id).update(must_change_password=False)
    client = Client()
    client.force_login(User.objects.get(pk=tunde.id))
    client.get("/me/")
    hers = Person.objects.get(pk=amal).code
    nobody = codes.format_code("".join(reversed(hers.replace("-", "")[:9])))
    assert nobody != hers
    answers = []
    for code in (hers, nobody):
        answer = client.post("/people/emergency/", {"code": code, "reason": WHY})
        body = answer.content.decode().replace(code, "")
        answers.append((answer.status_code, re.sub(r'(value|nonce)="[^"]{20,}"', "", body)))
    assert answers[0] == answers[1]
    assert "Nobody is found" in answers[0][1]


def test_the_list_keeps_whoever_is_hidden(clinic: Clinic, amal: UUID, tunde: Actor) -> None:
    """PE410: neither the officer's list nor a line on Today tells of an emergency of somebody hidden from her."""
    leila, nadia = clinic["leila"], clinic["nadia"]
    open_it(tunde, amal)
    assert [one.person_id for one in queries.to_review(leila)] == [amal]
    hide_from(by=clinic["chantal"], person=amal, user=leila.id)
    hide_from(by=clinic["chantal"], person=amal, user=nadia.id)
    for by in (leila, nadia):
        assert queries.to_review(by) == []
        with reading(by=by, purpose="rights", route="today"):
            assert not [line for line in today(by=by) if "emergency" in str(line.label)]


def test_the_card_of_a_joined_file_opens_in_an_emergency(clinic: Clinic, amal: UUID, tunde: Actor) -> None:
    """PE411: the code of a file that was joined with another leads to the person, whichever card she carries; whoever
    she is hidden from finds nobody by either."""
    second = clinic.register("diego", first="Aml", last="Hadad")
    third = clinic.register("diego", first="Amel", last="Haddad")
    join_files(by=clinic["nadia"], person=third, into=second, reason="same card")
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    fourth = clinic.register("diego", first="Emel", last="Haddad")
    join_files(by=clinic["nadia"], person=fourth, into=amal, reason="same card")
    cards = list(Person.objects.filter(pk__in=(amal, second, third, fourth)).values_list("code", flat=True))
    assert {queries.find_in_emergency(tunde, code=one) for one in cards} == {amal}
    hide_from(by=clinic["nadia"], person=amal, user=tunde.id)
    for one in cards:
        with pytest.raises(Absent):
            queries.find_in_emergency(tunde, code=one)


def test_many_of_nearly_the_same_name(clinic: Clinic, tunde: Actor) -> None:
    """PE412: also where many others are spelt nearly the same and were born in the same year, the one is found."""
    for _another in range(21):
        clinic.register(last="Hadad")
    amal = clinic.register()
    assert queries.find_in_emergency(tunde, first="Amal", last="Haddad", birth_year=1991) == amal
