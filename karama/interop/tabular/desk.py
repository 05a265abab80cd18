"""Rows of the sheet of appointments: what was, with what became of it, and what is to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.interop.tabular.care import ATTENDED
from karama.interop.tabular.cells import UNSAID, RowReader
from karama.interop.tabular.choosing import Field, plain
from karama.reception.fitting import AHEAD_DAYS, LONGEST_MINUTES
from karama.reception.models.appointment import BY_DESK

APPOINTMENT_FIELDS: Final = (
    Field("key", required=True, per_row=True),
    Field("number", per_row=True),
    Field("day", required=True, per_row=True),
    Field("at", required=True),
    Field("worker", required=True),
    Field("outcome", ATTENDED),
    Field("reason", BY_DESK),
    Field("minutes"),
)
DAY_ROUGH = _("an appointment needs its day")
NO_COLLEAGUE = _(
    "no colleague of this programme has this user name or work alias: say who is meant with --value worker:WORD=NAME"
)
TWO_COLLEAGUES = _("two colleagues have this work alias: say the user name with --value worker:WORD=NAME")
NOT_YET = _("this day has not come: leave the outcome empty")
ONLY_CANCELLED = _("a reason belongs to a cancelled appointment")


def plan_appointment(read: RowReader, colleagues: Mapping[str, UUID | None]) -> tuple[list[str], dict[str, Any]]:
    """What tells this appointment from the person's others, and the arguments of `bring_appointment`.

    `colleagues`: user name or work alias -> user; None where two share it.
    """
    on = read.about("day", ahead=AHEAD_DAYS)
    if on is None:
        raise read.refuse("day", UNSAID)
    if on.precision != "day":
        raise read.refuse("day", DAY_ROUGH)
    at = read.clock("at")
    if not at:
        raise read.refuse("at", UNSAID)
    outcome, reason = read.code("outcome", ATTENDED), read.code("reason", BY_DESK)
    if outcome in ("came", "absent") and on.day > read.today:
        raise read.refuse("outcome", NOT_YET)
    if reason and outcome != "cancelled":
        raise read.refuse("reason", ONLY_CANCELLED)
    told: dict[str, Any] = {"day": on.day, "at": at, "outcome": outcome, "reason": reason}
    told |= {"worker": _worker(read, colleagues), "minutes": read.number("minutes", 5, LONGEST_MINUTES)}
    return [read.text("number", 200) or f"{on.day.isoformat()} {at}"], told


def _worker(read: RowReader, colleagues: Mapping[str, UUID | None]) -> UUID:
    said = plain(read.text("worker", 200))
    if not said:
        raise read.refuse("worker", UNSAID)
    name = plain(read.chosen.values.get("worker", {}).get(said, said))
    if name not in colleagues:
        raise read.refuse("worker", NO_COLLEAGUE)
    found = colleagues[name]
    if found is None:
        raise read.refuse("worker", TWO_COLLEAGUES)
    return found
