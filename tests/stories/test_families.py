"""ST040-ST049: stories A4 and A8: no safe guardian, and a lost card, clicked through in Chromium."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from karama.people.models import BestInterest, Consent, NewFile, Person
from karama.people.queries import may
from tests.machinery.browser import DESK
from tests.stories.conftest import Story, look
from tests.stories.test_registration import register

LANGUAGES = ("en", "ar")
SAVE = "main form >> nth=0 >> button.primary"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_guardian_is_safe(story: Story, language: str) -> None:
    """ST040: A4: at sixteen, without a safe guardian, assent and a reason carry care; a supervisor decides."""
    from karama.accounts.queries import actor_by_name
    from karama.journal import reading

    page = story.page("chantal", language)
    person, _taps = register(page, "Swift", "15-17")
    page.goto(f"/people/{person}/protection/guardian/")
    page.fill("[name=called]", "خال سامر")
    page.select_option("[name=kin]", "relative")
    page.check("[name=trust][value=unsafe]")
    page.fill("[name=reason]", "He waits for her outside.")
    page.click(SAVE)
    page.goto(f"/people/{person}/protection/ask/")
    look(page, "a4-ask")
    page.fill("[name=reason]", "Nobody at home is safe.")
    page.click(SAVE)
    assert not BestInterest.objects.exists()  # without the child's own yes nothing is asked
    page.check("[name=assent]")
    page.click(SAVE)
    look(page, "a4-asked")
    assert BestInterest.objects.get().carries_until is not None
    assert "outside" not in page.inner_text("main")
    nadia = story.page("nadia", language, DESK)
    nadia.goto("/")
    nadia.click("main a[href='/people/protect/']")
    look(nadia, "a4-to-decide")
    nadia.click(f"main a[href='/people/{person}/protection/']")
    look(nadia, "a4-why")
    assert "outside" in nadia.inner_text("main")
    nadia.goto(f"/people/{person}/protection/decide/")
    nadia.check("[name=decision][value=yes]")
    nadia.check("[name=assent]")
    nadia.fill("[name=why]", "Her aunt was asked, too.")
    nadia.click(SAVE)
    look(nadia, "a4-decided")
    assert Consent.objects.get(person_id=person).given_by == "best_interest"
    with reading(by=actor_by_name("chantal"), purpose="care", route="tests.story"):
        assert may(actor_by_name("chantal"), person, "care").allowed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lost_card(story: Story, language: str) -> None:
    """ST041: A8: two answers find a person without a card; wrong ones lock the way, and a second file says so."""
    page = story.page("chantal", language)
    person = _coded(story, language)
    page.goto("/people/search/")
    page.click("main a[href='/people/lost/']")
    look(page, "a8-find-me")
    code = Person.objects.get(id=person).code
    for answer in ["the blue river", *["wrong words"] * 5, "the blue river"]:
        page.goto("/people/lost/")
        page.fill("[name=first_answer]", answer)
        page.fill("[name=second_answer]", "bread with dates")
        page.click(SAVE)
        assert (code in page.inner_text("main")) == (answer == "the blue river" and not _locked(page))
    look(page, "a8-locked")
    assert _locked(page)
    page.click("form[action='/people/register/'] button")
    for tap in ("button[value=read_aloud]", SAVE, "button[value=first_time]"):
        if tap == "button[value=first_time]":
            look(page, "a8-before")
        page.click(tap)
    for tap in ("button[value='25-34']", "button[value=not_said]", SAVE, "button[value=never]"):
        page.click(tap)
    found = re.search(r"/people/([0-9a-f-]{36})/questions/", page.url)
    assert found, page.url
    assert NewFile.objects.get(person_id=UUID(found[1])).said == "locked"
    nadia = story.page("nadia", language, DESK)
    nadia.goto("/people/duplicates/")
    look(nadia, "a8-supervisor")
    assert Person.objects.get(id=UUID(found[1])).code in nadia.inner_text("main")


def _locked(page: object) -> bool:
    return page.locator("form[action='/people/register/'] [name=before][value=locked]").count() == 1  # type: ignore[attr-defined]


def _coded(story: Story, language: str) -> UUID:
    """Somebody without a name, registered by Chantal with two questions."""
    page = story.page("chantal", language)
    page.goto("/people/search/")
    page.fill("[name=n-first]", "Nobody")
    page.fill("[name=n-last]", "Of This Name")
    page.click("form:has([value=name]) button")
    page.click("form[action='/people/register/'] button")
    page.click("button[value=read_aloud]")
    for name in ("called", "first", "last", "birth_year"):
        page.fill(f"[name={name}]", "")
    for tap in (SAVE, "button[value=first_time]", "button[value='25-34']", "button[value=not_said]", SAVE):
        page.click(tap)
    page.click("button[value=never]")
    look(page, "a8-questions")
    page.fill("[name=first_answer]", "The Blue River")
    page.fill("[name=second_answer]", "bread with dates")
    page.click(SAVE)
    found = re.search(r"/people/([0-9a-f-]{36})/", page.url)
    assert found, page.url
    return UUID(found[1])
