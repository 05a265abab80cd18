"""A day where the pack asks for the server's share: what was kept opens once a day with signal, all else without."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from karama.journal.models import Access
from karama.knowledge.pack_field import FieldTerms
from karama.people.models import Person
from karama.programme import field
from karama.safety.models import Alert
from karama.sync.models import DeviceShare
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket
from tests.stories.test_pocket import HELD, registered
from tests.stories.test_pocket_keeping import her_people
from tests.stories.test_pocket_line import HERS

NEEDED = "What was kept needs the server once a day. Without signal you can still register, raise a worry and call."
CLOSED = "The files of people are closed"
PIN = (1, 3, 5, 7)


def typed(phone: Pocket) -> None:
    """Her PIN, on big keys."""
    phone.page.locator(".keypad").wait_for()
    for key in PIN:
        phone.page.locator(".keypad .key").nth(key).click()
    phone.page.locator(".keypad .key.go").click()


def hides_and_comes_back(phone: Pocket) -> None:
    """She hides it, and taps the date of today, which is chosen already."""
    phone.page.locator(".hide-me").click()
    phone.page.locator(".calendar .is-today").click()


def takes_a_pin(phone: Pocket) -> None:
    """With her pictures, twice the same."""
    phone.page.locator("nav.foot-bar button").first.click()
    phone.tap("My account")
    phone.tap("Choose a PIN")
    phone.give_pictures()
    typed(phone)
    phone.says("Once more, please")
    typed(phone)
    phone.says("You have a PIN. It re-opens the screen during the day; after a restart you need your pictures.")


@pytest.mark.parametrize(("name", "language"), HELD)
def test_a_day_with_the_share(story: Story, name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """ST640: (T1, T3) the first unlock of a day opens old records with the server; later ones that day without it, by
    pictures and by PIN; the next day without signal old records are closed, and somebody is registered, a worry raised;
    when the server answers, it arrives and old records open. Each giving stands in the access log."""
    monkeypatch.setattr(field, "terms_of", lambda code: FieldTerms(9, 60, daily_share=True))
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    code = Person.objects.get(pk=story.people[HERS[name]]).code
    share = DeviceShare.objects.get(author_id=phone.by.id)
    given = Access.objects.filter(route="sync.share", actor_id=phone.by.id)
    first = given.count()
    assert first
    assert code in her_people(phone)
    phone.offline(True)
    hides_and_comes_back(phone)
    phone.page.locator(".phrase-entry").wait_for()
    assert phone.words(NEEDED) not in phone.text()
    phone.give_pictures()
    assert code in her_people(phone)
    takes_a_pin(phone)
    hides_and_comes_back(phone)
    typed(phone)
    assert code in her_people(phone)

    phone.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=1))
    phone.page.locator("main h1").first.click()  # it lay untouched for a night, and has locked itself
    phone.says(NEEDED)
    phone.look("share-pin")
    typed(phone)
    phone.page.locator("nav.foot-bar button").first.click()
    phone.says(CLOSED)
    phone.look("share-closed")
    assert code not in her_people(phone)
    phone.page.reload()
    phone.says(NEEDED)
    phone.look("share-pictures")
    phone.give_pictures()
    phone.says(CLOSED)
    alerts, people = Alert.objects.count(), Person.objects.count()
    new = registered(phone).replace("-", "")
    phone.page.locator("nav.foot-bar .urgent").click()
    phone.answer("violence_at_home")
    phone.answer("")
    phone.says("Stay with the person")
    assert new in her_people(phone).replace("-", "")
    assert given.count() == first

    phone.offline(False)
    phone.tries()
    phone.page.get_by_text(phone.words(CLOSED)).first.wait_for(state="detached")
    assert code in her_people(phone)
    phone.look("share-open")
    assert (Alert.objects.count(), Person.objects.count()) == (alerts + 1, people + 1)
    assert given.count() > first
    assert DeviceShare.objects.get(author_id=phone.by.id) == share
