"""ST540-ST542: J7, J3a: who is stuck is read within five taps, a question is answered, two disciplines, one plan."""

from __future__ import annotations

import pytest

from karama.accounts.queries import actor_by_name
from karama.care.actions import hold_meeting
from karama.care.models import Episode, Question, StuckReview
from karama.people.models import Person
from tests.machinery.browser import DESK
from tests.stories.conftest import Story, look
from tests.stories.test_course import Taps

LANGUAGES = ("en", "ar")
STUCK = "main a[href^='/supervision/stuck/']"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_stuck_in_five_taps(story: Story, language: str) -> None:
    """ST540: J7: from the supervisor's page who is stuck is read and found as it should be in at most five taps; the
    line is gone, and one more tap puts it back."""
    page = story.page("nadia", language, DESK if language == "en" else None)
    page.goto("/supervision/")
    look(page, "j7-stuck-list")
    before = StuckReview.objects.count()
    taps = Taps(page)
    taps.tap(STUCK)
    page.wait_for_url("**/supervision/stuck/**")
    look(page, "j7-stuck")
    taps.choose("weeks", "2")
    taps.tap("main button[value=ok]")
    page.wait_for_url("**/supervision/")
    assert taps.count <= 5
    row = StuckReview.objects.latest("recorded_at")
    assert (row.decision, StuckReview.objects.count()) == ("ok", before + 1)
    page.locator("details summary").last.click()
    look(page, "j7-stuck-gone")
    page.locator(f"form[action='/supervision/stuck/{row.episode_id}/back/'] button").click()
    page.wait_for_load_state()
    page.locator(f"main li a[href='/supervision/stuck/{row.episode_id}/']").first.wait_for()
    assert StuckReview.objects.latest("recorded_at").decision == "back"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_answered_in_three_taps(story: Story, language: str) -> None:
    """ST541: J7: asking takes two taps and a text, answering from Today two and a text, and the answer stands on the
    supervisor's page until she says that she read it."""
    page = story.page("nadia", language)
    page.goto("/supervision/")
    taps = Taps(page)
    taps.tap(STUCK)
    page.fill("[name=words]", "When did you meet last?")
    taps.tap("main button[value=ask]")
    page.wait_for_url("**/supervision/")
    assert taps.count <= 5
    look(page, "j7-you-asked")
    row = Question.objects.latest("recorded_at")
    hers = story.page("diego", language)
    hers.goto("/")
    look(hers, "j7-asked-today")
    answering = Taps(hers)
    answering.tap(f"main a[href='/supervision/questions/{row.id}/']")
    hers.wait_for_url("**/questions/**")
    look(hers, "j7-question")
    hers.fill("[name=words]", "On Monday, at home.")
    answering.tap("main form button.primary")
    hers.wait_for_url(lambda url: "questions" not in url)
    assert answering.count <= 3
    page.goto("/supervision/")
    page.click(f"main a[href='/supervision/questions/{row.id}/']")
    page.wait_for_url("**/questions/**")
    look(page, "j7-answer")
    page.click("main button[value=read]")
    page.wait_for_url("**/supervision/")
    row.refresh_from_db()
    assert row.ended == "read"


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_disciplines_one_plan(story: Story, language: str) -> None:
    """ST542: J3a: in a meeting the parts of both disciplines stand side by side, the shared goal between them; the
    physiotherapist reads her part and the plan."""
    diego, ziad = actor_by_name("diego"), story.people["Ziad"]
    site = Person.objects.get(pk=ziad).site_id
    there = [story.users["karim"]]
    held = hold_meeting(by=diego, site=site, kind="conference", mode="together", attended=there).record
    episode = Episode.objects.get(person_id=ziad).id
    for name, viewport in (("diego", None), ("karim", None), ("diego", DESK)):
        page = story.page(name, language, viewport)
        page.goto(f"/meetings/{held}/{episode}/")
        look(page, f"j3a-sides-{name}{'-desk' if viewport else ''}")
        assert page.locator("main .columns .card").count() == 3
        assert page.get_by_text("Walk to the market").count() >= 1
