"""What cannot wait stays in sight: whatever is screened afterwards, until somebody is told, or says why it can wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine

from karama.care.actions import begin_paper, lower_urgency, record_death, screen
from karama.care.models import IntakeScreening
from karama.care.problems.intake import UrgencySettled
from karama.care.queries.intakescreening import urgency_of
from karama.care.views.printing import new_number
from karama.journal import clock
from karama.people.actions import join_files
from karama.people.problems import ReasonMissing
from karama.programme.days import today_at
from karama.safety.actions import raise_worry
from tests.care.centre import browser, centre, dalia
from tests.care.shop import tap
from tests.care.test_pages import text
from tests.people.conftest import Clinic

__all__ = ["browser", "centre", "dalia"]

SAID = "Somebody said: it cannot wait"


def _stands(browser: Any, person: UUID, *names: str) -> list[bool]:
    """Whether the page of the intake says so, and Today of each of these colleagues."""
    page = text(browser("ada").get(f"/people/{person}/intake/"))
    return [SAID in page, *(SAID in text(browser(name).get("/")) for name in names)]


def test_nothing_screened_later_hides_it(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA995: an older second screening, one that says nothing of urgency, and an old sheet typed in later leave "it
    cannot wait" where it stands: on the page, and on Today of whoever screened and of the supervisor, until a newer
    screening says how urgent it is."""
    ada, day = centre["ada"], today_at(centre.here.id)
    with time_machine.travel(clock.now(), tick=False) as going:
        screen(by=ada, person=dalia, stage=2, urgency="weeks")
        going.shift(timedelta(hours=1))
        screen(by=ada, person=dalia, stage=1, urgency="now", answers={"weighs": "yes"})
        going.shift(timedelta(hours=1))
        screen(by=centre["zana"], person=dalia, stage=2)
        number = new_number("screening")
        sheet = begin_paper(by=ada, number=number, person=dalia, taken_by=ada.id, on=day - timedelta(days=30)).value
        screen(by=ada, person=dalia, stage=1, urgency="weeks", answers={"weighs": "no"}, paper=sheet.id)
        assert _stands(browser, dalia, "ada", "ngozi") == [True, True, True]
        assert "seems to fit" in text(browser("ada").get(f"/people/{dalia}/intake/"))
        assert SAID not in text(browser("zana").get("/"))
        assert SAID not in text(browser("chantal").get("/"))
        going.shift(timedelta(hours=1))
        screen(by=centre["zana"], person=dalia, stage=1, urgency="days")
        assert _stands(browser, dalia, "ada", "ngozi") == [False, False, False]


def test_until_somebody_is_told(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA996: a worry about the person ends it, also one that joins an alert which was open before; an earlier one does
    not; what it says stays readable."""
    with time_machine.travel(clock.now(), tick=False) as going:
        raise_worry(by=centre["zana"], person=dalia, kind="suicide")
        going.shift(timedelta(hours=1))
        screen(by=centre["ada"], person=dalia, stage=1, urgency="now")
        assert _stands(browser, dalia, "ada", "ngozi") == [True, True, True]
        going.shift(timedelta(hours=1))
        raise_worry(by=centre["ada"], person=dalia, kind="suicide")
        assert _stands(browser, dalia, "ada", "ngozi") == [False, False, False]
        assert "It cannot wait" in text(browser("ada").get(f"/people/{dalia}/intake/"))


def test_or_it_can_wait_with_a_reason(centre: Clinic, dalia: UUID, browser: Any, reading_as: Any) -> None:
    """CA997: it can wait after all only with a reason, which stands on the page; the screening stays with what it said,
    and it is settled once; whoever types without a reason loses nothing."""
    row = screen(by=centre["bisi"], person=dalia, stage=1, urgency="now", answers={"daily": "yes"}).value
    client, at = browser("zana"), f"/people/{dalia}/intake/"
    with pytest.raises(ReasonMissing):
        lower_urgency(by=centre["ada"], screening=row.id, urgency="days", reason=" ")
    assert "A reason is needed" in text(client.post(at, {"urgency": "days", "reason": ""}))
    shown = text(client.post(at, {"reason": "Qzreasonq"}))
    assert "Qzreasonq" in shown
    assert _stands(browser, dalia, "bisi", "ngozi") == [True, True, True]
    assert tap(client, at, {"urgency": "days", "reason": "Qzreasonq"}) == at
    assert _stands(browser, dalia, "bisi", "ngozi") == [False, False, False]
    shown = text(client.get(at))
    assert "Within days" in shown
    assert "Qzreasonq" in shown
    assert list(IntakeScreening.objects.order_by("recorded_at").values_list("pressing", flat=True)) == [True, False]
    with pytest.raises(UrgencySettled):
        lower_urgency(by=centre["ada"], screening=row.id, urgency="weeks", reason="again")
    with reading_as(centre["ada"]):
        told = urgency_of(centre["ada"], dalia)
        assert told is not None
        assert (told.said, told.cannot_wait) == ("days", False)


def test_of_whichever_file_and_of_nobody_dead(centre: Clinic, dalia: UUID, browser: Any) -> None:
    """CA998: it goes on with the file that remains, and a worry about that file ends it; after a death nobody is
    asked."""
    other = centre.register("ada", site=centre.here.id, first="Dalya")
    screen(by=centre["ada"], person=other, stage=1, urgency="now")
    join_files(by=centre["ngozi"], person=other, into=dalia, reason="the same")
    assert _stands(browser, dalia, "ada", "ngozi") == [True, True, True]
    raise_worry(by=centre["ada"], person=dalia, kind="suicide")
    assert _stands(browser, dalia, "ada", "ngozi") == [False, False, False]
    second = centre.register("ada", site=centre.here.id, first="Rima")
    screen(by=centre["ada"], person=second, stage=1, urgency="now")
    record_death(by=centre["ada"], person=second, suspected="none")
    assert SAID not in text(browser("ada").get("/"))
