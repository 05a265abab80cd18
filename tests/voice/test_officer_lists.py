"""The officer's lists: passwords, telephones, agreements, impact assessments, what left the house. Nothing is hidden
behind "more than", nothing names anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from karama.accounts.actions import add_user, end_duty, new_password, revoke_device
from karama.accounts.adapters import SignIn
from karama.accounts.models import Device, DeviceSeen, Posting, User
from karama.accounts.queries.watching import handed_passwords, note_seen, unseen_devices
from karama.accounts.today import lines_for
from karama.journal import Absent, Actor, Refused, clock
from karama.notices.models import Notice
from karama.people.overseeing import every_leaving, every_list
from karama.programme.actions import add_partner
from karama.programme.days import today_in
from karama.referrals.actions import end_agreement, record_agreement
from karama.referrals.lists import agreements
from karama.voice import queries
from karama.voice.actions import assess_impact, make_file
from karama.voice.models import ImpactAssessment
from karama.voice.problems import AssessmentDays, AssessmentWords
from tests.accounts import signing
from tests.house.reading import modules, strings
from tests.sync.phone import Phone
from tests.voice.conftest import Clinic, amal, as_officer, clinic, granted

__all__ = ["amal", "clinic"]


def page_of(by: Actor, address: str) -> str:
    """One page as this colleague sees it."""
    return signing.browser(User.objects.get(pk=by.id)).get(address).content.decode()


# --- passwords that somebody else knows


def test_the_officer_is_told_of_a_password_that_somebody_else_knows(clinic: Clinic) -> None:
    """VO410: an administrator who makes a user, or hands a new password over, could sign in as her: the officer has a
    line and a notice at once, with who did it and when, until the user has chosen her own."""
    leila, samir = clinic["leila"], clinic["samir"]
    User.objects.update(must_change_password=False)
    made = add_user(by=samir, username="nour").value.id
    assert [one.id for one in handed_passwords(leila)] == [made]
    assert Notice.objects.filter(user_id=leila.id, place=made, read_at=None).count() == 1
    assert any("Passwords that somebody else knows" in str(line.words) for line in lines_for(leila))
    page = page_of(leila, "/rights/lists/passwords/")
    assert "handed over by Samir" in page
    assert "nour" not in page, "the name she signs in with is hers alone"
    SignIn().set_password(User.objects.get(pk=made), "four words of her own")
    assert not handed_passwords(leila).exists()
    assert not Notice.objects.filter(place=made).exists()
    new_password(by=samir, user=clinic["tunde"].id)
    assert [one.id for one in handed_passwords(leila)] == [clinic["tunde"].id]
    assert "Community psychosocial agent" in page_of(leila, "/rights/lists/passwords/")


def test_only_whose_programme_it_is(clinic: Clinic) -> None:
    """VO411: the list is the officer's, as far as her programmes go; nobody else has it, also who looks after users."""
    User.objects.update(must_change_password=True)
    for name in ("samir", "nadia", "rojin", "chantal"):
        assert not handed_passwords(clinic[name]).exists()
        assert not unseen_devices(clinic[name]).exists()
    elsewhere = replace(clinic["leila"], programmes=frozenset({UUID(int=4)}))
    assert clinic["tunde"].id not in {one.id for one in handed_passwords(elsewhere)}
    assert clinic["tunde"].id in {one.id for one in handed_passwords(clinic["leila"])}


# --- telephones


@pytest.fixture
def phone(clinic: Clinic) -> Phone:
    """Chantal's telephone."""
    return Phone(clinic["chantal"]).enrol()


def test_a_telephone_is_seen_when_it_asks(clinic: Clinic, phone: Phone) -> None:
    """VO412: each question under its own key counts, once a day; after more than 30 days without one it stands there,
    the longest silence first; one that never asked since it was let in stands there from the second day."""
    leila = clinic["leila"]
    assert list(unseen_devices(leila)) == []
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert [one.id for one in unseen_devices(leila)] == [phone.device], "let in, and never seen"
        assert "never seen since it was let in" in page_of(leila, "/rights/lists/telephones/")
        phone.sync()
        assert DeviceSeen.objects.get().seen_on == clock.day_in_utc()
        assert not note_seen(phone.device), "written once a day"
        assert list(unseen_devices(leila)) == []
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        assert list(unseen_devices(leila)) == [], "thirty days to the day"
    with time_machine.travel(timezone.now() + timedelta(days=33)):
        assert [one.id for one in unseen_devices(leila)] == [phone.device]
        page = page_of(leila, "/rights/lists/telephones/")
        assert "seen 31 days ago" in page
        assert "Community psychosocial agent" in page


