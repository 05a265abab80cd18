"""Problem pages and privacy headers."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from karama.ui import shell
from karama.ui.middleware import HEADERS


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_absent_and_not_yours_are_the_same_bytes(visit: Client, language: str) -> None:
    """UI017: no page, not there, refused and forbidden give the same status, headers and bytes."""
    visit.cookies["language"] = language
    answers = [visit.get(path) for path in ("/none/", "/wrong/absent/", "/wrong/refused/", "/wrong/denied/")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("absent", 404, "journal.absent"),
        ("problem", 422, "ui.example"),
        ("busy", 503, "ui.busy"),
        ("collided", 409, "journal.constraint"),
        ("broken", 500, "ui.failed"),
    ],
)
def test_every_problem_has_code_and_ways_out(visit: Client, kind: str, status: int, code: str) -> None:
    """UI018: a problem page gives a code, what happened, and two ways out; never the value that caused it."""
    answer = visit.get(f"/wrong/{kind}/")
    text = answer.content.decode()
    assert answer.status_code == status
    assert code in text
    assert text.count("<li>") == 2
    assert "secret" not in text
    assert "locked" not in text


def test_a_text_that_could_not_be_kept_can_be_copied(visit: Client) -> None:
    """UI078: whatever goes wrong with a form, its long texts stand on the page for whoever wrote them, as text only;
    a name, a code and a password do not.
    """
    long = "She told me <b>today</b> that the night\nwas quiet for the first time."
    sent = {
        "words": long,
        "name": "Amal Haddad",
        "password": "a quiet demonstration of forty letters",
        "code": "K" * 60,
    }
    for kind in ("absent", "refused", "problem", "busy", "collided", "broken"):
        text = visit.post(f"/wrong/{kind}/", sent).content.decode()
        assert "She told me &lt;b&gt;today&lt;/b&gt; that the night<br>was quiet for the first time." in text
        for short in ("Amal Haddad", "a quiet demonstration", "KKKK"):
            assert short not in text
    late = Client(enforce_csrf_checks=True).post("/language/", {"words": long})
    assert "was quiet for the first time." in late.content.decode()


def test_a_problem_of_the_database_is_logged_without_its_text(visit: Client, caplog: pytest.LogCaptureFixture) -> None:
    """UI019: the log of a busy database holds no statement and no value."""
    with caplog.at_level(logging.WARNING, logger="karama"):
        visit.get("/wrong/busy/")
    told = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("karama"))
    assert "did not answer in time" in told
    assert "locked" not in told


def test_a_busy_database_says_when_to_come_back(visit: Client) -> None:
    """UI020: busy is 503 with Retry-After, not 500."""
    assert visit.get("/wrong/busy/")["Retry-After"] == "30"


def test_a_form_without_its_token_gets_a_page(room: None) -> None:
    """UI021: a form that outlived its session is answered in words."""
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "es"})
    assert answer.status_code == 403
    assert "ui.form_expired" in answer.content.decode()


@pytest.mark.parametrize("path", ["/style/", "/calendar/", "/none/", "/wrong/broken/"])
def test_every_page_carries_the_privacy_headers(visit: Client, path: str) -> None:
    """UI022: pages are never cached, never framed, never indexed, and tell other sites nothing."""
    answer = visit.get(path)
    assert {name: answer[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["/style/", "/calendar/", "/none/"])
def test_the_policy_allows_nothing_inline(visit: Client, path: str) -> None:
    """UI023: no inline script, style or event handler, and a policy that refuses them."""
    answer = visit.get(path)
    policy, text = answer["Content-Security-Policy"], answer.content.decode()
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert " style=" not in text
    assert "<style" not in text
    assert " on" + "click" not in text
    assert "<script>" not in text


def test_quick_hide_locks_and_names_nothing(visit: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """UI024: quick-hide locks the session, empties the browser's cache and shows a page that does not name Karama."""
    locked: list[str] = []
    monkeypatch.setattr(shell.on_hide, "_answers", {"test": lambda request: locked.append(request.path)})
    answer = visit.get("/calendar/")
    assert locked == ["/calendar/"]
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "karama" not in answer.content.decode().lower().replace("/static/ui/", "")


def test_the_style_page_is_not_there_in_a_real_installation(visit: Client, settings: object) -> None:
    """UI025: outside demonstration and development the style page does not exist."""
    settings.KARAMA_DEMO = settings.DEBUG = False  # type: ignore[attr-defined]
    assert visit.get("/style/").content == visit.get("/none/").content


def test_the_language_is_kept_in_a_cookie_and_returns_to_the_page(visit: Client) -> None:
    """UI026: the language switch needs no script and comes back; it never sends the reader to another site."""
    answer = visit.post("/language/", {"language": "ar", "next": "/style/"})
    assert (answer.status_code, answer["Location"]) == (302, "/style/")
    assert 'dir="rtl"' in visit.get("/style/").content.decode()[:300]
    away = visit.post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in away["Location"]


def test_an_unreviewed_language_says_so(visit: Client) -> None:
    """UI027: the language switch marks translations that no person has reviewed."""
    from karama.knowledge.languages import unreviewed_languages
    from karama.ui.messages import is_reviewed

    text = visit.get("/style/?in=en").content.decode()
    unreviewed = [code for code in ("es", "ar") if not is_reviewed(code) or code in unreviewed_languages()]
    assert text.count("not yet reviewed)") == len(unreviewed)
