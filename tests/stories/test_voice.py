"""ST300-ST309: J12, stories J1 and J2: a complaint without an account from the poster to the board, in Chromium."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles.finders import find

from karama.programme.models import Site
from karama.ui.bidi import isolate
from karama.voice import pace
from karama.voice.models import Feedback
from karama.voice.tokens import place_code
from tests.machinery.browser import DESK, PHONE, PageAs
from tests.stories.conftest import Story, look

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

SAID = {
    "ar": "لا أحد يستمع إلينا عند الشباك",
    "es": "Nadie nos escucha en la ventanilla",
    "en": "Nobody listens to us at the window",
}
ANSWER = {"ar": "فتحنا شباكًا ثانيًا.", "es": "Abrimos otra ventanilla.", "en": "We opened another window."}
PLACE = {"ar": "mosul", "en": "mosul", "es": "quibdo"}


CLOCK = re.compile(r"^.*(?:minut|hour|hora|دقيق|ساع).*$", re.MULTILINE)
"""A clock that goes on while the story is told."""


class Taps:
    """What a hand does, counted; typing is not a tap, reaching the field is."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def tap(self, what: str) -> None:
        """One tap."""
        self.count += 1
        self.page.locator(what).click()


def poster(code: str) -> str:
    return f"/say/?p={place_code(Site.objects.get(code=code).id)}"


@pytest.mark.parametrize("language", ["ar", "es", "en"])
def test_a_whole_complaint(story: Story, page_as: PageAs, language: str) -> None:
    """ST300: J12: four taps and the words from a poster on a small phone; help stands before the form; the director
    takes it, answers it, and the code shows the answer; whoever does not agree says so and the next one is asked."""
    pace.forget()
    page = page_as(viewport=PHONE, language=language)
    page.goto(poster(PLACE[language]) + f"&l={language}")
    look(page, "j12-say")
    help_now, form = page.locator("section.now").bounding_box(), page.locator("form").bounding_box()
    assert help_now is not None
    assert form is not None
    assert help_now["y"] < form["y"]
    hand = Taps(page)
    hand.tap("label:has([name=face][value=bad])")
    hand.tap("#words")
    page.keyboard.type(SAID[language])
    hand.tap("[name=answer]")
    hand.tap("form button")
    assert hand.count <= 4
    look(page, "j12-thanks")
    token = page.locator(".token").inner_text().strip()
    assert page.context.cookies() == [one for one in page.context.cookies() if one["name"] == "language"]
    row = Feedback.objects.order_by("-id").get(answer_key__gt="", kind="complaint", steps__isnull=True, channel="web",
                                               id__in=_said(SAID[language]))  # fmt: skip
    assert (row.site_id, row.time) == (None, "month")
    director = story.page("mariam", language, DESK)
    director.goto("/")
    director.click(f"main a[href='/messages/{row.id}/']")
    look(director, "j12-before")
    assert SAID[language] not in director.locator("main").inner_text()
    director.click("button[value=take]")
    look(director, "j12-taken")
    assert SAID[language] in director.locator("main").inner_text()
    director.check("[name=step][value=answered]")
    director.fill("[name=words]", ANSWER[language])
    director.click("main form button.primary")
    page.goto(f"/say/answer/?l={language}")
    look(page, "j12-reply")
    page.fill("#token", token.lower().replace("-", " "))
    page.click("form button")
    look(page, "j12-answer")
    assert ANSWER[language] in page.locator("main").inner_text()
    page.fill("#words", SAID[language])
    page.click("form button")
    look(page, "j12-disagreed")
    officer = story.page("leila", language, DESK)
    officer.goto(f"/messages/{row.id}/")
    look(officer, "j12-again")


def _said(words: str) -> list[object]:
    return [one.id for one in Feedback.objects.all() if one.text_of("words") == words]


@pytest.mark.parametrize("language", ["ar", "es", "en"])
def test_about_the_supervisor(story: Story, page_as: PageAs, language: str) -> None:
    """ST301: J1: an anonymous message about the supervisor of the site: she and the administrator have no line, no row
    and no page of it; the focal point has, in neutral words."""
    pace.forget()
    before = {name: _pages(story, name, language) for name in ("nadia", "samir")}
    page = page_as(viewport=PHONE, language=language)
    page.goto(poster("mosul") + f"&l={language}")
    page.check("[name=kind][value=sensitive]")
    page.fill("#words", "Qzsecretq")
    page.click("summary")
    page.select_option("#about_duty", "supervisor")
    look(page, "j1-about")
    page.click("form button")
    look(page, "j1-thanks")
    (message,) = _said("Qzsecretq")
    for name in ("nadia", "samir"):
        assert _pages(story, name, language) == before[name]
        assert story.client(name).get(f"/messages/{message}/").status_code == 404
    officer = story.page("leila", language, DESK)
    officer.goto("/")
    look(officer, "j1-today")
    officer.click(f"main a[href='/messages/{message}/']")
    officer.click("button[value=take]")
    look(officer, "j1-taken")
    assert "Qzsecretq" in officer.locator("main").inner_text()


