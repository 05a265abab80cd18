"""ST370-ST372: J7, J5, J12: supervision within its taps, what stands below an appointment, my papers, in Chromium."""

from __future__ import annotations

from datetime import time, timedelta
from unittest.mock import patch

import pytest

from karama.accounts.queries import actor_by_name
from karama.care.models import AlertReview, Episode, SupervisionHeld
from karama.people.models import Consent
from karama.programme.days import today_at
from karama.reception.actions import book_appointment
from karama.reception.desks import moment_at
from karama.safety.actions import close_alert, hand_over, raise_worry, record_first_contact, take_alert
from karama.safety.models import AlertSource
from tests.machinery.browser import DESK
from tests.stories.conftest import Story, look
from tests.stories.test_course import Taps

LANGUAGES = ("en", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_supervision_in_eight_taps(story: Story, language: str) -> None:
    """ST370: J7: from the supervisor's page a supervision with a person, skills and something agreed takes at most
    eight taps and a text; the colleague reads it and says that it was so."""
    diego, mirza = story.users["diego"], story.people["Mirza"]
    page = story.page("nadia", language, DESK if language == "en" else None)
    page.goto("/supervision/")
    look(page, "j7-supervision")
    taps = Taps(page)
    taps.tap(f"main a[href^='/supervision/{diego}/held/']")
    look(page, "j7-hold")
    taps.choose("mode", "observed")
    taps.choose("minutes", "45")
    taps.choose("people", str(mirza))
    taps.choose("skill_danger", "could_harm")
    taps.choose("skill_listens", "advanced")
    page.fill("[name=agreed]", "Practise asking about danger.")
    taps.tap("main form button.primary")
    assert taps.count <= 8
    page.wait_for_url("**/supervision/held/**")
    look(page, "j7-held")
    row = SupervisionHeld.objects.get()
    hers = story.page("diego", language)
    hers.goto("/supervision/mine/")
    look(hers, "j7-mine")
    hers.click(f"main a[href='/supervision/held/{row.id}/']")
    hers.click("main button[name=agrees][value=yes]")
    hers.wait_for_load_state()
    look(hers, "j7-agreed")
    page.goto("/supervision/")
    look(page, "j7-supervision-after")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_red_line_in_five_taps(story: Story, language: str) -> None:
    """ST371: J7: several alerts about one person are one row; a closed one is read and found well in five taps."""
    amal, nadia, diego = story.people["Amal"], actor_by_name("nadia"), actor_by_name("diego")
    for kind in ("suicide", "violence_at_home", "medical_emergency"):
        raise_worry(by=diego, kind=kind, person=amal)
    closed = AlertSource.objects.filter(author_id=diego.id, source="worry").latest("recorded_at").alert_id
    take_alert(by=nadia, alert=closed)
    hand_over(by=nadia, alert=closed, to=diego.id)
    record_first_contact(by=diego, alert=closed)
    close_alert(by=diego, alert=closed, outcome="plan_made", note="We made a plan.")
    page = story.page("nadia", language)
    page.goto("/supervision/")
    look(page, "j7-grouped")
    taps = Taps(page)
    taps.tap(f"main a[href='/supervision/alerts/{closed}/']")
    look(page, "j7-review")
    taps.tap("main button[value=ok]")
    page.wait_for_url("**/supervision/")
    assert taps.count <= 5
    assert AlertReview.objects.get().decision == "ok"


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_an_appointment(story: Story, language: str) -> None:
    """ST372: J5, J12: Today says goal, score and plan below an appointment; her card says day, hour and where, and a
    sharing is stopped in three taps from her page."""
    mirza, diego = story.people["Mirza"], actor_by_name("diego")
    site = Episode.objects.get(person_id=mirza).person.site_id
    at = moment_at(site, today_at(site), time(10))
    with patch("karama.reception.actions.booking.fitting.check_time"):
        made = book_appointment(by=diego, person=mirza, worker=diego.id, minutes=30, starts=at).value
        later = book_appointment(
            by=diego, person=mirza, worker=diego.id, minutes=30, starts=at + timedelta(days=2)
        ).value  # fmt: skip
    page = story.page("diego", language)
    page.goto("/")
    look(page, "j5-today")
    page.locator(f"main a[href='/appointments/{made.id}/'] .soft").first.wait_for()
    page.goto(f"/appointments/{later.id}/card/")
    look(page, "j12-card")
    page.goto(f"/people/{mirza}/")
    taps = Taps(page)
    taps.tap(f"main a[href='/rights/person/{mirza}/papers/']")
    look(page, "j12-papers")
    stops = page.locator("main a[href*='/withdraw/']").count()
    if stops:
        taps.tap("main a[href*='/withdraw/']")
        taps.tap("main form button.primary, main form button.danger")
        page.wait_for_load_state()
        assert taps.count <= 3
        assert Consent.objects.filter(person_id=mirza, decision="withdrawn").exists()
