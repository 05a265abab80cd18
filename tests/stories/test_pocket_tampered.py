"""A telephone whose rules somebody has changed. What it shows is its own; what counts is what was answered."""

from __future__ import annotations

import pytest

from karama.care.models import Response
from karama.sync.models import HeldOperation
from tests.machinery.browser import PHONE
from tests.stories.conftest import Story, look
from tests.stories.pocket import Pocket
from tests.stories.test_pocket import HELD

APART = "A telephone showed another result"
NOTICED = "A telephone showed another result than the one that counts"
TAMPERED = """
const parse = JSON.parse;
JSON.parse = (...told) => {
  const found = parse(...told);
  const card = found?.answer?.knowledge?.parts?.["instrument:phq9"]?.content?.card;
  for (const set of Object.values(card?.answers ?? {})) for (const pair of set) pair[1] = Math.min(pair[1], 1);
  return found;
};
"""
"""Nearly every day counts as several days, from the moment at which the card arrives."""


@pytest.mark.parametrize(("name", "language"), HELD)
def test_a_rule_that_was_tampered_with(story: Story, name: str, language: str) -> None:
    """ST323: (B3) the telephone adds up eight where it is twenty-four and calls it mild; the server's own rule makes
    twenty-four of the same answers. That counts at the desk, and soon on the telephone too; both say that a telephone
    showed something else, and the author finds a notice without a name."""
    page = story.page(name, language, PHONE)
    page.context.add_init_script(TAMPERED)
    phone = Pocket(story, name, language, page).enrol()
    phone.settled()
    before = set(Response.objects.values_list("id", flat=True))
    phone.offline(True)
    phone.begin("PHQ-9")
    for _item in range(8):
        phone.answer("nearly_every_day")
    phone.answer("not_at_all")
    phone.answer("very")
    phone.tap("Save the answers")
    phone.tap("Without my view: no suggestion is told")
    phone.says("The answers are saved.")
    phone.look("tampered")
    shown = phone.page.locator("main .card .big").inner_text()
    assert "8" in shown
    assert "24" not in shown
    phone.offline(False)
    phone.synced()
    phone.says(APART)
    phone.look("tampered-told")
    assert "24" in phone.page.locator("main .card .big").inner_text()
    (response,) = Response.objects.exclude(id__in=before)
    assert not HeldOperation.objects.exists()
    desk = story.page(name, language, PHONE)
    desk.goto(f"/answers/{response.id}/")
    look(desk, "phone-tampered-desk")
    assert "24" in desk.locator("main .card .big").first.inner_text()
    assert "8" in desk.locator("main .notice").filter(has_text=phone.words(APART)).inner_text()
    desk.goto("/notices/")
    look(desk, "phone-tampered-notice")
    desk.locator("main tr").filter(has_text=phone.words(NOTICED)).locator("button").click()
    desk.locator("main .card .big").first.wait_for()
    assert desk.url.endswith(f"/answers/{response.id}/")
