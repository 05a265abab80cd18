"""The page of whoever receives on a telephone that is not ours: it names no house, leaves no cookie, loses no word."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.test import Client

from karama.people.actions import set_contact_rules
from karama.programme.days import today_at
from karama.referrals.actions import refer_in_emergency
from karama.referrals.actions.referring import Sent
from karama.referrals.models import ReferralStep, ReferralTask
from karama.security import packets
from karama.ui.requests import NOT_KEPT
from tests.referrals.conftest import Clinic, amal, clinic, prepared, says_yes, sent, service

__all__ = ["amal", "clinic"]


@pytest.fixture
def made(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> Sent:
    """A referral of Amal's, sent to the partner."""
    says_yes(clinic, amal, noor)
    return sent(clinic, prepared(clinic, amal, service(clinic, noor)))


def strict() -> Client:
    """A browser that holds every form to the forgery check where there is one."""
    return Client(enforce_csrf_checks=True)


def state() -> str:
    """Where the only referral stands."""
    return ReferralTask.objects.get().state


def test_no_name_of_the_house_and_no_cookie(made: Sent) -> None:
    """RF201: asked, refused, opened and answered, the page names no house, shows no mark, loads no script and sets no
    cookie; nothing of it is kept on the telephone."""
    address = f"/m/{made.opening.token}/"
    right = {"code": made.opening.code}
    for answer in (
        strict().get(f"/m/{packets.fresh().token}/"),
        strict().get(address),
        strict().post(address, {"code": "12345678"}),
        strict().post(address, right),
        strict().post(address, right | {"do": "accepted"}),
    ):
        page = answer.content.decode()
        assert answer.status_code in (200, NOT_KEPT, 422)
        assert not answer.cookies, answer.cookies
        assert "karama" not in page.lower()
        assert not re.findall(r"<script|icon\.svg|csrfmiddlewaretoken", page)
        assert all('autocomplete="off"' in one for one in re.findall("<form[^>]*>", page)), "nothing comes back"
        for style in re.findall(r'href="(/static/[^"]+\.css)"', page):
            told = b"".join(strict().get(style))
            assert b"karama" not in told.lower()
    assert state() == "accepted"


def test_an_address_that_was_cut_or_mended_names_no_house(made: Sent) -> None:
    """RF226: an address as a message app or a hand has changed it is answered like one that nobody gave out."""
    token = made.opening.token
    for changed in (f"{token[:20]}/", f"{token}/)/", f"{token}/see/this/", f"{token}./", ")/", f"{token}//"):
        asked = strict().get(f"/m/{changed}")
        tried = strict().post(f"/m/{changed}", {"code": made.opening.code})
        assert (asked.status_code, tried.status_code) == (NOT_KEPT, 422), changed
        assert "karama" not in (asked.content + tried.content).decode().lower()
        assert not asked.cookies
        assert "Type the code that was told to you separately." in tried.content.decode()


def test_without_the_code_a_form_from_elsewhere_does_nothing(made: Sent) -> None:
    """RF202: no forgery token is asked, because the code is the authority: a form sent from another site without the
    right code answers nothing."""
    before = ReferralStep.objects.count()
    for code in ({}, {"code": ""}, {"code": "00000000" if made.opening.code != "00000000" else "1" * 8}):
        answer = strict().post(
            f"/m/{made.opening.token}/", {"do": "accepted", **code}, headers={"Origin": "https://elsewhere.example"}
        )
        assert answer.status_code == 422
    assert (ReferralStep.objects.count(), state()) == (before, "sent")


def test_another_language_drops_nothing(clinic: Clinic, made: Sent) -> None:
    """RF203: choosing another language on the opened page answers nothing, and keeps it open with what was typed; on
    the page before it tries no code."""
    address, day = f"/m/{made.opening.token}/", (today_at(clinic.here.id) + timedelta(days=3)).isoformat()
    before = ReferralStep.objects.count()
    asking: Any = strict().post(address, {"code": "1234", "language": "ar"})
    assert asking.status_code == 200
    assert asking["Content-Language"] == "ar"
    page = asking.content.decode()
    assert 'dir="rtl"' in page
    assert 'value="1234"' in page
    assert ReferralStep.objects.count() == before
    opened = strict().post(address, {"code": made.opening.code}).content.decode()
    buttons = re.findall(r'<button[^>]*form="typed"[^>]*>', opened)
    assert "name=" not in buttons[0], "the Enter key sends, and chooses no language"
    assert 'name="language"' in buttons[1]
    operation = re.findall(r'name="op_id" value="([^"]+)"', opened)[0]
    typed = {"do": "scheduled", "scheduled_on": day, "said": "Half written", "op_id": operation}
    turned = strict().post(address, {"code": made.opening.code, "language": "ar", **typed})
    page = turned.content.decode()
    assert (turned.status_code, turned["Content-Language"], turned.cookies.output()) == (200, "ar", "")
    for words in ("Half written", day, operation, 'action="?l=ar"', made.opening.code):
        assert words in page
    assert re.search(r'value="scheduled"[^>]*(checked|selected)', page)
    assert state() == "received", "nothing was answered by it"
    assert strict().post(f"{address}?l=ar", {"code": made.opening.code, **typed}).status_code == 200
    assert state() == "scheduled"


