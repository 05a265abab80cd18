"""A page without an account whose form could not be read or kept: its own frame, help first, no word lost."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from karama.safety.models import Alert
from karama.voice import pace, tokens
from karama.voice.actions import answer_feedback, take_feedback
from karama.voice.models import Feedback, FeedbackStep
from karama.voice.views import placed
from tests.voice.conftest import Clinic, clinic
from tests.voice.saying import mariam, said

__all__ = ["clinic"]

WORDS = "He waits at the gate.\nعند الباب"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def _unhurried() -> None:
    pace.forget()
    placed.forget()


def _locked(execute: Any, sql: str, *rest: Any) -> Any:
    if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA")):
        raise OperationalError("database is locked")
    return execute(sql, *rest)


def _gone(execute: Any, sql: str, *rest: Any) -> Any:
    raise OperationalError("connection to server was lost")


def strange() -> Client:
    """A browser in Arabic, to which a fault is told by a page and not by an exception."""
    return Client(raise_request_exception=False, headers={"Accept-Language": "ar"}, enforce_csrf_checks=True)


def bare(answer: Any) -> str:
    """The page, after it was looked at whether it is one of those without an account."""
    page = str(answer.content.decode())
    assert "karama" not in page.lower().replace("/static/", "")
    assert "<script" not in page
    assert not answer.cookies
    assert 0 < page.index('class="now"') < page.index('class="wrong"')
    return page


def typed(page: str) -> dict[str, str]:
    """What pressing the button of the page would send."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    chosen = re.findall(r'name="(\w+)" value="([^"]*)" checked', page)
    words = re.findall(r'<textarea[^>]*name="words"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    found = {**fields, **dict(chosen), **({"words": words[0]} if words else {})}
    return {name: html.unescape(value) for name, value in found.items()}


@pytest.mark.parametrize("broken", [_locked, _gone])
def test_a_busy_database_keeps_nothing_and_drops_nothing(clinic: Clinic, broken: Any) -> None:
    """VO576: while the database is busy, or gone, the page says in her language that nothing is kept yet, whom to call,
    and how to send it again; her words, her danger and her choices stand there, and sent once more they arrive once."""
    place = tokens.place_code(clinic.here.id)
    asked = strange().get("/say/", {"p": place, "l": "ar"}).content.decode()
    told = {
        "seed": typed(asked)["seed"], "p": place, "words": WORDS, "danger": "life", "face": "bad",
        "kind": "complaint", "about_duty": "nurse", "about_words": "Qz", "answer": "1",
    }  # fmt: skip
    with connection.execute_wrapper(broken):
        answer = strange().post("/say/?l=ar", told)
    page = bare(answer)
    assert (answer.status_code, answer["Retry-After"], answer["Content-Language"]) == (503, "30", "ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert re.search(r'class="now".*لا تترك.*</section>', page, re.DOTALL), "the instruction of her own place"
    assert not Feedback.objects.exists()
    assert not Alert.objects.exists()
    again = typed(page)
    assert again == told
    for _time in range(2):
        assert strange().post("/say/?l=ar", again).status_code == 200
    assert Feedback.objects.get().text_of("words") == WORDS
    assert Alert.objects.get().site == clinic.here


def test_what_cannot_be_read_is_told_in_the_same_frame(clinic: Clinic) -> None:
    """VO577: a form in another writing, of too many fields or too long is answered in the frame of the page, in the
    language of its address; what could be read of it stands there to be sent once more, its danger, too."""
    from urllib.parse import urlencode

    told = {"seed": tokens.new_seed(), "words": WORDS, "danger": "life", "answer": "1"}
    plain = urlencode(told)
    many, long = plain + "&x=1" * 1100, plain + "&x=" + "y" * 6_000_000
    turkish = urlencode({"words": "Şimdi", "danger": "life"}, encoding="iso-8859-9")
    for path in ("/say/?l=ckb", "/say/?l=ckb&" + "x=1&" * 1100):
        for body in (many, long):
            answer = strange().post(path, body, FORM)
            page = bare(answer)
            assert answer.status_code == 400
            assert f'lang="{"ckb" if len(path) < 20 else "ar"}" dir="rtl"' in page
            assert typed(page) == told | {"words": WORDS}
    other = bare(strange().post("/say/?l=en", turkish, f"{FORM}; charset=iso-8859-9"))
    assert typed(other)["words"] == "Şimdi"
    assert "Nothing of it is kept" in other
    nothing = strange().post("/say/?l=en", "--x\r\n", "multipart/form-data")
    assert nothing.status_code == 400
    assert "write it once more" in bare(nothing)
    assert not Feedback.objects.exists()
    assert strange().post("/say/?l=en", typed(other)).status_code == 200
    assert Alert.objects.exists()


def test_beside_an_answer_nothing_is_dropped_either(clinic: Clinic) -> None:
    """VO578: under a code, too: what was written beside an answer stands on the page with its code and its danger;
    choosing a language while the database is busy sends nothing afterwards."""
    director, token = mariam(clinic), said(clinic, "x", wants_answer=True, kind="complaint").token
    row = Feedback.objects.get().id
    take_feedback(by=director, feedback=row)
    answer_feedback(by=director, feedback=row, words="We opened a second window.")
    told = {"token": token, "do": "disagree", "seed": tokens.new_seed(), "words": WORDS, "danger": "child"}
    with connection.execute_wrapper(_gone):
        answer = strange().post("/say/answer/?l=en", told)
        turned = strange().post("/say/answer/?l=en", told | {"language": "ar"})
        shown = strange().get("/say/board/?l=en")
    assert (answer.status_code, turned.status_code, shown.status_code) == (503, 503, 503)
    assert typed(bare(answer)) == told
    assert 'name="language" value="ar"' in bare(turned).split("<form")[1]
    assert "<form" not in bare(shown)
    assert strange().post("/say/answer/?l=en", typed(bare(answer))).status_code == 200
    assert FeedbackStep.objects.filter(step="disagreed").count() == 1
    assert Alert.objects.count() == 1


def test_no_other_fault_names_the_house(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO579: an address that is not there, one of another host and a fault that nobody foresaw are answered in the
    frame of these pages, while every page of the house keeps its own."""
    absent = strange().get("/say/nothing/")
    assert absent.status_code == 404
    assert "karama" not in absent.content.decode().lower().replace("/static/", "")
    assert strange().get("/say/", headers={"Host": "x y"}).status_code == 400
    monkeypatch.setattr("karama.voice.views.public.take_in", lambda _said: 1 / 0)
    broken = strange().post("/say/", {"words": WORDS, "danger": "life"})
    assert broken.status_code == 500
    assert typed(bare(broken))["danger"] == "life"
    assert "Karama" in strange().get("/saying/").content.decode()


def test_what_is_remembered_of_places_tells_no_digits(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """VO580: nothing is remembered under digits of no place, and while many of them are tried right ones show, also
    without the database, what the others show."""
    right = tokens.place_code(clinic.here.id)
    monkeypatch.setattr(pace.WRONG_PLACES, "most", 3)
    for code in (right, "0000", ""):
        strange().get("/say/", {"p": code, "l": "en"})
    assert {code for code, _language in placed.told_last} == {right, ""}
    placed.told_last[right, "en"] = {"help": [], "outside": [("Qzsite", "Only here")]}
    with connection.execute_wrapper(_gone):
        assert "Qzsite" in bare(strange().get("/say/", {"p": right, "l": "en"}))
        for code in ("0001", "0002", "0003", "0004"):
            assert "Qzsite" not in bare(strange().get("/say/", {"p": code, "l": "en"}))
        assert "Qzsite" not in bare(strange().get("/say/", {"p": right, "l": "en"}))
