"""A session to read: what was done, what comes next, how it was corrected; and the form of the next beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from karama.care.actions import amend_session, open_episode
from karama.care.problems import NothingChanged, TechniqueUnknown
from karama.care.queries import sessions_of, steps_to_do
from karama.people.actions import assign
from tests.care.settling.conftest import HELD, Book, Desk, session
from tests.care.test_pages import text

TOLD: dict[str, Any] = {"techniques": ["breathing"], "homework": "given", "minutes": 45, "next_step": "go_on"}


def test_a_session_is_read(desk: Desk, amal: UUID, sign_in: Any) -> None:
    """CA877: a session has a page: whether she came, what was done, what to practise, with whom, whether safety was
    asked about, what comes next, who wrote it; from there it is corrected, and each version tells why."""
    one = session(desk, amal, interpreter=desk["yusuf"].id, **TOLD)
    client = sign_in("chantal")
    address = f"/sessions/{one.id}/"
    assert address in text(client.get(f"/people/{amal}/"))
    shown = text(client.get(address))
    for words in ("Came", "Here", "45", "Yusuf", "Breathing", "Agreed", "Go on as planned", "Chantal"):
        assert words in shown, words
    assert f"{address}correct/" in shown
    sent = {"attended": "came", "modality": "in_person", "risk_asked": "yes", "minutes": "45", "interpreted": "no",
            "techniques": ["breathing"], "homework": "none", "next_step": "end", "reason": "Wrong chip."}  # fmt: skip
    gone = client.post(f"{address}correct/", sent)
    assert gone.status_code == 302
    newest = text(client.get(gone["Location"]))
    for words in ("Wrong chip.", "Towards the end", "Go on as planned", "Before it was corrected", "Yusuf"):
        assert words in newest, words
    older = text(client.get(address))
    assert gone["Location"] in older
    assert "correct/" not in older


def test_who_opens_nothing_clinical_reads_no_more(desk: Desk, amal: UUID, sign_in: Any) -> None:
    """CA878: a colleague whose duty opens nothing that was told in care reads that she came and how, never what was
    done or comes next; who may not write sessions finds no page."""
    desk.hire("sara", "social_worker", desk.here)
    assign(by=desk["nadia"], person=amal, user=desk["sara"].id)
    one = session(desk, amal, **(TOLD | {"next_step": "refer"}))
    shown = text(sign_in("sara").get(f"/sessions/{one.id}/"))
    assert "Came" in shown
    for words in ("Breathing", "Agreed", "Refer", "Was safety asked about?"):
        assert words not in shown, words
    for name in ("tunde", "rana", "leila", "samir"):
        assert sign_in(name).get(f"/sessions/{one.id}/").status_code == 404, name


def test_last_time_stands_beside_the_next(desk: Desk, amal: UUID, sign_in: Any) -> None:
    """CA879: the form of the next session shows what happened last time, what was agreed to practise above all, and
    what to call the person; nothing of it to whom it is not open, nothing when nobody came yet."""
    desk.hire("sara", "social_worker", desk.here)
    assign(by=desk["nadia"], person=amal, user=desk["sara"].id)
    client = sign_in("chantal")
    assert "Last time" not in text(client.get(f"/people/{amal}/sessions/new/"))
    one = session(desk, amal, **TOLD)
    session(desk, amal, attended="absent")
    page = text(client.get(f"/people/{amal}/sessions/new/"))
    last = page.split("Last time")[1].split("</dl>")[0]
    assert last.index("Something to practise") < last.index("Breathing")
    assert f"/sessions/{one.id}/" in last
    assert "Agreed" in last
    bare = text(sign_in("sara").get(f"/people/{amal}/sessions/new/"))
    assert "</dl>" not in bare.split("Last time")[1].split("<form")[0]


def test_what_was_done_is_corrected(desk: Desk, amal: UUID, reading_as: Any) -> None:
    """CA880: techniques, homework, interpreter and the next step are corrected; left out they stay; a technique that
    no programme knows is refused, and so is a correction of nothing."""
    by = desk["chantal"]
    one = session(desk, amal, interpreter=desk["yusuf"].id, **TOLD)
    same = HELD | {"minutes": 45}
    for told in ({}, {"homework": "given"}, {"techniques": ["breathing"]}, {"next_step": "go_on"}):
        with pytest.raises(NothingChanged):
            amend_session(by=by, session=one.id, reason="x", **same, **told)
    with pytest.raises(TechniqueUnknown):
        amend_session(by=by, session=one.id, reason="x", techniques=["hypnosis"], **same)
    two = amend_session(by=by, session=one.id, reason="x", homework="reviewed", interpreted=False, **same).value
    assert (two.interpreted, two.interpreter_id) == (False, None)
    three = amend_session(by=by, session=two.id, reason="x", techniques=[], next_step="end", **same).value
    with reading_as(by):
        (line,) = sessions_of(by, amal)
    assert line.session.id == three.id
    assert line.fields == {"techniques": None, "homework": "reviewed", "risk_asked": "yes", "next_step": "end"}


def test_nothing_clinical_is_changed_unread(desk: Desk, amal: UUID, reading_as: Any) -> None:
    """CA881: who may not read what was told in care does not change it by sending it, and learns nothing of it."""
    desk.hire("sara", "social_worker", desk.here)
    assign(by=desk["nadia"], person=amal, user=desk["sara"].id)
    open_episode(by=desk["chantal"], person=amal)
    one = session(desk, amal, **TOLD)
    for told in ({"homework": "none"}, {"homework": "given"}, {"techniques": ["hypnosis"]}, {"next_step": "refer"}):
        with pytest.raises(NothingChanged):
            amend_session(by=desk["sara"], session=one.id, reason="x", **(HELD | {"minutes": 45}), **told)
    amend_session(by=desk["sara"], session=one.id, reason="x", homework="none", **(HELD | {"minutes": 60}))
    with reading_as(desk["chantal"]):
        (line,) = sessions_of(desk["chantal"], amal)
    assert (line.session.minutes, line.fields["homework"]) == (60, "given")


def test_to_meet_sooner_until_it_is_booked(desk: Desk, book: Book, monday: Any, amal: UUID, reading_as: Any) -> None:
    """CA887: "meet sooner" stands on its writer's Today until a time was booked since, or they have met."""

    def left() -> list[str]:
        with reading_as(desk["chantal"]):
            return [one.step for one in steps_to_do(desk["chantal"])]

    book(hours=24)
    monday.shift(60)
    session(desk, amal, next_step="sooner")
    assert left() == ["sooner"]
    monday.shift(60)
    book(hours=48)
    assert left() == []
    monday.shift(60)
    session(desk, amal, next_step="sooner")
    assert left() == ["sooner"]
    monday.shift(60)
    session(desk, amal, by="nadia")
    assert left() == []
