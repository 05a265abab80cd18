"""A telephone that is old, that keeps nothing, that lies open for a minute, or that is looked over. Real Chromium."""

from __future__ import annotations

from tests.machinery.browser import PHONE
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket

KEEPS_NOTHING = "indexedDB.open = () => { throw new DOMException('', 'SecurityError'); };"
TOO_OLD = "WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError('refused'));"
NO_WORKER = "delete Navigator.prototype.serviceWorker"
SEEN = """state => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
  return getComputedStyle(document.getElementById('app')).opacity;
}"""


def test_a_browser_that_cannot_says_so(story: Story) -> None:
    """FD440: one that keeps nothing, and one too old to lock, say so in words, before any code is asked or used."""
    for script, said in ((KEEPS_NOTHING, "This browser keeps nothing here"), (TOO_OLD, "This browser is too old")):
        page = story.page("yolanda", "en", PHONE)
        page.add_init_script(script)
        page.goto("/field/")
        page.get_by_text(said).first.wait_for()
        page.get_by_text("Nothing was used up").first.wait_for()
        assert page.locator(".code-entry input").count() == 0
        Pocket(story, "yolanda", "en", page).look(said.replace(" ", "-").lower())


def test_a_minute_at_an_open_telephone(story: Story) -> None:
    """FD441: a PIN and new pictures take the present pictures; history names no screen; a hidden page shows nothing."""
    phone = Pocket(story, "yolanda", "en").enrol()
    phone.tap("My account")
    phone.tap("Choose a PIN")
    assert phone.page.locator(".keypad").count() == 0
    phone.look("prove")
    phone.signs.reverse()
    phone.give_pictures()
    phone.says("These are not your pictures.")
    assert phone.page.locator(".keypad").count() == 0
    phone.signs.reverse()
    phone.give_pictures()
    phone.page.locator(".keypad").wait_for()
    phone.tap("New pictures")
    phone.page.locator(".phrase-entry").wait_for()
    assert phone.page.locator(".phrase .tile").count() == 0
    phone.give_pictures()
    phone.page.locator(".phrase .tile").first.wait_for()
    assert phone.page.evaluate("location.hash") == ""
    assert [phone.page.evaluate(SEEN, state) for state in ("hidden", "visible")] == ["0", "1"]


def test_words_that_do_not_come(story: Story) -> None:
    """FD475: without words the door speaks English and no room is shown; they are asked for until they come."""
    phone = Pocket(story, "yolanda", "en")
    phone.page.add_init_script("localStorage.setItem('language', 'es')")
    phone.page.add_init_script(NO_WORKER)
    phone.page.route("**/words.*.json", lambda route: route.abort())
    phone.come_in()
    phone.says("The rest is still coming. If nothing comes, close the app and open it again where there is signal.")
    phone.look("still-coming")
    phone.page.unroute("**/words.*.json")
    phone.page.locator(".head-bar .sending").wait_for()
    assert phone.page.evaluate("document.documentElement.lang") == "es"
