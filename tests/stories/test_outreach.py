"""ST200-ST209: going out: plan, out, back, overdue, what happened on the way, the sheet to sign; in Chromium."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from karama.accounts.queries import actor_by_name
from karama.journal import clock
from karama.outreach.actions import plan_visit, set_out
from karama.outreach.models import Issue, SecurityIncident, Visit, VisitStep
from karama.people.models import Person
from karama.programme.models import Site
from tests.machinery.browser import DESK
from tests.stories.conftest import Story, look
from tests.stories.test_course import Taps

LANGUAGES = ("en", "ar", "es")
SAVE = "main form button.primary"


def newest() -> Visit:
    """The visit that was planned last."""
    return Visit.objects.latest("recorded_at")


@pytest.mark.parametrize("language", LANGUAGES)
def test_out_and_back_in_few_taps(story: Story, language: str) -> None:
    """ST200: a visit is planned in at most seven taps and no typing, set out on with one and come back from with one;
    its travel cost stands there by itself."""
    page = story.page("chantal", language)
    page.goto("/")
    look(page, "outreach-today")
    site, amal = Site.objects.get(code="mosul").id, story.people["Amal"]
    taps = Taps(page)
    taps.tap("main a[href='/visits/plan/']")
    look(page, "outreach-plan")
    taps.choose("area", f"{site}|city-west")
    taps.choose("people", str(amal))
    taps.choose("hours", "2")
    taps.choose("goes", str(story.users["berivan"]))
    taps.tap(SAVE)
    look(page, "outreach-planned")
    assert taps.count <= 7
    made = newest()
    assert (made.fare, made.currency) == (14000, "IQD")
    assert Person.objects.get(id=amal).code in page.inner_text("main")
    assert "14\u202f000" in page.inner_text("main")
    for sign in ("out", "back"):
        taps = Taps(page)
        taps.tap(f"main form[action='/visits/{made.id}/{sign}/'] button")
        page.wait_for_load_state()
        assert taps.count == 1
        assert VisitStep.objects.filter(visit=made, step=sign).exists()
    look(page, "outreach-back")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_area_says_the_way_out(story: Story, language: str) -> None:
    """ST201: a plan for a closed area is refused beside its field, with what to do instead; nothing typed is lost."""
    page = story.page("chantal", language)
    page.goto("/visits/plan/")
    page.check(f"[name=area][value='{Site.objects.get(code='mosul').id}|camps-south']")
    page.check("[name=community]")
    page.fill("[name=note]", "Qz by car")
    before = Visit.objects.count()
    page.click(SAVE)
    look(page, "outreach-closed")
    assert Visit.objects.count() == before
    assert page.input_value("[name=note]") == "Qz by car"
    assert page.locator(".errors, .error, [aria-invalid=true]").count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_is_not_back(story: Story, language: str) -> None:
    """ST202: an overdue visit is the first line of Today for who is called, is taken in hand with two taps, and says
    what to do when nobody answers."""
    visit, silent = _late(minutes=25), _late(minutes=600)
    page = story.page("nadia", language, DESK)
    page.goto("/")
    look(page, "outreach-overdue-today")
    assert page.locator(f"main a[href='/visits/{visit}/']").count()
    taps = Taps(page)
    taps.tap(f"main a[href='/visits/{visit}/']")
    look(page, "outreach-overdue")
    taps.tap(f"main form[action='/visits/{visit}/taken/'] button")
    page.wait_for_load_state()
    assert taps.count == 2
    assert VisitStep.objects.filter(visit=visit, step="taken").exists()
    page.goto(f"/visits/{silent}/")
    look(page, "outreach-nobody-answers")
    assert page.locator("main .safety").count()


def _late(minutes: int) -> UUID:
    """A visit of Chantal's that should have come back so many minutes ago."""
    chantal = actor_by_name("chantal")
    with time_machine.travel(clock.now() - timedelta(minutes=minutes + 30), tick=True):
        now = clock.now()
        told = {"site": Site.objects.get(code="mosul").id, "area": "city-east", "leaves": now, "community": True}
        visit: UUID = plan_visit(by=chantal, back=now + timedelta(minutes=30), **told).value.id
        set_out(by=chantal, visit=visit)
    return visit


@pytest.mark.parametrize("language", LANGUAGES)
def test_something_happened_on_the_way(story: Story, language: str) -> None:
    """ST203: what happened is written down in five taps and one text; a lost device says at once what is to be done;
    the supervisor finds it on Today."""
    page = story.page("chantal", language)
    page.goto("/on-the-way/")
    look(page, "outreach-on-the-way")
    taps = Taps(page)
    taps.tap("main a[href='/on-the-way/new/']")
    look(page, "outreach-new-event")
    taps.choose("kind", "robbery")
    taps.choose("present", str(story.users["chantal"]))
    taps.choose("lost", "device")
    page.fill("[name=words]", "Two men took the phone.")
    taps.tap(SAVE)
    look(page, "outreach-event")
    assert taps.count <= 5
    event = SecurityIncident.objects.latest("recorded_at")
    nadia = story.page("nadia", language, DESK)
    nadia.goto("/")
    nadia.click(f"main a[href='/on-the-way/{event.id}/']")
    look(nadia, "outreach-event-supervisor")
    nadia.check("[name=step][value=closed]")
    nadia.fill("[name=words]", "Done.")
    nadia.click(SAVE)
    look(nadia, "outreach-event-device-first")
    assert nadia.locator("main .safety").count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kit_and_a_sheet_to_sign(story: Story, language: str) -> None:
    """ST204: something is given by code in three taps and a number; the sheet to sign holds the code and no name."""
    page = story.page("chantal", language)
    amal = story.people["Amal"]
    page.goto(f"/people/{amal}/given/")
    look(page, "outreach-give")
    taps = Taps(page)
    taps.choose("what", "transport")
    page.fill("[name=quantity]", "5000")
    taps.tap(SAVE)
    page.wait_for_load_state()
    assert taps.count <= 3
    assert Issue.objects.filter(person=amal, what="transport", quantity=5000, currency="IQD").exists()
    page.goto("/given/")
    look(page, "outreach-given")
    page.goto("/given/sheet/")
    look(page, "outreach-sheet")
    printed = page.inner_text("#signing")
    assert Person.objects.get(id=amal).code in printed
    assert "Amal" not in printed
    page.emulate_media(media="print")
    assert "Amal" not in page.inner_text("body")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_pages(story: Story, language: str) -> None:
    """ST205: lists, areas, forms and sheets keep the accessibility rules and fit a small screen in each language."""
    site, visit = Site.objects.get(code="mosul").id, newest().id
    page = story.page("nadia", language)
    for name, url in (
        ("visits", "/visits/"),
        ("areas", "/areas/"),
        ("area", f"/areas/{site}/camps-south/"),
        ("visit-sheet", f"/visits/{visit}/sheet/"),
        ("visit-signing", f"/visits/{visit}/signing/"),
        ("fine", f"/visits/{visit}/fine/"),
        ("many", "/given/many/"),
        ("colleague", "/given/colleague/"),
        ("amend", f"/given/{Issue.objects.latest('recorded_at').id}/"),
    ):
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 200, url
        look(page, f"outreach-{name}")
