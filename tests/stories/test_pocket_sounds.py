"""Questions read aloud on a telephone, without signal: in her hands and in those of the person. Real Chromium."""

from __future__ import annotations

import io
import math
import time
import wave
from typing import TYPE_CHECKING

import pytest

from karama.accounts.actions.setting_up import SETUP
from karama.care.actions import install_recording, install_wording
from karama.sync import knowledge
from tests.care.conftest import own_words
from tests.machinery.browser import PHONE
from tests.stories.conftest import Story
from tests.stories.pocket import PATIENCE_MS, Pocket

if TYPE_CHECKING:
    from playwright.sync_api import Page

HELD = [("yolanda", "en"), ("chantal", "ar")]
CANARY = b"ZORAIDA-PALENQUE"
LISTENING = """const Real = Audio;
window.heard = [];
window.Audio = function () { const one = new Real(); heard.push(one); return one; };"""
"""What plays is on no page: it is kept where the story can look at it."""


def spoken(seconds: float = 20) -> bytes:
    """A tone, with a text in it that must lie nowhere in the clear."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setparams((1, 1, 4000, 0, "NONE", ""))
        tone = bytes(128 + int(60 * math.sin(at / 4)) for at in range(int(4000 * seconds)))
        file.writeframes(CANARY + tone)
    return kept.getvalue()


def until(page: Page, told: str) -> None:
    """Wait for what a script says of the page: the app lets no other evaluate a text."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(told):
        assert time.monotonic() < end, told
        page.wait_for_timeout(100)


def fetched(page: Page, language: str) -> None:
    """Wait until the recordings of a language are here: only then one size stands beside it."""
    page.locator(f".answer[data-value='{language}'][aria-checked='true']").wait_for()
    until(page, "document.querySelector('.answer[aria-checked=true]').innerText.match(/[0-9][.,][0-9]/g).length === 1")


def recorded(language: str) -> None:
    """The programme's measure in words of our own, the first question of which can be heard."""
    install_wording(by=SETUP, language=language, validator="the tests", **own_words("phq9"))
    install_recording(by=SETUP, instrument="phq9", language=language, item="q1", content=spoken())
    knowledge.forget()


@pytest.mark.parametrize(("name", "language"), HELD)
def test_a_question_is_heard_without_signal(story: Story, name: str, language: str) -> None:
    """ST510: nothing is fetched until she wants it and reads how much it is; then a question is heard without signal,
    by a tap and never by itself, stops when the next one comes, and neither lock screen nor disk tells of it."""
    recorded(language)
    page = story.page(name, language, PHONE)
    page.context.add_init_script(LISTENING)
    phone = Pocket(story, name, language, page).enrol()
    phone.settled()
    phone.tap("My account")
    phone.says("Questions read aloud")
    wanted = page.locator(f".answer[data-value='{language}']")
    assert wanted.get_attribute("aria-checked") == "false"
    assert "0.1" in wanted.inner_text() or "0,1" in wanted.inner_text()
    phone.look("sounds-wanted")
    wanted.click()
    fetched(page, language)
    phone.offline(True)
    page.locator("nav.foot-bar button").first.click()
    phone.begin("Our own title")
    button = page.locator("button.listen")
    button.wait_for()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    assert page.evaluate("heard.every((one) => one.paused)"), "it began by itself"
    phone.look("question-heard")
    button.click()
    until(page, "heard.some((one) => !one.paused && one.currentTime > 0.3)")
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate("navigator.mediaSession.metadata") is None
    assert page.evaluate("heard.at(-1).src").startswith("blob:")
    assert "PHQ" not in page.title() + page.url
    phone.answer("not_at_all")
    page.locator(".progress").filter(has_text="2").wait_for()
    assert not button.count(), "the second question has no recording"
    until(page, "heard.every((one) => one.paused && (one === heard.at(-1) || !one.src))")
    assert CANARY.decode() not in phone.on_disk()


def test_a_question_is_heard_by_whoever_answers_alone(story: Story) -> None:
    """ST511: handed over, the same question is heard by the person herself; a second tap ends it, and so does hiding
    the page."""
    recorded("es")
    page = story.page("yolanda", "es", PHONE)
    page.context.add_init_script(LISTENING)
    phone = Pocket(story, "yolanda", "es", page).enrol()
    phone.tap("My account")
    page.locator(".answer[data-value='es']").click()
    fetched(page, "es")
    phone.offline(True)
    page.locator("nav.foot-bar button").first.click()
    phone.hand_over("Our own title")
    phone.tap("Begin")
    phone.look("question-heard-alone")
    button = page.locator("button.listen")
    button.click()
    until(page, "heard.some((one) => !one.paused && one.currentTime > 0.3)")
    button.click()
    until(page, "heard.every((one) => one.paused)")
    button.click()
    until(page, "heard.some((one) => !one.paused)")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    until(page, "heard.every((one) => one.paused)")
