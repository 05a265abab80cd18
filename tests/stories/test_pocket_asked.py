"""Who is asked now, of an alert that nobody has taken, on the telephone of whoever cares for the person. Chromium."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from karama.accounts.queries import actor_by_name, aliases_of
from karama.journal import clock
from karama.people.actions import register_person
from karama.people.models import Person
from karama.people.searching import search_token
from karama.programme.models import Site
from karama.safety.actions import raise_alert
from karama.safety.models import Alert
from karama.safety.queries import escalation_of
from tests.stories.conftest import Story
from tests.stories.pocket import ISOLATES, Pocket

WHO = [("yolanda", "quibdo", "es"), ("chantal", "mosul", "ar")]


def raised(name: str, site: str) -> Alert:
    """An alert about somebody of hers."""
    agent, place = actor_by_name(name, "community_agent"), Site.objects.get(code=site)
    person = register_person(
        by=agent, site=place.id, identity_mode="coded", age_band="25-34", gender="woman", limits="read_aloud",
        searched=search_token(agent, clock.now()),
    ).record  # fmt: skip
    made = raise_alert(by=agent, person=person, kind="suicide", grade="today", source="answer")
    return Alert.objects.get(sources=made.record)


def opens(phone: Pocket, alert: Alert) -> None:
    """Its line on Today."""
    code = Person.objects.get(pk=alert.person_id).code
    lines = phone.page.locator("main button.line").filter(has_text=phone.words("Nobody has taken it yet"))
    lines.filter(has_text=code).click()


def card(phone: Pocket) -> str:
    """What the card says."""
    found = phone.page.locator("main .card").filter(has_text=phone.words("Who is asked now"))
    return ISOLATES.sub("", found.first.inner_text())


@pytest.mark.parametrize(("name", "site", "language"), WHO)
def test_who_is_asked_now(story: Story, name: str, site: str, language: str) -> None:
    """ST592: (B4) her telephone says who is asked now and who next, as of when; without signal, past that time, that it
    may have moved on, with everybody who answers and the numbers to call."""
    alert = raised(name, site)
    level = escalation_of(alert, clock.now())
    aliases = aliases_of({one for one in (level.owner, level.next_owner) if one})
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    opens(phone, alert)
    said = card(phone)
    assert aliases[level.owner] in said
    assert level.next_owner is None or aliases[level.next_owner] in said
    assert re.search(r"[0-9\u0660-\u0669]{2}:[0-9\u0660-\u0669]{2}", said)
    assert phone.words("It may have moved on") not in said
    phone.look("asked-now")
    phone.offline(True)
    assert level.next_at is not None
    phone.page.clock.set_system_time(level.next_at + timedelta(minutes=2))
    phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # nobody touched it for so long
    phone.give_pictures()
    phone.page.locator("nav.foot-bar button").first.click()
    opens(phone, alert)
    assert phone.words("It may have moved on") in card(phone)
    assert phone.page.locator("main .chain a.dial").count() >= 1
    phone.look("asked-moved-on")
