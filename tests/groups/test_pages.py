"""GR100-GR119: the pages: attendance in one form, a worry in three, both versions side by side, quiet papers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from karama.accounts.models import User
from karama.groups.actions import add_member
from karama.groups.merging import held_of
from karama.groups.models import (
    CheckIn,
    CommunityActivity,
    Cycle,
    FidelityItem,
    Group,
    GroupFacilitator,
    GroupMember,
    MeetingRecord,
)
from karama.safety.models import Alert, AlertSource
from tests.accounts import signing
from tests.groups.conftest import Circle, circle, tapped
from tests.groups.test_activities import done

__all__ = ["circle"]


def window(circle: Circle, name: str) -> Client:
    """A browser without a window, signed in as this colleague."""
    return signing.browser(User.objects.get(pk=circle.clinic[name].id), factor=False)


def text(answer: Any) -> str:
    """What the page says; the token of the form masked."""
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def urls(circle: Circle) -> list[str]:
    """Every page about the group once something happened in it."""
    meeting = circle.meeting(4)
    seat = GroupMember.objects.get(person_id=circle.people[0], until_on__isnull=True)
    check = CheckIn.objects.get(person_id=circle.people[0])
    here, group = circle.clinic.here.id, circle.group
    return [
        "/groups/", f"/groups/{group}/", f"/groups/{group}/add/", f"/groups/{group}/facilitators/",
        f"/groups/{group}/cycle/", f"/groups/{group}/end/", f"/groups/{group}/worry/", f"/groups/{group}/sign/",
        f"/groups/{group}/measures/", f"/groups/{group}/plan/",
        f"/groups/meetings/{meeting.id}/", f"/groups/meetings/{meeting.id}/sheet/", f"/groups/places/{seat.id}/",
        "/groups/check-ins/", f"/groups/check-ins/{check.id}/", f"/groups/new/{here}/", "/activities/",
        f"/activities/new/{here}/", f"/activities/sign/{here}/",
    ]  # fmt: skip


def test_every_page_opens(circle: Circle) -> None:
    """GR100: every page opens for a facilitator and the supervisor, and says nothing to a colleague from elsewhere."""
    circle.record(number=4)
    circle.record(
        "diego", number=4, states={0: "absent", 1: "present"}, modality="phone", fidelity={"welcome": ("done", "")}
    )
    event = done(circle.clinic)
    for name in ("chantal", "nadia"):
        client = window(circle, name)
        for url in [*urls(circle), f"/activities/{event}/", f"/activities/{event}/correct/"]:
            assert client.get(url).status_code == 200, (name, url)
    assert window(circle, "chantal").get(f"/groups/{circle.group}/meeting/5/").status_code == 200
    far = window(circle, "tunde")
    open_to_all = ("/groups/", "/groups/check-ins/", "/activities/")
    for url in urls(circle):
        assert far.get(url).status_code == (200 if url in open_to_all else 404), url


def test_attendance_in_one_form(circle: Circle) -> None:
    """GR101: nothing is chosen beforehand; who is tapped is recorded, who is not has no state, and is said to be so."""
    client = window(circle, "chantal")
    url = f"/groups/{circle.group}/meeting/1/"
    page = text(client.get(url))
    assert set(re.findall(r'value="([^"]*)"[^>]* checked', page)) == {""}, "only that nothing is recorded"
    sent: dict[str, Any] = {f"p-{person}": "present" for person in circle.people[:11]}
    answer = client.post(url, sent | {"modality": "in_person", "walk_ins": "٢"})
    assert answer.status_code == 302
    assert set(tapped(circle).values()) == {"present"}
    assert len(tapped(circle)) == 11
    shown = text(client.get(answer.headers["Location"]))
    assert shown.count("Not recorded") == 1
    assert MeetingRecord.objects.get().walk_ins == 2


def test_correcting_what_one_wrote(circle: Circle) -> None:
    """GR102: the form of one's own meeting holds what one wrote, asks for a reason, and keeps both."""
    client = window(circle, "chantal")
    circle.record(states={0: "present"}, fidelity={"welcome": ("not_done", "time")}, mood=4)
    url = f"/groups/{circle.group}/meeting/1/"
    page = text(client.get(url))
    assert sorted(filter(None, re.findall(r'value="([^"]*)"[^>]* checked', page))) == ["4", "not_done", "present"]
    sent = {f"p-{circle.people[0]}": "excused", "modality": "phone"}
    assert client.post(url, sent).status_code == 422
    assert client.post(url, sent | {"reason": "Called before."}).status_code == 302
    assert tapped(circle) == {circle.people[0]: "excused"}
    assert FidelityItem.objects.get(record__amends__isnull=False, item="expression").why == "modality"


