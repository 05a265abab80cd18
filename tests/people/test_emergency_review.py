"""Looking at an emergency afterwards: in few taps, gently, by somebody who may, and never by nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any, Literal
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from karama.accounts.models import User
from karama.accounts.today import lines_for
from karama.journal import Absent, Actor, Refused, reading
from karama.notices.models import Notice
from karama.people import queries
from karama.people.actions import break_glass, erase_person, hide_from, review_glass
from karama.people.models import BreakGlass, GlassReview, Person
from karama.people.reviewing import falls_to
from tests.accounts import signing
from tests.people.conftest import ERASER, Clinic

Verdict = Literal["justified", "talk", "not_justified"]
WHY = "Qzwhy stands on the bridge; her worker does not answer."


@pytest.fixture
def glass(clinic: Clinic, amal: UUID) -> UUID:
    """Tunde, of the other site, opened Amal's record in an emergency."""
    made = break_glass(by=clinic["tunde"], person=amal, reason=WHY).record
    assert made is not None
    return made


@pytest.fixture
def director(clinic: Clinic) -> Actor:
    """The director of the programme."""
    return clinic.hire("farah", "director")


def hidden(clinic: Clinic, amal: UUID, *names: str) -> None:
    for name in names:
        hide_from(by=clinic["chantal"], person=amal, user=clinic[name].id)


def told(by: Actor) -> list[str]:
    """The lines of Today about emergencies."""
    with reading(by=by, purpose="administration", route="today"):
        return [f"{line.words} {line.detail}" for line in lines_for(by) if "mergenc" in str(line.words)]


def page_as(by: Actor, glass: UUID) -> Any:
    with reading(by=by, purpose="rights", route="tests.review"):
        return queries.review_page(by, glass)


class Taps:
    """A browser without a screen, that counts what a finger would do."""

    def __init__(self, client: Client) -> None:
        self.client, self.count = client, 0
        self.page, self.at = "", "/"

    def open(self, address: str) -> None:
        self.at, self.page = address, self.client.get(address, follow=True).content.decode()

    def tap(self, part: str) -> None:
        """Tap the first link whose address holds this."""
        found = next(one for one in re.findall(r'href="([^"]+)"', self.page) if part in one)
        self.count += 1
        self.open(unescape(found))

    def choose_and_save(self, name: str, value: str) -> None:
        """Tap a choice, and the button: everything else of the form goes as it stands."""
        assert f'name="{name}" value="{value}"' in self.page
        self.count += 2
        op = re.search(r'name="op_id" value="([^"]+)"', self.page)
        sent = {name: value, "op_id": op.group(1) if op else ""}
        self.page = self.client.post(self.at, sent, follow=True).content.decode()


def test_from_today_to_done_in_four_taps(clinic: Clinic, glass: UUID) -> None:
    """PE420: from Today to a reviewed emergency at most four taps, without a word to type; the next one opens by
    itself."""
    second = break_glass(by=clinic["diego"], person=clinic.register(first="Luz"), reason=WHY).record
    taps = Taps(signing.browser(User.objects.get(pk=clinic["leila"].id)))
    taps.open("/")
    taps.tap(f"/people/emergency/{glass}/review/")
    taps.choose_and_save("verdict", "justified")
    assert taps.count <= 4
    assert GlassReview.objects.get().verdict == "justified"
    assert Person.objects.get(emergencies__id=second).code in taps.page
    taps.at, taps.count = f"/people/emergency/{second}/review/", 0
    taps.choose_and_save("verdict", "not_justified")
    assert taps.count == 2
    assert GlassReview.objects.count() == 2
    assert "Nothing to review" in taps.page


@pytest.mark.parametrize("verdict", ["justified", "talk", "not_justified"])
def test_the_colleague_is_told_gently(clinic: Clinic, amal: UUID, glass: UUID, verdict: Verdict) -> None:
    """PE421: whoever opened it hears what the review came to, and neither the words, nor whose record, nor by whom."""
    review_glass(by=clinic["leila"], glass=glass, verdict=verdict, words="Qzwords")
    notice = Notice.objects.get(user_id=clinic["tunde"].id)
    User.objects.filter(pk=clinic["tunde"].id).update(must_change_password=False)
    page = signing.browser(User.objects.get(pk=clinic["tunde"].id)).get("/notices/").content.decode()
    assert "Your emergency was looked at" in page
    for kept in ("Qzwords", Person.objects.get(pk=amal).code, "Leila", "not right", "not_justified"):
        assert kept not in page
    assert notice.place == glass
    review_glass(by=clinic["leila"], glass=glass, verdict=verdict)
    assert Notice.objects.count() == 1


def test_another_officer_looks_at_it(clinic: Clinic, amal: UUID, glass: UUID, director: Actor) -> None:
    """PE422: an emergency of somebody hidden from one officer is the other one's; the director learns nothing of it."""
    other = clinic.hire("mina", "data_protection_officer")
    hidden(clinic, amal, "leila")
    assert told(clinic["leila"]) == []
    assert [one.id for one in queries.to_review(other)] == [glass]
    assert queries.to_review(director) == []
    assert told(director) == []
    with pytest.raises(Absent):
        page_as(director, glass)
    with pytest.raises(Refused):
        review_glass(by=director, glass=glass, verdict="justified")
    with pytest.raises(Refused):
        review_glass(by=clinic["leila"], glass=glass, verdict="justified")
    review_glass(by=other, glass=glass, verdict="justified")


