"""What a telephone is told of alerts that nobody has taken: who is asked now, who next, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from karama.safety.actions import take_alert
from karama.safety.models import Alert
from tests.safety.ward import START, Ward, at
from tests.sync.phone import Phone


def told(ward: Ward, phone: Phone, alert: Alert) -> tuple[str, str, datetime | None] | None:
    """Who is asked now and who next, by the names of these tests, and when, after an exchange."""
    phone.sync()
    turn = phone.asked.get(str(alert.id))
    if turn is None:
        return None
    names = {str(actor.id): name for name, actor in ward.house.actors.items()}

    def who(one: Any) -> str:
        return names[one["user"]] if one else ""

    return who(turn["now"]), who(turn["next"]), datetime.fromisoformat(turn["at"]) if turn["at"] else None


def test_who_is_asked_moves_on_by_the_clock(ward: Ward) -> None:
    """SF290: who raised it and cares for her is told who is asked now, who next and when; each exchange tells it anew,
    as the clock has it, and whoever it is kept from is not told of at all."""
    alert = ward.raised()
    phone = Phone(ward["chantal"]).enrol()
    first = told(ward, phone, alert)
    assert first is not None
    assert first[:2] == ("diego", "mira")
    assert first[2] is not None
    assert first[2] > START
    with at((first[2] - START) / timedelta(minutes=1) - 1):
        assert told(ward, phone, alert) == first
    with at((first[2] - START) / timedelta(minutes=1)):
        second = told(ward, phone, alert)
        assert second is not None
        assert second[0] == "mira" == ward.owner(alert)
        ward.hide("mira")
        third = told(ward, phone, alert)
        assert third is not None
        assert "mira" not in third[:2]
        assert third[0] == ward.owner(alert)


def test_leave_moves_it_without_a_step(ward: Ward) -> None:
    """SF291: nothing of the alert changed, and whoever is asked went on leave: the next exchange says who it is now."""
    alert, phone = ward.raised(), Phone(ward["chantal"]).enrol()
    assert (told(ward, phone, alert) or ("",))[0] == "diego"
    ward.away("diego")
    assert (told(ward, phone, alert) or ("",))[0] == "mira"


def test_nobody_is_asked_of_one_that_is_taken(ward: Ward) -> None:
    """SF292: once somebody has taken it nobody is called asked; who may not see the alert is told nothing."""
    alert, phone = ward.raised(), Phone(ward["chantal"]).enrol()
    ward.house.hire("tola", "community_agent", ward.house.here)
    stranger = Phone(ward["tola"]).enrol()
    assert told(ward, phone, alert) is not None
    assert told(ward, stranger, alert) is None
    assert stranger.asked == {}
    take_alert(by=ward["diego"], alert=alert.id)
    assert told(ward, phone, alert) is None


def test_everybody_was_asked(ward: Ward) -> None:
    """SF293: past the last of the line it is said that everybody was asked, with no next one and no time."""
    alert, phone = ward.raised(), Phone(ward["chantal"]).enrol()
    with at(60 * 24 * 3):
        phone.sync()
        turn = phone.asked[str(alert.id)]
        assert (turn["exhausted"], turn["next"], turn["at"]) == (True, None, None)
