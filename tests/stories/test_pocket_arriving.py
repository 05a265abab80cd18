"""Signal goes while what she needs for the day is still coming: the telephone says so. Real Chromium."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.conftest import Story
from tests.stories.pocket import Pocket, until
from tests.stories.test_pocket import HELD

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route


class Cutting:
    """The way to the server: while it is cut, nothing is asked any more by a telephone that knows something."""

    def __init__(self, page: Page) -> None:
        self.cut, self.lost = True, 0
        page.route("**/field/sync", self._goes)

    def _goes(self, route: Route) -> None:
        body = route.request.post_data_buffer or b""
        told: Any = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
        knows = json.loads((told.get("ask") or {"text": "{}"})["text"]).get("knowledge")
        if self.cut and knows:
            self.lost += 1
            return route.abort()
        return route.continue_()


@pytest.mark.parametrize(("name", "language"), HELD)
def test_signal_goes_before_all_has_come(story: Story, name: str, language: str) -> None:
    """ST659: (G1) what she knows comes in pieces. Signal that goes between two of them leaves a telephone that says
    that not all has come, also when it is opened anew; with signal all comes and nothing of it is said any more."""
    phone = Pocket(story, name, language)
    way = Cutting(phone.page)
    phone.come_in()
    until(phone.page, lambda: way.lost > 0)
    phone.page.locator("main .notice").filter(has_text=phone.words("Not all has come yet")).wait_for()
    assert not phone.button("Activity with the community").count(), "the story needs a day that lacks something"
    phone.look("not-all-has-come")
    phone.reload()
    phone.says("Not all has come yet")
    way.cut = False
    phone.tries()
    phone.synced()
    phone.button("Activity with the community").wait_for()
    phone.leaves("Not all has come yet")
