"""Forms on paper, and their answers entered later."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import answer_item, discard_draft, finish_draft
from karama.care.models import DraftResponse, Response
from karama.care.problems import DraftOpen, NoSuchColleague, SayIfActed
from karama.care.queries import asking
from karama.journal import clock
from karama.people.actions import assign, join_files
from karama.people.actions.papers import Told
from karama.people.models import Paper, Person
from karama.people.problems import PaperEntered
from karama.people.queries import papers_of
from karama.programme.days import today_at
from karama.safety.actions import make_plan
from karama.safety.models import Alert
from tests.care.conftest import Clinic, all_answers
from tests.care.test_pages import sign_in, text
from tests.care.test_papers import _beginning, number, taken

__all__ = ["sign_in"]


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is on shift."""
    monkeypatch.setattr(asking, "safety_questions_open", lambda site, now: True)


def drafted(clinic: Clinic, person: UUID, answer: str = "not_at_all", **more: str) -> UUID:
    """Chantal reads a paper into a draft."""
    answer_item(
        by=clinic["chantal"], person=person, instrument="phq9", language="en", answers=all_answers(answer, **more)
    )
    return DraftResponse.objects.get().id


def test_a_form_on_paper_names_nobody(clinic: Clinic, phq9: UUID, sign_in: Any, somebody: None) -> None:
    """CA330: the paper holds the code, every question and what to do in danger; no name, no earlier answer."""
    client = sign_in("chantal")
    assert f"/people/{phq9}/ask/phq9/paper/" in text(client.get(f"/people/{phq9}/ask/phq9/"))
    shown = text(client.get(f"/people/{phq9}/ask/phq9/paper/"))
    assert shown.count("Our own question about") == 10
    assert "Amal" not in shown
    assert "stay with the person" in shown
    assert sign_in("diego").get(f"/people/{phq9}/ask/phq9/paper/").status_code == 404


