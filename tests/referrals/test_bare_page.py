"""The page of whoever receives on a telephone that is not ours: it names no house, leaves no cookie, loses no word."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.programme.days import today_at
from karama.referrals.actions.referring import Sent
from karama.referrals.models import ReferralStep, ReferralTask
from karama.security import packets
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
        assert answer.status_code in (200, 422)
        assert not answer.cookies, answer.cookies
        assert "karama" not in page.lower()
        assert not re.findall(r"<script|icon\.svg|csrfmiddlewaretoken", page)
        for style in re.findall(r'href="(/static/[^"]+\.css)"', page):
            told = b"".join(strict().get(style))
            assert b"karama" not in told.lower()
    assert state() == "accepted"


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
