"""ST140-ST143: J5, J7, D4, D5: a session, a closure, a handover and a review, within their taps, in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from karama.accounts.queries import actor_by_name
from karama.care.actions import supervise, write_note
from karama.care.models import Closure, Episode, Note, NoteReview, Session
from karama.programme.models import Site
from tests.machinery.browser import DESK
from tests.stories.conftest import Story, look

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANGUAGES = ("en", "ar")


class Taps:
    """Counts what a finger does on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def tap(self, where: str) -> None:
        """One tap."""
        self.page.locator(where).first.click()
        self.count += 1

    def choose(self, name: str, value: str) -> None:
        """One tap on a chip."""
        self.page.locator(f"[name={name}][value='{value}']").check()
        self.count += 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_in_eight_taps(story: Story, language: str) -> None:
    """ST140: J5: from the page of the person a session with its note takes at most eight taps and one text."""
    amal = story.people["Amal"]
    page = story.page("diego", language)
    page.goto(f"/people/{amal}/")
    look(page, "course-person")
    taps = Taps(page)
    taps.tap(f"main a[href='/people/{amal}/sessions/new/']")
    look(page, "course-session")
    taps.choose("techniques", "breathing")
    taps.choose("techniques", "support")
    taps.choose("homework", "given")
    taps.choose("risk_asked", "yes")
    taps.choose("minutes", "45")
    taps.choose("next_step", "go_on")
    page.fill("[name=words]", "We practised breathing.")
    taps.tap("main form button.primary")
    assert taps.count <= 8
    assert Session.objects.get(person_id=amal).minutes == 45
    page.goto(f"/people/{amal}/notes/")
    look(page, "course-notes")
    assert "We practised breathing." in page.inner_text("main")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closure_in_seven_taps(story: Story, language: str) -> None:
    """ST141: J5, D4: closing takes at most seven taps and one text; it waits where the pack says."""
    mirza = story.people["Mirza"]
    episode = Episode.objects.get(person_id=mirza)
    page = story.page("diego", language)
    for name in ("plan", "pathway"):
        page.goto(f"/episodes/{episode.id}/{name}/")
        look(page, f"course-{name}")
    page.goto(f"/episodes/{episode.id}/")
    look(page, "course-episode")
    taps = Taps(page)
    taps.tap(f"main a[href='/episodes/{episode.id}/close/']")
    look(page, "course-close")
    taps.choose("reason", "improved")
    taps.choose("outcome", "improved")
    taps.choose("follow_up", "yes")
    page.fill("[name=words]", "Walks every morning.")
    taps.tap("main form button.primary")
    assert taps.count <= 7
    assert Closure.objects.get(episode=episode).reason == "improved"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_review_in_five_taps(story: Story, language: str) -> None:
    """ST142: J7: from Today the supervisor reviews one note in at most five taps: read, then sign."""
    chantal, nadia = actor_by_name("chantal"), actor_by_name("nadia")
    supervise(by=nadia, user=chantal.id, site=Site.objects.get(code="mosul").id, cosigned=True)
    write_note(by=chantal, person=story.people["Amal"], sections={"seen": "She came with her sister."})
    page = story.page("nadia", language, DESK)
    page.goto("/supervision/")
    look(page, "course-supervision")
    note = Note.objects.get()
    taps = Taps(page)
    taps.tap(f"main a[href='/notes/{note.id}/']")
    look(page, "course-note")
    taps.tap("main button[value=signed]")
    assert taps.count <= 5
    assert NoteReview.objects.get().decision == "signed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caseload_on_one_screen(story: Story, language: str) -> None:
    """ST143: D5: a caseload is handed over on one screen, and nobody is left behind."""
    chantal = story.users["chantal"]
    page = story.page("nadia", language)
    page.goto("/supervision/")
    look(page, "course-supervision-phone")
    page.goto(f"/handover/{chantal}/")
    look(page, "course-handover")
    page.click("main form button.primary")
    page.goto(f"/handover/{chantal}/")
    assert page.locator("main select").count() == 0
    assert not Episode.objects.filter(lead_id=chantal).exists()
