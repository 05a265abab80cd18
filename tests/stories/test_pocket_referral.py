"""A referral made on a telephone, of which nobody says what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from karama.journal import clock
from karama.people.models import Person
from karama.referrals.models import ReferralTask
from karama.sync.models import HeldOperation
from tests.machinery.browser import PHONE
from tests.stories.conftest import Story, look
from tests.stories.pocket import Pocket

WHO = [("yolanda", "es"), ("chantal", "ar")]
WHOM = {"yolanda": ("Yuli", "Hospital departamental"), "chantal": ("Amal", "Rafidain Clinic")}
WHY = "Fever since a week."


@pytest.mark.parametrize(("name", "language"), WHO)
def test_nobody_says_what_became_of_it(story: Story, name: str, language: str) -> None:
    """ST320: (D1) prepared without signal, sent by a slip, confirmed by nobody: on the telephone and at the desk it is
    unknown, in the weekly list, and never done, until it is said who told. Nothing was shared unasked."""
    called, service = WHOM[name]
    person = Person.objects.get(pk=story.people[called])
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    phone.offline(True)
    _prepared(phone, person.code, service)
    phone.look("slip")
    for word in (WHY, service, called):
        assert word not in phone.text()
    assert not ReferralTask.objects.filter(person=person).exists()
    phone.offline(False)
    phone.synced()
    task = ReferralTask.objects.get(person=person)
    assert task.state == "prepared", "nothing leaves from a telephone"
    desk = story.page(name, language, PHONE)
    desk.goto(f"/referrals/{task.referral_id}/send/")
    desk.click("form:has([name=way][value=slip]) button")
    desk.wait_for_load_state()
    desk.goto(f"/referrals/{task.referral_id}/")
    with translation.override(language):
        along = desk.locator("dt", has_text=translation.gettext("Somebody goes along"))
        assert along.locator("xpath=following-sibling::dd").inner_text() == translation.gettext("no")
    later = clock.now() + timedelta(days=8)
    with time_machine.travel(later, tick=True):
        phone.page.clock.set_fixed_time(later)
        phone.reload()
        phone.tries()
        line = phone.page.locator("main button.line").filter(has_text=phone.words("Did this person arrive? Ask"))
        line.filter(has_text=person.code).wait_for()
        phone.look("did-they-arrive")
        assert ReferralTask.objects.get(pk=task.pk).state == "sent", "a day that passes is no step"
        desk = story.page(name, language, PHONE)
        desk.goto("/referrals/")
        look(desk, "phone-weekly-list")
        assert desk.locator(f"main a[href='/referrals/{task.referral_id}/']").count() == 1
        line.filter(has_text=person.code).click()
        _says_who_told(phone)
        phone.tries()
        assert line.filter(has_text=person.code).count() == 0
        done = ReferralTask.objects.get(pk=task.pk)
        assert done.state == "arrived"
        desk.goto("/referrals/")
        assert desk.locator(f"main a[href='/referrals/{task.referral_id}/']").count() == 0
    assert not HeldOperation.objects.exists()


def _prepared(phone: Pocket, code: str, service: str) -> None:
    """From Today to the slip; nothing is ticked to be shared."""
    phone.tap("People")
    phone.line(code)
    phone.unfold("More about this person")
    phone.tap("Referrals")
    phone.tap("Prepare a referral")
    phone.tap("Look for a service")
    phone.line(service)
    phone.answer("week")
    phone.page.locator("main textarea").first.fill(WHY)
    phone.answer("no")
    phone.look("prepare-referral")
    phone.tap("Prepare it")
    phone.says("It is prepared")


def _says_who_told(phone: Pocket) -> None:
    """It is not known; done is no answer; that somebody arrived takes somebody who said so."""
    phone.page.locator(".answer[data-value='arrived']").wait_for()
    phone.look("what-became-of-it")
    assert phone.page.locator(".answer[data-value='done']").count() == 0
    save = phone.button("Save").first
    assert save.is_disabled()
    phone.answer("arrived")
    phone.says("Say who told you. Nobody: then leave it as it is.")
    assert save.is_disabled()
    phone.answer("person")
    save.click()


@pytest.mark.parametrize(("name", "language"), WHO)
def test_its_page_stays_when_the_answer_comes(story: Story, name: str, language: str) -> None:
    """ST593: the page of a referral made without signal is open when the server's answer comes: it stays there, with
    what was tapped, and what is then saved is of the referral under its own name."""
    called, service = WHOM[name]
    person = Person.objects.get(pk=story.people[called])
    before = set(ReferralTask.objects.filter(person=person).values_list("id", flat=True))
    phone = Pocket(story, name, language).enrol()
    phone.settled()
    phone.offline(True)
    _prepared(phone, person.code, service)
    phone.tap("Back to Today")
    phone.tap("People")
    phone.line(person.code)
    phone.unfold("More about this person")
    phone.tap("Referrals")
    phone.line(phone.words("not sent yet"))
    phone.answer("declined_by_person")
    phone.offline(False)
    phone.synced()
    phone.says("What became of it?")
    assert phone.page.locator(".answer[data-value='declined_by_person'][aria-pressed='true']").count() == 1
    phone.look("referral-answered")
    phone.page.locator("main textarea").fill("...")
    phone.tap("Save")
    phone.leaves("What became of it?")
    phone.tries()
    (task,) = ReferralTask.objects.filter(person=person).exclude(id__in=before)
    assert task.state == "declined_by_person"
    assert not HeldOperation.objects.exists()
