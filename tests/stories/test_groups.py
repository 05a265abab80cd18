"""ST240-ST249: J1g, C1-C4, C6: a meeting of twelve in fifteen taps, a worry in three, two records of one meeting, and
who is asked after the fourth; in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from karama.accounts.queries import actor_by_name
from karama.groups.actions import add_member, open_group
from karama.groups.merging import held_of
from karama.groups.models import Attendance, CheckIn, Cycle, Group, GroupMeeting
from karama.journal import clock
from karama.people.actions import register_person
from karama.people.searching import search_token
from karama.programme.models import Site
from karama.rules.groups import contacts
from karama.safety.models import Alert
from tests.stories.conftest import Story, look
from tests.stories.test_course import Taps

if TYPE_CHECKING:
    from playwright.sync_api import Page

LANGUAGES = ("es", "ar", "en")


def twelve() -> tuple[UUID, list[UUID]]:
    """A group of Yolanda's with twelve on its list."""
    yolanda, site = actor_by_name("yolanda"), Site.objects.get(code="quibdo").id
    group = open_group(
        by=yolanda, site=site, name="Atrato", kind="intervention", intervention="problem_expression"
    ).value.id
    people = []
    for number in range(12):
        person = register_person(
            by=yolanda, site=site, identity_mode="alias", called=f"Ana {number + 1}", limits="read_aloud",
            age_band="25-34", searched=search_token(yolanda, clock.now()),
        ).value.id  # fmt: skip
        add_member(by=yolanda, group=group, person=person)
        people.append(person)
    return group, people


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_people_and_a_worry(story: Story, language: str) -> None:
    """ST240: C1, C3: attendance of twelve takes at most eighteen taps; who was not tapped is not recorded; a walk-in
    makes the total one more and people no more; and somebody who worries me is said in three taps."""
    group, people = twelve()
    page = story.page("yolanda", language)
    page.goto("/groups/")
    look(page, "groups")
    taps = Taps(page)
    taps.tap(f"main a[href='/groups/{group}/']")
    look(page, "groups-one")
    taps.tap(f"main a[href='/groups/{group}/meeting/1/']")
    look(page, "groups-record")
    for person in people[:11]:
        page.locator(f"[name='p-{person}'][value=present]").check()
        taps.count += 1
    taps.tap("[name=walk_ins]")
    page.keyboard.type("1")
    taps.tap("main form button.primary")
    page.wait_for_load_state()
    look(page, "groups-meeting")
    assert taps.count + 1 <= 18, "with the twelfth tapped, too"
    held = held_of(list(GroupMeeting.objects.filter(cycle__group_id=group)))[0]
    assert set(held.result.attendance) == set(people[:11])
    assert people[11] not in held.result.attendance
    assert (contacts(held.result), len(held.result.came)) == (12, 11)
    before = Alert.objects.count()
    worry = Taps(page)
    worry.tap(f"main a[href='/groups/{group}/worry/']")
    look(page, "groups-worry-who")
    worry.tap(f"button[name=about][value='{people[3]}']")
    look(page, "groups-worry-why")
    worry.tap("button[name=kind][value=suicide]")
    page.wait_for_load_state()
    look(page, "groups-worry-raised")
    assert worry.count == 3
    assert Alert.objects.count() == before + 1
    assert Alert.objects.filter(person_id=people[3]).exists()
    assert str(people[3]) not in page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_records_of_one_meeting(story: Story, language: str) -> None:
    """ST241: C2, C4, C6: by telephone only this once, what cannot be done then is adapted; two facilitators write the
    same meeting down, and what differs is settled by one tap; whoever came to the fourth is asked how they are."""
    group = next(one for one in Group.objects.all() if one.text_of("name") == "Río").id
    cycle = Cycle.objects.get(group_id=group)
    yuli, chucho, leidy = (story.people[name] for name in ("Yuli", "Don Chucho", "Leidy"))
    first = story.page("yolanda", language)
    _tap_in(first, group, 4, {yuli: "present", chucho: "absent"}, "phone")
    look(first, "groups-by-telephone")
    other = story.page("marta", language)
    _tap_in(other, group, 4, {chucho: "present", leidy: "present"}, "phone")
    look(other, "groups-differs")
    assert GroupMeeting.objects.filter(cycle=cycle, number=4).count() == 1
    held = _held(cycle, 4)
    assert [one.person for one in held.result.differences] == [chucho]
    assert held.modality == "phone"
    assert _held(cycle, 1).modality == "in_person"
    for one in held.records:
        assert held.fidelity[one.id]["expression"] == ("adapted", "modality")
    ines = story.page("ines", language)
    ines.goto("/")
    look(ines, "groups-today")
    ines.click(f"main a[href='/groups/meetings/{held.meeting.id}/']")
    ines.locator("main button[name=chosen]").nth(1).click()
    ines.wait_for_load_state()
    look(ines, "groups-settled")
    held = _held(cycle, 4)
    assert held.result.attendance == {yuli: "present", chucho: "present", leidy: "present"}
    assert Attendance.objects.filter(person_id=chucho, meeting=held.meeting).count() == 2
    assert set(CheckIn.objects.filter(cycle=cycle).values_list("person_id", flat=True)) == {yuli, chucho, leidy}
    first.goto("/groups/check-ins/")
    look(first, "groups-check-ins")
    first.locator("main .rows a").first.click()
    look(first, "groups-check-in")
    taps = Taps(first)
    taps.choose("state", "done")
    taps.tap("main form button.primary")
    assert CheckIn.objects.filter(cycle=cycle, state="done").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers(story: Story, language: str) -> None:
    """ST242: one entry gives the sheet a donor asks for; a list to sign names neither group nor service."""
    page = story.page("yolanda", language)
    page.goto("/activities/")
    look(page, "activities")
    page.locator("main a[href^='/activities/new/']").first.click()
    look(page, "activity-new")
    page.goto("/activities/")
    page.locator("main .card:last-of-type .rows a").first.click()
    look(page, "activity-sheet")
    page.goto("/activities/")
    page.locator("main a[href^='/activities/sign/']").first.click()
    look(page, "activity-sign")
    group = next(one for one in Group.objects.all() if one.text_of("name") == "Río").id
    page.goto(f"/groups/{group}/sign/")
    look(page, "groups-sign")
    paper = page.locator(".paper").inner_text()
    assert "Yuli" in paper
    assert "Río" not in paper


def _tap_in(page: Page, group: UUID, number: int, states: dict[UUID, str], how: str) -> None:
    """Write a meeting down by its page."""
    page.goto(f"/groups/{group}/meeting/{number}/")
    for person, state in states.items():
        page.locator(f"[name='p-{person}'][value={state}]").check()
    page.select_option("[name=modality]", how)
    page.click("main form button.primary")
    page.wait_for_load_state()


def _held(cycle: Cycle, number: int) -> Any:
    return held_of([GroupMeeting.objects.get(cycle=cycle, number=number)])[0]
