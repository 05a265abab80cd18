"""A day with the telephone: in the boat without signal, and back in town. Real app, real server, real Chromium."""

from __future__ import annotations

import pytest

from karama.accounts.queries import actor_by_name
from karama.care.models import Response
from karama.groups.actions import add_member
from karama.groups.models import Attendance, Group, GroupMember, MeetingRecord
from karama.journal import clock, reading
from karama.people.actions import register_person
from karama.people.models import Person
from karama.people.searching import search_token
from karama.safety.models import Alert
from karama.sync.models import HeldOperation
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket

HELD = [("yolanda", "es"), ("chantal", "ar")]
CANARY = "Zoraida-Palenque"


def registered(phone: Pocket) -> str:
    """Somebody new, with a nickname, from Today to her code; returns the code as it is shown."""
    phone.tap("New person")
    phone.page.locator("main input").first.fill(CANARY)
    phone.tap("Nobody of these: register")
    phone.answer("read_aloud")
    phone.tap("Next")
    phone.answer("25-34")
    phone.answer("woman")
    phone.tap("Next, without")
    phone.answer("never")
    return phone.page.locator(".code-big bdi").inner_text().strip()


@pytest.mark.parametrize(("name", "language"), HELD)
def test_somebody_new_in_the_boat(story: Story, name: str, language: str) -> None:
    """ST310: (A1) without signal somebody is registered in nine taps, no name lies in clear; in town all arrives."""
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    phone.look("today")
    before = set(Person.objects.values_list("code", flat=True))
    phone.offline(True)
    phone.taps = 0
    code = registered(phone)
    assert phone.taps <= 9
    phone.look("code")
    assert CANARY not in phone.on_disk()
    assert CANARY not in phone.page.url + phone.page.title()
    phone.reload()
    assert set(Person.objects.values_list("code", flat=True)) == before
    phone.offline(False)
    phone.synced()
    (new,) = set(Person.objects.values_list("code", flat=True)) - before
    assert new.replace("-", "") == code.replace("-", "")
    assert not HeldOperation.objects.exists()


@pytest.mark.parametrize(("name", "language"), HELD)
def test_an_answer_that_cannot_wait(story: Story, name: str, language: str) -> None:
    """ST311: (B2) item nine above zero, without signal: the safety card at once, an alert on the telephone, a dialler;
    after a battery that dies the card comes back first."""
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    before = Alert.objects.count()
    phone.offline(True)
    phone.begin("PHQ-9")
    for _item in range(8):
        phone.answer("not_at_all")
    phone.answer("several_days")
    phone.says("Stay with the person")
    assert phone.page.locator("a.dial[href^='tel:']").count() >= 1
    phone.look("safety-now")
    phone.page.reload()
    phone.give_pictures()
    phone.says("Stay with the person")
    assert Alert.objects.count() == before
    phone.offline(False)
    phone.page.locator(".head-bar .sending").filter(has_text=phone.words("All sent")).wait_for()
    alert = Alert.objects.latest("recorded_at")
    assert Alert.objects.count() == before + 1
    assert alert.grade in {"now", "today"}
    assert not HeldOperation.objects.exists()
    assert not Response.objects.filter(recorded_at__gt=alert.recorded_at).exists(), "a draft counted"


@pytest.mark.parametrize(("name", "language"), HELD)
def test_the_battery_dies_in_the_sixth_question(story: Story, name: str, language: str) -> None:
    """ST524: (G4) five answers of nine, and the battery dies: they are there, the sixth is asked, all nine arrive."""
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    before = set(Response.objects.values_list("id", flat=True))
    phone.offline(True)
    phone.begin("PHQ-9")
    given = ["several_days", "not_at_all", "more_than_half", "not_at_all", "several_days"]
    for one in given:
        phone.answer(one)
    phone.reload()
    phone.line(phone.words("Go on with the questions"))
    phone.tap("Go on where you were")
    phone.asks(6)
    for _item in range(4):
        phone.answer("not_at_all")
    phone.answer("skipped")
    phone.tap("Save the answers")
    phone.waits()
    phone.offline(False)
    phone.synced()
    (response,) = Response.objects.exclude(id__in=before)
    with reading(by=phone.by, purpose="care", route="tests.stories"):
        answers = response.unseal("answers")
    assert [answers[f"q{place}"] for place in range(1, 10)] == [*given, *["not_at_all"] * 4]


def twelve(phone_of: str) -> None:
    """The group of today has twelve on its list."""
    agent = actor_by_name(phone_of, "community_agent")
    (group,) = (one for one in Group.objects.all() if one.text_of("name") == "Río")
    seats = GroupMember.objects.filter(cycle__group=group, until_on__isnull=True).count()
    for place in range(seats, 12):
        person = register_person(
            by=agent, site=group.site_id, identity_mode="alias", called=f"Wilmar{place}", age_band="25-34",
            gender="woman", limits="read_aloud", searched=search_token(agent, clock.now()),
        ).record  # fmt: skip
        add_member(by=agent, group=group.id, person=person)


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_meeting_without_signal(story: Story, language: str) -> None:
    """ST312: (C1, C2, C3) a meeting of twelve by telephone in 18 taps; who is not tapped is not recorded; a walk-in
    counts."""
    name = "yolanda"
    twelve(name)
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    people, before = Person.objects.count(), set(MeetingRecord.objects.values_list("id", flat=True))
    phone.offline(True)
    phone.taps = 0
    phone.page.locator("main button.line").filter(has_text="15:00").first.click()
    phone.taps += 1
    phone.look("meeting")
    present = phone.page.locator("main button.line.tap")
    came = present.count() - 1
    assert came == 11
    for place in range(came):
        phone._touch(present.nth(place))
    phone.tap("One more")
    phone.answer("phone")
    phone.tap("All done as planned")
    phone.tap("Save the meeting")
    assert phone.taps <= 18
    phone.waits()
    phone.offline(False)
    phone.synced()
    (meeting,) = MeetingRecord.objects.exclude(id__in=before)
    assert meeting.modality == "phone"
    assert meeting.walk_ins == 1
    assert Attendance.objects.filter(record=meeting).count() == came
    assert Person.objects.count() == people
    assert not HeldOperation.objects.exists()


@pytest.mark.parametrize("language", ["es", "ar"])
def test_two_on_one_telephone(story: Story, language: str) -> None:
    """ST313: (G3) a second colleague on the same telephone reads nothing of the first, who comes back offline."""
    first = Pocket(story, "yolanda", language).enrol()
    first.settled()
    codes = {one.split()[0] for one in first.page.locator("main .code").all_inner_texts() if one.strip()}
    assert codes
    first.page.locator(".hide-me").click()
    first.look("hidden")
    assert "Karama" not in first.text() + first.page.title()
    assert not any(code in first.text() for code in codes)
    second = Pocket(story, "chantal", language, page=first.page)
    first.page.goto("about:blank")
    second.enrol()
    assert not any(code in second.text() for code in codes)
    first.offline(True)
    first.page.reload()
    first.page.locator(".tile, main .button").first.wait_for()
    first.look("who")
    first.come_back()
    assert any(code in first.text() for code in codes)
