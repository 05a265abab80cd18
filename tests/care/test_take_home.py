"""A line to take home (J3): her own words, in her language, and nothing that says why she comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.test import Client

from karama.care.actions import open_episode, record_session, set_goal
from karama.care.models import Goal
from karama.care.queries.takehome import TakeHome
from karama.care.views.takehome import since
from karama.people.actions import assign, correct_identity, leave_contact_undecided, record_consent, set_contact_rules
from karama.people.models import ContactRules, Person
from karama.programme.days import today_at
from karama.reception.actions import book_appointment
from karama.reception.desks import moment_at
from tests.care.conftest import Clinic
from tests.care.test_pages import sign_in, text
from tests.care.test_recording import record
from tests.care.test_sessions import HELD

__all__ = ["sign_in"]


@pytest.fixture
def line(clinic: Clinic, phq9: UUID) -> str:
    """Its address, of Amal who speaks Spanish, with a goal, a session and an answer; she may be called."""
    by = clinic["chantal"]
    episode = UUID(str(open_episode(by=by, person=phq9, state="active").record))
    set_goal(by=by, episode=episode, words="Qzsleepq")
    set_goal(by=by, episode=episode, words="Qzcookq")
    record_session(by=by, person=phq9, techniques=["breathing"], minutes=45, **HELD)
    record(clinic, phq9)
    set_contact_rules(by=by, person=phq9, channel="call", address="+57 310 123 4567")
    return f"/people/{phq9}/line/"


def card(client: Client, address: str, **chosen: str) -> str:
    """The card alone, as it is printed."""
    goal = str(Goal.objects.order_by("recorded_at").values_list("id", flat=True)[0])
    shown = text(client.post(address, {"goal": goal, "how": "easier"} | chosen)).partition("<main")[2]
    return shown[shown.index('class="card sheet"') : shown.index("<form method")]


def test_her_words_and_nothing_else(clinic: Clinic, phq9: UUID, line: str, sign_in: Any) -> None:
    """CA810: first what may stand on it is chosen and seen; then the card holds the words of that goal, since when it
    is easier, how often she came and when she comes next; no name, code, measure, score, programme, site, colleague."""
    day = today_at(clinic.here.id) + timedelta(days=1)
    with patch("karama.reception.actions.booking.fitting.check_time"):
        book_appointment(
            by=clinic["nadia"], person=phq9, worker=clinic["chantal"].id, minutes=30,
            starts=moment_at(clinic.here.id, day, time(9)),
        )  # fmt: skip
    client = sign_in("chantal")
    shown = text(client.get(line))
    assert "Qzsleepq" in shown
    assert "Qzcookq" in shown
    assert "card sheet" not in shown
    told = card(client, line)
    for words in ("it is easier.", "I came 1 time.", "Next time:", "________"):
        assert words in told
    assert ("Qzsleepq" in told, "Qzcookq" in told) == (True, False)
    file = Person.objects.select_related("site", "programme").get(pk=phq9)
    for words in ("Amal", file.code, "PHQ", "9 of", file.site.name, file.programme.name, "Chantal", "Karama"):
        assert words not in told, words
    for how, words in (("same", "it is the same."), ("harder", "it is harder.")):
        assert words in card(client, line, how=how)
    assert "Since" not in card(client, line, how="")


def test_in_her_own_language(clinic: Clinic, phq9: UUID, line: str, sign_in: Any) -> None:
    """CA811: the card is in the first of her languages that is spoken here, whatever the worker reads."""
    correct_identity(by=clinic["chantal"], person=phq9, identity_mode="named", languages=["ti", "ar"], first="Amal")
    told = card(sign_in("chantal"), line)
    assert 'lang="ar" dir="rtl"' in told


def test_nothing_is_carried_that_was_not_agreed(clinic: Clinic, phq9: UUID, line: str, sign_in: Any) -> None:
    """CA812: where she is not to be contacted, where two files differ, where nothing was agreed and where she said no
    to being contacted, nothing is printed and no goal is shown, whatever is sent; and it is said why."""
    client, by = sign_in("chantal"), clinic["chantal"]

    def refused() -> None:
        goal = str(Goal.objects.values_list("id", flat=True)[0])
        for shown in (text(client.get(line)), text(client.post(line, {"goal": goal, "how": "easier"}))):
            assert "Nothing may be taken home" in shown
            assert "card sheet" not in shown
            assert "Qzsleepq" not in shown

    set_contact_rules(by=by, person=phq9, channel="never")
    refused()
    set_contact_rules(by=by, person=phq9, channel="call", address="+57 310 123 4567")
    assert "Qzsleepq" in text(client.get(line))
    leave_contact_undecided(by=by, person=phq9)
    assert ContactRules.objects.get(person_id=phq9).channel == "undecided"
    refused()
    set_contact_rules(by=by, person=phq9, channel="call", address="+57 310 123 4567")
    record_consent(by=by, person=phq9, purpose="contact", decision="no", method="verbal")
    refused()
    never_asked = clinic.register(first="Noor", last="Salem")
    assert "Nothing may be taken home" in text(client.get(f"/people/{never_asked}/line/"))


def test_who_makes_it(clinic: Clinic, phq9: UUID, line: str, sign_in: Any) -> None:
    """CA813: whoever works on her goals, from "My papers" and from "Over time"; for the others it is not there."""
    for name, duty in (("karim", "physiotherapist"), ("sol", "social_worker"), ("rana", "reception")):
        user = clinic.hire(name, duty, clinic.here)
        if duty != "reception":
            assign(by=clinic["nadia"], person=phq9, user=user.id)
        assert sign_in(name).get(line).status_code in (403, 404), name
    assert sign_in("tunde").get(line).status_code == 404
    assert sign_in("nadia").get(line).status_code == 200
    papers = f"/rights/person/{phq9}/papers/"
    assert line in text(sign_in("chantal").get(papers))
    assert line not in text(sign_in("sol").get(papers))
    assert line in text(sign_in("chantal").get(f"/people/{phq9}/answers/phq9/"))


def test_what_was_not_chosen(clinic: Clinic, phq9: UUID, line: str, sign_in: Any) -> None:
    """CA814: without a goal, or with one that is not hers, nothing is printed and it is said."""
    client = sign_in("chantal")
    goal = str(Goal.objects.values_list("id", flat=True)[0])
    for sent in ({}, {"goal": str(phq9)}, {"goal": "x", "how": "easier"}, {"goal": goal, "how": "gone"}):
        answer = client.post(line, sent)
        assert answer.status_code == 422
        assert "card sheet" not in text(answer)


def test_no_more_than_is_known(clinic: Clinic, phq9: UUID) -> None:
    """CA818: where the beginning of care is known by its year only, the card names no month."""
    file = Person.objects.get(pk=phq9)
    told = TakeHome(file, True, "en", since=date(2024, 1, 1), precision="year")
    assert since(told, "easier") == "Since 2024 it is easier."
    assert since(replace(told, precision="month"), "easier") == "Since January 2024 it is easier."
