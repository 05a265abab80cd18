"""The person's page in one look (J5): for whoever reads what is told in care, and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from karama.care.actions import (
    move_goal,
    open_episode,
    record_response,
    record_session,
    review_note,
    say_company,
    set_goal,
    supervise,
    write_note,
)
from karama.journal import clock
from karama.journal.models import Access
from karama.people.actions import assign, correct_identity, hide_from
from karama.people.models import Person
from karama.people.queries import who_has_seen
from karama.programme.days import today_at
from karama.safety.actions import make_plan
from tests.attacks.calling import masked
from tests.care.conftest import Clinic, all_answers
from tests.care.test_pages import sign_in, text
from tests.care.test_recording import record
from tests.care.test_sessions import HELD

__all__ = ["sign_in"]


def look(client: Client, person: UUID) -> str:
    """The main part of her page."""
    return text(client.get(f"/people/{person}/")).partition("<main")[2]


@pytest.fixture
def episode(clinic: Clinic, phq9: UUID) -> UUID:
    """Amal in care for two months; Diego and Nadia may see her."""
    assign(by=clinic["nadia"], person=phq9, user=clinic["diego"].id)
    return UUID(str(open_episode(by=clinic["chantal"], person=phq9, state="active").record))


def told(clinic: Clinic, person: UUID, episode: UUID) -> None:
    """Goals, two answers, four notes, a session, a plan."""
    by, today = clinic["chantal"], today_at(clinic.here.id)
    for words, state in (("Qzsleepq", "met"), ("Qzcookq", "in_progress"), ("Qzmarketq", "")):
        goal = set_goal(by=by, episode=episode, words=words).value.id
        if state:
            move_goal(by=by, goal=goal, state=state)
    for days, answer in ((60, "nearly_every_day"), (0, "several_days")):
        answers, on = all_answers(answer, q9="not_at_all"), today - timedelta(days=days)
        record(clinic, person, answers=answers, episode=episode, on=on)
    supervise(by=clinic["nadia"], user=by.id, site=clinic.here.id, cosigned=True)
    for words in ("Qzfirstq", "Qzsecondq", "Qzthirdq", "Qzfourthq"):
        write_note(by=by, person=person, sections={"seen": f"{words} {'w' * 90} Qzendq"})
    make_plan(by=clinic["diego"], person=person, parts={"coping": "Qzcopingq"})


def test_ten_seconds(clinic: Clinic, phq9: UUID, episode: UUID, sign_in: Any) -> None:
    """CA800: on her page stand where care stands, her goals in her words with their state, the last score beside the
    one before with a mark and in words, the beginning of the last three notes with day, duty and co-sign, and when and
    by whom the safety plan was made; what is read no more than that stays behind its link (J5, 2)."""
    told(clinic, phq9, episode)
    record_session(by=clinic["chantal"], person=phq9, techniques=["breathing"], minutes=45, **HELD)
    shown = look(sign_in("chantal"), phq9)
    assert "In care" in shown
    assert "1 session (" in shown
    assert shown.index("Qzcookq") < shown.index("Qzmarketq") < shown.index("Qzsleepq")
    for words in ("In progress", "Planned", "Met"):
        assert words in shown
    assert "8 of 27" in shown
    assert '<span aria-hidden="true">▲</span> reliably better · before: 24 (' in shown
    assert "small-chart" in shown
    assert f'href="/people/{phq9}/answers/phq9/"' in shown
    assert [one in shown for one in ("Qzfirstq", "Qzsecondq", "Qzthirdq", "Qzfourthq")] == [False, True, True, True]
    assert shown.index("Qzfourthq") < shown.index("Qzsecondq")
    assert "Community psychosocial agent" in shown
    assert "Waits for a co-sign" in shown
    assert "Qzendq" not in shown
    assert "Qzcopingq" not in shown
    assert '<bdi class="name">Diego</bdi> <span class="line">Made on' in shown


def test_what_was_decided_on_a_note(clinic: Clinic, phq9: UUID, episode: UUID, sign_in: Any) -> None:
    """CA801: a note that was signed says so, in the same place."""
    told(clinic, phq9, episode)
    note = write_note(by=clinic["chantal"], person=phq9, sections={"seen": "Qznewestq"}).value.id
    review_note(by=clinic["nadia"], note=note, decision="signed")
    shown = look(sign_in("chantal"), phq9)
    assert "Co-signed" in shown
    assert shown.count("Waits for a co-sign") == 2


BESIDE = (("karim", "physiotherapist"), ("sol", "social_worker"), ("rana", "reception"), ("vera", "volunteer"))


def test_others_see_the_same_bytes(clinic: Clinic, phq9: UUID, episode: UUID, sign_in: Any) -> None:
    """CA802: for a physiotherapist, a social worker and a volunteer who work with her, the front desk, a colleague from
    whom she is hidden and one elsewhere, the page and Today are the same bytes before and after all of it is told."""
    for name, duty in BESIDE:
        user = clinic.hire(name, duty, clinic.here)
        if duty != "reception":
            assign(by=clinic["nadia"], person=phq9, user=user.id)
    kept = clinic.hire("omar", "psychologist", clinic.here)
    assign(by=clinic["nadia"], person=phq9, user=kept.id)
    hide_from(by=clinic["nadia"], person=phq9, user=kept.id, reason="Related.")
    names = [*(name for name, _duty in BESIDE), "omar", "tunde"]
    clients = {name: sign_in(name) for name in names}
    pages = (f"/people/{phq9}/", "/", f"/people/{phq9}/line/")

    def seen() -> dict[tuple[str, str], tuple[int, bytes]]:
        found = {(name, page): clients[name].get(page) for name in names for page in pages}
        return {key: (one.status_code, masked(one.content)) for key, one in found.items()}

    with time_machine.travel(clock.now(), tick=False):
        seen()
        before = seen()
        told(clinic, phq9, episode)
        after = seen()
    assert [key for key in before if before[key] != after[key]] == []
    assert {before[name, pages[0]][0] for name in ("karim", "sol")} == {200}
    assert {before[name, pages[0]][0] for name in ("rana", "omar", "tunde")} <= {403, 404}
    assert "At a glance" in look(sign_in("diego"), phq9)


def test_missing_is_said(clinic: Clinic, phq9: UUID, episode: UUID, sign_in: Any) -> None:
    """CA803: asked once, no total, and nothing at all are said in words; none of it is a zero or an arrow."""
    client, today = sign_in("chantal"), today_at(clinic.here.id)
    shown = look(client, phq9)
    for words in ("No goals yet", "Nothing has been asked yet", "No notes yet", "No session yet", "No plan yet"):
        assert words in shown
    record(clinic, phq9, answers=all_answers(), episode=episode, on=today - timedelta(days=9))
    assert "Asked once" in look(client, phq9)
    record(clinic, phq9, answers=all_answers() | {"q3": "refused"}, episode=episode, on=today)
    shown = look(client, phq9)
    assert "No total: not every question was answered" in shown
    assert "before: 9 (" in shown
    assert not [mark for mark in ("▲", "▼", "0 of 27") if mark in shown]


def test_an_unknown_change_has_no_arrow(clinic: Clinic, phq9: UUID, episode: UUID, worded: Any, sign_in: Any) -> None:
    """CA804: of a measure without a published reliable change it is said that nobody knows whether it changed."""
    worded("wgss")
    by, today = clinic["chantal"], today_at(clinic.here.id)
    for days, answer in ((9, "none"), (0, "a_lot")):
        answers = dict.fromkeys(("seeing", "hearing", "walking", "remembering", "self_care", "communicating"), answer)
        record_response(
            by=by, person=phq9, instrument="wgss", answers=answers, language="en", mode="interviewer",
            on=today - timedelta(days=days), episode=episode,
        )  # fmt: skip
    shown = look(sign_in("chantal"), phq9)
    assert "before: no total (" in shown
    assert not [mark for mark in ("▲", "▼", "reliably") if mark in shown]


def test_what_was_told_alone_is_not_opened(
    clinic: Clinic, phq9: UUID, episode: UUID, worded: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CA805: answers about violence stand there by name only, for whoever opens them; while somebody else is in the
    room not even that, and the words of the notes neither."""
    monkeypatch.setattr("karama.care.wording.locked", lambda card: None)
    worded("asist_gbv")
    diego = clinic["diego"]
    say_company(by=diego, person=phq9, said="alone")
    record_response(
        by=diego, person=phq9, instrument="asist_gbv", answers={f"q{place}": "no" for place in range(1, 8)},
        language="en", mode="interviewer", on=today_at(clinic.here.id),
    )  # fmt: skip
    write_note(by=diego, person=phq9, sections={"seen": "Qznoteq"})
    shown, others = look(sign_in("diego"), phq9), look(sign_in("chantal"), phq9)
    assert "ASIST-GBV" in shown
    assert "Qznoteq" in shown
    assert not [words for words in ("0 of", "positive", "Asked once", "No total", "no total") if words in shown]
    assert "ASIST" not in others
    say_company(by=diego, person=phq9, said="partner")
    beside = look(sign_in("diego"), phq9)
    assert "ASIST" not in beside
    assert "Qznoteq" not in beside
    assert "Last notes" in beside