def _pages(story: Story, name: str, language: str) -> list[str]:
    window = story.page(name, language, DESK)
    told = []
    for path in ("/", "/messages/", "/messages/board/"):
        window.goto(path)
        told.append(CLOCK.sub("", window.locator("body").inner_text()))
    return told


@pytest.mark.parametrize("language", ["ar", "es", "en"])
def test_paper_and_board(story: Story, page_as: PageAs, language: str) -> None:
    """ST302: what came on paper is typed in and leaves the typist's sight; a line hangs after a second person."""
    desk = story.page("rana", language)
    desk.goto("/messages/paper/")
    look(desk, "j12-paper")
    desk.locator("[name=site]").first.check()
    desk.check("[name=kind][value=complaint]")
    desk.check("[name=danger][value=none]")
    desk.fill("[name=words]", "Qzpaperq")
    desk.check("[name=answer]")
    desk.click("main form button.primary")
    look(desk, "j12-paper-done")
    desk.goto("/messages/posters/")
    look(desk, "j12-posters")
    writer = story.page("mariam", language, DESK)
    writer.goto("/messages/")
    look(writer, "j12-inbox")
    writer.goto("/messages/board/")
    writer.locator("[name=programme]").first.check()
    writer.fill("[name=said]", "Qzsaidq")
    writer.fill("[name=did]", "Qzdidq")
    writer.locator("main form button.primary").last.click()
    look(writer, "j12-board")
    second = story.page("leila", language, DESK)
    second.goto("/messages/board/")
    second.locator("button[value=put_up]").first.click()
    wall = page_as(viewport=PHONE, language=language)
    wall.goto("/say/board/")
    look(wall, "j12-wall")
    assert "Qzdidq" in wall.locator("main").inner_text()


EDGES = """() => {
    const told = document.createRange();
    told.selectNodeContents(document.querySelector("bdi").firstChild);
    const place = told.getBoundingClientRect();
    return [place.left, document.documentElement.clientWidth - place.right];
}"""
STANDS = """() => [...document.querySelectorAll("main input:not([type=hidden]), main select, main textarea")]
    .filter((one) => (/radio|checkbox/.test(one.type) ? one.checked && one.value !== "none" : one.value))
    .map((one) => one.name)"""


@pytest.mark.parametrize("left_as_it_was", [False, True])
def test_the_way_back_shows_nothing_of_it(
    transactional_db: None,
    installation: object,
    page_as: PageAs,
    live_server: LiveServer,
    debians_chromium: str,
    left_as_it_was: bool,
) -> None:
    """ST657: whoever takes the telephone and goes back, after a message was sent or its page left at once, finds no
    word of it and no choice: neither its kind nor a danger nor whose duty was named, nor a code for an answer. Also of
    a browser that keeps pages as they were left."""
    pace.forget()
    started = page_as(viewport=PHONE).context.browser
    assert started is not None
    without = ["--disable-back-forward-cache"] if left_as_it_was else None
    browser = started.browser_type.launch(
        executable_path=debians_chromium, args=["--no-sandbox"], ignore_default_args=without
    )
    page = browser.new_context(viewport=PHONE, locale="en").new_page()
    for leave in ("main form button", "a.hide"):
        page.goto(f"{live_server.url}/say/")
        for choice in ("face][value=bad", "kind][value=sensitive", "danger][value=life", "answer"):
            page.check(f"[name={choice}]")
        page.fill("#words", "Qzsecretq")
        page.click("summary")
        page.select_option("#about_duty", "supervisor")
        page.fill("#about_words", "Nadia")
        assert len(page.evaluate(STANDS)) == 7
        _goes_back(page, leave, "#words")
        page.goto(f"{live_server.url}/say/answer/")
        page.fill("#token", "K7QM-4T9X-CJ2P")
        _goes_back(page, leave, "#token")
        page.goto(f"{live_server.url}/m/nobody/")
        page.fill("[name=code]", "12345678")
        _goes_back(page, leave.replace("a.hide", "a.hide-me"), "[name=code]")
    browser.close()


def _goes_back(page: Page, leave: str, field: str) -> None:
    """Leaves the page, goes back as a hand does, and finds the page there with nothing on it."""
    page.evaluate("window.before = 1")
    page.click(leave)
    page.wait_for_load_state()
    page.evaluate("setTimeout(() => history.back(), 0)")
    page.wait_for_timeout(1500)
    assert page.locator(field).count() == 1
    assert page.evaluate("window.before") is None, "the very page that was left"
    assert page.evaluate(STANDS) == []


def test_an_answer_stands_on_its_own_side(page_as: PageAs) -> None:
    """ST658: on the page with an answer each text begins on the side of its own writing, whatever the page's."""
    page = page_as(viewport=PHONE)
    style = Path(str(find("voice/say.css"))).read_text(encoding="utf-8")
    for side, words, at_left in (("rtl", "وأكثر من ذلك", False), ("ltr", "وأكثر", False), ("rtl", "And more", True)):
        said = f'<p class="said" dir="auto">{isolate(words)}</p>'
        page.set_content(f'<html dir="{side}"><style>{style}</style><body>{said}</body></html>')
        left, right = page.evaluate(EDGES)
        assert (left < right) is at_left, (side, words)