def test_no_old_way_to_reach_her_is_read(clinic: Clinic, amal: UUID, noor: UUID, agreed: UUID) -> None:
    """RF224: the way to reach a person is read only while it is the agreed one: after a change, made because somebody
    else holds her telephone, whoever received reads neither the old number nor the new one, in danger of life neither;
    all the rest as it was previewed, and the number again once it is agreed again."""
    says_yes(clinic, amal, noor)
    chantal = clinic["chantal"]
    number = {"channel": "call", "address": "+573001112233", "safe_hours": "10-12"}
    set_contact_rules(by=chantal, person=amal, **number)
    made = sent(clinic, prepared(clinic, amal, service(clinic, noor), fields=["name", "reach", "reason"]))
    urgent = refer_in_emergency(
        by=chantal, person=amal, service=service(clinic, noor), reason="She bleeds and lies there."
    ).value
    for one in (made, urgent):
        right, address = {"code": one.opening.code}, f"/m/{one.opening.token}/"
        assert "3001112233" in strict().post(address, right | {"do": "accepted"}).content.decode()
        for changed in ({"channel": "never"}, {"channel": "call", "address": "+573009998877"}):
            set_contact_rules(by=chantal, person=amal, **changed)
            page = strict().post(address, right).content.decode()
            for words in ("3001112233", "10-12", "3009998877"):
                assert words not in page
            assert "Not at all" in page
            assert "Amal Haddad" in page
        set_contact_rules(by=chantal, person=amal, **number)
        assert "3001112233" in strict().post(address, right).content.decode()


def test_a_busy_database_keeps_no_answer_and_drops_none(made: Sent) -> None:
    """RF227: while the database is busy, or what was sent cannot be read, the page says in its own bare frame that
    nothing is kept yet and whom to call; the code, the choice and the words stand there, and sent again they arrive."""
    address = f"/m/{made.opening.token}/?l=ar"
    browser = Client(raise_request_exception=False, enforce_csrf_checks=True)
    opened = browser.post(address, {"code": made.opening.code}).content.decode()
    operation = re.findall(r'name="op_id" value="([^"]+)"', opened)[0]
    told = {"code": made.opening.code, "op_id": operation, "do": "accepted", "said": "We wait for her\nat the gate."}

    def locked(execute: Any, sql: str, *rest: Any) -> Any:
        raise OperationalError("database is locked")

    with connection.execute_wrapper(locked):
        busy = browser.post(address, told)
        turned = browser.post(address, told | {"language": "en"})
        asked = browser.post(address, {"code": made.opening.code})
    many = urlencode(told) + "&x=1" * 1100
    unread = browser.post(address, many, "application/x-www-form-urlencoded")
    assert [one.status_code for one in (busy, turned, asked, unread)] == [503, 503, 503, 400]
    for answer in (busy, turned, asked, unread):
        page = answer.content.decode()
        assert "karama" not in page.lower()
        assert not re.findall(r"<script|icon\.svg|csrfmiddlewaretoken", page)
        assert not answer.cookies
        assert answer["Content-Language"] == ("en" if answer is turned else "ar")
        assert all('autocomplete="off"' in one for one in re.findall("<form[^>]*>", page)), "nothing comes back"
    for answer in (busy, turned, unread):
        page = answer.content.decode()
        sent_again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
        words = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
        assert sent_again | {"said": words[0]} == told
    assert 'name="language" value="en"' in turned.content.decode().split("<form", 1)[1], "it answers nothing"
    assert state() == "received"
    assert browser.post(address, told).status_code == 200
    assert state() == "accepted"
