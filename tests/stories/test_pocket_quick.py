"""A quick thumb and a quick server: what stands on the screen goes on when an answer comes meanwhile."""

from __future__ import annotations

import pytest

from karama.outreach.models import Visit, VisitStep
from karama.safety.models import AlertStep
from tests.machinery.browser import PHONE
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket, until
from tests.stories.whole.agent import AFTER_HOURS, SAVE, TODAY, script

BOTH_AT_ONCE = """([asked, reached]) => {
  const find = (told) => [...document.querySelectorAll("main button")].find((one) => one.textContent === told);
  find(asked).click();
  find(reached).click();
}"""


def thumb(phone: Pocket, *steps: tuple[str, ...]) -> None:
    """Touch one thing after the other."""
    phone.page.evaluate(script("taps.js"), [list(step) for step in steps])


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_visit_that_arrives_while_it_is_looked_at(story: Story, language: str) -> None:
    """ST573: a visit is planned with signal; the server's answer comes while its page stands there, and she sets out
    and comes back from that page, each said to be saved anew."""
    phone = Pocket(story, "yolanda", language).enrol()
    before = set(Visit.objects.values_list("id", flat=True))
    thumb(
        phone, ("tap", TODAY), ("tap", "main .start", phone.words("Visits")),
        ("tap", SAVE, phone.words("Plan a visit")),
        ("tap", ".answer[data-value='town']"), ("tap", "main .chip"), ("tap", AFTER_HOURS),
        ("tap", ".answer[data-value='community']"), ("tap", SAVE, phone.words("Plan it")),
        ("gone", ".answer[data-value='town']"),
    )  # fmt: skip
    until(phone.page, lambda: Visit.objects.exclude(id__in=before).exists())
    phone.synced()
    (visit,) = Visit.objects.exclude(id__in=before)
    phone.look("visit-arrived")
    for said in ("I set out now", "I am back"):
        phone.tap(said)
        phone.button(said).first.wait_for(state="detached")
        phone.says("Saved.")
        phone.synced()
    phone.look("visit-back")
    assert {one.step for one in VisitStep.objects.filter(visit=visit)} >= {"out", "back"}


@pytest.mark.parametrize("language", ["es", "ar"])
def test_two_taps_on_the_safety_card_at_once(story: Story, language: str) -> None:
    """ST579: "it cannot be asked" and "reached" in one breath, before the first is written down: both stand on the
    card, each arrives once, and the card can be ended."""
    page = story.page("yolanda", language, PHONE)
    phone = Pocket(story, "yolanda", language, page).enrol()
    before = set(AlertStep.objects.values_list("id", flat=True))
    phone.begin("PHQ-9")
    for _item in range(8):
        phone.answer("not_at_all")
    phone.answer("several_days")
    phone.says("Stay with the person")
    page.locator(".chain").wait_for()
    page.evaluate(BOTH_AT_ONCE, [phone.words("It cannot be asked now"), phone.words("I called: reached")])
    phone.tap("Everything is written down")
    phone.synced()
    steps = [one.step for one in AlertStep.objects.exclude(id__in=before)]
    assert steps.count("first_contact") == 1
    assert steps.count("follow_up") <= 1
