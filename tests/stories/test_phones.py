"""Telephones at a screen: a code is drawn, what nobody could enter is settled, two versions are decided."""

from __future__ import annotations

import pytest

from karama.accounts.queries import actor_by_name
from karama.people.actions import set_contact_rules
from karama.sync.models import Conflict, ConflictDecision, HeldOperation, HeldStep
from tests.machinery.browser import DESK, PHONE
from tests.stories.conftest import Story, look
from tests.sync.phone import Phone


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_came_from_a_telephone(story: Story, language: str) -> None:
    """ST190: an agent draws a code in two taps; her supervisor decides between two versions and sets one aside."""
    agent = actor_by_name("chantal", "community_agent")
    phone = Phone(agent).enrol()
    phone.sync()
    person = next(name for name in phone.files if name)
    set_contact_rules(by=actor_by_name("nadia", "supervisor"), person=person, channel="call", address="+57 300 2")
    phone.do("people.set_contact_rules", person=person, channel="call", address="+57 300 3")
    phone.do("care.record_session", person=person, attended="flew", next_step="sooner")
    phone.sync(pull=False)
    page = story.page("chantal", language)
    page.goto("/me/")
    look(page, "phones-account")
    page.click("a[href='/me/phones/new/']")
    look(page, "phones-explained")
    page.click("main form button[type=submit]")
    page.locator("img").wait_for()
    assert page.locator("img").count() == 1
    look(page, "phones-code")
    page = story.page("nadia", language, DESK if language == "en" else PHONE)
    page.goto("/phones/held/")
    look(page, "phones-held")
    held = HeldOperation.objects.get()
    page.goto(f"/phones/held/{held.id}/")
    look(page, "phones-held-one")
    page.fill("textarea[name=reason]", "On paper")
    page.locator("main form").last.locator("button[type=submit]").click()
    page.wait_for_url("**/phones/held/")
    assert HeldStep.objects.get().step == "set_aside"
    met = Conflict.objects.get()
    page.goto("/phones/conflicts/")
    look(page, "phones-conflicts")
    page.goto(f"/phones/conflicts/{met.id}/")
    look(page, "phones-conflict")
    page.check("input[name=chosen][value=later]")
    page.locator("main form").last.locator("button[type=submit]").click()
    page.wait_for_url("**/phones/conflicts/")
    assert ConflictDecision.objects.get().chosen == "later"
