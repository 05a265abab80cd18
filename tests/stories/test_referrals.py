"""ST220-ST224: A2, A3, D1, D2: refused without a yes, shared exactly, taken back, unknown until somebody knows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
import time_machine

from karama.accounts.queries import actor_by_name
from karama.journal import clock
from karama.people.actions import record_consent
from karama.people.models import Consent
from karama.programme.models import Organisation
from karama.referrals.models import Packet, ReferralTask
from tests.machinery.browser import PHONE, PageAs
from tests.stories.conftest import Story, look
from tests.stories.test_course import Taps

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANGUAGES = ("en", "es", "ar")
WHO = {"en": ("Amal", "chantal"), "es": ("Yuli", "yolanda"), "ar": ("Amal", "chantal")}
WHY = "Fever since a week."


@pytest.mark.parametrize("language", LANGUAGES)
def test_refused_shared_exactly_and_taken_back(story: Story, page_as: PageAs, language: str) -> None:
    """ST220: A2: care is agreed to and sharing is not: sending is refused with the reason and a button to ask again.

    ST221: D2: six taps; the partner, at 360 px and without an account, sees exactly the previewed fields, after
    accepting. ST222: A3: taken back, the partner is denied, and the person's page says so for the recipient.
    """
    called, worker = WHO[language]
    person = story.people[called]
    page = story.page(worker, language)
    page.goto(f"/people/{person}/")
    taps = Taps(page)
    taps.tap(f"main a[href='/referrals/person/{person}/']")
    look(page, "referrals-person")
    taps.tap(f"main a[href='/referrals/person/{person}/new/?sector=medical']")
    look(page, "referrals-new")
    page.fill("[name=reason]", WHY)
    taps.tap("main form button.primary")
    look(page, "referrals-refused")
    assert page.locator("form:has([name=way][value=packet])").count() == 0
    assert page.locator(f"main a[href='/people/{person}/consents/ask/share/']").count() == 1
    assert page.locator("form:has([name=way][value=slip])").count() == 1, "no service is lost by a no"
    _says_yes(person, worker)
    page.reload()
    look(page, "referrals-preview")
    preview = _facts(page)
    assert WHY in preview
    taps.tap("form:has([name=way][value=packet]) button")
    assert taps.count <= 6
    look(page, "referrals-slip")
    slip = page.locator("article").inner_text()
    for word in ("Clinic", "Hospital", WHY, called):
        assert word not in slip
    assert page.locator("article svg").count() == 1
    address = page.input_value("[name=address]")
    assert page.locator("p.big bdi").count() == 0, "the code does not stand beside the picture"
    page.click("form[action$='/code/'] button")
    look(page, "referrals-code")
    code = page.locator("p.big bdi").inner_text()
    assert page.locator("article svg").count() == 0
    assert address not in page.content()

    outside = page_as(viewport=PHONE, language=language)
    outside.goto(address)
    look(outside, "referrals-partner")
    _types(outside, "1234 5678")
    look(outside, "referrals-partner-wrong")
    wrong = outside.inner_text("main")
    _types(outside, code)
    look(outside, "referrals-partner-before")
    assert WHY not in outside.inner_text("main")
    outside.check("[name=do][value=accepted]")
    outside.click("main form button.primary")
    look(outside, "referrals-partner-accepted")
    assert outside.locator("main dl").nth(1).inner_text() == preview
    page.goto(f"/people/{person}/consents/")
    consent = Consent.objects.get(person_id=person, purpose="share", decision="yes")
    page.click(f"main a[href='/people/{person}/consents/{consent.id}/withdraw/']")
    page.click("main form button")
    page.wait_for_url(f"**/people/{person}/consents/")
    look(page, "referrals-withdrawn")
    assert page.inner_text("main").count(Organisation.objects.get(name="Rafidain Clinic").name) >= 2
    outside.goto(address)
    _types(outside, code)
    assert outside.inner_text("main") == wrong, "the same answer as for a wrong code"
    assert Packet.objects.get(referral__person_id=person).content is None
    page.goto(f"/referrals/{ReferralTask.objects.get(person_id=person).referral_id}/")
    look(page, "referrals-stopped")


def _says_yes(person: UUID, worker: str) -> None:
    record_consent(
        by=actor_by_name(worker), person=person, purpose="share", decision="yes", method="verbal",
        recipient="partner_health", organisation=Organisation.objects.get(name="Rafidain Clinic").id,
        data_classes=["contact", "general", "clinical"],
    )  # fmt: skip


def _facts(page: Page) -> str:
    return page.locator("main dl").first.inner_text()


def _types(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    page.click("main form button.primary")
    page.wait_for_load_state()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_confirms(story: Story, language: str) -> None:
    """ST223: D1: nobody confirms: on Today and in the weekly list, unknown and never done, until somebody says who
    told."""
    called, worker = WHO[language]
    person = story.people[called]
    page = story.page(worker, language)
    page.goto(f"/referrals/person/{person}/new/?sector=medical")
    page.fill("[name=reason]", WHY)
    page.click("main form button.primary")
    page.click("form:has([name=way][value=slip]) button")
    look(page, "referrals-slip-only")
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        page = story.page(worker, language)
        page.goto("/")
        page.click("main a[href='/referrals/']")
        look(page, "referrals-lists")
        task = ReferralTask.objects.get(person_id=person)
        assert task.state == "sent"
        page.click(f"main a[href='/referrals/{task.referral_id}/']")
        look(page, "referrals-unknown")
        assert page.locator("[name=state][value=done]").count() == 0
        page.check("[name=state][value=arrived]")
        page.click("main form button.primary")
        assert page.locator("[name=source][aria-invalid=true], #id_source_error, .errors, .error").count() >= 1
        page.select_option("[name=source]", "person")
        page.click("main form button.primary")
        page.wait_for_load_state()
        look(page, "referrals-arrived")
        assert ReferralTask.objects.get(person_id=person).state == "arrived"
        page.goto("/referrals/")
        assert page.locator(f"main a[href='/referrals/{task.referral_id}/']").count() == 0
