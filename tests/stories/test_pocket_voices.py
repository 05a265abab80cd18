"""Somebody who cannot write says it to a colleague's telephone, without signal; the one who answers hears it. Real
Chromium, whose microphone beeps."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from karama.accounts.models import User
from karama.voice.asked import standing_of
from karama.voice.models import Feedback, KeptSound
from tests.machinery.browser import DESK, PHONE
from tests.stories.conftest import Story, look
from tests.stories.pocket import Pocket, until

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

HELD = [("yolanda", "es"), ("chantal", "ar")]
SECONDS = 3
MORE = 8


class Cutting:
    """The way to the server: while it is cut, one part gets through and no other."""

    def __init__(self, page: Page) -> None:
        self.cut, self.parts, self.lost = True, 0, 0
        page.route("**/field/sync", self._goes)

    def _goes(self, route: Route) -> None:
        body = route.request.post_data_buffer or b""
        told: Any = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
        part = json.loads((told.get("ask") or {"text": "{}"})["text"]).get("part")
        if part and part["content"]:
            self.parts += 1
        if part and self.cut and self.parts > 1:
            self.lost += 1
            return route.abort()
        return route.continue_()


def record(phone: Pocket, seconds: float) -> None:
    phone.tap("Say it instead")
    phone.page.locator("main .progress").wait_for()
    phone.page.wait_for_timeout(seconds * 1000)
    phone.tap("Stop")
    phone.page.locator("main audio").wait_for()


def plays(page: Page) -> bool:
    """Whether the only sound of a page can be played, and is heard for a while."""
    sound = page.locator("audio")
    sound.evaluate("one => one.play()")
    until(page, lambda: sound.evaluate("one => one.readyState >= 2 && one.duration > 0 && one.currentTime > 0.5"))
    sound.evaluate("one => one.pause()")
    return True


@pytest.mark.parametrize(("name", "language"), HELD)
def test_it_is_said_without_signal_and_heard_at_the_desk(story: Story, name: str, language: str) -> None:
    """ST580: three seconds are recorded without signal, heard, thrown away and recorded again, and survive a battery;
    cut in the middle of its parts the sound goes on later; the message is there before it and says so; whoever
    answers plays it at the desk, and a colleague does not find it."""
    page = story.page(name, language, PHONE)
    phone = Pocket(story, name, language, page).enrol()
    phone.settled()
    phone.offline(True)
    before = set(Feedback.objects.values_list("id", flat=True))
    phone.tap("What somebody says about us")
    phone.answer("complaint")
    record(phone, SECONDS)
    assert plays(page)
    phone.look("said-aloud")
    phone.tap("Throw away")
    phone.tap("Yes, throw it away")
    record(phone, MORE)
    phone.answer("none")
    phone.tap("Save")
    phone.says("It is on its way")
    phone.waits()
    phone.reload()
    phone.waits()
    way = Cutting(page)
    phone.offline(False)
    page.locator(".head-bar .sending").click()
    phone.tap("Try now")
    until(page, lambda: way.lost)
    message = (set(Feedback.objects.values_list("id", flat=True)) - before).pop()
    assert not KeptSound.objects.exists()
    phone.look("voice-not-sent")
    standing = standing_of(message)
    assert standing is not None
    reader = User.objects.get(id=standing.owner).username
    desk = story.page(reader, language, DESK)
    desk.goto(f"/messages/{message}/")
    desk.locator("button[value=take]").click()
    desk.locator(".notice").filter(has_text=phone.words("The voice is still coming")).wait_for()
    look(desk, "voice-coming")
    came = way.parts
    way.cut = False
    phone.tap("Try now")
    until(page, lambda: KeptSound.objects.exists())
    assert way.parts > came
    phone.synced()
    desk.reload()
    assert plays(desk)
    look(desk, "voice")
    heard = desk.locator("audio").get_attribute("src") or ""
    assert story.client(reader).get(heard).status_code == 200
    for colleague in {"nadia", "diego", name} - {reader}:
        assert story.client(colleague).get(heard).status_code in (403, 404)


def test_without_a_microphone_the_text_stays(story: Story) -> None:
    """ST581: a telephone that gives no microphone says so plainly, and what was written is still there to be saved."""
    page = story.page("yolanda", "es", PHONE)
    page.add_init_script("navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no'))")
    phone = Pocket(story, "yolanda", "es", page).enrol()
    phone.tap("What somebody says about us")
    page.locator("main textarea").fill("Otra ventanilla")
    phone.tap("Say it instead")
    phone.says("This telephone gave no microphone.")
    phone.look("no-microphone")
    assert page.locator("main textarea").input_value() == "Otra ventanilla"
    phone.answer("suggestion")
    phone.answer("none")
    phone.tap("Save")
    phone.says("It is on its way")
