"""The page that needs no account, attacked: no trace of a sender, help first, one answer for wrong and absent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from karama.accounts.models import User
from karama.journal.models import Access
from karama.ui.requests import NOT_KEPT
from karama.voice import pace, tokens
from karama.voice.actions import answer_feedback, put_up, take_down, take_feedback, write_line
from karama.voice.models import Feedback, FeedbackStep
from karama.voice.problems import PersonalWords
from tests.accounts import signing
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import crowd, mariam, said, sent

__all__ = ["clinic"]

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()


def text(answer: Any) -> str:
    return str(answer.content.decode())


def bare(html: str) -> str:
    """Without what is random on each page."""
    return re.sub(r'value="[A-Za-z0-9_-]{32,64}"|[0-9a-f-]{36}', "", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_comes_before_any_form(clinic: Clinic, language: str) -> None:
    """VO340: in each of the eight languages the page says what to do in danger before any form, loads no script and
    nothing from elsewhere, sets no cookie, and is short enough for a slow line."""
    place = tokens.place_code(clinic.here.id)
    for path in ("/say/", "/say/answer/", "/say/board/"):
        answer = Client().get(path, {"l": language, "p": place})
        page = text(answer)
        assert answer.status_code == NOT_KEPT
        assert not answer.cookies
        assert answer["Content-Language"] == language
        assert f'<html lang="{language}" dir="{"rtl" if language in ("ar", "ckb") else "ltr"}">' in page
        assert "<script" not in page
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
        assert len(page) < 14_000
    page = text(Client().get("/say/", {"l": language, "p": place}))
    assert 0 < page.index('class="now"') < page.index("<form")
    assert "No deje sola" in page or "Do not leave" in page or "لا تترك" in page


def test_a_message_from_the_page(clinic: Clinic) -> None:
    """VO341: a face, some words and one tap; the code is shown once and leads to the answer; whoever does not agree
    says so there, and nothing on the page tells who answered."""
    director, browser = mariam(clinic), Client(enforce_csrf_checks=True)
    place = tokens.place_code(clinic.here.id)
    page = text(browser.get("/say/", {"p": place}))
    seed = re.search(r'name="seed" value="([^"]+)"', page)
    assert seed
    told = {"seed": seed[1], "face": "bad", "words": "Nobody listens", "answer": "1", "p": place}
    thanks = browser.post("/say/", told)
    token = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", text(thanks))
    assert thanks.status_code == 200
    assert token
    assert not thanks.cookies
    row = Feedback.objects.get()
    assert row.kind == "complaint"
    waiting = text(browser.post("/say/answer/", {"token": token[0].lower()}))
    assert "no answer yet" in waiting
    take_feedback(by=director, feedback=row.id)
    answer_feedback(by=director, feedback=row.id, words="We opened a second window.\nThank you")
    shown = text(browser.post("/say/answer/", {"token": token[0]}))
    assert "We opened a second window." in shown
    assert "Mariam" not in shown
    assert "Nobody listens" not in shown
    for words in ("", "It is closed again"):
        shown = text(browser.post("/say/answer/", {"token": token[0], "do": "disagree", "words": words}))
    assert "do not agree. Somebody else" in shown
    assert FeedbackStep.objects.filter(step="disagreed").count() == 1


def test_wrong_and_absent_are_one_answer(clinic: Clinic) -> None:
    """VO342: a code that nobody has, one with a slip, and whatever else is typed give the same bytes; too many wrong
    ones wait, and keep nobody who has a code from her answer: there are too many codes to find one by trying."""
    token = said(clinic, "x", wants_answer=True).token
    nobodys = tokens.token_for(tokens.new_seed(), "nothing")
    pages = {
        text(Client().post("/say/answer/", {"token": one}))
        for one in (
            nobodys,
            token[:-1] + ("2" if token[-1] != "2" else "3"),
            "",
            "' OR 1=1 --",
            "<script>",
            "\0",
            "ي" * 70,
        )
    }
    assert len(pages) == 1
    assert "nothing under this code" in pages.pop()
    busy = [Client().post("/say/answer/", {"token": nobodys}) for _time in range(pace.MOST_TOKENS)]
    assert busy[-1].status_code == 429
    right = Client().post("/say/answer/", {"token": token})
    assert right.status_code == 200
    assert "There is no answer yet" in text(right)


def test_a_colleague_leaves_no_trace_there(clinic: Clinic) -> None:
    """VO343: who writes from the browser in which she is signed in stands in no row of the access log, and her session
    is not touched."""
    browser = signing.browser(User.objects.get(id=clinic["chantal"].id))
    browser.get("/me/")
    rows = Access.objects.count()
    for path in ("/say/", "/say/answer/", "/say/board/"):
        assert browser.get(path).status_code == NOT_KEPT
    answer = browser.post("/say/", {"words": "My supervisor shouts", "seed": tokens.new_seed()})
    assert "Chantal" not in text(answer)
    assert not answer.cookies
    browser.post("/say/answer/", {"token": "x"})
    assert Access.objects.count() == rows
    assert Feedback.objects.get().author_duty == "job:public"


def test_hostile_input_breaks_nothing(clinic: Clinic) -> None:
    """VO344: whatever is sent, the page answers, never breaks, shows nothing unescaped and follows no address."""
    for told in (
        {},
        {"words": "\0", "face": "x" * 5000},
        {"words": "<script>alert(1)</script>", "kind": "nonsense", "danger": "all", "about_duty": "root"},
        {"words": "x" * 60_000, "p": "' OR 1=1", "seed": "../../", "face": "good"},
        {"about_words": "\u202e" * 300, "p": "١٢٣٤", "l": "xx"},
    ):
        answer = Client().post("/say/?l=../../etc&next=//evil.example", told)
        assert answer.status_code in (200, 422)
        assert "<script" not in text(answer)
        assert "evil.example" not in text(answer)
    assert max(len(one.text_of("words")) for one in Feedback.objects.all()) == 20_000
    again = Client().post("/say/", {"words": "", "about_duty": "nurse", "kind": "thanks"})
    assert again.status_code == 422
    assert 'value="thanks" checked' in text(again)


def test_her_pages_are_the_same_bytes(clinic: Clinic) -> None:
    """VO345: with a complaint about her in the house every page of the supervisor and of the administrator is byte for
    byte what it was before: Today, messages, the board, notices, and the address of that very message."""
    mariam(clinic)
    crowd(clinic, 2)
    nobody = clinic.here.id
    paths = ["/", "/messages/", "/messages/board/", "/messages/paper/", "/notices/", "/incidents/", "/alerts/"]
    browsers = {
        name: signing.browser(User.objects.get(id=clinic[name].id), factor=name == "samir")
        for name in ("nadia", "samir")
    }
    before = {
        (name, path): bare(text(browser.get(path)))
        for name, browser in browsers.items()
        for path in (*paths, f"/messages/{nobody}/")
    }
    message = sent(clinic, "She asks for money", kind="sensitive", about_duty="supervisor", about_words="Nadia")
    for name, browser in browsers.items():
        for path in paths:
            assert bare(text(browser.get(path))) == before[name, path], (name, path)
        assert bare(text(browser.get(f"/messages/{message}/"))) == before[name, f"/messages/{nobody}/"]
        posted = browser.post(f"/messages/{message}/", {"do": "take"})
        assert posted.status_code == 404


def test_the_focal_point_reads_and_answers_on_her_pages(clinic: Clinic) -> None:
    """VO346: a neutral line on Today, the question before any word, the words, the answer; a message of danger is the
    reddest; what she gave on is gone from her pages."""
    message = sent(clinic, "canary words", kind="sensitive", danger="none", about_duty="nurse")
    leila = signing.browser(User.objects.get(id=clinic["leila"].id), factor=True)
    today = text(leila.get("/"))
    assert "Somebody wrote to us" in today
    assert "omplaint" not in today
    page = text(leila.get(f"/messages/{message}/"))
    assert "canary" not in page
    assert "Nurse" not in page
    leila.post(f"/messages/{message}/", {"do": "take"})
    assert "canary words" in text(leila.get(f"/messages/{message}/"))
    for step, words in (("looked_into", "asked"), ("answered", ""), ("answered", "We are sorry"), ("closed", "")):
        answer = leila.post(f"/messages/{message}/", {"step": step, "words": words})
        assert answer.status_code == (302 if words or step == "closed" else 422)
    assert "We are sorry" in text(leila.get(f"/messages/{message}/"))
    other = sent(clinic, "x", kind="sensitive")
    leila.post(f"/messages/{other}/", {"do": "aside"})
    assert leila.get(f"/messages/{other}/").status_code == 404


def test_the_board_is_put_up_by_two(clinic: Clinic) -> None:
    """VO347: a line hangs only after somebody else has put it up; names, numbers and codes are refused; taken down it
    is gone; everybody can read it."""
    director, nadia = mariam(clinic), clinic["nadia"]
    told = {"programme": clinic.programme.id, "language": "en", "said": "The wait is long", "did": "A second window"}
    for wrong in ("Nadia was rude", "call 300 123 4567", "K7QM-4T9X-CJ", "a@b.c"):
        with pytest.raises(PersonalWords):
            write_line(by=nadia, **told | {"did": wrong})
    line = write_line(by=nadia, **told).value
    assert "second window" not in text(Client().get("/say/board/"))
    from karama.journal import Refused

    with pytest.raises(Refused):
        put_up(by=nadia, line=line.id)
    browser = signing.browser(User.objects.get(id=director.id), factor=True)
    assert "second window" in text(browser.get("/messages/board/"))
    browser.post(f"/messages/board/{line.id}/", {"do": "put_up"})
    assert "second window" in text(Client().get("/say/board/"))
    take_down(by=nadia, line=line.id)
    assert "second window" not in text(Client().get("/say/board/"))


def test_paper_is_typed_in_and_not_seen_again(clinic: Clinic) -> None:
    """VO348: any duty types in what came on paper; a code is given for an answer; sent twice it is one; the sheet for
    the wall names no site but by four digits."""
    browser = signing.browser(User.objects.get(id=clinic["chantal"].id))
    page = text(browser.get("/messages/paper/"))
    seed = re.search(r'name="seed" value="([^"]+)"', page)
    assert seed
    told = {
        "seed": seed[1], "site": str(clinic.here.id), "kind": "complaint", "danger": "none",
        "words": "As written", "answer": "on",
    }  # fmt: skip
    first, again = (text(browser.post("/messages/paper/", told)) for _time in range(2))
    token = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", first)
    assert token
    assert token[0] in again
    assert Feedback.objects.count() == 1
    assert browser.get(f"/messages/{Feedback.objects.get().id}/").status_code == 404
    sheet = text(browser.get("/messages/posters/"))
    assert f"/say/?p={tokens.place_code(clinic.here.id)}" in sheet


def test_a_sheet_for_the_wall(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO371: each sheet shows the address of its own site as a picture to scan beside the typed one, in the languages
    of the programme and their own direction, and names neither the site nor any kind of service on paper."""
    from karama.ui.scan import picture
    from karama.voice import posters

    browser = signing.browser(User.objects.get(id=clinic["chantal"].id))
    page = text(browser.get("/messages/posters/"))
    (sheet,) = re.findall(r'<article class="poster">.*?</article>', page, re.DOTALL)
    address = f"http://testserver/say/?p={tokens.place_code(clinic.here.id)}"
    assert str(picture(address)) in sheet
    assert str(picture(address + "0")) not in sheet
    assert f'<bdi dir="ltr">{address}</bdi>' in sheet
    assert '<section lang="es" dir="ltr">' in sheet
    assert clinic.here.name not in sheet
    named = "health|mental|psych|psico|salud|violen|torture|tortura|refuge|clinic|HIV|VIH|counsel|Karama"
    assert not re.search(named, re.sub(r"<svg.*?</svg>", "", sheet, flags=re.DOTALL), re.IGNORECASE)
    monkeypatch.setattr(posters, "languages_of", lambda _programme: ["ar", "en"])
    arabic = text(browser.get("/messages/posters/"))
    assert '<section lang="ar" dir="rtl">' in arabic
    assert "Tell us what is good and what is not" in arabic


