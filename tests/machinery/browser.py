"""A real Chromium for the stories: a page signed in as one of the cast, and what every page must keep.

Colour contrast, names, roles and languages are checked by axe; nothing may scroll sideways from 320 px on. An everyday
run looks at a third of the pages with axe and takes no pictures (decision 0004).
"""

from __future__ import annotations

import contextlib
import functools
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.machinery.packages import Missing, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django.live_server_helper import LiveServer

SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
NARROWEST = {"width": 320, "height": 640}
PATIENCE_MS = 15_000

HEARS = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""A microphone that beeps, and a user who lets a page use it."""

PageAs = Callable[..., "Page"]

LEAVES = """
addEventListener("submit", (event) => { window.karamaLeaves = !event.defaultPrevented; });
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]:not([download], [target], [href^='#'])");
  if (link && !event.defaultPrevented) window.karamaLeaves = true;
});
"""
"""A page says that it is left for another one, at the moment of the tap."""
LEFT = "() => !window.karamaLeaves && document.readyState === 'complete'"
LEAVING_MS = 5_000
"""A download leaves no page: it is waited for no longer."""
TELEPHONE = "/field/"
"""The telephone's app is one page, which its taps never leave."""

CLOSELY = 1 / 3
"""Of the pages of an everyday run, how many axe looks at: half a second each."""
_everyday: random.Random | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Whether this is an everyday run, and its dice."""
    global _everyday
    sampled = config.getoption("--karama-sample") and not config.getoption("--karama-full")
    _everyday = random.Random(config.getoption("--karama-seed")) if sampled else None


@pytest.fixture(scope="session")
def debians_chromium() -> str:
    """The program. Fails when there is none: a story is never skipped."""
    program = chromium()
    if program is None:
        raise Missing("The stories need Chromium: python3 run.py test installs it, or says the line to run.")
    return program


@pytest.fixture(scope="session")
def browser(debians_chromium: str) -> Iterator[Browser]:
    """Debian's Chromium, started once for the run."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django then takes every query for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=debians_chromium, args=["--no-sandbox", "--disable-gpu", *HEARS]
        )
        _wait_after_taps()
        yield started
        started.close()


def _wait_after_taps() -> None:
    """A tap is over when the page stands to which it leads: whoever looks earlier looks at the page before, or counts
    in the database what is still on its way. Chromium's driver returns as soon as the tap is done.
    """
    from playwright.sync_api import Locator, Page

    Page.click = _then(Page.click, lambda page: page)  # type: ignore[method-assign]
    Locator.click = _then(Locator.click, lambda locator: locator.page)  # type: ignore[method-assign]


def _then(tap: Callable[..., None], page_of: Callable[[Any], Page]) -> Callable[..., None]:
    from playwright.sync_api import Error

    @functools.wraps(tap)
    def tapped(where: Any, *arguments: Any, **named: Any) -> None:
        tap(where, *arguments, **named)
        page = page_of(where)
        if TELEPHONE not in page.url:
            with contextlib.suppress(Error):  # a page that was closed, or goes nowhere
                page.wait_for_function(LEFT, timeout=LEAVING_MS)

    return tapped


@pytest.fixture
def page_as(browser: Browser, live_server: LiveServer) -> Iterator[PageAs]:
    """`page_as(user, viewport=PHONE, language="ar")`: a page signed in as that user; without one, signed out.

    Afterwards each page tells whether a script failed on it or it met an answer of 500 or more.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(user: Any = None, *, viewport: dict[str, int] | None = None, language: str = "en") -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=viewport or DESK, locale=language)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(LEAVES)
        context.add_cookies([{"name": "language", "value": language, "url": live_server.url}])
        if user is not None:
            context.add_cookies([_session_cookie(user, live_server.url)])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("response", lambda answer: answer.status >= 500 and wrong.append(f"{answer.status} {answer.url}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong, "A page broke:\n" + "\n".join(wrong)


def _session_cookie(user: Any, url: str) -> dict[str, str]:
    """Sign in as the test client does, and carry the session over to the browser."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 A and AA that axe can see. Says the rule, what to do, and the elements."""
    from axe_playwright_python.sync_playwright import Axe

    if _everyday is not None and _everyday.random() > CLOSELY:
        return
    _drawn(page)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # Only violations: to list all that is right takes twice as long as to look.
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"], "iframes": False}
    page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    told = [
        f"{rule['id']}: {rule['help']}\n" + "\n".join(f"    {node['html'][:200]}" for node in rule["nodes"][:5])
        for rule in found
    ]
    assert not found, f"{page.url} has {len(found)} accessibility violations:\n" + "\n".join(told)


def no_horizontal_scroll(page: Page, width: int = NARROWEST["width"]) -> None:
    """Nothing is wider than the screen at this width: people hold their phone in one hand."""
    before = page.viewport_size or DESK
    _drawn(page)
    page.set_viewport_size({"width": width, "height": before["height"]})
    overflow, wider = page.evaluate(
        """() => [document.documentElement.scrollWidth - innerWidth, [...document.querySelectorAll("body *")]
            .map(e => [e, e.getBoundingClientRect()])
            .filter(([, box]) => box.right > innerWidth + 1 || box.left < -1)
            .slice(0, 5).map(([e]) => e.outerHTML.slice(0, 160))]"""
    )
    page.set_viewport_size(before)
    assert overflow <= 0, f"{page.url} scrolls sideways by {overflow} px at {width} px:\n" + "\n".join(wider)


def follow(page: Page, selector: str) -> None:
    """Tap what leads to another page, and wait until that page stands: else the next look is at the page before."""
    with page.expect_navigation():
        page.click(selector)


def _drawn(page: Page) -> None:
    """Wait for a page on its way: for a moment it has no element at all."""
    page.wait_for_function("() => document.body && document.readyState === 'complete'")


def prints_quietly(page: Page) -> None:
    """On paper the page has its content on white, and nothing to tap: no header, form, button or message."""
    page.emulate_media(media="print", color_scheme="dark")
    found = page.evaluate(
        """() => [...document.querySelectorAll(
            ".top, .foot, .skip, .crumbs, .tabs, nav, main form, button, .button:not([href^='tel:']), .toast")]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 0)
            .slice(0, 5).map(e => e.outerHTML.slice(0, 160))"""
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(media="screen", color_scheme="light")
    assert not found, f"{page.url} prints what is only for the screen:\n" + "\n".join(found)
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"), f"{page.url} prints on {ground}"


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page in screenshots/ (not under version control)."""
    if _everyday is not None:
        return
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png", full_page=True)
