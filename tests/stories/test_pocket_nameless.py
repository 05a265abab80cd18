"""Free words of a file that keeps no name, written on a telephone without signal. Real app, real server, Chromium."""

from __future__ import annotations

import pytest

from karama.accounts.queries import actor_by_name
from karama.care.models import Note
from karama.journal import clock
from karama.people.actions import register_person
from karama.people.models import Person
from karama.people.searching import search_token
from karama.programme.models import Site
from karama.sync.models import HeldOperation
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket

WRITTEN = [
    ("yolanda", "quibdo", "es", "Beatriz Mosquera vino hoy con su hermana", "Vino hoy con su hermana"),
    ("chantal", "mosul", "ar", "زينب جاءت اليوم مع أختها", "جاءت اليوم مع أختها"),
]


@pytest.mark.parametrize(("name", "site", "language", "told", "plain"), WRITTEN)
def test_a_name_is_asked_about_first(story: Story, name: str, site: str, language: str, told: str, plain: str) -> None:
    """ST522: (J4, P1) a name that nobody on this telephone has, in the note of a coded file: the writer is asked before
    it is kept, changes her words, and only these arrive."""
    agent = actor_by_name(name, "community_agent")
    place = Site.objects.get(code=site)
    person = register_person(
        by=agent, site=place.id, identity_mode="coded", age_band="25-34", gender="woman", limits="read_aloud",
        searched=search_token(agent, clock.now()),
    ).record  # fmt: skip
    code = Person.objects.get(pk=person).code
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    phone.offline(True)
    phone.tap("People")
    phone.line(code)
    phone.tap("Note")
    words = phone.page.locator("main textarea").first
    words.fill(told)
    phone.tap("Save")
    phone.says("This looks like somebody's name")
    phone.look("nameless")
    words.fill(plain)
    phone.tap("Save")
    phone.waits()
    phone.offline(False)
    phone.synced()
    (note,) = Note.objects.filter(person_id=person)
    assert note.author_id == agent.id
    assert not HeldOperation.objects.exists()
    assert told not in phone.on_disk()