def test_paused_questions_are_not_printed(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA331: a safety question that nobody could answer to is not put on paper either."""
    shown = text(sign_in("chantal").get(f"/people/{phq9}/ask/phq9/paper/"))
    assert shown.count("Our own question about") == 9


def test_later_entry_says_who_and_when(clinic: Clinic, phq9: UUID, reading_as: Any) -> None:
    """CA332: who took it and on which day is kept beside who entered it; only a colleague of the site."""
    draft, day = drafted(clinic, phq9), today_at(clinic.here.id) - timedelta(days=2)
    with pytest.raises(NoSuchColleague):
        finish_draft(by=clinic["chantal"], draft=draft, on=day, taken_by=clinic["samir"].id)
    finish_draft(by=clinic["chantal"], draft=draft, on=day, taken_by=clinic["diego"].id)
    row = Response.objects.get()
    assert (row.taken_by_id, row.author_id, row.occurred_on) == (clinic["diego"].id, clinic["chantal"].id, day)


def test_an_older_paper_asks_whether_something_was_done(clinic: Clinic, phq9: UUID, reading_as: Any) -> None:
    """CA333: a safety answer of days ago is not filed away: its alert is out, and somebody says what was done then."""
    draft, day = drafted(clinic, phq9, q9="several_days"), today_at(clinic.here.id) - timedelta(days=2)
    assert Alert.objects.count() == 1
    with pytest.raises(SayIfActed):
        finish_draft(by=clinic["chantal"], draft=draft, on=day)
    assert DraftResponse.objects.filter(pk=draft).exists()
    finish_draft(by=clinic["chantal"], draft=draft, on=day, acted="no")
    with reading_as(clinic["chantal"]):
        assert Response.objects.get().unseal("acted") == "no"
    assert Alert.objects.count() == 1


def test_entering_a_paper_by_taps(clinic: Clinic, phq9: UUID, sign_in: Any, somebody: None) -> None:
    """CA334: the list, then the day, who took it and what was done; the result says so."""
    client, draft = sign_in("chantal"), drafted(clinic, phq9, q9="several_days")
    day = today_at(clinic.here.id) - timedelta(days=1)
    shown = text(client.get(f"/asking/{draft}/?at=99"))
    assert "From paper: who took it?" in shown
    sent = {"on": day, "taken_by": str(clinic["diego"].id)}
    wrong = client.post(f"/asking/{draft}/finish/", sent)
    assert wrong.status_code == 422
    done = client.post(f"/asking/{draft}/finish/", sent | {"acted": "yes"})
    result = text(client.get(done["Location"]))
    assert "Taken on paper by" in result
    assert "Yes, somebody spoke with this person" in result


def test_a_paper_is_entered_in_the_evening(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA335: what was on the paper is taken whoever is on shift by now; its safety answer is told."""
    client, draft = sign_in("chantal"), drafted(clinic, phq9)
    listed = f"/asking/{draft}/list/"
    assert "?paper=yes" in text(client.get(listed))
    assert 'name="q9"' not in text(client.get(listed))
    assert 'name="q9"' in text(client.get(f"{listed}?paper=yes"))
    client.post(listed, {"q9": "several_days"})
    assert Alert.objects.count() == 1


def begun(client: Any, clinic: Clinic, person: UUID, **more: str) -> Any:
    """The sheet of an instrument is begun; the answer of the server."""
    code = Person.objects.get(pk=person).code
    return client.post("/paper/", _beginning(clinic, "instrument", code, **more))


def test_an_instrument_has_a_number(clinic: Clinic, phq9: UUID, sign_in: Any, somebody: None) -> None:
    """CA250: the questions print under a number of their own; typed in under it, they are of the day of the sheet and
    taken by whom it says; the same sheet a second time says so, with the way to the result."""
    client = sign_in("chantal")
    shown = text(client.get(f"/people/{phq9}/ask/phq9/paper/"))
    assert re.findall(r"H1-\w{4}-\w{4}-\w", shown)
    at = begun(client, clinic, phq9, taken_by=str(clinic["diego"].id))["Location"]
    assert number("instrument") in text(client.get(at))
    start = f"/people/{phq9}/ask/phq9/?{at.split('?')[1]}"
    assert start in text(client.get(at))
    paper = re.findall(r'name="paper" value="([^"]+)"', text(client.get(start)))[0]
    listed = client.post(start.split("?")[0], {"language": "en", "mode": "interviewer", "wave": "", "paper": paper})
    assert number("instrument") in text(client.get(listed["Location"]))
    finish = client.post(listed["Location"], all_answers("not_at_all"))["Location"]
    shown = text(client.get(finish))
    assert 'name="on"' not in shown
    assert 'name="taken_by"' not in shown
    done = client.post(finish.split("?")[0] + "finish/", {})
    row = Response.objects.get()
    assert (row.taken_by_id, row.occurred_on) == (clinic["diego"].id, today_at(clinic.here.id) - timedelta(days=1))
    sheet = Paper.objects.get()
    assert (sheet.record_id, sheet.entered_at is not None) == (row.id, True)
    again = text(begun(client, clinic, phq9))
    assert "typed in already" in again
    assert f'<a href="{done["Location"].split("?")[0]}' in again


def test_a_safety_answer_on_an_instruments_paper(clinic: Clinic, phq9: UUID, reading_as: Any) -> None:
    """CA251: a positive safety answer that is typed in raises its alert, and the sheet is not filed away before it is
    said whether something was done; what was said at its beginning counts."""
    chantal = clinic["chantal"]
    sheet = taken(chantal, "instrument", phq9)
    answer_item(by=chantal, person=phq9, instrument="phq9", language="en", answers=all_answers(q9="several_days"),
                paper=sheet)  # fmt: skip
    assert Alert.objects.count() == 1
    draft = DraftResponse.objects.get().id
    with pytest.raises(SayIfActed):
        finish_draft(by=chantal, draft=draft)
    taken(chantal, "instrument", phq9, told=Told(danger="suicide", acted="no"))
    finish_draft(by=chantal, draft=draft)
    with reading_as(chantal):
        assert Response.objects.get().unseal("acted") == "no"


def test_a_sheet_is_not_mixed_with_other_answers(clinic: Clinic, phq9: UUID) -> None:
    """CA252: answers that were begun without the sheet do not become its answers; a sheet makes one response only."""
    chantal = clinic["chantal"]
    drafted(clinic, phq9)
    sheet = taken(chantal, "instrument", phq9)
    told: dict[str, Any] = {"person": phq9, "instrument": "phq9", "language": "en", "answers": all_answers()}
    with pytest.raises(DraftOpen):
        answer_item(by=chantal, paper=sheet, **told)
    discard_draft(by=chantal, draft=DraftResponse.objects.get().id)
    answer_item(by=chantal, paper=sheet, **told)
    finish_draft(by=chantal, draft=DraftResponse.objects.get().id, acted="no")
    with pytest.raises(PaperEntered):
        answer_item(by=chantal, paper=sheet, **told)
    assert Response.objects.count() == 1


def test_a_sheet_taken_over_leaves_its_draft_readable(clinic: Clinic, phq9: UUID, sign_in: Any) -> None:
    """CA253: when a colleague went on with a sheet, the first one's answers stay on her screen, and are not entered."""
    chantal, diego = clinic["chantal"], clinic["diego"]
    assign(by=clinic["nadia"], person=phq9, user=diego.id, role="member")
    sheet = taken(chantal, "instrument", phq9)
    answer_item(by=chantal, person=phq9, instrument="phq9", language="en", answers=all_answers("not_at_all"),
                paper=sheet)  # fmt: skip
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        taken(diego, "instrument", phq9)
        draft, client = DraftResponse.objects.get().id, sign_in("chantal")
        assert client.get(f"/asking/{draft}/list/").status_code == 200
        shown = client.post(f"/asking/{draft}/finish/", {})
    assert shown.status_code == 422
    assert "A colleague went on with this paper meanwhile" in text(shown)
    assert not Response.objects.exists()


def test_a_sheet_of_a_joined_file_goes_on(clinic: Clinic, phq9: UUID, reading_as: Any) -> None:
    """CA254: files are joined while a sheet is typed in: it is entered for the file that remains, not begun again."""
    chantal = clinic["chantal"]
    other = clinic.register(first="Nour", last="Aziz", birth_year=1980)
    sheet = taken(chantal, "plan", other)
    join_files(by=clinic["nadia"], person=other, into=phq9, reason="the same person")
    made = make_plan(by=chantal, person=phq9, parts={"coping": "A walk."}, paper=sheet).value
    assert Paper.objects.get().record_id == made.id
    with reading_as(chantal):
        assert [one.number for one in papers_of(chantal, phq9)] == [number("plan")]
