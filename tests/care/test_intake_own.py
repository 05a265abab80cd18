"""What happened: by category, once, stopped with one tap; how somebody leaves; who never learns that it is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care import intakecopy
from karama.care.actions import (
    answer_own_chapter,
    begin_own_chapter,
    begin_paper,
    end_own_chapter,
    promise_call,
    record_death,
    record_session,
    say_company,
    say_leaving,
    settle_call,
)
from karama.care.models import IntakeChapter, IntakeDraft, Leaving, Session, WhatHappened
from karama.care.problems.apart import NotThatAnswer
from karama.care.problems.intake import (
    AgreeFirst,
    HowLeavingFirst,
    NoCallAgreed,
    NoCallOpen,
    NotAloneNow,
    NotBegun,
    StandsAlready,
)
from karama.care.queries import intake as queries
from karama.care.views.printing import new_number
from karama.journal import Absent, Refused, clock
from karama.people.actions import erase_person, record_consent, set_contact_rules, withdraw_consent
from karama.people.models import Consent
from karama.people.registries import copy_of, told_of
from karama.programme.days import today_at
from tests.care.centre import browser, centre, dalia, opened
from tests.care.shop import hidden, tap
from tests.care.test_pages import text
from tests.people.conftest import ERASER, Clinic

__all__ = ["browser", "centre", "dalia"]

HELD: dict[str, Any] = {"attended": "came", "modality": "in_person", "risk_asked": "yes"}


def test_one_question_a_screen_and_stop_here(centre: Clinic, dalia: UUID, browser: Any, reading_as: Any) -> None:
    """CA920: it opens after who is here was said; one question a screen, each with "stop here", which ends it with one
    tap and keeps what was said; nothing asks for a name or a story; then comes how the person leaves."""
    client, at = browser("ada"), f"/people/{dalia}/intake/own/"
    there = tap(client, at, {})
    assert there == at
    assert client.get(at)["Location"] == f"/people/{dalia}/room/?then=chapter"
    assert tap(client, f"/people/{dalia}/room/", {"said": "alone", "then": "chapter"}) == at
    assert "you may stop at any question" in text(client.get(at))
    assert tap(client, at, {"begin": "yes"}) == at
    shown = text(client.get(at))
    assert shown.count("Stop here") == 1
    assert shown.count('name="question"') == 1
    assert "<textarea" not in shown
    tap(client, at, {"question": hidden(shown)["question"], "answer": ["held", "lost"]})
    shown = text(client.get(at))
    assert hidden(shown)["question"] == "setting"
    assert tap(client, at, {"how": "stopped"}) == f"/people/{dalia}/intake/leaving/"
    row = WhatHappened.objects.get()
    with reading_as(centre["ada"]):
        assert (row.unseal("state"), row.unseal("answers")) == ("stopped", {"events": ["held", "lost"]})
    assert not IntakeDraft.objects.exists()
    assert not IntakeChapter.objects.exists()
    assert tap(client, f"/people/{dalia}/intake/leaving/", {"said": "calmer"}) == f"/people/{dalia}/intake/"


def test_asked_once(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA921: when it stands nobody is asked again, whoever opens the compartment reads it; only the person's own wish
    opens it once more, from what stands; what was only skipped may be asked on another day."""
    end_own_chapter(by=centre["ada"], person=dalia, how="skipped")
    opened(centre, dalia)
    answer_own_chapter(by=centre["ada"], person=dalia, question="events", answer=["torture"])
    end_own_chapter(by=centre["ada"], person=dalia, how="told")
    say_leaving(by=centre["ada"], person=dalia, said="as_before")
    for name in ("ada", "zana", "ngozi"):
        say_company(by=centre[name], person=dalia, said="alone")
        with pytest.raises(StandsAlready):
            begin_own_chapter(by=centre[name], person=dalia)
        with pytest.raises(StandsAlready):
            end_own_chapter(by=centre[name], person=dalia, how="refused")
        shown = text(browser(name).get(f"/people/{dalia}/intake/own/"))
        assert "Torture" in shown
        assert "Do not ask again" in shown
        assert 'name="how"' not in shown
    begin_own_chapter(by=centre["zana"], person=dalia, wish=True)
    answer_own_chapter(by=centre["zana"], person=dalia, question="period", answer=["longer"])
    newest = end_own_chapter(by=centre["zana"], person=dalia, how="told").value
    assert newest.amends is not None
    shown = text(browser("ada").get(f"/people/{dalia}/intake/own/"))
    assert "Torture" in shown
    assert "Longer ago" in shown