def test_the_officer_takes_a_telephone_back(clinic: Clinic, phone: Phone) -> None:
    """VO413: she takes back one that was not seen, from its line, also when its user holds no duty any more; nobody
    elsewhere does."""
    end_duty(by=clinic["samir"], posting=Posting.objects.get(user_id=clinic["chantal"].id).id)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        client = signing.browser(User.objects.get(pk=clinic["leila"].id))
        listed = client.get("/rights/lists/telephones/").content.decode()
        href = re.search(r'href="(/devices/[^"]+|[^"]*' + str(phone.device) + r'[^"]*)"', listed)
        assert href is not None
        answer = client.post(href.group(1).replace("&amp;", "&"), {"why": "lost"})
        assert answer["Location"] == "/rights/lists/telephones/"
        assert Device.objects.get(pk=phone.device).revoked_why == "lost"
        assert list(unseen_devices(clinic["leila"])) == []
    for name in ("nadia", "tunde", "rojin"):
        with pytest.raises(Refused):
            revoke_device(by=clinic[name], device=phone.device, why="lost")


# --- sharing agreements


@pytest.fixture
def agree(clinic: Clinic) -> Callable[..., UUID]:
    """An agreement with a new partner that ends in so many days."""

    def made(name: str, days: int) -> UUID:
        partner = add_partner(by=clinic["samir"], name=name).value.id
        told: UUID = record_agreement(
            by=clinic["leila"], programme=clinic.programme.id, organisation=partner, recipient="partner_health",
            classes=["general"], until_on=today_in(clinic.programme.id) + timedelta(days=days),
        ).value.id  # fmt: skip
        return told

    return made


def test_agreements_that_end(clinic: Clinic, agree: Callable[..., UUID]) -> None:
    """VO414: what lapsed or ends within 30 days waits for the officer, what ends first on top; what was ended is
    gone."""
    leila = clinic["leila"]
    agree("Far", 31)
    ended = agree("Ended", 5)
    agree("Soon", 30)
    agree("First", 1)
    end_agreement(by=leila, agreement=ended)
    assert [one.organisation.name for one in agreements(leila)] == ["First", "Soon", "Far"]
    mine = next(one for one in every_list() if one.code == "agreements")
    assert mine.pressing is not None
    assert mine.pressing(leila) == 2
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert mine.pressing(leila) == 3
        page = page_of(leila, "/rights/lists/agreements/")
        assert page.index("First") < page.index("has lapsed") < page.index("ends soon")


# --- impact assessments


def assessed(clinic: Clinic, **more: Any) -> Any:
    today = today_in(clinic.programme.id)
    told = {
        "done_on": today, "review_on": today + timedelta(days=100), "risk": "high", "who": "The team",
        "summary": "A stolen telephone names people.", "measures": "It is sealed.", "reference": "Folder 4",
    }  # fmt: skip
    return assess_impact(by=clinic["leila"], programme=clinic.programme.id, **(told | more))


def test_a_missing_assessment_is_said(clinic: Clinic) -> None:
    """VO415: a programme without one is said in red words; the newest counts, and past its day it is red again."""
    leila = clinic["leila"]
    assert [one.state for one in queries.assessments(leila)] == ["missing"]
    address = f"/rights/assessments/{clinic.programme.id}/"
    page = page_of(leila, address)
    assert 'class="notice now"' in page
    assert "There is no impact assessment of this programme" in page
    assessed(clinic, risk="low", done_on=today_in(clinic.programme.id) - timedelta(days=9))
    assessed(clinic)
    line = queries.assessments(leila)[0]
    assert (line.state, line.risk) == ("in_force", "high")
    assert "A stolen telephone names people." in page_of(leila, address)
    with time_machine.travel(timezone.now() + timedelta(days=101)):
        assert queries.assessments(leila)[0].state == "overdue"
        assert any("Impact assessments" in str(one.words) for one in lines_for(leila))


def test_an_assessment_that_says_nothing_is_refused(clinic: Clinic) -> None:
    """VO416: without who, what and measures, done ahead, or looked at again never, it is not written down; and by
    nobody but the officer of this programme."""
    today = today_in(clinic.programme.id)
    for more in ({"done_on": today + timedelta(days=1)}, {"review_on": today}, {"review_on": today + timedelta(900)}):
        with pytest.raises(AssessmentDays):
            assessed(clinic, **more)
    for name in ("who", "summary", "measures"):
        with pytest.raises(AssessmentWords):
            assessed(clinic, **{name: " "})
    for name in ("nadia", "samir", "rojin"):
        with pytest.raises(Refused):
            assess_impact(
                by=clinic[name], programme=clinic.programme.id, done_on=today, review_on=today + timedelta(days=9),
                risk="low", who="x", summary="x", measures="x",
            )  # fmt: skip
    elsewhere = replace(clinic["leila"], programmes=frozenset({UUID(int=4)}))
    with pytest.raises(Absent):
        queries.assessment_page(elsewhere, clinic.programme.id)
    assert ImpactAssessment.objects.count() == 0


