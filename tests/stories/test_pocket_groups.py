"""A group on two telephones, without signal: what both saw, and what they saw differently. Real Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from karama.groups.merging import held_of
from karama.groups.models import Attendance, CheckIn, Cycle, Group, GroupMeeting, MeetingRecord, Settlement
from karama.people.models import Person
from karama.sync.models import HeldOperation
from tests.machinery.browser import PHONE
from tests.stories.conftest import Story, look
from tests.stories.pocket import Pocket

if TYPE_CHECKING:
    from karama.groups.merging import Held

LANGUAGES = ("es", "ar", "en")


def cycle_of(name: str) -> UUID:
    """The cycle of the group that is called this."""
    group = next(one for one in Group.objects.all() if one.text_of("name") == name)
    return Cycle.objects.get(group=group, ended_on__isnull=True).id


def here(phone: Pocket, *called: str) -> None:
    """Open the meeting of today from Today, and tap who is here; counted."""
    phone._touch(phone.page.locator("main button.line").filter(has_text="15:00").first)
    for name in called:
        phone._touch(phone.page.locator("main button.line.tap").filter(has_text=name))


def saved(phone: Pocket, how: str) -> None:
    """Say how it was held, and save."""
    phone.answer(how)
    phone.tap("Save the meeting")
    phone.says("Saved.")


def _held(meeting: GroupMeeting) -> Held:
    return held_of([meeting])[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_meeting_on_two_telephones(story: Story, language: str) -> None:
    """ST314: (C4) two facilitators write the same meeting down offline: one meeting with what both saw; where they
    differ nothing is chosen for them, both are told, and one tap at the desk decides."""
    cycle = cycle_of("Río")
    before = set(GroupMeeting.objects.filter(cycle=cycle).values_list("id", flat=True))
    first = Pocket(story, "yolanda", language).enrol()
    first.settled()
    other = Pocket(story, "marta", language, duty="psychologist").enrol()
    other.settled()
    for phone in (first, other):
        phone.offline(True)
        phone.taps = 0
    here(first, "Yuli", "Don Chucho", "Don Chucho")
    first.tap("Not here")
    first.look("meeting-absent")
    saved(first, "in_person")
    here(other, "Don Chucho", "Leidy")
    saved(other, "in_person")
    assert max(first.taps, other.taps) <= 18
    assert set(GroupMeeting.objects.filter(cycle=cycle).values_list("id", flat=True)) == before
    for phone in (first, other):
        phone.offline(False)
        phone.synced()
    (meeting,) = GroupMeeting.objects.filter(cycle=cycle).exclude(id__in=before)
    assert MeetingRecord.objects.filter(meeting=meeting).count() == 2
    yuli, chucho, leidy = (story.people[name] for name in ("Yuli", "Don Chucho", "Leidy"))
    held = _held(meeting)
    assert {one: held.result.attendance.get(one) for one in (yuli, leidy)} == dict.fromkeys((yuli, leidy), "present")
    assert chucho not in held.result.attendance, "nobody chose between two who differ"
    assert [(one.item, one.person) for one in held.result.differences] == [("attendance", chucho)]
    assert not HeldOperation.objects.exists()
    _told_on_the_telephone(first)
    desk = story.page("yolanda", language, PHONE)
    desk.goto(f"/groups/meetings/{meeting.id}/")
    look(desk, "phone-two-records")
    (counts,) = Attendance.objects.filter(meeting=meeting, person_id=chucho, state="present")
    desk.locator(f"main button[name=chosen][value='{counts.record_id}']").click()
    desk.wait_for_load_state()
    assert desk.locator("main button[name=chosen]").count() == 0
    assert Settlement.objects.filter(meeting=meeting).count() == 1
    assert _held(meeting).result.attendance[chucho] == "present"


def _told_on_the_telephone(phone: Pocket) -> None:
    """After the exchange the colleague who wrote it down, too, is named where the meeting is."""
    phone.tries()
    phone.tap("Groups")
    phone.line("Río")
    phone.says("You have written down this meeting.")
    told = phone.words("%(alias)s wrote down this meeting, too.")
    phone.page.get_by_text(told.split("%(alias)s")[-1].strip()).wait_for()
    assert told.replace("%(alias)s", "Marta") in phone.text()
    phone.look("meeting-of-two")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_who_came_to_the_fourth_is_asked(story: Story, language: str) -> None:
    """ST321: (C6) the fourth meeting, written down without signal: whoever came is to be asked how they are, on the
    telephone and at the server, and nobody else; that it was asked is said without signal, in three taps."""
    cycle = cycle_of("Río")
    phone = Pocket(story, "yolanda", language).enrol()
    phone.settled()
    phone.offline(True)
    here(phone, "Yuli", "Leidy", "Don Chucho", "Don Chucho")
    phone.tap("Not here")
    saved(phone, "in_person")
    phone.offline(False)
    phone.synced()
    meeting = GroupMeeting.objects.get(cycle=cycle, number=4)
    yuli, leidy = (story.people[name] for name in ("Yuli", "Leidy"))
    assert set(CheckIn.objects.filter(cycle=cycle).values_list("person_id", flat=True)) == {yuli, leidy}
    assert _held(meeting).result.attendance[story.people["Don Chucho"]] == "absent"
    phone.tries()
    asked = phone.page.locator("main button.line").filter(has_text=phone.words("Ask how they are"))
    assert asked.count() == 2
    phone.look("ask-how-they-are")
    phone.offline(True)
    phone.taps = 0
    phone._touch(asked.filter(has_text=Person.objects.get(pk=yuli).code))
    phone.look("asked-how-they-are")
    phone.answer("done")
    assert phone.taps <= 3
    asked.first.wait_for()
    assert asked.count() == 1
    assert CheckIn.objects.filter(cycle=cycle, state="open").count() == 2
    phone.offline(False)
    phone.synced()
    assert CheckIn.objects.get(cycle=cycle, person_id=yuli).state == "done"
    assert CheckIn.objects.get(cycle=cycle, person_id=leidy).state == "open"
    assert not HeldOperation.objects.exists()