def test_what_has_to_come_before(centre: Clinic, dalia: UUID) -> None:
    """CA922: beside somebody, without who is here, without the limits or a yes to care, nothing opens and nothing is
    answered; whoever comes in, it can be stopped all the same."""
    by = centre["ada"]
    with pytest.raises(NotAloneNow):
        begin_own_chapter(by=by, person=dalia)
    with pytest.raises(NotBegun):
        end_own_chapter(by=by, person=dalia, how="stopped")
    opened(centre, dalia)
    answer_own_chapter(by=by, person=dalia, question="events", answer=["held"])
    say_company(by=by, person=dalia, said="relative")
    with pytest.raises(NotAloneNow):
        answer_own_chapter(by=by, person=dalia, question="setting", answer=["prison"])
    end_own_chapter(by=by, person=dalia, how="stopped")
    unasked = centre.register("ada", site=centre.here.id, first="Rima")
    say_company(by=by, person=unasked, said="alone")
    with pytest.raises(AgreeFirst):
        begin_own_chapter(by=by, person=unasked)
    silent = centre.register(
        "ada", site=centre.here.id, first="Lina", limits="postponed", limits_reason="Too upset today."
    )
    record_consent(by=by, person=silent, purpose="care", decision="yes", method="verbal")
    say_company(by=by, person=silent, said="alone")
    with pytest.raises(AgreeFirst):
        begin_own_chapter(by=by, person=silent)
    assert Leaving.objects.count() == 1


def test_a_yes_taken_back_closes_it(centre: Clinic, dalia: UUID) -> None:
    """CA923: once the yes to care is taken back, nothing more is asked."""
    opened(centre, dalia)
    withdraw_consent(by=centre["ada"], person=dalia, consent=Consent.objects.get().id)
    with pytest.raises(AgreeFirst):
        answer_own_chapter(by=centre["ada"], person=dalia, question="events", answer=["held"])


def test_categories_only(centre: Clinic, dalia: UUID) -> None:
    """CA924: only codes of the list are kept, of several questions several; never a name, a place or a sentence."""
    opened(centre, dalia)
    by = centre["ada"]
    for question, answer in (("events", ["somebody"]), ("period", ["longer", "to_ten"]), ("name", ["held"])):
        with pytest.raises(NotThatAnswer):
            answer_own_chapter(by=by, person=dalia, question=question, answer=answer)
    answer_own_chapter(by=by, person=dalia, question="survivor", answer=["primary", "journalist", "missing"])
    answer_own_chapter(by=by, person=dalia, question="actor", answer=["refused"])


def test_nothing_closes_before_it_is_asked(centre: Clinic, dalia: UUID, browser: Any, reading_as: Any) -> None:
    """CA925: after it was opened no session of that worker with that person is written at the desk before "how are you
    leaving?" has an answer or a reason; nothing that was typed is lost; a colleague, an earlier day, a missed session
    and a telephone are not held up; and it is not opened again before."""
    opened(centre, dalia)
    by = centre["ada"]
    end_own_chapter(by=by, person=dalia, how="stopped")
    with pytest.raises(HowLeavingFirst):
        record_session(by=by, person=dalia, **HELD)
    sent = HELD | {"words": "Qztypedq", "on": str(Leaving.objects.get().opened_on)}
    shown = text(browser("ada").post(f"/people/{dalia}/sessions/new/", sent))
    assert "how are you leaving?" in shown
    assert "Qztypedq" in shown
    assert f"/people/{dalia}/intake/leaving/" in shown
    with pytest.raises(HowLeavingFirst):
        begin_own_chapter(by=by, person=dalia, wish=True)
    assert not Session.objects.exists()
    record_session(by=centre["zana"], person=dalia, **HELD)
    record_session(by=by, person=dalia, attended="absent")
    record_session(by=by, person=dalia, on=Leaving.objects.get().opened_on - timedelta(days=1), **HELD)
    say_leaving(by=by, person=dalia, said="interrupted")
    record_session(by=by, person=dalia, **HELD)
    with pytest.raises(NotBegun):
        say_leaving(by=by, person=dalia, said="calmer")
    with reading_as(by):
        assert Leaving.objects.get().unseal("said") == "interrupted"


