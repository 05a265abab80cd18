"""On what care rests: whose decision, until when, or nothing; said on the pages of care, and never a wall."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from karama.accounts.models import User
from karama.care.actions import record_session
from karama.journal import Absent, clock, reading
from karama.notices.models import Notice
from karama.people.actions import (
    ask_best_interest,
    assign,
    decide_best_interest,
    hide_from,
    join_files,
    name_guardian,
    record_consent,
    withdraw_consent,
)
from karama.people.header import today
from karama.people.models import Consent
from karama.people.queries import Ground, decisions_due, ground_of_care
from tests.people.conftest import Clinic


@pytest.fixture
def swift(clinic: Clinic) -> UUID:
    """A girl of sixteen on Chantal's caseload."""
    return clinic.register(first="Swift", last="Bird", birth_year=None, age_band="15-17")


def ground(clinic: Clinic, person: UUID, name: str = "chantal") -> Ground:
    with reading(by=clinic[name], purpose="care", route="tests"):
        found = ground_of_care(clinic[name], person)
    assert found is not None
    return found


def say(clinic: Clinic, person: UUID, decision: str = "yes", purpose: str = "care", **more: Any) -> UUID:
    made = record_consent(
        by=clinic["chantal"], person=person, purpose=purpose, decision=decision, method="verbal", **more
    ).record
    assert made is not None
    return made


def guardian(clinic: Clinic, person: UUID, trust: str) -> None:
    name_guardian(
        by=clinic["chantal"], person=person, called="Uncle", kin="relative", trust=trust, reason="He waits outside."
    )


def test_an_adult_s_own_yes_and_no(clinic: Clinic, amal: UUID) -> None:
    """PE602: nobody asked yet, an own yes until it lapses, a no, and a yes taken back, each said as what it is; a no to
    notes is said beside it."""
    assert (ground(clinic, amal).ground, ground(clinic, amal).why) == ("", "nobody")
    until = clock.now() + timedelta(days=90)
    given = say(clinic, amal, expires_at=until)
    assert (ground(clinic, amal).ground, ground(clinic, amal).until) == ("own", until)
    say(clinic, amal, "no", "notes")
    assert ground(clinic, amal).notes_refused
    with time_machine.travel(until + timedelta(days=1)):
        assert (ground(clinic, amal).ground, ground(clinic, amal).why) == ("", "expired")
    withdraw_consent(by=clinic["chantal"], person=amal, consent=given)
    assert (ground(clinic, amal).ground, ground(clinic, amal).why) == ("", "refused")
    other = clinic.register(last="Nassar")
    say(clinic, other, "no")
    assert (ground(clinic, other).ground, ground(clinic, other).why) == ("", "refused")


def test_of_a_child(clinic: Clinic, swift: UUID) -> None:
    """PE603: a child's care rests on a safe guardian's yes with her own, until the day she is of age."""
    guardian(clinic, swift, "safe")
    assert (ground(clinic, swift).why, ground(clinic, swift).alone) == ("nobody", False)
    say(clinic, swift, given_by="guardian", assent=True)
    assert ground(clinic, swift).ground == "guardian"
    with time_machine.travel(clock.now() + timedelta(days=1200)):
        assert (ground(clinic, swift).ground, ground(clinic, swift).alone) == ("", True)
        assert ground(clinic, swift).why in ("of_age", "expired")


def test_emergency_care_lapses(clinic: Clinic, swift: UUID) -> None:
    """PE604: with an unsafe guardian care rests on nothing; asked, on assent and a reason for the hours of the pack,
    then on nothing; decided, on that decision until it is looked at again. A no of hers ends the emergency ground."""
    guardian(clinic, swift, "unsafe")
    assert ground(clinic, swift).why == "nobody"
    asked = ask_best_interest(by=clinic["chantal"], person=swift, purpose="care", assent=True, reason="Alone.").record
    now = ground(clinic, swift)
    assert now.ground == "emergency"
    assert isinstance(now.until, type(clock.now()))
    assert timedelta(hours=71) < now.until - clock.now() <= timedelta(hours=72)
    with time_machine.travel(clock.now() + timedelta(hours=73)):
        assert (ground(clinic, swift).ground, ground(clinic, swift).why) == ("", "emergency_over")
    no = say(clinic, swift, "no")
    assert (ground(clinic, swift).ground, ground(clinic, swift).why) == ("", "refused")
    assert asked is not None
    assert Consent.objects.get().id == no
    decide_best_interest(
        by=clinic["nadia"], person=swift, request=asked, decision="yes", assent=True, why="Her aunt was asked."
    )
    decided = ground(clinic, swift)
    assert (decided.ground, decided.why) == ("best_interest", "")
    assert decided.until is not None