def test_else_the_director_without_learning_of_whom(clinic: Clinic, amal: UUID, glass: UUID, director: Actor) -> None:
    """PE423: hidden from the only officer, it comes to the director: who opened something and when. Neither code nor
    reason nor page of the record, and no record is opened for it."""
    hidden(clinic, amal, "leila")
    assert told(director) == ["Opened in an emergency: look at it 1 person"]
    shown = page_as(director, glass)
    assert (shown.who, shown.code, shown.reason, shown.seen) == ("Tunde", "", "", [])
    client = signing.browser(User.objects.get(pk=director.id))
    for address in ("/people/emergency/review/", f"/people/emergency/{glass}/review/"):
        page = client.get(address).content.decode()
        for kept in ("Qzwhy", "Amal", "Haddad", Person.objects.get(pk=amal).code, "Quibd"):
            assert kept not in page
    taps = Taps(client)
    taps.open("/")
    taps.tap(f"/people/emergency/{glass}/review/")
    taps.choose_and_save("verdict", "talk")
    assert taps.count <= 4
    made = GlassReview.objects.get()
    assert (made.verdict, made.author_id, made.author_duty) == ("talk", director.id, "director")
    assert told(director) == []


def test_nobody_who_is_hidden_or_opened_it(clinic: Clinic, amal: UUID, glass: UUID, director: Actor) -> None:
    """PE424: a director from whom the person is hidden as well is told nothing; then whoever can name a second officer
    is, and the supervisor of the site: a number, of nobody."""
    hidden(clinic, amal, "leila", "farah")
    for by in (clinic["leila"], director):
        assert told(by) == []
        with pytest.raises((Absent, Refused)):
            review_glass(by=by, glass=glass, verdict="justified")
    for name in ("samir", "nadia"):
        assert "Nobody may look at an emergency: name a second officer 1" in told(clinic[name])
    assert not [line for line in told(clinic["chantal"]) if "second officer" in line]
    clinic.hire("mina", "data_protection_officer")
    assert not [line for line in told(clinic["samir"]) if "second officer" in line]


def test_whoever_opened_it_is_not_the_one_who_looks(clinic: Clinic, amal: UUID, director: Actor) -> None:
    """PE425: the only officer opened it herself in another duty: it comes to the director."""
    twice = clinic["diego"]
    made = break_glass(by=clinic["tunde"], person=amal, reason=WHY).record
    assert made is not None
    row = BreakGlass.objects.get(pk=made)
    row.user_id = clinic["leila"].id
    row.person = Person.objects.get(pk=amal)
    assert falls_to([row]) == {row.id: "director"}
    row.user_id = twice.id
    assert falls_to([row]) == {row.id: "data_protection_officer"}


def test_left_lying_it_is_told(clinic: Clinic, amal: UUID, glass: UUID, director: Actor) -> None:
    """PE426: after seven days it is red for every officer, and the director is told a number: that it lies, not of
    whom; it is not hers to look at."""
    other = clinic.hire("mina", "data_protection_officer")
    assert told(director) == []
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        for by in (clinic["leila"], other):
            line = next(one for one in lines_for(by) if "mergenc" in str(one.words))
            assert line.grade == "now"
        assert told(director) == ["Emergencies nobody has looked at for seven days 1"]
        client = signing.browser(User.objects.get(pk=director.id))
        page = client.get("/people/emergency/review/").content.decode()
        assert "Not looked at for seven days" in page
        assert str(glass) not in page
        assert Person.objects.get(pk=amal).code not in page
        review_glass(by=other, glass=glass, verdict="justified")
        assert told(director) == []


def test_of_somebody_erased_nothing_waits(clinic: Clinic, amal: UUID, glass: UUID) -> None:
    """PE427: whoever was erased since is on no list of emergencies: nothing of the reason can be read any more."""
    erase_person(by=ERASER, person=amal, reason="asked")
    assert queries.to_review(clinic["leila"]) == []


def test_the_list_has_no_end_that_hides(clinic: Clinic, amal: UUID, glass: UUID) -> None:
    """PE428: with more than a page of them the oldest comes first and every one is reached by turning pages."""
    at = timezone.now()
    for day in range(1, 9):
        with time_machine.travel(at + timedelta(days=2 * day)):
            for _time in range(3):
                break_glass(by=clinic["tunde"], person=amal, reason=WHY)
    client = signing.browser(User.objects.get(pk=clinic["leila"].id))
    found: list[str] = []
    for number in (1, 2):
        page = client.get(f"/people/emergency/review/?page={number}").content.decode()
        found += re.findall(r"/people/emergency/([0-9a-f-]{36})/review/", page)
    assert found[0] == str(glass)
    assert len(set(found)) == 25
