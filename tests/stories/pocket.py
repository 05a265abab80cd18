"""A telephone in Chromium, held by a colleague of the demonstration: taps are counted, words are the catalogue's."""

from __future__ import annotations

import re
import runpy
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from karama.accounts.actions import offer_enrolment
from karama.accounts.models import Posting
from karama.accounts.queries import actor_by_name
from karama.ui.messages.catalogue import load
from tests.machinery.browser import PHONE, assert_accessible, no_horizontal_scroll, shot

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.stories.conftest import Story

ON_DISK = Path(__file__).with_name("on_disk.js").read_text(encoding="utf-8")
ISOLATES = re.compile("[\u2066-\u2069]")
PATIENCE_MS = 60_000
"""Locking what is hers takes an old telephone seconds, and a busy machine as well."""


def until(page: Page, told: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not told():
        assert time.monotonic() < end
        page.wait_for_timeout(100)


@cache
def assert_built() -> None:
    """What is served is what stands in field/: an app of yesterday fails in ways that nobody understands."""
    build = runpy.run_path(str(Path(__file__).parents[2] / "field" / "build.py"))
    stamp = build["STAMP"].read_text(encoding="utf-8") if build["STAMP"].exists() else ""
    assert stamp == build["state"](), "The app is older than field/: run `python field/build.py --testing`."


class Pocket:
    """One page of the app. `taps` counts what a thumb does; typing is not counted (JOURNEYS)."""

    def __init__(
        self, story: Story, name: str, language: str, page: Page | None = None, *, duty: str = "", at: str = ""
    ) -> None:
        """`at`: by which address it reaches the server; empty is straight."""
        self.at = at
        self.by = actor_by_name(name, duty or "community_agent")
        self._taken(page or story.page(name, language, PHONE), language)

    @classmethod
    def of_another_server(cls, page: Page, language: str) -> Pocket:
        """In the hands of somebody of an installation of its own: whoever tells the story brings a code."""
        made = cls.__new__(cls)
        made.at = ""
        made._taken(page, language)
        return made

    def _taken(self, page: Page, language: str) -> None:
        assert_built()
        self.language = language
        self.page = page
        self.page.set_default_timeout(PATIENCE_MS)
        self.taps = 0
        self.mark = ""
        self.signs: list[str] = []
        catalogue = load(language) if language != "en" else []
        self._words = {one.msgid: one.msgstr for one in catalogue if one.msgstr and not one.obsolete}

    # --- words and taps

    def words(self, english: str) -> str:
        """What the app says for an English sentence."""
        return self._words.get(english, english)

    def button(self, english: str) -> Locator:
        """The buttons that say this, or begin with it."""
        found = re.compile("^" + re.escape(self.words(english)).replace(r"%\(name\)s", ".*"))
        return self.page.locator("main button, main a, nav button").filter(has_text=found)

    def tap(self, english: str) -> None:
        """Tap the first button that says this."""
        self._touch(self.button(english).first)

    def unfold(self, english: str) -> None:
        """Tap what is folded under these words."""
        self._touch(self.page.locator("main summary").filter(has_text=self.words(english)))

    def answer(self, value: str) -> None:
        """Tap a big answer; that of a question is on the disk before the next one is drawn: wait until it is gone."""
        found = self.page.locator(f".answer[data-value='{value}']").first
        found.wait_for()
        drawn = found.element_handle() if self.page.locator("main .question").count() else None
        self._touch(found)
        if drawn is not None:
            drawn.wait_for_element_state("hidden")

    def asks(self, place: int) -> None:
        """Wait until this question of those asked is on the screen."""
        arabic = "".join(chr(0x660 + int(one)) for one in str(place))
        at = re.compile(rf"^\W*({place}|{arabic})\b")
        self.page.locator("main .progress").filter(has_text=at).wait_for()

    def line(self, text: str) -> None:
        """Tap a line of a list that holds this text."""
        self._touch(self.page.locator("main button.line").filter(has_text=text).first)

    def _touch(self, found: Locator) -> None:
        found.click()
        self.taps += 1

    def says(self, english: str) -> None:
        """Wait until the page says this somewhere."""
        self.page.get_by_text(self.words(english)).first.wait_for()

    def leaves(self, english: str) -> None:
        """Wait until the page that says this is left: what was saved there is on the disk then."""
        self.page.get_by_text(self.words(english)).first.wait_for(state="detached")

    def text(self) -> str:
        """What stands on the page."""
        return ISOLATES.sub("", self.page.locator("body").inner_text())

    def look(self, name: str) -> None:
        """Accessible, within the narrowest screen, and kept as a picture."""
        self.page.set_viewport_size(
            {"width": PHONE["width"], "height": 4800}
        )  # nothing lies behind the bar at the foot
        assert_accessible(self.page)
        no_horizontal_scroll(self.page)
        self.page.set_viewport_size(PHONE)
        shot(self.page, f"phone-{name}-{self.language}")

    # --- coming in

    def enrol(self) -> Pocket:
        """With a code that its user drew at a screen and a phrase of six pictures; up to Today, with all that came."""
        self.come_in()
        self.synced()
        return self

    def come_in(self) -> None:
        """The same, as far as the door leads."""
        posting = Posting.objects.filter(user_id=self.by.id).latest("recorded_at").id
        self.enter(offer_enrolment(by=self.by, posting=posting).value.code)

    def enter(self, code: str) -> None:
        """The same with a code that somebody brings."""
        self.page.goto(f"{self.at}/field/#{code}")
        self.page.locator(".code-entry input").wait_for()
        self.connect()

    def connect(self) -> None:
        """With the code that stands there: her picture, her phrase, and on to Today."""
        self.look("welcome")
        self.page.locator("main .button.primary").click()
        mine = self.page.locator(".tiles .tile:not([disabled])").nth(3)
        self.mark = mine.locator(".sign").inner_text()
        mine.click()
        self.page.locator(".phrase .tile").first.wait_for()
        self.look("phrase")
        self.signs = self.page.locator(".phrase .tile .sign").all_inner_texts()
        self.page.locator("main .button.primary").click()
        self.give_pictures()
        self.page.locator("main .card").first.wait_for()
        self.look("begin")
        self.page.locator("main .actions .button.primary").last.click()

    def come_back(self) -> None:
        """She taps her mark among those who use this telephone, wherever it stands, and gives her pictures."""
        self.page.locator(".tiles .tile").filter(has_text=self.mark).click()
        self.give_pictures()
        self.page.locator(".head-bar .sending").wait_for()

    def give_pictures(self) -> None:
        """Tap the six pictures: the group, then the picture."""
        self.page.locator(".phrase-entry .tiles").wait_for()
        for sign in self.signs:
            for group in range(self.page.locator(".phrase-entry .tiles .tile").count()):
                self.page.locator(".phrase-entry .tiles .tile").nth(group).click()
                here = self.page.locator(".phrase-entry .tiles .tile .sign")
                texts = here.all_inner_texts()
                if sign in texts:
                    here.nth(texts.index(sign)).click()
                    break
                self.page.locator(".phrase-entry .button.quiet").click()

    def begin(self, measure: str) -> None:
        """The questions of a measure, for the last person of the list."""
        self.choose(measure)
        self.tap("Begin")

    def hand_over(self, measure: str) -> None:
        """The same questions, in that person's own hands."""
        self.choose(measure)
        self.tap("Hand over the screen")
        self.look("hand-over")
        self.tap("Hand over now")

    def choose(self, measure: str) -> None:
        """A measure for the last person of the list, not begun yet."""
        self.tap("People")
        self._touch(self.page.locator("main button.line").last)
        self.tap("Questions")
        self.line(measure)

    def reload(self) -> None:
        """A battery that died, or an app that was closed: it is opened again, and unlocked."""
        self.page.reload()
        self.give_pictures()
        self.page.locator(".head-bar .sending").wait_for()

    def waits(self) -> None:
        """Wait until the telephone says that something is not sent yet: what was saved lies in its queue. Only without
        signal: a quick server leaves no time to see it."""
        self.page.locator(".head-bar .sending").filter(has_not_text=self.words("All sent")).wait_for()

    def synced(self) -> None:
        """Wait until all is sent and all that was asked for is here; before, it says that not all has come."""
        self.page.locator(".head-bar .sending").filter(has_text=self.words("All sent")).wait_for()

    def tries(self) -> None:
        """She opens what is sent, and tries now: until the whole of it is done and said."""
        self.page.locator(".head-bar .sending").click()
        self.tap("Try now")
        self.says("Done. All sent.")
        self.page.locator("nav.foot-bar button").first.click()

    def offline(self, away: bool) -> None:
        """In the boat, or back in town."""
        self.page.context.set_offline(away)

    def settled(self) -> None:
        """Wait until the app itself lies on the telephone."""
        ready = "navigator.serviceWorker.ready.then(it => it.active !== null)"
        assert self.page.evaluate(ready), "the app is not kept on this telephone"

    def on_disk(self) -> str:
        """Everything that lies in the browser's stores for this address, as one text."""
        return str(self.page.evaluate(ON_DISK))
