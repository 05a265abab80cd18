"""ST560, ST561: J5, J3: a tired psychologist knows in ten seconds; a line to take home; in Chromium, two languages."""

from __future__ import annotations

import pytest

from karama.accounts.queries import actor_by_name
from karama.people.actions import set_contact_rules
from karama.safety.actions import raise_worry
from tests.machinery.browser import DESK, PHONE
from tests.stories.conftest import Story, look
from tests.stories.glancing import GOALS, NOTES, known

LANGUAGES = ("en", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_in_one_look(story: Story, language: str) -> None:
    """ST560: J5, 1 and 2: how pressing it is, the goal and the score stand under the appointment on Today and in the
    calendar; one tap further goals, scores with their picture, notes and the plan stand on one page, the first of them
    without scrolling past three screens of a phone; the whole chart is a tap away; nothing of the notes is printed."""
    amal = known(story)
    raise_worry(by=actor_by_name("chantal"), person=amal, kind="medical_emergency")
    page = story.page("diego", language, PHONE)
    page.goto("/")
    look(page, "look-today")
    line = page.locator("main .row", has_text=GOALS[3][0])
    assert line.locator(".badge").count() == 2
    page.goto("/appointments/")
    look(page, "look-calendar")
    assert page.locator("main td .badge", has=page.locator("svg")).count() >= 2
    page.goto(f"/people/{amal}/")
    look(page, "look-person")
    shown = page.locator("main .look")
    for words in (GOALS[0][0], GOALS[3][0], NOTES[2], "PHQ-9", "GAD-7"):
        assert shown.get_by_text(words).first.is_visible(), words
    assert not shown.get_by_text(GOALS[1][0]).is_visible()
    top = shown.bounding_box()
    assert top is not None
    assert top["y"] < 3 * PHONE["height"]
    assert shown.locator("svg.small-chart").first.is_visible()
    shown.locator("details.fold summary").first.click()
    assert shown.get_by_text(GOALS[1][0]).is_visible()
    look(page, "look-person-open")
    assert page.locator(f"main a[href='/people/{amal}/plan/']").count() == 1
    page.emulate_media(media="print")
    assert shown.get_by_text(GOALS[0][0]).is_visible()
    assert not shown.get_by_text(NOTES[2]).is_visible()
    page.emulate_media(media="screen")
    page.click(f"main .look a[href='/people/{amal}/answers/phq9/']")
    assert page.locator("figure.chart svg").first.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_to_take_home(story: Story, language: str) -> None:
    """ST561: J3: where nothing may be carried it is said; else the line is chosen, seen and printed by itself, in the
    person's own language."""
    amal = known(story)
    address = f"/people/{amal}/line/"
    page = story.page("diego", language, DESK)
    page.goto(address)
    look(page, "line-refused")
    assert page.locator("main form").count() == 0
    set_contact_rules(by=actor_by_name("diego"), person=amal, channel="call", address="+964 770 123 4567")
    page.goto(f"/rights/person/{amal}/papers/")
    page.click(f"main a[href='{address}']")
    page.get_by_text(GOALS[0][0]).click()
    page.check("[name=how][value=easier]")
    page.click("main form button.primary")
    look(page, "line-shown")
    card = page.locator(".card.sheet")
    assert (card.get_attribute("lang"), card.get_attribute("dir")) == ("ar", "rtl")
    assert GOALS[0][0] in card.inner_text()
    page.emulate_media(media="print")
    told = page.inner_text("main")
    assert GOALS[0][0] in told
    assert not [words for words in (GOALS[1][0], "Amal", "PHQ", "Mosul") if words in told]
