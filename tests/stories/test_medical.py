"""ST160-ST163: J2, J3b, E1, E2, E4: physiotherapy, the nurse and the prescriber, within their taps, in Chromium."""

from __future__ import annotations

import re

import pytest

from karama.care.models import BodySession, NurseVisit, Prescription
from tests.machinery.browser import DESK
from tests.stories.conftest import Story, look
from tests.stories.test_course import Taps

LANGUAGES = ("en", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_of_physiotherapy_in_ten_taps(story: Story, language: str) -> None:
    """ST160: J3b, E4: from the page of the body a session takes at most ten taps; what to avoid stands first."""
    ziad = story.people["Ziad"]
    page = story.page("karim", language)
    page.goto(f"/people/{ziad}/body/")
    look(page, "medical-body")
    before = BodySession.objects.count()
    taps = Taps(page)
    taps.tap(f"main a[href='/people/{ziad}/body/new/']")
    look(page, "medical-body-form")
    taps.tap("[data-region='back_lower_back']")
    taps.choose("intensity", "4")
    for name in page.eval_on_selector_all("[name^='rating_'][value='5']", "boxes => boxes.map(box => box.name)"):
        taps.choose(str(name), "5")
    taps.choose("flags", "no")
    taps.choose("reaction", "better")
    taps.tap("main form button.primary")
    assert taps.count <= 10
    page.wait_for_url(re.compile(r"localhost:[0-9]+/body/"))
    look(page, "medical-body-session")
    assert BodySession.objects.count() == before + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_red_flag_and_the_map_by_keyboard(story: Story, language: str) -> None:
    """ST161: J3b: the map works by keyboard, and a red flag leads to the card that says what to do."""
    ziad = story.people["Ziad"]
    page = story.page("karim", language, viewport=DESK)
    page.goto(f"/people/{ziad}/body/new/")
    page.focus("[data-region='back_neck']")
    page.keyboard.press("Enter")
    page.focus("[data-region='back_upper_back']")
    page.keyboard.press(" ")
    page.keyboard.press(" ")
    assert page.is_checked("[name=pain][value=back_neck]", timeout=2000)
    assert page.is_checked("[name=spread][value=back_upper_back]", timeout=2000)
    page.locator("[name=flags][value=bladder_bowel]").check()
    page.locator("main form button.primary").first.click()
    page.wait_for_selector("main .safety")
    look(page, "medical-red-flag")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_nurse_in_twelve_and_five_taps(story: Story, language: str) -> None:
    """ST162: J2, E1: a first visit takes at most twelve taps, a follow-up at most five."""
    amal = story.people["Amal"]
    page = story.page("berivan", language)
    page.goto(f"/people/{amal}/visits/")
    look(page, "medical-visits")
    taps = Taps(page)
    taps.tap(f"main a[href='/people/{amal}/visits/new/']")
    look(page, "medical-emergency")
    taps.tap("button[value='none']")
    page.wait_for_selector("[name=seen]")
    look(page, "medical-visit-form")
    for name, value in (
        ("seen", "fits"), ("seen", "forgets"), ("physical_ruled_out", "unknown"), ("pregnant", "no"),
        ("category", "epilepsy"), ("done", "psychoeducation"), ("done", "medicine"), ("return_in", "14"),
    ):  # fmt: skip
        taps.choose(name, value)
    taps.tap("main form button.primary")
    page.wait_for_url(f"**/people/{amal}/visits/")
    assert taps.count <= 12
    again = Taps(page)
    again.tap(f"main a[href='/people/{amal}/visits/follow-up/']")
    look(page, "medical-follow-up")
    again.choose("change", "better")
    again.choose("side_effects", "no")
    again.choose("pills_left", "week")
    again.tap("main form button.primary")
    page.wait_for_url(f"**/people/{amal}/visits/")
    assert again.count <= 5
    assert NurseVisit.objects.filter(person_id=amal).count() == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_valproate_and_the_stock(story: Story, language: str) -> None:
    """ST163: E2, E3: the caution is read before anything is saved; a shortage is seen on Today and on the stock."""
    mirza = story.people["Mirza"]
    page = story.page("zana", language)
    page.goto("/")
    look(page, "medical-today")
    page.goto(f"/people/{mirza}/medicines/")
    look(page, "medical-medicines")
    page.goto(f"/people/{mirza}/medicines/new/")
    page.select_option("[name=medicine_code]", "N03AG01")
    for name, value in (("amount", "500"), ("times", "2"), ("days", "28"), ("quantity", "56")):
        page.fill(f"[name={name}]", value)
    before = Prescription.objects.count()
    page.locator("main form button.primary").first.click()
    page.wait_for_selector("main .notice.now:not([hidden])")
    look(page, "medical-caution")
    assert Prescription.objects.count() == before
    page.fill("[name=reason]", "Seizures; nothing else helped.")
    page.locator("main form button.primary").first.click()
    page.wait_for_url("**/prescriptions/**")
    look(page, "medical-prescription")

    desk = story.page("berivan", language, viewport=DESK)
    desk.goto("/")
    desk.locator("main a[href*='/sites/'][href$='/medicines/']").first.click()
    look(desk, "medical-stock")
