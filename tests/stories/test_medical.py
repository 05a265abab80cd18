"""ST160-ST169: J2, J3b, E1-E4: physiotherapy, the nurse and the prescriber, within their taps, in Chromium."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from karama.accounts.queries import actor_by_name
from karama.care.actions import write_note
from karama.care.medicalwords import STOCK, medicine_name, word
from karama.care.models import Batch, BodySession, Note, NurseVisit, Prescription
from karama.people.actions import assign, note_number
from tests.machinery.browser import DESK
from tests.stories.conftest import Story, look
from tests.stories.test_course import Taps

if TYPE_CHECKING:
    from uuid import UUID

    from playwright.sync_api import Locator

LANGUAGES = ("en", "ar")


def cells(row: Locator) -> list[str]:
    """What stands in a line of a table."""
    return [one.strip() for one in row.locator("td").all_inner_texts()]


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


def numbered(story: Story, name: str, number: str) -> UUID:
    """A person of the story with the number of the hospital."""
    berivan, person = actor_by_name("berivan"), story.people[name]
    note_number(by=berivan, person=person, site=next(iter(berivan.sites)), facility_no=number)
    return person


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_nurse_in_twelve_and_five_taps(story: Story, language: str) -> None:
    """ST162: J2, E1: from Today, with the number of the hospital, a first visit takes at most twelve taps; a follow-up,
    the number scanned, at most five; the register of the month is one more tap from Today, and equals its lines."""
    ziad, amal = numbered(story, "Ziad", "HGR-0042"), numbered(story, "Amal", "HGR-0077")
    page = story.page("berivan", language)
    page.goto("/")
    taps = Taps(page)
    taps.tap("main a[href='/visits/begin/']")
    look(page, "medical-begin")
    page.fill("[name=facility_no]", "hgr-0042")
    taps.tap("main form button.primary")
    page.wait_for_url(f"**/people/{ziad}/visits/new/")
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
    page.wait_for_url(f"**/people/{ziad}/visits/")
    look(page, "medical-visits")
    assert taps.count <= 12
    page.goto("/")
    again = Taps(page)
    again.tap("main a[href='/visits/begin/']")
    page.wait_for_selector("[name=facility_no]:focus")
    page.keyboard.type("HGR-0077\n")
    page.wait_for_url(f"**/people/{amal}/visits/follow-up/")
    look(page, "medical-follow-up")
    again.choose("change_step", "a_little_better")
    again.choose("side_effects", "no")
    again.choose("pills_left", "week")
    again.tap("main form button.primary")
    page.wait_for_url(f"**/people/{amal}/visits/")
    look(page, "medical-followed")
    assert again.count <= 5
    assert NurseVisit.objects.filter(person_id=amal).count() == 3
    page.goto("/")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.locator("a[href='/visits/register/']:visible").first.click()
    page.wait_for_url("**/sites/**/visits/")
    look(page, "medical-register")
    tally, lines = (one.locator("tbody tr") for one in page.locator("main table").all()[:2])
    counted = {row[0]: int(row[1]) + int(row[2]) for row in map(cells, tally.all())}
    assert counted == Counter(row[3] for row in map(cells, lines.all())), "the tally is its own lines"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_nobody_has(story: Story, language: str) -> None:
    """ST440: J2: a number that nobody has leads to registering with it in one tap; what cannot be one is said."""
    page = story.page("berivan", language, viewport=DESK)
    page.goto("/visits/begin/")
    page.wait_for_selector("[name=facility_no]:focus")
    page.keyboard.type("none\n")
    page.wait_for_selector("main .errors, main .error")
    look(page, "medical-no-number")
    page.fill("[name=facility_no]", "HGR-0500")
    page.locator("main form button.primary").last.click()
    page.wait_for_selector("main .notice.info")
    look(page, "medical-nobody")
    page.click("form[action='/people/register/'] button")
    page.wait_for_selector("main form [name=limits]")
    assert page.input_value("[name=facility_no]") == "HGR-0500"
    assert "HGR" not in page.url + page.title()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_did_not_come_and_who_is_referred(story: Story, language: str) -> None:
    """ST441: J2: from Today the nurse opens who did not come again and writes what was tried and why; a visit that says
    "referred" leads to its referral with what is known filled in, and back from the slip; her month counts people."""
    amal = story.people["Amal"]
    page = story.page("berivan", language)
    page.goto("/")
    look(page, "medical-nurse-today")
    page.click(f"main a[href='/people/{amal}/visits/missed/']")
    look(page, "medical-missed")
    taps = Taps(page)
    taps.choose("tried", "called")
    taps.choose("reason", "way")
    taps.tap("main form button.primary")
    look(page, "medical-missed-noted")
    assert taps.count <= 3
    page.goto(f"/people/{amal}/visits/new/")
    page.click("button[value='none']")
    for name, value in (("seen", "very_sad"), ("category", "emotional_disorder"), ("done", "referred")):
        page.check(f"[name={name}][value='{value}']")
    page.click("main form button.primary")
    page.wait_for_url("**/nurse-visits/**")
    visit = page.url
    look(page, "medical-to-refer")
    page.click("main a[href*='?visit=']")
    look(page, "medical-refer")
    page.locator("[name=service]").first.check()
    page.fill("[name=reason]", "To be listened to.")
    page.locator("main form button.primary").first.click()
    page.wait_for_url("**/send/?visit=*")
    page.locator("form:has([name=way][value=slip]) button").click()
    page.wait_for_selector("article.slip")
    page.locator(f"main a[href='{visit[visit.index('/nurse-visits') :]}']").first.click()
    page.wait_for_url(visit)
    look(page, "medical-referred")
    page.goto("/visits/register/")
    look(page, "medical-month")
    assert page.locator("main .card.good").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_valproate(story: Story, language: str) -> None:
    """ST163: E2: for a woman of 35 to 49 valproate is not saved without a written reason, whatever was answered about
    pregnancy; the reason then stands on the prescription."""
    amal = story.people["Amal"]
    assign(by=actor_by_name("diego"), person=amal, user=story.users["zana"], role="member")
    page = story.page("zana", language)
    page.goto(f"/people/{amal}/medicines/new/")
    page.select_option("[name=medicine_code]", "N03AG01")
    page.check("[name=bearing][value=cannot]")
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
    assert Prescription.objects.count() == before + 1
    assert "Seizures; nothing else helped." in page.inner_text("main .notice.today:visible")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_tablets(story: Story, language: str) -> None:
    """ST164: E3: of four that are left five cannot be handed out, nor one when they are gone; the shortage is then on
    Today and first in the stock."""
    ziad = story.people["Ziad"]
    sheet = f"/prescriptions/{Prescription.objects.get(person_id=ziad).id}/"
    batch = Batch.objects.get(number="SE-771")
    page, late = (story.page("berivan", language) for _window in range(2))
    for window in (page, late):
        window.goto(sheet)
        window.check(f"[name=batch][value='{batch.id}']")
    late.fill("[name=quantity]", "1")
    page.fill("[name=quantity]", "5")
    page.click("form[action$='/hand-out/'] button.primary")
    look(page, "medical-too-many")
    assert batch.moves.latest("position").after == 4
    page.check(f"[name=batch][value='{batch.id}']")
    page.fill("[name=quantity]", "4")
    page.click("form[action$='/hand-out/'] button.primary")
    page.wait_for_url(f"**{sheet}")
    assert page.locator("form[action$='/hand-out/']").count() == 0
    look(page, "medical-nothing-left")
    late.click("form[action$='/hand-out/'] button.primary")
    look(late, "medical-refused")
    assert batch.moves.latest("position").after == 0
    page.goto("/")
    look(page, "medical-today")
    page.locator("main a[href*='/sites/'][href$='/medicines/']").first.click()
    look(page, "medical-stock")
    first = page.locator("main section, main .card").first.inner_text()
    with translation.override(language):
        assert medicine_name(batch.medicine) in first
        assert str(STOCK["out"][1]) in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_physiotherapist_sees(story: Story, language: str) -> None:
    """ST165: E4: cautions stand on the page of the body and of the session; of the psychologist's notes not a word, not
    their number and not a link is on the wire, whichever link of the file is followed."""
    ziad = story.people["Ziad"]
    write_note(by=actor_by_name("diego"), person=ziad, sections={"seen": "Qznarrative of the night"})
    page = story.page("karim", language)
    wire: list[str] = []

    def opened(url: str) -> int:
        answer = page.goto(url)
        assert answer is not None
        wire.append(answer.text())
        return answer.status

    opened(f"/people/{ziad}/")
    look(page, "medical-file")
    links = {one.get_attribute("href") or "" for one in page.locator("main a").all()}
    assert not [one for one in links if "note" in one or "/answers/" in one]
    own = sorted(one for one in links if str(ziad) in one and "?" not in one)
    assert own
    assert {opened(url) for url in own} == {200}
    with translation.override(language):
        words = [word("cautions", one) for one in ("from_behind", "lying_face_down")]
    for url in (f"/people/{ziad}/body/", f"/people/{ziad}/body/new/"):
        opened(url)
        shown = page.inner_text("main .notice.today:visible")
        assert [one for one in words if one not in shown] == []
    for url in (f"/people/{ziad}/notes/", f"/people/{ziad}/answers/", f"/notes/{Note.objects.get().id}/"):
        assert opened(url) == 404
    assert len(wire) == len(own) + 6
    assert not [one for one in wire if "Qznarrative" in one]