def test_a_sheet_of_a_colleague_waits_for_nobody(centre: Clinic, dalia: UUID) -> None:
    """CA999: a session that a colleague held is typed in from her sheet, whatever its typist still has to ask; from her
    own sheet the typist's waits."""
    opened(centre, dalia)
    ada, day = centre["ada"], today_at(centre.here.id)
    for name in ("zana", "ada"):
        told = {"number": new_number("session"), "taken_by": centre[name].id, "on": day}
        sheet = begin_paper(by=ada, person=dalia, **told).value
        if name == "zana":
            record_session(by=ada, person=dalia, paper=sheet.id, **HELD)
        else:
            with pytest.raises(HowLeavingFirst):
                record_session(by=ada, person=dalia, paper=sheet.id, **HELD)


def test_more_upset_is_offered_what_helps(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA926: whoever leaves more upset is offered the safety plan, a worry, and a call tomorrow; the call stands on
    Today from that day by code, without a word of why; late, colleagues who open it see it, too; reached, it goes."""
    opened(centre, dalia)
    end_own_chapter(by=centre["ada"], person=dalia, how="stopped")
    with time_machine.travel(clock.now(), tick=False) as going:
        client, after = browser("ada"), f"/people/{dalia}/intake/after/"
        assert tap(client, f"/people/{dalia}/intake/leaving/", {"said": "more_upset"}) == after
        shown = text(client.get(after))
        assert f"/people/{dalia}/plan/" in shown
        assert f"/worry/?about={dalia}" in shown
        tap(client, after, {})
        row = Leaving.objects.get()
        call = f"/calls/{row.id}/"
        assert call not in text(client.get("/"))
        going.shift(timedelta(days=1))
        shown = text(browser("ada").get("/"))
        assert call in shown
        assert "A call is promised" in shown
        for word in ("upset", "happened", "tortur", "leaving"):
            assert word not in shown.lower()
            assert word not in text(browser("ada").get(call)).lower()
        assert call not in text(browser("ngozi").get("/"))
        settle_call(by=centre["ada"], leaving=row.id, how="again")
        going.shift(timedelta(days=2))
        assert call in text(browser("ngozi").get("/"))
        for name in ("bisi", "chantal", "tunde"):
            assert call not in text(browser(name).get("/")), name
            assert browser(name).get(call).status_code in (302, 404), name
        tap(browser("ngozi"), call, {"how": "reached"})
        assert call not in text(browser("ada").get("/"))
    with pytest.raises(NoCallOpen):
        promise_call(by=centre["ada"], leaving=row.id)
    with pytest.raises(NoCallOpen):
        settle_call(by=centre["ada"], leaving=row.id, how="reached")


def test_no_call_is_promised_to_who_may_not_be_called(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA959: where no call was agreed none is offered or kept; one of before says so, and leads to an appointment."""
    opened(centre, dalia)
    client, after = browser("ada"), f"/people/{dalia}/intake/after/"
    say_leaving(by=centre["ada"], person=dalia, said="more_upset")
    row = Leaving.objects.get()
    promise_call(by=centre["ada"], leaving=row.id)
    assert f"/people/{dalia}/contact/" in text(client.get(f"/calls/{row.id}/"))
    settle_call(by=centre["ada"], leaving=row.id, how="again")
    set_contact_rules(by=centre["ada"], person=dalia, channel="never")
    assert "did not agree to be called" in text(client.get(f"/calls/{row.id}/"))
    end_own_chapter(by=centre["ada"], person=dalia, how="stopped")
    begin_own_chapter(by=centre["ada"], person=dalia, wish=True)
    say_leaving(by=centre["ada"], person=dalia, said="more_upset")
    second = Leaving.objects.exclude(pk=row.id).get()
    shown = text(client.get(after))
    assert "Promise a call" not in shown
    assert f"/people/{dalia}/appointments/new/" in shown
    tap(client, after, {})
    with pytest.raises(NoCallAgreed):
        promise_call(by=centre["ada"], leaving=second.id)


def test_a_death_ends_the_call(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA927: after a death nobody is asked to call."""
    opened(centre, dalia)
    with time_machine.travel(clock.now(), tick=False) as going:
        say_leaving(by=centre["ada"], person=dalia, said="more_upset")
        promise_call(by=centre["ada"], leaving=Leaving.objects.get().id)
        going.shift(timedelta(days=1))
        record_death(by=centre["ada"], person=dalia, suspected="none")
        assert "/calls/" not in text(browser("ada").get("/"))


def test_who_does_not_open_it_sees_no_chapter(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA928: for a nurse the intake has five chapters, before and after, byte for byte; nobody without the compartment
    opens it, acts in it or is told of it; beside somebody else it is on nobody's page."""
    at = f"/people/{dalia}/intake/"
    page = text(browser("ada").get(at))
    assert "What happened" in page
    opened(centre, dalia)
    answer_own_chapter(by=centre["ada"], person=dalia, question="events", answer=["torture"])
    end_own_chapter(by=centre["ada"], person=dalia, how="told")
    shown = text(browser("bisi").get(at))
    assert "0 of 5" in shown
    assert "What happened" not in shown
    for name in ("bisi", "chantal", "karim", "femi", "tunde"):
        for path in ("own/", "leaving/", "after/"):
            assert browser(name).get(f"{at}{path}").status_code in (302, 404), (name, path)
        say_company(by=centre[name], person=dalia, said="alone") if name != "tunde" else None
        with pytest.raises(Refused):
            begin_own_chapter(by=centre[name], person=dalia, wish=True)
        with pytest.raises(Refused):
            say_leaving(by=centre[name], person=dalia, said="calmer")
    say_company(by=centre["zana"], person=dalia, said="relative")
    assert "What happened" not in text(browser("zana").get(at))
    assert "Torture" not in text(browser("zana").get(f"{at}own/", follow=True))


def test_her_own_copy_holds_it(centre: Clinic, dalia: UUID, reading_as: Any) -> None:
    """CA929: the person's own copy holds what she told and how she left; a guardian is told nothing of it, whatever was
    agreed; whoever does not open it is not told in the list of who saw and wrote that there is anything."""
    opened(centre, dalia)
    by = centre["ada"]
    answer_own_chapter(by=by, person=dalia, question="events", answer=["torture"])
    draft = IntakeDraft.objects.get().id
    assert intakecopy.untold(centre["bisi"].id, [dalia]).records == {draft, Leaving.objects.get().id}
    end_own_chapter(by=by, person=dalia, how="told")
    say_leaving(by=by, person=dalia, said="calmer")
    topics = ("attendance", "care", "health", "safety", "school", "family")
    with reading_as(by):
        told = str([(one.title, one.rows) for one in copy_of(by=by, person=dalia, language="en")])
        assert "Torture" in told
        assert "Calmer" in told
        beside = replace(by, compartments=by.compartments - {"torture"})
        assert "Torture" not in str(copy_of(by=beside, person=dalia, language="en"))
        assert "Torture" not in str(told_of(by=by, person=dalia, language="en", topics=topics))
    hidden_rows = intakecopy.untold(centre["bisi"].id, [dalia])
    assert hidden_rows.records == {WhatHappened.objects.get().id, Leaving.objects.get().id}
    assert "care.intake_own" in hidden_rows.routes
    assert not intakecopy.untold(centre["zana"].id, [dalia]).records


def test_erased(centre: Clinic, dalia: UUID, reading_as: Any) -> None:
    """CA958: an erasure takes what happened, its drafts, how she left and what was promised."""
    opened(centre, dalia)
    by = centre["ada"]
    answer_own_chapter(by=by, person=dalia, question="events", answer=["torture"])
    end_own_chapter(by=by, person=dalia, how="told")
    say_leaving(by=by, person=dalia, said="more_upset")
    promise_call(by=by, leaving=Leaving.objects.get().id)
    begin_own_chapter(by=by, person=dalia, wish=True)
    erase_person(by=ERASER, person=dalia, reason="wish")
    for model in (WhatHappened, Leaving, IntakeDraft):
        assert not model.objects.exists()
    with reading_as(by), pytest.raises(Absent):
        queries.own_page(by, dalia)
