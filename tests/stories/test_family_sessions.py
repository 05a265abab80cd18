"""ST340-ST349: a family as one, clicked through in Chromium: a session in eight taps and one text, on a telephone."""

from __future__ import annotations

import pytest

from karama.care.models import FamilyAttendance, FamilySession
from karama.safety.models import Alert
from tests.machinery.browser import DESK
from tests.stories.conftest import Story, look

LANGUAGES = ("en", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_of_a_family(story: Story, language: str) -> None:
    """ST340: from the page of the family a session with three members, what was done and how long takes at most eight
    taps and one text; what was said stands there, and a worry is raised for one of them alone."""
    amal, huda = story.people["Amal"], story.people["Huda"]
    page = story.page("diego", language)
    page.goto(f"/people/{amal}/family/")
    look(page, "family")
    before = FamilySession.objects.count()
    taps = ["main a[href$='/family/sessions/new/']"]
    taps += [f"[name='m-{story.people[name]}'][value=asked]" for name in ("Amal", "Huda", "Bassam")]
    taps += ["[name=techniques][value=family]", "[name=minutes][value='60']", "main form button.primary"]
    for tap in taps:
        if tap == taps[-1]:
            page.fill("[name=agreed]", "نمشي معًا مساءً.")
            look(page, "family-session")
        page.click(tap)
        page.wait_for_load_state()
    assert len(taps) <= 8
    assert FamilySession.objects.count() == before + 1
    assert FamilyAttendance.objects.filter(held=FamilySession.objects.latest("recorded_at"), state="came").count() == 3
    look(page, "family-told")
    assert "نمشي معًا مساءً." in page.inner_text("main")
    alerts = Alert.objects.count()
    page.goto(f"/people/{amal}/family/worry/")
    look(page, "family-worry")
    for tap_on in (f"button[value='{huda}']", "button[value=violence_at_home]"):
        page.click(tap_on)
        page.wait_for_load_state()
    assert Alert.objects.count() == alerts + 1
    assert Alert.objects.latest("recorded_at").person_id == huda
    page.goto(f"/people/{amal}/family/")
    page.click("main a[href*='/family/sessions/'] >> nth=1")
    look(page, "family-correct")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_alone(story: Story, language: str) -> None:
    """ST341: an own answer takes three taps from the page of the family, on a page of its own."""
    huda = story.people["Huda"]
    page = story.page("chantal", language, DESK)
    page.goto(f"/people/{huda}/family/")
    look(page, "family-desk")
    page.click("main a[href$='/family/own/']")
    look(page, "family-own")
    page.check("[name=said][value='4']")
    page.click("main form button.primary")
    page.wait_for_load_state()
    look(page, "family-own-told")
    page.click("main .rows a >> nth=0")
    look(page, "family-own-correct")
    page.goto(f"/people/{huda}/family/goals/new/")
    look(page, "family-goal-new")
    page.goto(f"/people/{huda}/family/")
    page.click("main a[href*='/family/goals/'] >> nth=0")
    look(page, "family-goal")
