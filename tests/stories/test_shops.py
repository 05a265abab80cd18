"""ST060-ST069: J4: a first contact by code, a second one, and what opens only alone, clicked through in Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.conf import settings as house

from karama.accounts.models import User
from karama.care.models import Offer, Talk
from karama.people.models import Person
from karama.referrals.models import Referral, ReferralTask
from karama.security import vault
from karama.ui.messages import compile_all
from tests.accounts import signing
from tests.machinery.browser import PHONE, PageAs
from tests.stories.conftest import look

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

LANGUAGES = ("en", "es", "ar")


class Shop:
    """Windows of Chromium for the colleagues of the shop; each tap is counted."""

    def __init__(self, page_as: PageAs, live_server: LiveServer) -> None:
        self.page_as, self.live_server, self.taps = page_as, live_server, 0

    def window(self, name: str, language: str) -> Page:
        client = signing.browser(User.objects.get(username=name))
        page = self.page_as(viewport=PHONE, language=language)
        cookie = house.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": cookie, "value": client.cookies[cookie].value, "url": self.live_server.url}])
        page.goto("/")
        self.taps = 0
        return page

    def tap(self, page: Page, what: str) -> None:
        page.click(what)
        page.wait_for_load_state()
        self.taps += 1


@pytest.fixture
def shop(
    transactional_db: None, installation: Path, settings: Any, page_as: PageAs, live_server: LiveServer
) -> Iterator[Shop]:
    """The shops of the demonstration, and nothing else of it."""
    from karama.cli.founding import _first_users
    from karama.cli.stories import shops

    compile_all()
    settings.KARAMA_DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    vault.forget()
    _first_users("Organisation of the tests", (shops.PROGRAMME,), "samir", "hana")
    shops.tell("a-quiet-demonstration")
    yield Shop(page_as, live_server)
    vault.forget()


def answer_all(shop: Shop, page: Page, language: str, company: str) -> list[str]:
    """Answer every question that is put with its first answer, and say who is here when asked."""
    asked: list[str] = []
    while "/result/" not in page.url:
        if "/room/" in page.url:
            look(page, "j4-who-is-here")
            shop.tap(page, f"button[name=said][value={company}]")
            continue
        item = page.locator("[name=item]").get_attribute("value") or ""
        if not asked:
            look(page, "j4-question")
        asked.append(item)
        shop.tap(page, "main button[name=answer] >> nth=0")
    return asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_contact_and_return(shop: Shop, language: str) -> None:
    """ST060: J4: a first contact by code takes at most 24 taps from Today to the slip, a second one at most 9.

    The slip is followed from that moment, and its number tells whoever receives nothing but that somebody came."""
    page = shop.window("musa", language)
    before = set(Person.objects.values_list("id", flat=True))
    shop.tap(page, "main a[href='/first-contact/']")
    look(page, "j4-first")
    for what in (
        "[name=limits][value=read_aloud]",
        "[name=before][value=first_time]",
        "[name=age_band][value='25-34']",
    ):
        shop.tap(page, f"button{what}")
    shop.tap(page, "button[name=gender][value=woman]")
    look(page, "j4-group")
    shop.tap(page, "button[name=group][value=sw]")
    (person,) = set(Person.objects.values_list("id", flat=True)) - before
    code = Person.objects.get(pk=person).code
    assert code in page.inner_text("main")
    look(page, "j4-agree")
    shop.tap(page, "button[name=decision][value=yes]")
    shop.tap(page, "button[name=decision][value=yes]")
    asked = answer_all(shop, page, language, "alone")
    assert len(asked) == 11
    look(page, "j4-result")
    shop.tap(page, "button[name=brief][value=coping]")
    look(page, "j4-service")
    shop.tap(page, "button[name=way][value=counselling]")
    shop.tap(page, "button[name=accompany][value=yes]")
    look(page, "j4-slip")
    token = Offer.objects.get(person_id=person).token
    assert token
    assert token in page.inner_text("main")
    assert shop.taps <= 24, shop.taps
    page.click(f"main a[href='/referrals/{Referral.objects.get(person_id=person).id}/']")
    look(page, "j4-what-became")
    page.goto("/referrals/slip/")
    look(page, "j4-slip-came")
    page.fill("[name=number]", token.lower())
    page.click("main form button.primary")
    page.wait_for_load_state()
    assert ReferralTask.objects.get(person_id=person).state == "arrived"
    again(shop, page, language, person, code)


def again(shop: Shop, page: Page, language: str, person: UUID, code: str) -> None:
    page.goto("/")
    shop.taps = 0
    shop.tap(page, "main a[href='/first-contact/']")
    page.fill("[name=known]", code)
    shop.tap(page, "main form >> nth=0 >> button.primary")
    assert len(answer_all(shop, page, language, "alone")) == 3
    shop.tap(page, "button[name=brief][value=pfa]")
    shop.tap(page, "button[name=way][value=none]")
    assert shop.taps <= 9, shop.taps
    assert Talk.objects.filter(person_id=person, again=True).count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_interpreter_who_is_a_relative_hides_it(shop: Shop, language: str) -> None:
    """ST061: with a relative who interprets, no question about violence is put, no screen counts it, and the person's
    page tells nothing of it."""
    page = shop.window("musa", language)
    person = Person.objects.order_by("recorded_at").first()
    assert person is not None
    page.goto(f"/people/{person.id}/room/")
    shop.tap(page, "button[name=said][value=relative_interprets]")
    assert page.url.endswith(f"/people/{person.id}/")
    look(page, "j4-person")
    page.goto(f"/people/{person.id}/room/alone/")
    assert page.url.endswith("/room/")
    page.goto(f"/people/{person.id}/talk/")
    asked = answer_all(shop, page, language, "relative_interprets")
    assert asked == ["change", "hope"]
    assert not re.search("violen|عنف", page.inner_text("main"), re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_health_care_before_any_form(shop: Shop, language: str) -> None:
    """ST062: after recent sexual violence the first screen is health care with the hours left, above every field; from
    what is said alone it is one tap away."""
    page = shop.window("musa", language)
    page.goto("/worry/")
    page.click("button[name=kind][value=recent_sexual_violence]")
    look(page, "now-worry")
    card, field = page.locator(".safety-card, [role=alert], main section").first, page.locator("main form").last
    assert (card.bounding_box() or {"y": 0})["y"] < (field.bounding_box() or {"y": 0})["y"]
    assert re.search("72", page.inner_text("main"))
    assert re.search("120", page.inner_text("main"))
    page.goto("/worry/now/?h=48")
    look(page, "now")
    assert re.search("24", page.inner_text("main"))
    ada = shop.window("ada", language)
    person = Person.objects.order_by("recorded_at")[1]
    ada.goto("/people/")
    from karama.accounts.queries import actor_by_name
    from karama.people.actions import assign

    assign(by=actor_by_name("ngozi"), person=person.id, user=User.objects.get(username="ada").id)
    ada.goto(f"/people/{person.id}/room/")
    ada.click("button[name=said][value=alone]")
    look(ada, "alone")
    ada.click("main a[href='/worry/now/']")
    assert "72" in ada.inner_text("main")
    ada.goto(f"/people/{person.id}/room/record/")
    look(ada, "alone-record")
