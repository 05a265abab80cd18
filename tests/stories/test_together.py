"""ST070-ST079: the screen in the person's hands, and colleagues around one list, clicked through in Chromium."""

from __future__ import annotations

import pytest

from karama.care.models import Discussed, Episode, Response
from karama.safety.models import Alert
from tests.stories.conftest import Story, look

LANGUAGES = ("en", "ar")
OTHERWISE = {"q9": "several_days", "difficulty": "not_difficult"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_in_her_hands(story: Story, language: str) -> None:
    """ST070: B5, desk part: she answers alone; danger shows help at once; nothing is left for the next."""
    salma = story.people["Salma"]
    page = story.page("diego", language)
    page.goto(f"/people/{salma}/ask/phq9/")
    page.check("main [name=language][value=ar]")
    page.click("main form button.primary")
    page.click("a[href$='/hand/']")
    look(page, "own-hand")
    page.click("button[name=alone][value=no]")
    look(page, "own-begin")
    own = page.url
    page.click("main a.button.primary")
    look(page, "own-question")
    before = Alert.objects.count()
    while page.locator("[name=item]").count():
        item = page.locator("[name=item]").get_attribute("value")
        page.click(f"button[value={OTHERWISE.get(str(item), 'not_at_all')}]")
        page.wait_for_load_state()
        if page.url.endswith("/signal/"):
            look(page, "own-signal")
            page.click("main a[href$='/help/']")
            page.wait_for_load_state()
            look(page, "own-help")
            page.click("main a[href*='/own/?go=1']")
            page.wait_for_load_state()
    assert Alert.objects.count() == before + 1
    look(page, "own-end")
    page.click("main form button.primary")
    look(page, "own-thanks")
    page.go_back()
    page.wait_for_load_state()
    assert page.locator("[name=answer]").count() == 0, "no question and no answer comes back"
    page.goto(f"/people/{salma}/")
    assert page.url.startswith(own), "only her own pages open"
    page.goto(own + "thanks/")
    page.click("main form button.primary")
    page.wait_for_load_state()
    assert page.locator("[name=password]").count() == 1
    assert Response.objects.filter(person_id=salma).latest("recorded_at").mode == "self"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_care_conference(story: Story, language: str) -> None:
    """ST071: the list is there already; a decision about one person takes at most five taps, and has its owner."""
    page = story.page("nadia", language)
    page.goto("/meetings/")
    look(page, "meetings")
    page.click("main a[href$='/intake/']")
    look(page, "meeting-new")
    page.locator("[name=attended]").first.check()
    page.click("main form button.primary")
    look(page, "meeting")
    page.locator("main .rows a, main .row a").first.click()
    look(page, "meeting-decide")
    taps = [
        lambda: page.check("[name=decision][value=accept]"),
        lambda: page.select_option("[name=owner]", index=1),
        lambda: page.fill("[name=due_on]", "2030-01-01"),
        lambda: page.click("main form button.primary"),
    ]
    for tap in taps:
        tap()
    look(page, "meeting-decided")
    found = Discussed.objects.get()
    assert found.owner_id is not None
    assert Episode.objects.get(pk=found.episode_id).state in ("screening", "waiting"), "a decision changes nothing"
    assert 1 + len(taps) <= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_incident(story: Story, language: str) -> None:
    """ST072: an incident is written down in five taps and one text; the supervisor finds it first thing."""
    page = story.page("chantal", language)
    page.goto("/incidents/")
    look(page, "incidents")
    page.click("main a[href='/incidents/new/']")
    look(page, "incident-new")
    page.check("[name=kind][value=threat]")
    page.fill("[name=words]", "Armed men at the gate; everybody stayed inside.")
    page.click("main form button.primary")
    look(page, "incident")
    where = page.url
    other = story.page("nadia", language)
    other.goto("/")
    assert other.locator(f"a[href='/incidents/{where.rstrip('/').split('/')[-1]}/']").count() == 1
    other.goto(where)
    other.check("[name=step][value=learned]")
    other.fill("[name=words]", "A second way out is needed.")
    other.click("main form button.primary")
    look(other, "incident-followed")
    assert other.locator("[name=step][value=closed]").count() == 1
