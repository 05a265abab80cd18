"""What a thumb has to do on a telephone (DESIGN 10): the nurse's visits, and a contact by code. Real app, Chromium."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from karama.accounts.actions import offer_enrolment
from karama.accounts.models import Posting
from karama.accounts.queries import actor_by_name
from karama.care.actions import record_visit
from karama.care.models import NurseVisit, Session
from karama.cli.stories import shops
from karama.people.models import Consent, Person
from karama.programme.days import today_for
from karama.programme.models import CountryProgramme
from karama.referrals.actions import keep_service
from karama.referrals.models import Referral
from karama.sync.models import HeldOperation
from tests.stories.conftest import Story
from tests.stories.pocket import Pocket, until
from tests.stories.test_shops import Shop, shop

__all__ = ["shop"]

COME_BACK, A_FIRST_VISIT, BY_CODE, BY_CODE_AGAIN = 5, 12, 24, 9
"""Taps, already unlocked, not counting typed characters (JOURNEYS J2, J4)."""

WHO_ASKS = [("ada", "es", 12), ("ada", "ar", 12), ("musa", "ar", 8)]
"""With the question whether one is alone. A navigator's telephone puts none about violence."""


def expected_today(person: UUID) -> None:
    """At her last visit she was asked to come back today."""
    berivan = actor_by_name("berivan", "nurse")
    before = today_for(berivan) - timedelta(days=7)
    record_visit(by=berivan, person=person, kind="follow_up", change="same", on=before, return_in=7)


def nurse(story: Story, language: str) -> Pocket:
    """A nurse without signal, on Today."""
    phone = Pocket(story, "berivan", language, duty="nurse").enrol()
    phone.settled()
    phone.offline(True)
    phone.taps = 0
    return phone


def types_code(phone: Pocket, person: UUID) -> None:
    """She types the whole code where she is, as a thumb does: the field has the focus already."""
    until(phone.page, lambda: phone.page.evaluate("document.activeElement?.tagName") == "INPUT")
    phone.page.keyboard.type(Person.objects.get(pk=person).code)


def follows_up(phone: Pocket) -> None:
    """How it goes, no side effects, pills left, and the day that saves."""
    phone.tap("Better")
    phone.tap("Asked, and none")
    phone.tap("For a week or two")
    phone.look("visit-follow-up")
    phone.answer("28")


def arrived(phone: Pocket) -> None:
    """Back in town, all of it is taken."""
    phone.waits()
    phone.offline(False)
    phone.synced()
    assert not HeldOperation.objects.exists()


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_follow_up_visit_in_five_taps(story: Story, language: str) -> None:
    """ST590: (J2, E1) whoever is expected today stands on Today, and her visit takes at most five taps to saved; the
    line goes with it. Somebody else is found by the code, typed in full, and takes as many; a first visit twelve."""
    ziad, amal = story.people["Ziad"], story.people["Amal"]
    expected_today(amal)
    before = set(NurseVisit.objects.values_list("id", flat=True))
    phone = nurse(story, language)
    phone.look("visit-expected")
    expected = phone.page.locator("main button.line").filter(has_text=phone.words("Expected for a visit"))
    assert expected.count() == 1
    phone._touch(expected)
    follows_up(phone)
    expected.wait_for(state="detached")
    assert phone.taps <= COME_BACK, phone.taps
    phone.taps = 0
    phone.tap("Visit to the clinic")
    phone.look("visit-come")
    types_code(phone, amal)
    follows_up(phone)
    phone.page.locator("main .starts").wait_for()
    assert phone.taps <= COME_BACK, phone.taps
    phone.taps = 0
    phone.tap("Visit to the clinic")
    types_code(phone, ziad)
    first_visit(phone)
    phone.page.locator("main .starts").wait_for()
    assert phone.taps <= A_FIRST_VISIT, phone.taps
    arrived(phone)
    made = NurseVisit.objects.exclude(id__in=before)
    assert sorted((one.person_id == amal, one.kind) for one in made) == [(False, "new"), *[(True, "follow_up")] * 2]


