"""Weeks without signal, a bad line, and a duty that ended meanwhile: nothing is lost, nothing counts twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine

from karama.accounts.actions import end_duty, give_duty
from karama.accounts.models import Posting
from karama.accounts.queries import actor_by_name
from karama.care.models import Session
from karama.groups.models import CommunityActivity
from karama.journal.models import Entry
from karama.knowledge.pack_field import terms_of
from karama.people.models import Person
from karama.safety.models import Alert
from karama.sync.models import HeldOperation
from tests.stories.conftest import COLOMBIA, IRAQ, Story, look
from tests.stories.line import DOWN, UP, Line
from tests.stories.pocket import Pocket
from tests.stories.test_pocket import CANARY, HELD, registered

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

HERS = {"yolanda": "Don Chucho", "chantal": "Rezan"}
PACK = {"yolanda": COLOMBIA, "chantal": IRAQ}
MANY = Path(__file__).with_name("many.js").read_text(encoding="utf-8")
DAYS = (0, 5, 13, 20)
EACH_DAY = 124
BITS_A_SECOND = 32_000
DROPS = ((UP, 2_500), (DOWN, 1), (UP, 5_000), (DOWN, 1), (DOWN, 900))
"""In the middle of what is sent, and just when the server, which has it all, begins to answer."""


def worked(phone: Pocket, many: int, name: str) -> None:
    """So many activities with the community, from Today and back to it."""
    phone.page.locator("nav.foot-bar button").first.click()
    phone.page.locator("main .start").first.wait_for()
    phone.page.evaluate(MANY, {"many": many, "begin": phone.words("Activity with the community"), "name": name})


def met(phone: Pocket, called: str) -> None:
    """One session with somebody, as she came."""
    phone.tap("People")
    phone.line(called)
    phone.tap("Session")
    phone.answer("came")
    phone.answer("in_person")
    phone.answer("no")
    phone.answer("go_on")


def sent_by_trying(phone: Pocket, tries: int) -> None:
    """She stands where there is a little signal and taps until the telephone says that all is sent."""
    phone.page.locator(".head-bar .sending").click()
    sent = phone.page.locator(".head-bar .sending").filter(has_text=phone.words("All sent"))
    again = phone.page.locator("main .button.primary:not([disabled])").filter(has_text=phone.words("Try now"))
    for _try in range(tries):
        sent.or_(again).first.wait_for(timeout=5 * 60_000)
        if sent.count():
            return
        again.click()
        sent.or_(phone.page.locator("main .progress")).first.wait_for()
    raise AssertionError(phone.text())


@pytest.mark.full
@pytest.mark.parametrize(("name", "language"), HELD)
def test_three_weeks_and_a_bad_line(story: Story, live_server: LiveServer, name: str, language: str) -> None:
    """ST315: (G1) five hundred facts of three weeks without signal; at 32 kbit/s with five drops all arrive once, each
    with the day on which it was done. When the lease is over the files close, in words, and one goes on working."""
    began = datetime.now(UTC).replace(hour=15, minute=0)
    with Line(live_server.url) as line:
        phone = Pocket(story, name, language, at=line.address)
        with time_machine.travel(began):
            phone.page.clock.set_fixed_time(began)
            phone.enrol()
            phone.settled()
        phone.offline(True)
        before = set(CommunityActivity.objects.values_list("id", flat=True))
        lease, new = terms_of(PACK[name]).lease_days, list[str]()
        sessions, entries = Session.objects.count(), Entry.objects.count()
        for day in DAYS:
            phone.page.clock.set_fixed_time(began + timedelta(days=day))
            phone.reload()
            if day < lease:
                met(phone, HERS[name])
            else:
                phone.says("The files of people are closed")
                phone.look("lease-over")
                new.append(registered(phone).replace("-", ""))
            worked(phone, EACH_DAY, f"Día {day}")
        assert CommunityActivity.objects.count() == len(before)
        back = began + timedelta(days=21)
        phone.page.clock.set_fixed_time(back)
        with time_machine.travel(back):
            phone.reload()
            phone.look("five-hundred")
            line.bad(BITS_A_SECOND // 8, DROPS)
            phone.offline(False)
            sent_by_trying(phone, tries=20)
            phone.look("all-sent")
        assert line.cuts == [], "all five drops happened"
    arrived = CommunityActivity.objects.exclude(id__in=before)
    assert Counter(one.text_of("title") for one in arrived) == Counter(
        f"Día {day} {number}" for day in DAYS for number in range(1, EACH_DAY + 1)
    )
    held_on = Counter(arrived.values_list("occurred_on", flat=True))
    assert held_on == {(began + timedelta(days=day)).date(): EACH_DAY for day in DAYS}
    assert Session.objects.count() == sessions + 2
    assert len(set(new) & {code.replace("-", "") for code in Person.objects.values_list("code", flat=True)}) == 2
    assert Entry.objects.count() >= entries + 500
    assert not HeldOperation.objects.exists()


@pytest.mark.parametrize(("name", "language"), HELD)
def test_a_duty_that_ended_meanwhile(story: Story, name: str, language: str) -> None:
    """ST316: (G2) her duty ends while seven things wait: all seven are at the server, kept for her supervisor or, an
    alert, told at once, before anything leaves the telephone; and both sides say in words what became of them."""
    supervisor = {"yolanda": "ines", "chantal": "nadia"}[name]
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    codes = {one.split()[0] for one in phone.page.locator("main .code").all_inner_texts() if one.strip()}
    assert codes
    before, alerts = Person.objects.count(), Alert.objects.count()
    phone.offline(True)
    registered(phone)
    worked(phone, 5, "Fútbol")
    phone.taps = 0
    phone.page.locator("nav.foot-bar .urgent").click()
    phone.answer("violence_at_home")
    phone.answer("")
    assert phone.taps + 1 <= 3
    phone.says("Stay with the person")
    administrator = actor_by_name("samir", "administrator")
    posting = Posting.objects.get(user_id=phone.by.id, until_on__isnull=True)
    end_duty(by=administrator, posting=posting.id)
    assert Alert.objects.count() == alerts
    phone.offline(False)
    phone.page.locator("nav.foot-bar button").first.click()
    phone.says("You hold no duty here now")
    phone.look("no-duty")
    assert HeldOperation.objects.filter(why="no_duty").count() == 6
    assert Alert.objects.count() == alerts + 1
    assert Person.objects.count() == before
    assert not any(code in phone.text() for code in codes)
    assert CANARY not in phone.on_disk()
    given = {name: getattr(posting, f"{name}_id") for name in ("user", "programme", "site")}
    give_duty(by=administrator, duty=posting.duty, work_alias=phone.by.name, **given)
    _entered_after_all(story, supervisor, language)
    assert Person.objects.count() == before + 1
    assert CommunityActivity.objects.filter(author_id=phone.by.id, kind="recreation").count() >= 5
    phone.tries()
    phone.page.get_by_text(phone.words("You hold no duty here now")).wait_for(state="detached")


def _entered_after_all(story: Story, supervisor: str, language: str) -> None:
    """Her supervisor finds the six and has them entered, in the name of the colleague who did them."""
    desk = story.page(supervisor, language)
    desk.goto("/phones/held/")
    look(desk, "phone-held-of-seven")
    assert desk.locator("main .rows a").count() == 6
    for left in range(6, 0, -1):
        desk.locator("main .rows a").first.click()
        look(desk, f"phone-held-one-{left}")
        desk.locator("main form:has([name=do][value=enter]) button").click()
        desk.wait_for_url("**/phones/held/")
        assert desk.locator("main .rows a").count() == left - 1