# --- what left the house


def test_what_left_is_told(clinic: Clinic, amal: UUID, tmp_path: Path, settings: Any) -> None:
    """VO417: a copy that was opened, a file that was made and taken, a backup: when, what, who, about how many; neither
    a name nor a code."""
    now = clock.now()
    (tmp_path / f"{now:%Y%m%dT%H%M%S}-abcd.data.age").write_bytes(b"")
    settings.KARAMA_BACKUPS = tmp_path
    rights = granted(clinic, amal, "portability")
    client = signing.browser(User.objects.get(pk=clinic["nadia"].id))
    client.get(f"/rights/{rights}/copy/")
    with as_officer(clinic["nadia"]):
        file = make_file(by=clinic["nadia"], rights=rights, language="en").record
    client.get(f"/rights/file/{file}/")
    left = queries.left_in(clinic["leila"], *queries.month_of(""))
    told = sorted((str(one.what), one.who, one.people) for one in left)
    assert told == [
        ("A file of a record was made", "Nadia", 1),
        ("A file of a record was taken", "Nadia", 1),
        ("A readable copy was opened", "Nadia", 1),
        ("backup", "", None),
    ]
    page = page_of(clinic["leila"], "/rights/left/")
    assert "A readable copy was opened" in page
    assert "Haddad" not in page
    elsewhere = replace(clinic["leila"], programmes=frozenset({UUID(int=4)}))
    assert [one.what for one in queries.left_in(elsewhere, *queries.month_of(""))] == ["backup"]
    assert queries.left_in(clinic["leila"], date(2020, 1, 1), date(2020, 2, 1)) == []


def test_each_way_out_is_named() -> None:
    """VO418: whatever a page sends as a file is a way out that the officer is shown."""
    files = {
        module.name
        for module in modules()
        if module.room != "cli"
        for _line, text in strings(module)
        if "attachment" in text and "filename" in text
    }
    assert files == {
        "karama/voice/views/copies.py",
        "karama/sync/views.py",
        "karama/evidence/views/registers.py",
    }, "name it in `people.overseeing.leaving`, then here"
    routes = {route for one in every_leaving() for route in one.routes}
    assert {"voice:download", "sync:held_file", "register_file"} <= routes
    actions = {action for one in every_leaving() for action in one.actions}
    assert {"referrals.send_referral", "referrals.renew_slip", "referrals.refer_in_emergency"} <= actions


@pytest.mark.parametrize("told", ["", "2026-13", "x" * 50, "2999-01", "0001-01", "2026-0١"])
def test_a_month_that_cannot_be(clinic: Clinic, told: str) -> None:
    """VO419: a month that is none, or lies ahead, is answered with one that can be; never with an error."""
    client: Client = signing.browser(User.objects.get(pk=clinic["leila"].id))
    assert client.get("/rights/left/", {"month": told}).status_code == 200
    assert client.get("/rights/lists/requests/", {"page": told}).status_code == 200
    assert queries.month_of(told)[0] <= clock.day_in_utc()


# --- every list


def test_every_list_says_when_it_is_empty(clinic: Clinic) -> None:
    """VO420: each list of the officer has words for "nothing", a page, and no row that nobody can reach; one that does
    not exist is absent."""
    client = signing.browser(User.objects.get(pk=clinic["leila"].id))
    User.objects.update(must_change_password=False)
    hub = client.get("/rights/").content.decode()
    for one in every_list():
        address = str(one.href) or f"/rights/lists/{one.code}/"
        if one.code != "requests":
            assert f'href="{address}"' in hub, one.code
        answer = client.get(address)
        assert answer.status_code == 200, one.code
        if not one.href:
            assert str(one.empty) in answer.content.decode(), one.code
    assert client.get("/rights/lists/nothing/").status_code == 404
    assert client.get("/rights/lists/keeping/").status_code == 404


def test_pages_reach_every_row(clinic: Clinic) -> None:
    """VO421: of a list longer than a page every row is reached, the oldest first."""
    client = signing.browser(User.objects.get(pk=clinic["leila"].id))
    User.objects.update(must_change_password=False)
    for number in range(45):
        add_user(by=clinic["samir"], username=f"new{number}")
    rows = [len(re.findall(r'<li class="row', client.get(f"/rights/lists/passwords/?page={n}").content.decode()))
            for n in (1, 2, 3)]  # fmt: skip
    assert rows == [20, 20, 5]
    assert [one.username for one in handed_passwords(clinic["leila"])] == [f"new{number}" for number in range(45)]
