"""ST001-ST009: stories A1 to A5: registration, identity and consent, clicked through in Chromium."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from karama.people.models import Consent, Person
from karama.people.queries import may
from karama.rules import codes
from tests.machinery.browser import follow
from tests.stories.conftest import Story, look

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANGUAGES = ("en", "ar")


def register(page: Page, called: str, band: str) -> tuple[UUID, int]:
    """Register with a nickname and an age band only; returns the person and the number of taps."""
    page.goto("/people/search/")
    page.fill("[name=n-first]", "Nobody")
    page.fill("[name=n-last]", "Of This Name")
    taps = 0
    steps = (
        "form:has([value=name]) button",
        "form[action='/people/register/'] button",
        "button[value=read_aloud]",
        "main form >> nth=0 >> button.primary",
        f"button[value='{band}']",
        "button[value=not_said]",
        "main form >> nth=0 >> button.primary",
        "button[value=never]",
    )
    for tap in steps:
        if page.locator("[name=called]:visible").count():
            page.fill("[name=called]", called)
            page.fill("[name=first]", "")
            page.fill("[name=last]", "")
        follow(page, tap)
        taps += 1
    found = re.search(r"/people/([0-9a-f-]{36})/", page.url)
    assert found, page.url
    return UUID(found[1]), taps


def refusal(person: UUID, recipient: str, organisation: str = "") -> str:
    """Why nothing of this person may be sent to this recipient; empty when it may."""
    from karama.accounts.queries import actor_by_name
    from karama.journal import reading

    by = actor_by_name("chantal")
    with reading(by=by, purpose="care", route="tests.story"):
        answer = may(by, person, "share", recipient=recipient, organisation=organisation)
    return "" if answer.allowed else answer.reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_nickname_and_an_age_are_enough(story: Story, language: str) -> None:
    """ST001: A1: registered with a nickname and an age band in at most nine taps, with a code that checks itself."""
    page = story.page("chantal", language)
    person, taps = register(page, "Golden sparrow", "25-34")
    look(page, "a1-registered")
    assert taps <= 9
    file = Person.objects.get(id=person)
    assert codes.parse_code(file.code) == file.code
    assert file.identity_mode == "alias"
    with pytest.raises(codes.BadCode):
        codes.parse_code(file.code[:-1] + ("A" if file.code[-1] != "A" else "C"))
    assert b"sparrow" not in b"".join(
        bytes(value) for value in Person.objects.filter(id=person).values_list("names")[0]
    )
    page.goto(f"/people/{person}/")
    look(page, "a1-person")
    assert "Golden sparrow" in page.inner_text("main")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_no_to_sharing_removes_nothing(story: Story, language: str) -> None:
    """ST002: A2: after a no nothing may be sent, with the reason and a way to ask again; every offer of care stays."""
    amal = story.people["Amal"]
    page = story.page("chantal", language)
    offered = ("", "ask/", "ask/phq9/", "answers/", "contact/")
    before = {one: story.client("chantal").get(f"/people/{amal}/{one}").status_code for one in offered}
    page.goto(f"/people/{amal}/cards/")
    look(page, "a2-cards")
    page.check("[name=share][value=no]")
    page.click("main form >> nth=0 >> button.primary")
    page.goto(f"/people/{amal}/consents/")
    look(page, "a2-decisions")
    kept = Consent.objects.filter(person_id=amal, purpose="share").get()
    assert (kept.decision, kept.recipient) == ("no", "any")
    assert {one: story.client("chantal").get(f"/people/{amal}/{one}").status_code for one in offered} == before
    assert set(before.values()) <= {200, 302}
    assert refusal(amal, "partner_health") == "consent.refused"
    page.click(f"main a[href='/people/{amal}/consents/ask/share/']")
    look(page, "a2-ask-again")
    assert page.locator("[name=shown_earlier]").count() == 1  # the earlier no is shown before anything is asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_yes_taken_back_says_what_was_executed(story: Story, language: str) -> None:
    """ST005: A3: a yes to one partner opens only that; taken back, each recipient shows what was executed and when."""
    from karama.accounts.queries import actor_by_name
    from karama.programme.actions import add_partner

    amal = story.people["Amal"]
    partner = str(add_partner(by=actor_by_name("samir", "administrator"), name="Noor Clinic").value.id)
    page = story.page("chantal", language)
    page.goto(f"/people/{amal}/consents/ask/share/")
    page.check("[name=decision][value=yes]")
    page.select_option("[name=recipient]", f"authority:{partner}")
    page.click("main form >> nth=0 >> button.primary")
    assert refusal(amal, "authority", partner) == ""
    page.click("main a[href$='/withdraw/'] >> nth=0")
    look(page, "a3-take-back")
    page.click("main form button.primary, main form button.danger")
    look(page, "a3-executed")
    assert refusal(amal, "authority", partner) == "consent.refused"
    told = page.locator("main .row").first
    assert "Noor Clinic" in told.inner_text()
    assert told.locator("span.line .badge").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_young_person_decides_with_somebody_safe(story: Story, language: str) -> None:
    """ST003: A4: at sixteen a guardian's yes counts only with her own; without it nothing is recorded, care stays."""
    page = story.page("chantal", language)
    person, _taps = register(page, "Swift", "15-17")
    page.goto(f"/people/{person}/cards/")
    page.check("[name=care][value=yes]")
    page.check("[name=given_by][value=guardian]")
    page.click("main form >> nth=0 >> button.primary")
    look(page, "a4-without-her")
    assert not Consent.objects.filter(person_id=person, decision="yes").exists()
    page.check("[name=care][value=yes]")
    page.check("[name=given_by][value=guardian]")
    page.check("[name=assent]")
    page.click("main form >> nth=0 >> button.primary")
    kept = Consent.objects.get(person_id=person, purpose="care")
    assert (kept.given_by, kept.assent) == ("guardian", True)
    page.goto(f"/people/{person}/")
    look(page, "a4-person")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_character_never_opens_another_person(story: Story, language: str) -> None:
    """ST004: A5: for each place of a code, another character there says "check the code" and names nobody."""
    code = Person.objects.get(id=story.people["Amal"]).code
    page = story.page("chantal", language)
    page.goto("/people/search/")
    letters = [place for place, sign in enumerate(code) if sign.isalnum()]
    for place in (letters[0], letters[len(letters) // 2], letters[-1]):
        wrong = code[:place] + next(one for one in "7KQ" if one != code[place]) + code[place + 1 :]
        page.fill("[name=c-code]", wrong)
        follow(page, "form:has([value=code]) button")
        assert page.locator("[name=c-code][aria-invalid=true]").count() == 1, wrong
        assert page.locator("main a[href^='/people/0']").count() == 0
    look(page, "a5-check-the-code")
    if language == "en":
        assert "check the code" in page.inner_text("main").casefold()
    page.fill("[name=c-code]", code.lower().replace("-", " "))
    follow(page, "form:has([value=code]) button")
    assert page.locator(f"main a[href='/people/{story.people['Amal']}/']").count() == 1
    look(page, "a5-found")
