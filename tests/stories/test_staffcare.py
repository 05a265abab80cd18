"""ST250-ST254: J13: "I need to talk" in two taps from any page, answered by a colleague, in Chromium."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from karama.accounts.queries import actor_by_name
from karama.journal import clock
from karama.staffcare.actions import agree_to_be_asked
from karama.staffcare.jobs import tell_turns
from karama.staffcare.models import SupportRequest
from tests.machinery.browser import DESK, no_horizontal_scroll, shot
from tests.stories.conftest import Story, look

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANGUAGES = ("en", "es", "ar")
CASES = {
    "en": ("chantal", "diego", "Chantal"),
    "es": ("yolanda", "marta", "Yolanda"),
    "ar": ("dilan", "yusuf", "Dilan"),
}
"""Language -> who asks, whom, and her alias: an agent and a psychologist, a volunteer and an interpreter."""
SMALL = {"width": 320, "height": 640}
FROM = ("/", "/notices/", "/me/")


class Taps:
    """Counts what a finger does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def tap(self, what: str) -> None:
        """Tap the first of these and wait for what comes."""
        self.count += 1
        self.page.locator(what).first.click()
        self.page.wait_for_load_state()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_taps_to_a_colleague(story: Story, language: str) -> None:
    """ST250: J13: from any page two taps ask a colleague; she learns without a name that somebody asks, opens it, takes
    it; who asked sees so; after the talk either says that it was held, and it is deleted by its owner."""
    who, other, alias = CASES[language]
    agree_to_be_asked(by=actor_by_name(other))
    page = story.page(who, language)
    page.goto("/me/")
    taps = Taps(page)
    taps.tap("header a.aside")
    look(page, "j13-talk")
    taps.tap(f"main button[name=to][value='{story.users[other]}']")
    assert taps.count == 2
    assert SupportRequest.objects.filter(author_id=story.users[who]).count() == 1
    look(page, "j13-asked")
    mine = page.url
    listening = story.page(other, language)
    listening.goto("/notices/")
    assert alias not in listening.locator("main").inner_text()
    look(listening, "j13-notice")
    listening.locator("main table button").first.click()
    listening.wait_for_url("**/talk/asked/**")
    assert alias in listening.locator("main").inner_text()
    look(listening, "j13-listening")
    listening.click("button[value=taken]")
    listening.wait_for_load_state()
    look(listening, "j13-taken")
    page.goto(mine)
    look(page, "j13-answered")
    page.click("form[action$='/talked/'] button")
    page.wait_for_load_state()
    look(page, "j13-talked")
    page.click("main a[href$='/delete/']")
    look(page, "j13-delete")
    page.click("main form button.danger")
    page.wait_for_url("**/talk/mine/")
    look(page, "j13-mine")
    assert not SupportRequest.objects.filter(author_id=story.users[who]).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_taps_to_the_other_ways(story: Story, language: str) -> None:
    """ST251: J13: somebody outside stands on the page of the first tap with how to reach her, and a call at a time is
    asked for by the second one; an offer after something heavy leads there."""
    who, other, _alias = CASES[language]
    agree_to_be_asked(by=actor_by_name(other))
    page = story.page(who, language)
    for start in FROM:
        page.goto(start)
        taps = Taps(page)
        taps.tap("header a.aside")
        assert page.url.endswith("/talk/")
    assert page.locator("main .card").count() == 1, "the counsellor of the pack"
    taps.tap("main button[name=call][value=morning]")
    assert taps.count == 2
    look(page, "j13-call")
    assert SupportRequest.objects.get(author_id=story.users[who]).until is not None


@pytest.mark.parametrize("language", [*LANGUAGES, "fr", "ckb", "ht", "sw", "ha"])
def test_the_header_keeps_its_place(story: Story, language: str) -> None:
    """ST252: at 320, 360 and 1280 px the entry stands beside the others with its words, in reach of a finger, covers
    nothing and makes no page wider; Hide stays where it is, and a worry is raised by a button that is seen whole."""
    for width, size in ((320, SMALL), (360, None), (1280, DESK)):
        page = story.page("nadia" if language != "es" else "ines", language, size)
        page.goto("/")
        no_horizontal_scroll(page)
        shot(page, f"j13-header-{width}-{language}")
        looked = ("header a.aside", "header .hide-me", "header .brand")
        boxes = [page.locator(one).first.bounding_box() for one in looked]
        assert all(box is not None and box["height"] >= 44 and box["width"] >= 44 for box in boxes[:2]), (width, boxes)
        aside, hide, brand = (box for box in boxes if box is not None)
        for one in (hide, brand):
            apart = aside["x"] + aside["width"] <= one["x"] + 1 or one["x"] + one["width"] <= aside["x"] + 1
            assert apart, (width, boxes)
        words = page.locator("header a.aside span")
        assert words.is_visible()
        worry = page.locator("header .urgent").first.bounding_box()
        assert worry is not None
        assert worry["x"] >= 0
        assert worry["x"] + worry["width"] <= (size["width"] if size else 360), (width, worry)
        bar = page.locator("header .bar").bounding_box()
        assert bar is not None
        assert bar["height"] <= 72


def test_nobody_answers(story: Story) -> None:
    """ST253: nobody takes it within the hours: it is hers again, with the ways outside, and with those she may still
    ask; nobody else has learned of it."""
    for name in ("diego", "berivan", "nadia"):
        agree_to_be_asked(by=actor_by_name(name))
    page = story.page("chantal")
    page.goto("/talk/")
    page.click(f"main button[name=to][value='{story.users['diego']}']")
    page.wait_for_url(lambda url: not url.endswith("/talk/"))
    mine = page.url
    with time_machine.travel(clock.now() + timedelta(hours=4, minutes=5)):
        tell_turns()
        page = story.page("chantal")
        page.goto("/")
        assert page.locator(f"main a[href='/talk{mine.split('/talk')[1]}']").count() == 1
        page.goto(mine)
        look(page, "j13-back")
        assert page.locator(f"button[name=to][value='{story.users['berivan']}']").count() == 1
        nadia = story.page("nadia")
        nadia.goto("/notices/")
        assert "talk" not in nadia.locator("main").inner_text()