def first_visit(phone: Pocket) -> None:
    """What is seen, no emergency, what is ruled out, what it is, what was done, and the day that saves."""
    groups = phone.page.locator("main fieldset")
    for words, value in (
        ("What do you see?", 0), ("What do you see?", 1), ("An emergency?", 0), ("Physical cause ruled out?", 2),
        ("Pregnant?", 1), ("Which is it, as far as you know?", 0), ("What did you do?", 0), ("What did you do?", 2),
        ("Come back, and save", 1),
    ):  # fmt: skip
        phone._touch(groups.filter(has_text=phone.words(words)).locator(".answer").nth(value))


def at_the_shop(shop: Shop, name: str, language: str) -> Pocket:
    """A colleague of a shop that sends people on to a clinic, without signal, on Today."""
    ngozi, she = actor_by_name("ngozi", "supervisor"), actor_by_name(name)
    programme = CountryProgramme.objects.get(code=shops.PROGRAMME).id
    keep_service(by=ngozi, programme=programme, provider="Clinic of Sister Joy", sector="medical", verified=True)
    phone = Pocket.of_another_server(shop.window(name, language), language)
    posting = Posting.objects.filter(user_id=she.id).latest("recorded_at").id
    phone.enter(offer_enrolment(by=she, posting=posting).value.code)
    phone.synced()
    phone.settled()
    phone.offline(True)
    phone.taps = 0
    return phone


@pytest.mark.parametrize(("name", "language", "questions"), WHO_ASKS)
def test_a_first_contact_in_twenty_four_taps(shop: Shop, name: str, language: str, questions: int) -> None:
    """ST591: (J4) without signal somebody is met by code: limits, registration, two decisions, all questions, what was
    done together and a referral take at most twenty-four taps; the second time at most nine."""
    before = set(Person.objects.values_list("id", flat=True))
    phone = at_the_shop(shop, name, language)
    phone.tap("By code")
    phone.answer("read_aloud")
    for said in ("first_time", "25-34", "woman"):
        phone.answer(said)
    code = phone.page.locator(".code-big bdi").inner_text().strip()
    phone.look("first-decide")
    phone.answer("yes")
    phone.asks(2)
    phone.answer("yes")
    assert converses(phone) == questions
    phone.look("first-brief")
    phone.answer("coping")
    phone.says("Which service?")
    phone.look("first-service")
    phone._touch(phone.page.locator("main button.line").first)
    phone.answer("routine")
    phone.answer("yes")
    phone.page.locator("main textarea").fill("...")
    phone.tap("Prepare it")
    phone.says("It is prepared")
    assert phone.taps <= BY_CODE, phone.taps
    phone.look("first-slip")
    phone.tap("Back to Today")
    phone.taps = 0
    phone.tap("By code")
    phone.page.locator("main input").first.fill(code)
    phone.line(code)
    phone.tap("Short conversation")
    converses(phone)
    phone.answer("pfa")
    phone.tap("None now")
    assert phone.taps <= BY_CODE_AGAIN, phone.taps
    arrived(phone)
    (new,) = set(Person.objects.values_list("id", flat=True)) - before
    assert Session.objects.filter(person_id=new).count() == 2
    assert Consent.objects.filter(person_id=new, decision="yes").count() == 2
    assert Referral.objects.filter(person_id=new).count() == 1


def converses(phone: Pocket) -> int:
    """Every question with its first answer that nobody has to be told of; how many there were."""
    asked = 0
    phone.says("Stop here: nothing was kept")
    while phone.page.locator("main .answer[data-value='coping']").count() == 0:
        heading = phone.page.locator("main h1").inner_text()
        given = [one for one in ("no", "same", "yes") if phone.page.locator(f".answer[data-value='{one}']").count()]
        alone = heading == phone.words("Are you alone with the person, and nobody can overhear?")
        phone.answer("yes" if alone else given[0])
        phone.page.locator("main h1").filter(has_not_text=heading).wait_for()
        asked += 1
    return asked
