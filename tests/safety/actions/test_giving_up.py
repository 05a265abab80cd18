"""An alert about somebody whom nobody could find is closed by a supervisor, after tries on several days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from karama.journal import Refused
from karama.rules.risk import may_be_given_up
from karama.safety import actions
from karama.safety.models import Alert
from karama.safety.problems import NoteMissing, NotNow, NotTriedEnough
from karama.safety.standing import standing_of
from tests.safety.views.test_screens import sign_in
from tests.safety.ward import Ward, at

__all__ = ["sign_in"]

DAY = 24 * 60
NOTE = "Nobody at home, and no neighbour knows."


def tries(ward: Ward, alert: Alert, *days: int, name: str = "diego") -> None:
    """Somebody tries on these days, counted from the start."""
    for day in days:
        with at(day * DAY + 10):
            actions.record_contact_tried(by=ward[name], alert=alert.id, note="No answer.")


def gives_up(ward: Ward, alert: Alert, day: int, name: str = "nadia", note: str = NOTE) -> Any:
    """A supervisor closes it on this day."""
    with at(day * DAY + 60):
        return actions.close_not_found(by=ward[name], alert=alert.id, note=note)


def test_the_rule() -> None:
    """RK057: giving up needs tries, on different days, by somebody else than who approves; the more urgent the more of
    both, and an unknown grade needs the most."""

    days = [date(2026, 3, day) for day in range(1, 7)]
    tried = [("diego", day) for day in days]
    for grade, least in (("soon", 3), ("today", 4), ("now", 6), ("unheard", 6)):
        assert may_be_given_up(grade, tried[:least], "nadia")
        assert not may_be_given_up(grade, tried[: least - 1], "nadia")
        assert not may_be_given_up(grade, [("diego", days[0])] * 9, "nadia")
        assert not may_be_given_up(grade, [("nadia", day) for day in days], "nadia")
    assert may_be_given_up("soon", [("nadia", days[0]), ("nadia", days[1]), ("diego", days[2])], "nadia")


def test_after_tries_on_several_days(ward: Ward, sign_in: Any) -> None:
    """SF217: a supervisor closes it after tries on several days, with a note; the button stands only then, and only for
    a supervisor; until then it asks like any other."""
    alert = ward.raised()
    address = f"/alerts/{alert.id}/not_found/"
    tries(ward, alert, 0, 0, 1)
    with pytest.raises(NotTriedEnough):
        gives_up(ward, alert, 1)
    with at(DAY + 90):
        assert "not_found" not in ward.page("nadia", alert).allowed
        assert standing_of(alert).state.is_open
        assert standing_of(alert).escalation.exhausted, "no try has stopped the clock"
    tries(ward, alert, 2)
    with at(2 * DAY + 30):
        assert "not_found" in ward.page("nadia", alert).allowed
        assert "not_found" not in ward.page("diego", alert).allowed
    with pytest.raises(NoteMissing):
        gives_up(ward, alert, 2, note=" ")
    gives_up(ward, alert, 2)
    assert not standing_of(alert).state.is_open
    with pytest.raises(NotNow):
        gives_up(ward, alert, 2)
    page = sign_in("nadia").get(address.removesuffix("not_found/")).content.decode()
    assert "The person could not be found" in page


def test_two_people(ward: Ward) -> None:
    """SF218: nobody but a supervisor gives up, never one from whom it is kept, nor one who alone has tried."""
    alert = ward.raised()
    tries(ward, alert, 0, 1, 2, 3, name="nadia")
    with pytest.raises(NotTriedEnough):
        gives_up(ward, alert, 3)
    tries(ward, alert, 3)
    for name in ("diego", "chantal", "mira", "tunde", "samir"):
        with pytest.raises(Refused):
            gives_up(ward, alert, 4, name)
    with at(4 * DAY):
        actions.keep_from(by=ward["diego"], alert=alert.id, user=ward["nadia"].id, reason="A relative.")
    with pytest.raises(Refused):
        gives_up(ward, alert, 4)


def test_a_new_danger_begins_anew(ward: Ward) -> None:
    """SF219: tries before the danger was told again, before it was opened again, or for a lower grade do not count."""
    alert = ward.raised()
    tries(ward, alert, 0, 1, 2, 3)
    with at(3 * DAY + 20):
        assert ward.raised().id == alert.id
    with pytest.raises(NotTriedEnough):
        gives_up(ward, alert, 4)
    tries(ward, alert, 4, 5, 6, 7)
    gives_up(ward, alert, 7)
    with at(7 * DAY + 90):
        actions.reopen_alert(by=ward["diego"], alert=alert.id, note="Somebody has seen her.")
    with pytest.raises(NotTriedEnough):
        gives_up(ward, alert, 8)
    tries(ward, alert, 8, 9, 10, 11)
    with at(11 * DAY + 20):
        ward.raised(grade="now")
    tries(ward, alert, 12, 13, 14, 15)
    with pytest.raises(NotTriedEnough):
        gives_up(ward, alert, 15)
