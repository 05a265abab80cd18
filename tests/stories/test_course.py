"""ST140-ST149: J5, J7, D3-D5: sessions, goals, closing, handing over and reviewing, within their taps, in Chromium."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from karama.accounts.queries import actor_by_name
from karama.care.actions import move_goal, set_goal, supervise, write_note
from karama.care.models import Closure, Episode, Note, NoteReview, Session
from karama.journal import clock, reading
from karama.programme.models import Site
from karama.reception.actions import book_appointment
from karama.reception.models import Appointment
from karama.safety.actions import close_alert, raise_worry, record_first_contact, take_alert
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
def test_attendance_and_a_note_in_six_taps(story: Story, language: str) -> None:
    """ST420: J3a: that somebody came, with a note of the session, takes at most six taps from the person's page; the
    form shows what happened last time and what to call her, and the session is read from the same page."""
    amal = story.people["Amal"]
    page = story.page("diego", language)
    page.goto(f"/people/{amal}/")
    taps = Taps(page)
    taps.tap(f"main a[href='/people/{amal}/sessions/new/']")
    assert "Amal" in page.inner_text("main .big")
    taps.choose("risk_asked", "yes")
    page.fill("[name=words]", "She came and spoke about sleep.")
    taps.tap("main form button.primary")
    assert taps.count <= 6
    row = Session.objects.filter(person_id=amal).latest("recorded_at")
    assert row.attended == "came"
    assert Note.objects.filter(session=row).exists()
    page.click(f"main a[href='/sessions/{row.id}/']")
    look(page, "course-session-read")


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


def numbers(page: Page, *names: str) -> dict[str, int]:
    """The numbers of the one paragraph that counts the goals, named in the order in which they are read."""
    found = [re.findall(r"\d+", text) for text in page.locator("main > p:not(.big)").all_inner_texts()]
    (counted,) = [each for each in found if len(each) == len(names)]
    return {name: int(each) for name, each in zip(names, counted, strict=True)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_progress_is_not_met(story: Story, language: str) -> None:
    """ST144: D3: of three goals one is met and one in progress: plan, closing page and closure count one as met."""
    mirza, diego = story.people["Mirza"], actor_by_name("diego")
    episode = Episode.objects.get(person_id=mirza)
    goals = [set_goal(by=diego, episode=episode.id, words=f"Goal {one}").value.id for one in ("one", "two", "three")]
    move_goal(by=diego, goal=goals[0], state="met")
    page = story.page("diego", language)
    page.goto(f"/goals/{goals[1]}/")
    page.check("[name=state][value=in_progress]")
    page.click("main form button.primary")
    look(page, "d3-plan")
    assert numbers(page, "met", "decided", "open") == {"met": 1, "decided": 1, "open": 2}
    page.goto(f"/episodes/{episode.id}/close/")
    look(page, "d3-close")
    assert numbers(page, "met", "partly", "not_met", "open") == {"met": 1, "partly": 0, "not_met": 0, "open": 2}
    for name, value in (("reason", "goals_met"), ("outcome", "improved"), ("follow_up", "yes")):
        page.check(f"[name={name}][value={value}]")
    page.click("main form button.primary")
    page.wait_for_url(f"**/episodes/{episode.id}/")
    with reading(by=diego, purpose="care", route="tests.story"):
        kept = Closure.objects.get(episode=episode).unseal("goals")
    assert kept == {"met": 1, "partly": 0, "not_met": 0, "open": 2, "dropped": 0}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_open_is_closed_away(story: Story, language: str) -> None:
    """ST145: D4: with an appointment open closing is refused until somebody takes it over; with an alert open the
    supervisor's approval is refused until the alert is answered."""
    mirza, nadia = story.people["Mirza"], actor_by_name("nadia")
    episode = Episode.objects.get(person_id=mirza)
    coming = book_appointment(
        by=actor_by_name("rana"), person=mirza, worker=story.users["diego"],
        starts=clock.now().replace(hour=8, minute=0) + timedelta(days=6), minutes=60,
    ).value  # fmt: skip
    page = story.page("diego", language)
    page.goto(f"/episodes/{episode.id}/close/")
    assert page.locator(f"main a[href='/appointments/{coming.id}/']").count() == 1
    for name, value in (("reason", "improved"), ("outcome", "improved"), ("follow_up", "yes")):
        page.check(f"[name={name}][value={value}]")
    page.click("main form button.primary")
    look(page, "d4-refused")
    assert not Closure.objects.exists()
    page.select_option("[name=handed_to]", str(story.users["chantal"]))
    page.click("main form button.primary")
    page.wait_for_url(f"**/episodes/{episode.id}/")
    assert Closure.objects.filter(episode=episode, answer__isnull=True).exists()
    alert = raise_worry(by=actor_by_name("yusuf"), kind="suicide", person=mirza).value.alert_id
    other = story.page("nadia", language, DESK)
    other.goto(f"/episodes/{episode.id}/close/")
    other.click("main button[value=approve]")
    look(other, "d4-alert")
    assert Episode.objects.get(id=episode.id).state != "closed"
    take_alert(by=nadia, alert=alert)
    record_first_contact(by=nadia, alert=alert)
    close_alert(by=nadia, alert=alert, outcome="plan_made", note="Spoken together.")
    other.goto(f"/episodes/{episode.id}/close/")
    other.click("main button[value=approve]")
    look(other, "d4-closed")
    assert Episode.objects.get(id=episode.id).state == "closed"
    assert Appointment.objects.get(id=coming.id).worker_id == story.users["chantal"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_left_without_a_lead(story: Story, language: str) -> None:
    """ST146: D5: a colleague who leads people is locked out: no open episode stays with her or with nobody, each page
    of hers is closed, and what she wrote stays there under her name."""
    rezan, chantal = story.people["Rezan"], story.users["chantal"]
    led = set(Episode.objects.filter(lead_id=chantal).exclude(state="closed").values_list("id", flat=True))
    assert led
    own = story.page("chantal", language)
    own.goto(f"/people/{rezan}/sessions/new/")
    own.check("[name=risk_asked][value=yes]")
    own.fill("[name=words]", "She came with her sister.")
    own.click("main form button.primary")
    assert Session.objects.filter(person_id=rezan).count() == 1
    page = story.page("samir", language, DESK)
    page.goto(f"/colleagues/{chantal}/lock/")
    look(page, "d5-lock")
    page.click("main form button.danger, main form button.primary")
    page.wait_for_url(f"**/colleagues/{chantal}/")
    leads = dict(Episode.objects.filter(id__in=led).values_list("id", "lead_id"))
    assert set(leads.values()) == {story.users["nadia"]}
    own.goto(f"/people/{rezan}/")
    assert "/people/" not in own.url
    other = story.page("nadia", language)
    other.goto(f"/people/{rezan}/notes/")
    look(other, "d5-notes")
    told = other.inner_text("main")
    assert "She came with her sister." in told
    assert "Chantal" in told