def test_both_files_have_to_carry_it(clinic: Clinic, amal: UUID) -> None:
    """PE605: when files are joined care rests on a yes only if both carry it: a no of either counts."""
    second = clinic.register(first="Aml")
    say(clinic, amal)
    say(clinic, second, "no")
    assert ground(clinic, amal).ground == "own"
    join_files(by=clinic["nadia"], person=second, into=amal, reason="same card")
    assert (ground(clinic, amal).ground, ground(clinic, amal).why) == ("", "refused")


def test_nobody_else_is_told(clinic: Clinic, amal: UUID) -> None:
    """PE606: on what care rests is absent for whoever may not open the person, and for whom she is hidden from."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    hide_from(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    for name in ("tunde", "diego", "samir", "rojin"):
        for person in (amal, UUID(int=5)):
            with reading(by=clinic[name], purpose="care", route="tests"), pytest.raises(Absent):
                ground_of_care(clinic[name], person)


def test_the_pages_say_it_and_stop_nothing(clinic: Clinic, swift: UUID) -> None:
    """PE607: page, session and note say in a line on what care rests, warn where it rests on nothing, and a session is
    saved all the same; it costs at most one more question to the database."""
    assign(by=clinic["nadia"], person=swift, user=clinic["diego"].id)
    guardian(clinic, swift, "unsafe")
    client = Client()
    client.force_login(User.objects.get(pk=clinic["diego"].id))
    pages = [f"/people/{swift}/", f"/people/{swift}/sessions/new/", f"/people/{swift}/notes/new/"]
    for page in pages:
        told = client.get(page).content.decode()
        assert "Nobody has decided about care yet." in told, page
        assert "Help in danger never waits for this." in told
    record_session(by=clinic["diego"], person=swift, attended="came", modality="in_person", risk_asked="yes")
    ask_best_interest(by=clinic["chantal"], person=swift, purpose="care", assent=True, reason="Qzwhy")
    for page in pages:
        told = client.get(page).content.decode()
        assert "Only emergency care goes on" in told, page
        assert "Qzwhy" not in told
    adult = clinic.register("diego", last="Nassar")
    client.get(f"/people/{adult}/")
    for page in ("", "sessions/new/", "notes/new/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/people/{adult}/{page}")
        about = [one for one in captured.captured_queries if "people_best_interest" in one["sql"]]
        assert len(about) == 1, page
    record_consent(by=clinic["diego"], person=adult, purpose="care", decision="yes", method="verbal")
    record_consent(by=clinic["diego"], person=adult, purpose="notes", decision="no", method="verbal")
    for page in ("", "sessions/new/", "notes/new/"):
        assert "No was said to notes." in client.get(f"/people/{adult}/{page}").content.decode()


def test_who_leads_has_a_line_when_it_lapses(clinic: Clinic, amal: UUID, swift: UUID) -> None:
    """PE608: once what care rested on has lapsed, a line of its own stands on Today of whoever leads, not of others who
    work with the person; a colleague's no to care is told to whoever leads, once, and never asked again by a list."""
    assign(by=clinic["nadia"], person=amal, user=clinic["diego"].id)
    say(clinic, amal, expires_at=clock.now() + timedelta(days=20))
    guardian(clinic, swift, "unsafe")
    ask_best_interest(by=clinic["chantal"], person=swift, purpose="care", assent=True, reason="Alone.")
    nothing = "Care rests on nothing now: ask, or let it be decided"
    assert nothing not in _today(clinic, "chantal")
    with time_machine.travel(clock.now() + timedelta(days=30)):
        assert _today(clinic, "chantal")[nothing] == "2 people"
        assert nothing not in _today(clinic, "diego")
        assert "Decisions to ask again" in _today(clinic, "diego")
        with reading(by=clinic["chantal"], purpose="care", route="tests"):
            asks = {one.id: one.asks for one in decisions_due(clinic["chantal"])}
        assert asks == {amal: (("care", "expired"),), swift: (("care", "emergency_over"),)}
    record_consent(by=clinic["diego"], person=amal, purpose="care", decision="no", method="verbal")
    record_consent(by=clinic["chantal"], person=amal, purpose="notes", decision="no", method="verbal")
    assert list(Notice.objects.values_list("user_id", "kind", "place")) == [
        (clinic["chantal"].id, "people.said_no", amal)
    ]
    with time_machine.travel(clock.now() + timedelta(days=30)):
        assert _today(clinic, "chantal")[nothing] == "1 person"


def _today(clinic: Clinic, name: str) -> dict[str, str]:
    with reading(by=clinic[name], purpose="care", route="tests"):
        return {str(line.words): line.detail for line in today(by=clinic[name])}
