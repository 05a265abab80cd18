"""A shop of the Nigerian programme, ready to ask, and how its pages are tapped through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from karama.accounts.actions.setting_up import SETUP, make_first_administrator
from karama.accounts.models import Posting, User
from karama.accounts.queries.acting import actor_of
from karama.care.actions import name_focal_point
from karama.programme.actions import (
    name_responder,
    open_programme,
    set_site_answer,
    set_up_organisation,
)
from karama.programme.days import today_at
from karama.programme.models import CountryProgramme, Site, Team
from karama.security import vault
from tests.care.test_pages import text
from tests.machinery.remembered import remembered
from tests.people.conftest import Clinic

CODE = "nigeria-key-populations"
NAMELESS: dict[str, Any] = {"identity_mode": "coded", "first": "", "last": "", "birth_year": None}


@pytest.fixture
def shop(db: None, installation: Any) -> Iterator[Clinic]:
    """A shop that is ready to ask: a navigator, a named psychologist, a nurse, a supervisor, a verified clinic."""
    vault.forget()
    yield remembered("tests.care.shop", _shop)
    vault.forget()


def founded(code: str, here: str, elsewhere: str) -> Clinic:
    """An installation of one programme with two of its sites and an administrator, Samir; nobody else is hired yet."""
    set_up_organisation(by=SETUP, name="Organisation of the tests")
    open_programme(by=SETUP, code=code)
    near, far = Site.objects.get(code=here), Site.objects.get(code=elsewhere)
    made = Clinic(CountryProgramme.objects.get(), near, far, Team.objects.filter(site=far).first() or Team())
    first = make_first_administrator(by=SETUP, username="samir", work_alias="Samir").value
    made.actors["samir"] = actor_of(Posting.objects.get(user_id=first.id))
    return made


def _shop() -> Clinic:
    made = founded(CODE, "baobab", "palm")
    here, samir = made.here, made["samir"]
    for name, duty in (
        ("musa", "community_agent"), ("ada", "psychologist"), ("bisi", "nurse"), ("ngozi", "supervisor"),
        ("femi", "social_worker"),
    ):  # fmt: skip
        made.hire(name, duty, here)
    name_responder(by=samir, site=here.id, user=made["ada"].id, role="responder")
    name_responder(by=samir, site=here.id, user=made["bisi"].id, role="deputy")
    set_site_answer(
        by=samir, site=here.id, out_of_hours="Call the duty phone.", service="The clinic", service_contact="Sister Joy",
        verified_on=today_at(here.id) - timedelta(days=1),
    )  # fmt: skip
    name_focal_point(by=made["ngozi"], user=made["ada"].id, site=here.id, named=True)
    return made


@pytest.fixture
def browser(shop: Clinic) -> Callable[[str], Client]:
    def opened(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=shop[name].id))
        return client

    return opened


def coded(shop: Clinic, band: str = "25-34") -> UUID:
    return shop.register("musa", site=shop.here.id, age_band=band, **NAMELESS)


def tap(client: Client, address: str, sent: dict[str, str]) -> str:
    """One tap; where it leads."""
    answer = client.post(address, sent)
    assert answer.status_code == 302, text(answer)[-2000:]
    return str(answer["Location"])


def hidden(shown: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
