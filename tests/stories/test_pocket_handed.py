"""The telephone in the hands of the person herself, without signal. Real app, real server, real Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from karama.care.models import Response
from karama.safety.models import Alert
from karama.sync.models import HeldOperation
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket

if TYPE_CHECKING:
    from playwright.sync_api import Page

HELD = [("yolanda", "es"), ("chantal", "ar")]


def nothing_leads_away(page: Page) -> None:
    """Neither the frame nor the browser's own button shows anything but the questions."""
    assert not page.locator("nav.foot-bar").count()
    assert not page.locator(".head-bar .sending").count()
    before = page.locator("main").inner_text()
    page.evaluate("history.back()")
    page.wait_for_timeout(300)
    assert page.locator("main").inner_text() == before


@pytest.mark.parametrize(("name", "language"), HELD)
def test_the_screen_is_in_other_hands(story: Story, name: str, language: str) -> None:
    """ST520: (B2) handed over without signal: one question at a time, nothing behind it, and help when it is needed.

    The page that helps tells nothing that was answered and does not say that anybody knows already. Given back, the
    screen is locked; the worker meets the safety card first, and in town all of it arrives once.
    """
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    page = phone.page
    alerts, responses = Alert.objects.count(), Response.objects.count()
    phone.offline(True)
    phone.hand_over("PHQ-9")
    phone.look("handed-over")
    phone.tap("Begin")
    nothing_leads_away(page)
    for _item in range(8):
        phone.answer("not_at_all")
    asked = page.locator("main h1, main h2").first.inner_text()
    phone.look("handed-question")
    phone.answer("several_days")
    phone.says("You are not alone with this")
    phone.says("Please turn to the person who works with you now, and show this page. You do not have to say anything.")
    assert page.locator("main a.dial[href^='tel:']").count() >= 1
    assert phone.words("Somebody from the team is being told and will speak with you.") not in phone.text()
    assert asked not in phone.text()
    phone.look("handed-help")
    nothing_leads_away(page)
    phone.tap("Stop and give the screen back")
    page.locator(".phrase-entry .tiles, .tiles .tile").first.wait_for()
    assert Alert.objects.count() == alerts
    phone.give_pictures()
    phone.says("Stay with the person")
    phone.offline(False)
    page.locator(".head-bar .sending").filter(has_text=phone.words("All sent")).wait_for()
    assert Alert.objects.count() == alerts + 1
    assert Response.objects.count() == responses, "what was not finished counted"
    assert not HeldOperation.objects.exists()


def test_somebody_is_told_and_the_answers_are_kept(story: Story) -> None:
    """ST521: with signal the person reads that somebody is told only once a server has it; she goes on and ends, the
    next one who takes the screen finds nothing of hers, and her answers arrive as her own."""
    phone = Pocket(story, "yolanda", "es").enrol()
    page, responses = phone.page, set(Response.objects.values_list("id", flat=True))
    alerts = Alert.objects.count()
    phone.hand_over("PHQ-9")
    phone.tap("Begin")
    for _item in range(8):
        phone.answer("not_at_all")
    phone.answer("several_days")
    phone.says("Somebody from the team is being told and will speak with you.")
    assert Alert.objects.count() == alerts + 1
    phone.look("handed-heard")
    phone.tap("Go on with the questions")
    while page.locator("main .answer").count():
        page.locator("main .answer").first.click()
        page.wait_for_timeout(300)
    phone.look("handed-last")
    phone.tap("I am finished")
    phone.says("Nobody who takes this screen after you can see them.")
    phone.look("handed-thanks")
    nothing_leads_away(page)
    phone.tap("Give the screen back")
    phone.give_pictures()
    phone.says("Stay with the person")
    page.locator(".head-bar .sending").filter(has_text=phone.words("All sent")).wait_for()
    (response,) = Response.objects.exclude(id__in=responses)
    assert response.mode == "self"
    assert Alert.objects.count() == alerts + 1
    assert not HeldOperation.objects.exists()