def test_a_worry_from_the_meeting(circle: Circle) -> None:
    """GR103: somebody of the group worries me: three taps, nothing typed, nobody in an address; also while the meeting
    is being written down, which is kept with it."""
    client = window(circle, "diego")
    url = f"/groups/{circle.group}/worry/"
    person = circle.people[5]
    assert str(person) not in url
    client.get(url)
    second = text(client.post(url, {"about": str(person)}))
    assert "Risk of suicide" in second
    answer = client.post(url, {"about": str(person), "kind": "suicide"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/worry/")
    assert Alert.objects.get().person_id == person
    assert AlertSource.objects.get().author_id == circle.clinic["diego"].id
    assert client.get(answer.headers["Location"]).status_code == 200
    told = {f"p-{person}": "left_early", "modality": "in_person", "worry": "yes"}
    answer = client.post(f"/groups/{circle.group}/meeting/1/", told)
    assert answer.headers["Location"] == url
    assert tapped(circle) == {person: "left_early"}


def test_a_worry_about_nobody_on_the_list(circle: Circle) -> None:
    """GR104: somebody who is not on the list can worry, too; an id that is not of this group raises one about nobody
    named, never none."""
    client = window(circle, "chantal")
    url = f"/groups/{circle.group}/worry/"
    other = circle.clinic.register(called="Luz", first="Luz", last="Mena")
    for about in ("", str(other), "nonsense"):
        assert client.post(url, {"about": about, "kind": "armed_threat"}).status_code == 302
    assert AlertSource.objects.count() == 3
    assert not Alert.objects.filter(person_id=other).exists()


def test_both_versions_are_shown(circle: Circle) -> None:
    """GR105: C4: the meeting shows what each wrote with her alias, and one tap settles it."""
    circle.record(states={0: "present", 1: "absent"}, walk_ins=1)
    other = circle.record("diego", states={1: "present"}, walk_ins=2)
    client = window(circle, "nadia")
    url = f"/groups/meetings/{other.meeting_id}/"
    page = text(client.get(url))
    assert "Two colleagues wrote down something different" in page
    assert "Chantal" in page
    assert "Diego" in page
    assert "Not decided yet" in page
    told = {"item": "attendance", "person": str(circle.people[1]), "chosen": str(other.id)}
    assert client.post(f"{url}settle/", told).status_code == 302
    assert tapped(circle)[circle.people[1]] == "present"
    for wrong in ({"chosen": ""}, {"chosen": "x"}, {"item": "Robert'); --", "chosen": str(other.id)}):
        assert client.post(f"{url}settle/", told | wrong).status_code in (400, 404, 422)


def test_a_list_to_sign_keeps_quiet(circle: Circle) -> None:
    """GR106: a list to sign holds what people are called, or their code, and lines; neither the group, the programme,
    the site nor the service."""
    coded = circle.clinic.register(identity_mode="coded", first="", last="", birth_year=None)
    add_member(by=circle.clinic["chantal"], group=circle.group, person=coded)
    client = window(circle, "chantal")
    for url in (f"/groups/{circle.group}/sign/", f"/activities/sign/{circle.clinic.here.id}/"):
        page = text(client.get(url))
        paper = page[page.index('<div class="paper">') : page.index("</main>")]
        for word in ("Río", "Quibdó", "support", "problem", "psycho", "mental", "Karama", "group"):
            assert word.casefold() not in paper.casefold(), word
    page = text(client.get(f"/groups/{circle.group}/sign/"))
    assert "Ana0" in page
    assert "Palacios" not in page


def test_the_sheet_of_a_meeting(circle: Circle) -> None:
    """GR107: the sheet comes from the same entry: 4Ws code, how it was held, how many; nobody is named in it."""
    made = circle.record(states={0: "present", 1: "left_early"}, walk_ins=3, modality="hybrid", minutes=110)
    page = text(window(circle, "chantal").get(f"/groups/meetings/{made.meeting_id}/sheet/"))
    for word in ("8.2", "Some together", "110", "Quibdó", ">5<"):
        assert word in page, word
    assert "Ana" not in page


def test_a_group_is_opened_and_filled(circle: Circle) -> None:
    """GR108: a group is opened, filled, given a second facilitator and a next cycle by its pages."""
    client = window(circle, "chantal")
    here = circle.clinic.here.id
    told = {
        "name": "Luna",
        "kind": "intervention",
        "intervention": "problem_expression",
        "form": "closed",
        "weekday": "1",
    }
    assert client.post(f"/groups/new/{here}/", told | {"name": "Grupo VIH"}).status_code == 422
    answer = client.post(f"/groups/new/{here}/", told | {"capacity": "2", "starts": "15:00"})
    assert answer.status_code == 302
    url = answer.headers["Location"]
    assert client.post(f"{url}add/", {"person": str(circle.people[0])}).status_code == 302
    assert client.post(f"{url}add/", {"person": str(circle.people[0])}).status_code == 422
    assert client.post(f"{url}add/", {"person": "nonsense"}).status_code == 404
    assert client.post(f"{url}facilitators/", {"user": str(circle.clinic["diego"].id)}).status_code == 302
    group = Group.objects.exclude(pk=circle.group).get()
    assert GroupFacilitator.objects.filter(group=group).count() == 2
    seat = GroupMember.objects.get(cycle__group=group)
    assert client.post(f"/groups/places/{seat.id}/", {"why": "left"}).status_code == 302
    assert client.post(f"{url}cycle/", {"end": "yes"}).status_code == 302
    assert client.post(f"{url}cycle/", {"intervention": "problem_expression"}).status_code == 302
    assert Cycle.objects.filter(group=group).count() == 2
    assert client.post(f"{url}facilitators/", {"end": str(circle.clinic["diego"].id)}).status_code == 302
    assert client.post(f"{url}end/", {"confirmed": "yes"}).status_code == 302
    assert client.get(url).status_code == 200


def test_watching_and_asking(circle: Circle) -> None:
    """GR109: the supervisor says what she watched; a facilitator settles a check-in, and finds the measure to ask in
    care when she works with the person."""
    made = circle.record(number=4, states={0: "present", 1: "present"})
    nadia = window(circle, "nadia")
    answer = nadia.post(f"/groups/meetings/{made.meeting_id}/observe/", {"f-welcome": "adapted"})
    assert answer.status_code == 422
    told = {"f-welcome": "adapted", "w-welcome": "time", "f-closing": "done"}
    assert nadia.post(f"/groups/meetings/{made.meeting_id}/observe/", told).status_code == 302
    assert len(held_of([circle.meeting(4)])[0].observed) == 1
    check = CheckIn.objects.get(person_id=circle.people[0])
    diego = window(circle, "diego")
    assert f"/people/{circle.people[0]}/ask/k10/" in text(diego.get(f"/groups/check-ins/{check.id}/"))
    other = CheckIn.objects.get(person_id=circle.people[1])
    assert "/people/" not in text(diego.get(f"/groups/check-ins/{other.id}/")).split("<main")[1]
    assert diego.post(f"/groups/check-ins/{other.id}/", {"state": "not_reached"}).status_code == 302
    other.refresh_from_db()
    assert other.state == "not_reached"


def test_an_activity_by_its_pages(circle: Circle) -> None:
    """GR110: an activity is written down with its boxes, an empty one not counted; corrected; and shown as a sheet."""
    client = window(circle, "chantal")
    here = circle.clinic.here.id
    told = {
        "title": "Football", "kind": "recreation", "four_ws": "3.5", "basis": "contacts", "n-10-14-F": "7",
        "n-10-14-M": "0", "place": "By the river",
    }  # fmt: skip
    assert client.post(f"/activities/new/{here}/", told | {"n-10-14-F": "many"}).status_code == 422
    answer = client.post(f"/activities/new/{here}/", told)
    assert answer.status_code == 302
    page = text(client.get(answer.headers["Location"]))
    for word in ("Football", "3.5", "By the river", "Contacts"):
        assert word in page, word
    url = f"{answer.headers['Location']}correct/"
    assert client.post(url, told).status_code == 422
    assert client.post(url, told | {"reason": "Counted again.", "n-10-14-F": "8"}).status_code == 302
    assert CommunityActivity.objects.count() == 2


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "\x00", "²"])
def test_nonsense_is_said_not_broken(circle: Circle, value: str) -> None:
    """GR111: whatever is typed into the forms of this room is answered in words, never with a broken page."""
    client = window(circle, "chantal")
    here = circle.clinic.here.id
    fields = ("walk_ins", "minutes", "on", "modality", "mood", f"p-{circle.people[0]}", "f-welcome", "w-welcome")
    for field in fields:
        sent = {"modality": "in_person", field: value}
        assert client.post(f"/groups/{circle.group}/meeting/1/", sent).status_code in (302, 400, 422), field
    for field in (
        "planned",
        "capacity",
        "weekday",
        "starts",
        "begins_on",
        "age_bands",
        "four_ws",
        "intervention",
        "name",
    ):
        sent = {"name": "Luna", "kind": "peer_support", "form": "open", field: value}
        assert client.post(f"/groups/new/{here}/", sent).status_code in (302, 400, 422), field
    for field in ("n-10-14-F", "four_ws", "on", "basis", "minutes"):
        sent = {"title": "A", "kind": "skills", "four_ws": "3.5", "basis": "people", "n-5-9-F": "1", field: value}
        assert client.post(f"/activities/new/{here}/", sent).status_code in (302, 400, 422), field
