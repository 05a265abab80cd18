"""ST530-ST532: story J3a: an intake that is left and resumed, stopped by one tap, and not closed without a question."""

from __future__ import annotations

import pytest

from karama.accounts.queries import actor_by_name
from karama.care.models import IntakeChapter, Leaving, WhatHappened
from karama.people.actions import set_contact_rules
from tests.stories.conftest import Story, look

LANGUAGES = ("en", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_left_and_resumed(story: Story, language: str) -> None:
    """ST530: J3a 2 and 4: a screening in chips; a chapter is left with one tap, and goes on where it was."""
    page, ziad = story.page("diego", language), story.people["Ziad"]
    page.goto(f"/people/{ziad}/")
    page.click(f"main a[href='/people/{ziad}/intake/']")
    look(page, "j3a-intake")
    page.click(f"main a[href='/people/{ziad}/intake/screening/1/']")
    look(page, "j3a-screening")
    page.click("label[for=id_weighs_0]")
    page.click("label[for=id_urgency_1]")
    page.click("main form button.primary")
    page.click(f"main a[href='/people/{ziad}/intake/health/']")
    look(page, "j3a-chapter")
    page.click("button[name=answer][value=bad]")
    page.click(f"main .actions a[href='/people/{ziad}/intake/']")
    page.click(f"main a[href='/people/{ziad}/intake/health/']")
    page.click("button[name=missing][value=refused]")
    page.click("button[name=answer][value=no]")
    page.wait_for_load_state()
    look(page, "j3a-last")
    page.click("main form button.primary")
    page.wait_for_url(f"**/people/{ziad}/intake/")
    assert IntakeChapter.objects.filter(person=ziad, chapter="health", state="told").count() == 1
    page.click(f"main a[href='/people/{ziad}/intake/symptoms/']")
    page.click("label[for=id_answer_1]")
    page.click("main form button.primary")
    page.wait_for_load_state()
    look(page, "j3a-many")
    page.goto(f"/people/{ziad}/intake/family/")
    look(page, "j3a-stands")


@pytest.mark.parametrize("language", LANGUAGES)
def test_stopped_by_one_tap(story: Story, language: str) -> None:
    """ST531: J3a 4: what happened opens alone; one tap stops it; no session closes before "how are you leaving?"; who
    leaves more upset is offered a call, the plan and a worry."""
    page, ziad = story.page("diego", language), story.people["Ziad"]
    diego = actor_by_name("diego", "psychologist")
    set_contact_rules(by=diego, person=ziad, channel="call", address="+964 770 123 4567")
    own = f"/people/{ziad}/intake/own/"
    page.goto(own)
    look(page, "j3a-who-is-here")
    page.click("button[name=said][value=alone]")
    page.wait_for_url(f"**{own}")
    look(page, "j3a-before")
    page.click("main form >> nth=0 >> button.primary")
    page.click("label[for=id_answer_2]")
    look(page, "j3a-asked")
    page.click("main form >> nth=1 >> button.primary")
    page.wait_for_load_state()
    look(page, "j3a-second")
    page.click("main form >> nth=0 >> button.danger")
    page.wait_for_url("**/intake/leaving/")
    look(page, "j3a-leaving")
    assert WhatHappened.objects.filter(person=ziad).count() == 1
    page.goto(f"/people/{ziad}/sessions/new/")
    page.click("label[for=id_attended_0]")
    page.click("label[for=id_modality_0]")
    page.click("label[for=id_risk_asked_0]")
    page.click("main form button.primary")
    look(page, "j3a-not-closed")
    page.click(f"main a[href='/people/{ziad}/intake/leaving/']")
    page.click("button[name=said][value=more_upset]")
    page.wait_for_url("**/intake/after/")
    look(page, "j3a-after")
    page.click("main form >> nth=0 >> button.primary")
    page.wait_for_load_state()
    row = Leaving.objects.get(person=ziad)
    assert row.call_on is not None
    page.goto(f"/calls/{row.id}/")
    look(page, "j3a-call")
    page.goto(own)
    look(page, "j3a-once")