def test_it_is_written_down(clinic: Clinic, phq9: UUID, episode: UUID, sign_in: Any, reading_as: Any) -> None:
    """CA806: whoever looks has opened what stands there: one row of the access log names her before anything is opened,
    and she is told in plain words that it was read."""
    told(clinic, phq9, episode)
    client = sign_in("diego")
    client.get("/me/")
    before = set(Access.objects.values_list("id", flat=True))
    look(client, phq9)
    (row,) = Access.objects.exclude(id__in=before)
    assert (row.route, row.outcome, row.people) == ("people:person", "opened", 1)
    assert list(row.opened.values_list("person_id", flat=True)) == [phq9]
    with reading_as(clinic["nadia"]):
        said = {str(one.what) for one in who_has_seen(clinic["nadia"], phq9) if one.alias == "Diego"}
    assert "opened your page and read what their duty may read there" in said


def test_paper_keeps_to_itself(clinic: Clinic, phq9: UUID, episode: UUID, sign_in: Any) -> None:
    """CA807: the words of the notes and the links are of the screen only; goals and results are printed."""
    told(clinic, phq9, episode)
    shown = look(sign_in("chantal"), phq9)
    notes = shown.index('<div class="screen-only"><h3>Last notes')
    assert notes < shown.index("Qzfourthq")
    assert shown.index("Qzcookq") < notes
    assert '<p class="screen-only">Over time: ' in shown


def test_a_wrong_measure_is_noticed(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA808: each screen on which a measure is chosen, begun, asked, handed over, finished or corrected shows code and
    the name to call her by, as the forms of sessions and notes do; of somebody known by code only the code (J5)."""
    by, client = clinic["chantal"], sign_in("chantal")
    correct_identity(by=by, person=phq9, identity_mode="named", called="Qzcalledq", first="Amal")
    response = record(clinic, phq9).id
    choose, begin = f"/people/{phq9}/ask/", f"/people/{phq9}/ask/phq9/"
    first = [text(client.get(choose)), text(client.get(begin))]
    draft = client.post(begin, {"language": "en", "mode": "interviewer", "wave": ""})["Location"]
    addresses = (draft, f"{draft}list/", f"{draft}hand/", f"{draft}?at=99", f"/answers/{response}/correct/")
    code = str(Person.objects.get(pk=phq9).code)
    for shown in (*first, *(text(client.get(one)) for one in addresses)):
        assert "Qzcalledq" in shown
        assert code in shown
    correct_identity(by=by, person=phq9, identity_mode="coded")
    for one in (choose, *addresses):
        shown = text(client.get(one))
        assert ("Qzcalledq" in shown, code in shown) == (False, True), one
