"""A community agent and one of her telephones: what she does on it, and what may happen to it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.machinery.browser import PHONE, shot
from tests.machinery.packages import chromium
from tests.stories.pocket import PATIENCE_MS, Pocket
from tests.stories.test_pocket_keeping import COUNTED

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, BrowserType, Page

HERE = Path(__file__).parent
ARGS = ["--no-sandbox", "--disable-gpu"]
Step = tuple[str, str] | tuple[str, str, str]
TODAY = "nav.foot-bar button"
AFTER_HOURS = "main fieldset.field ~ fieldset.field .chip"
SAVE = "main .actions > .button.primary"


@cache
def script(name: str) -> str:
    """A script of this folder."""
    return (HERE / name).read_text(encoding="utf-8")


class Telephone(Pocket):
    """A profile of Chromium that is closed and opened again as a telephone is. `made`: operations seen being made."""

    def __init__(self, kind: BrowserType, profile: Path, at: str, language: str) -> None:
        self.at, self._kind, self._profile = at, kind, profile
        self._groups: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self.made: dict[str, str] = {}
        self.skew, self.asked = 0, 0
        self.is_away = False
        self.pictures = False
        self._taken(self._opened(language), language)

    def _opened(self, language: str) -> Page:
        self.context: BrowserContext = self._kind.launch_persistent_context(
            str(self._profile), executable_path=chromium(), args=ARGS, base_url=self.at, viewport=PHONE, locale=language
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_init_script(script("telephone.js"))
        self.context.add_init_script(f"globalThis.skew = {self.skew};")
        self.context.set_offline(self.is_away)
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def look(self, name: str) -> None:
        """A picture only, and only of the first of its kind: other stories look closely."""
        if self.pictures:
            shot(self.page, f"whole-{name}-{self.language}")

    def hear(self) -> None:
        """Take over what was made on the page before it goes."""
        self.made.update(dict(self.page.evaluate("globalThis.made?.splice(0) ?? []")))

    def thumb(self, *steps: Step) -> None:
        """Touch one thing after the other."""
        self.page.evaluate(script("taps.js"), [list(step) for step in steps])
        self.taps += len(steps)

    def give_pictures(self) -> None:
        """The six pictures; once a picture was found, its group is known."""
        self.page.locator(".phrase-entry .tiles").wait_for()
        if not self._groups:
            self._learn()
        tile = ".phrase-entry .tiles .tile"
        for sign in self.signs:
            self.thumb(("tap", f"{tile}:nth-child({self._groups[sign] + 1})", ""), ("tap", tile, sign))

    def _learn(self) -> None:
        tiles = self.page.locator(".phrase-entry .tiles .tile")
        for group in range(tiles.count()):
            tiles.nth(group).click()
            here = self.page.locator(".phrase-entry .tiles .tile .sign").all_inner_texts()
            self._groups |= {sign: group for sign in self.signs if sign in here}
            self._places |= {sign: here.index(sign) for sign in self.signs if sign in here}
            self.page.locator(".phrase-entry .button.quiet").click()

    def number_of(self, sign: str) -> int:
        """The number by which the app knows a picture of hers."""
        return self._groups[sign] * 16 + self._places[sign]

    # --- what may happen to it

    def shut(self) -> None:
        """The browser is closed."""
        self.hear()
        self.context.close()

    def opened_again(self) -> None:
        """It was closed, and is opened on the same profile."""
        self.shut()
        self.page = self._opened(self.language)
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.goto(f"{self.at}/field/")
        self.unlock()

    def reload(self) -> None:
        """The page comes from what is kept, and she unlocks it."""
        self.hear()
        self.page.reload()
        self.unlock()

    def unlock(self) -> None:
        """Who she is, where somebody asks; then her pictures."""
        self.page.locator(".phrase-entry .tiles, .tiles .tile").first.wait_for()
        if not self.page.locator(".phrase-entry").count():
            self.page.locator(".tiles .tile").filter(has_text=self.mark).click()
        self.give_pictures()
        self.page.locator(".head-bar .sending").wait_for()

    def locked(self) -> None:
        """She locks it on her account and opens it again."""
        self.tap_foot(1)
        self.tap("Lock now")
        self.unlock()

    def clock(self, hours: int) -> None:
        """Its clock is wrong by so much from now on; it takes that for a long while untouched, and locks."""
        skew = hours * 3_600_000
        if skew == self.skew:
            return
        self.skew = skew
        self.hear()
        self.context.add_init_script(f"globalThis.skew = {skew};")
        self.page.evaluate(f"globalThis.skew = {skew}; document.dispatchEvent(new Event('visibilitychange'))")
        self.unlock()

    def offline(self, away: bool) -> None:
        """In the boat, or back in town."""
        self.is_away = away
        self.context.set_offline(away)

    def tap_foot(self, place: int) -> None:
        """Today, her account, a worry."""
        self.page.locator(TODAY).nth(place).click()

    def says_all_sent(self) -> bool:
        """Whether the line at the top says so now."""
        return self.page.locator(".head-bar .sending").filter(has_text=self.words("All sent")).count() > 0

    def counted(self) -> dict[str, int]:
        """Rows by store."""
        return dict(self.page.evaluate(COUNTED))

    def tries_once(self) -> None:
        """She opens what is sent and tries, however it ends."""
        self.page.locator(".head-bar .sending").click()
        again = self.page.locator(SAVE).filter(has_text=self.words("Try now"))
        again.click()
        self.page.locator(f"{SAVE}:not([disabled])").filter(has_text=self.words("Try now")).wait_for()
        self.tap_foot(0)

    # --- what she does; each says which operations it comes to

    def person(self, called: str) -> None:
        """Somebody's page, from anywhere."""
        self.thumb(
            ("tap", TODAY, ""), ("tap", "main .start", self.words("People")), ("tap", "main button.line", called)
        )

    def registers(self, called: str) -> tuple[list[str], str]:
        """Somebody new; also the code that is shown."""
        self.thumb(
            ("tap", TODAY, ""), ("tap", "main .start", self.words("New person")), ("fill", "main input", called),
            ("tap", SAVE, self.words("Nobody of these: register")), ("tap", ".answer[data-value='read_aloud']"),
            ("tap", SAVE, self.words("Next")), ("tap", ".answer[data-value='25-34']"),
            ("tap", ".answer[data-value='woman']"), ("tap", SAVE, self.words("Next, without")),
            ("tap", ".answer[data-value='never']"), ("wait", ".code-big bdi"),
        )  # fmt: skip
        return ["people.register_person"], self.page.locator(".code-big bdi").inner_text().strip().replace("-", "")

    def session(self, called: str) -> list[str]:
        """Somebody came."""
        self.person(called)
        self.thumb(
            ("tap", "main .actions .button", self.words("Session")), ("tap", ".answer[data-value='came']"),
            ("tap", ".answer[data-value='in_person']"), ("tap", ".answer[data-value='no']"),
            ("tap", ".answer[data-value='go_on']"), ("gone", ".answer[data-value='go_on']"),
        )  # fmt: skip
        return ["care.record_session"]

    def asks_questions(self, called: str, many: int = 9, *, item_nine: bool = False) -> list[str]:
        """The nine questions of the measure; fewer are left half way, for another time. No two times are answered
        alike: what is the same on the same day is written down once."""
        self.asked += 1
        self.person(called)
        self.thumb(("tap", "main .actions .button", self.words("Questions")), ("tap", "main button.line", "PHQ-9"))
        self.tap("Begin")
        for place in range(1, min(many, 8) + 1):
            self._answers(place, "several_days" if place == 1 or self.asked >> (place - 2) & 1 else "not_at_all")
        if many < 9:
            self.asks(many + 1)
            return []
        self._answers(9, "several_days" if item_nine else "not_at_all")
        told = self.safety_card() if item_nine else []
        return [*told, *self.ends_questions()]

    def _answers(self, place: int, value: str) -> None:
        self.asks(place)
        self.thumb(("tap", f".answer[data-value='{value}']"))

    def ends_questions(self) -> list[str]:
        """What is left of them, and saved."""
        self.asks(10)
        skip = "main .answer[data-value='skipped']"
        self.thumb(("tap", skip), ("gone", skip), ("tap", SAVE, self.words("Save the answers")))
        self.tap("Without my view: no suggestion is told")
        self.says("The answers are saved.")
        self.tap("Done")
        return ["care.record_response"]

    def safety_card(self) -> list[str]:
        """The card that an answer brings: what was asked, whom she called, and on."""
        self.says("Stay with the person")
        self.look("safety-card")
        self.tap("It cannot be asked now")
        self.page.locator(".chain button").filter(has_text=self.words("I called: reached")).first.click()
        self.tap("Everything is written down")
        return ["safety.raise_alert", "safety.record_screening", "safety.record_first_contact"]

    def worries(self, called: str) -> list[str]:
        """A worry about somebody, or about nobody she can name."""
        self.tap_foot(2)
        self.thumb(
            ("tap", ".answer[data-value='violence_at_home']"), ("wait", "details.fold"), ("tap", ".answer", called),
            ("wait", "main .card ul"),
        )  # fmt: skip
        self.says("Stay with the person")
        return ["safety.raise_worry"]

    def meets(self, group: str) -> list[str]:
        """The meeting of a group of today."""
        self.thumb(
            ("tap", TODAY, ""), ("tap", "main button.line", group), ("tap", "main button.line.tap"),
            ("tap", ".answer[data-value='in_person']"), ("tap", SAVE, self.words("Save the meeting")),
            ("gone", "main button.line.tap"),
        )  # fmt: skip
        self.says("Saved.")
        return ["groups.record_meeting"]

    def activity(self, called: str) -> list[str]:
        """Something with the community."""
        self.thumb(
            ("tap", TODAY, ""), ("tap", "main .start", self.words("Activity with the community")),
            ("tap", ".answer[data-value='recreation']"), ("fill", "main .field > input[type='text']", called),
            ("fill", "main input.short", "7"), ("tap", ".answer[data-value='people']"),
            ("tap", SAVE, self.words("Save")), ("gone", "main input.short"),
        )  # fmt: skip
        self.says("Saved.")
        return ["groups.record_activity"]

    def visits(self) -> list[str]:
        """A visit is planned for now; she sets out, is well, and is back."""
        self.thumb(
            ("tap", TODAY, ""), ("tap", "main .start", self.words("Visits")), ("tap", SAVE, self.words("Plan a visit")),
            ("tap", ".answer[data-value='town']"), ("tap", "main .chip"), ("tap", AFTER_HOURS),
            ("tap", ".answer[data-value='community']"), ("tap", SAVE, self.words("Plan it")),
            ("gone", ".answer[data-value='town']"),
        )  # fmt: skip
        for said in ("I set out now", "I am back"):
            self.button(said).first.click()
            self.button(said).first.wait_for(state="detached")
            self.says("Saved.")
        return ["outreach.plan_visit", "outreach.set_out", "outreach.come_back"]

    def says_of_us(self, words: str) -> list[str]:
        """What somebody says about the programme."""
        self.thumb(
            ("tap", TODAY, ""), ("tap", "main .start", self.words("What somebody says about us")),
            ("tap", ".answer[data-value='good']"), ("tap", ".answer[data-value='thanks']"),
            ("fill", "main textarea", words), ("tap", ".answer[data-value='none']"), ("tap", SAVE, self.words("Save")),
        )  # fmt: skip
        self.says("It is on its way")
        return ["voice.type_in_feedback"]
