"""The style page in a real Chromium: accessible, narrow, by keyboard, in both directions, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def sheet(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 800})
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if "Security Policy" in message.text else None)
    yield page
    page.close()
    assert not wrong


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_components_are_accessible(sheet: Page, language: str, width: int, scheme: str) -> None:
    """UI053: axe finds no violation and nothing scrolls sideways, narrow and wide, by day and by night, in
    both directions.
    """
    from axe_playwright_python.sync_playwright import Axe

    sheet.set_viewport_size({"width": width, "height": 800})
    sheet.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sheet.goto(f"/style/?in={language}")
    found = Axe().run(sheet, options={"runOnly": RULES}).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/none/", "/wrong/broken/", "/calendar/"])
def test_bare_pages_are_accessible(sheet: Page, path: str) -> None:
    """UI054: problem pages and the neutral page have no violation."""
    from axe_playwright_python.sync_playwright import Axe

    sheet.goto(path)
    assert Axe().run(sheet, options={"runOnly": RULES}).response["violations"] == []


def test_a_form_can_be_sent_under_the_referrer_policy(sheet: Page) -> None:
    """UI055: the referrer policy leaves the forgery check working in a real browser."""
    sheet.goto("/style/")
    sheet.locator("details.menu summary").first.click()
    sheet.get_by_role("button", name="العربي").click()
    sheet.wait_for_load_state()
    assert sheet.locator("html").get_attribute("dir") == "rtl"


def test_escape_twice_hides(sheet: Page) -> None:
    """UI056: Escape twice replaces the page by the neutral one, and the back button does not bring it back."""
    sheet.goto("/none/")
    sheet.goto("/style/")
    sheet.keyboard.press("Escape")
    sheet.keyboard.press("Escape")
    sheet.wait_for_url("**/calendar/")
    assert sheet.title() == "Calendar"
    sheet.go_back()
    assert "/style/" not in sheet.url


def test_every_stop_of_the_keyboard_shows(sheet: Page) -> None:
    """UI057: the first stop is the way to the content, and each of the first thirty stops has a visible ring."""
    sheet.goto("/style/?in=en")
    sheet.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges()")
    sheet.evaluate("document.body.tabIndex = -1; document.body.focus()")
    for stop in range(30):
        sheet.keyboard.press("Tab")
        words, ring = sheet.evaluate(
            "[document.activeElement.textContent, getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert ring == "solid", words
        if stop == 0:
            assert words == "Go to the content"


def test_big_answers_are_big(sheet: Page) -> None:
    """UI058: on a phone each button, link of the frame and answer is at least 44 pixels high."""
    sheet.set_viewport_size({"width": 360, "height": 740})
    sheet.goto("/style/?in=ar")
    heights = sheet.evaluate(
        "[...document.querySelectorAll('.button, .answer, .nav a, .row > a, .menu > summary, .hide-me, select')]"
        ".map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


def test_the_screen_locks_by_itself(sheet: Page) -> None:
    """UI059: left alone, the page counts the last minute down and then sends the lock form."""
    sheet.goto("/style/")
    sheet.wait_for_timeout(500)  # the scroll to the focused summary counts as a touch
    sheet.evaluate("window.real = Date.now; Date.now = () => window.real() + 850000")
    sheet.locator("#idle-warning").wait_for(state="visible")
    sheet.keyboard.press("Shift")
    sheet.locator("#idle-warning").wait_for(state="hidden")
    with sheet.expect_request("**/lock/") as sent:
        sheet.evaluate("Date.now = () => window.real() + 850000 + 901000")
    assert sent.value.method == "POST"
    sheet.wait_for_url("**/lock/")


def test_what_is_typed_is_not_lost_to_another_form(sheet: Page) -> None:
    """UI080: another form of the page, here the languages, asks before it loses what was typed into several lines; the
    form itself asks nothing, and locking the screen never waits for an answer."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    sheet.on("dialog", stay)
    sheet.goto("/style/")
    typed = sheet.locator("main textarea").first
    typed.click()
    typed.press_sequentially("Long words.")
    sheet.locator("details.menu summary").first.click()
    sheet.get_by_role("button", name="العربي").click()
    sheet.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert (sheet.locator("html").get_attribute("lang"), typed.input_value()) == ("en", "Long words.")
    with sheet.expect_request("**/lock/"):
        sheet.evaluate("document.getElementById('lock-form').requestSubmit()")
    sheet.wait_for_url("**/lock/")  # a page that is closed while it leaves would never say that it is closed
    assert asked == ["beforeunload"]


def test_paper_leaves_the_frame_out(sheet: Page) -> None:
    """UI060: printed, the page has its content and no header, button or footer."""
    sheet.goto("/style/")
    sheet.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<details data-paper>Rest</details>')"
    )
    sheet.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert sheet.evaluate("document.querySelector('details[data-paper]').open"), "a folded list is whole on paper"
    sheet.emulate_media(media="print")
    assert not sheet.locator("header.top").is_visible()
    assert not sheet.locator(".foot").is_visible()
    assert sheet.locator(".print-head").is_visible()
    assert sheet.locator(".rows").first.is_visible()