def test_rows_for_analytics_have_no_place_when_they_are_about_staff(clinic: Clinic) -> None:
    """VO349: counts by kind and time to answer; whatever is about somebody who works here has no site; nobody counts a
    message about herself; the supervisor counts nothing."""
    from karama.journal import Refused
    from karama.voice.facts import feedback_rows

    mariam(clinic)
    crowd(clinic)
    sent(clinic, "Long queue", kind="complaint")
    sent(clinic, "x", kind="complaint", about_duty="nurse")
    sent(clinic, "x", kind="sensitive")
    sent(clinic, "Rojin", kind="sensitive")
    take_feedback(by=clinic["nadia"], feedback=Feedback.objects.order_by("recorded_at")[0].id)
    rows = list(feedback_rows(by=clinic["rojin"], programme=clinic.programme.id))
    assert sorted((one.kind, one.about_staff, one.site is None) for one in rows) == [
        ("complaint", False, False),
        ("complaint", True, True),
        ("sensitive", True, True),
    ]
    for name in ("nadia", "samir", "leila"):
        with pytest.raises(Refused):
            feedback_rows(by=clinic[name], programme=clinic.programme.id)


def test_a_browser_fills_no_form_again(clinic: Clinic) -> None:
    """VO574: every form of these pages tells the browser to keep nothing of it, so that going back brings no choice."""
    token = said(clinic, wants_answer=True, kind="complaint").token
    pages = [Client().get("/say/"), Client().get("/say/answer/"), Client().post("/say/answer/", {"token": token})]
    forms = [re.findall("<form[^>]*>", one.content.decode()) for one in pages]
    assert [len(one) for one in forms] == [1, 1, 1]
    assert all('autocomplete="off"' in one for found in forms for one in found)
