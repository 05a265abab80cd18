"""What a supervisor wrote back reaches the telephone of whoever wrote. Real app, real server, real Chromium."""

from __future__ import annotations

import pytest

from karama.accounts.queries import actor_by_name
from karama.care.actions import review_note, write_note
from karama.people.models import Assignment, Person
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket

HELD = [("yolanda", "ines", "es"), ("chantal", "nadia", "ar")]
ASKED = "Zoraida: how did she leave?"


@pytest.mark.parametrize(("name", "leader", "language"), HELD)
def test_a_question_about_a_note(story: Story, name: str, leader: str, language: str) -> None:
    """ST523: (J1 i) a supervisor asks about a note: one line on the telephone's Today, without a word of it, her words
    one tap further, also without signal; once read, the line is gone."""
    agent = actor_by_name(name, "community_agent")
    person = Assignment.objects.filter(user_id=agent.id, until__isnull=True).first().person_id
    note = write_note(by=agent, person=person, sections={"session": "She came."}).value
    review_note(by=actor_by_name(leader, "supervisor"), note=note.id, decision="asked", words=ASKED)
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    phone.offline(True)
    assert ASKED not in phone.text() + phone.on_disk()
    line = phone.page.locator("main button.line").filter(has_text=phone.words("Written back to you"))
    line = line.filter(has_text=Person.objects.get(pk=person).code)
    line.click()
    phone.says(ASKED)
    phone.look("written-back")
    phone.tap("I have read it")
    phone.page.locator("nav.foot-bar button").first.click()
    phone.says("Today")
    assert line.count() == 0
