"""The front desk of the demonstration: rooms, a roster, a week of appointments, and who is here today."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from karama.accounts.queries import actor_by_name
from karama.people.actions import set_contact_rules
from karama.programme.days import today_at
from karama.reception.actions import (
    book_appointment,
    brief_interpreter,
    cancel_appointment,
    list_interpreter,
    number_walk_in,
    open_room,
    set_interpreter_wish,
    step_arrival,
    veto_interpreter,
)
from karama.reception.desks import moment_at

PLAN = (
    ("Amal", "chantal", 1, 9, "Room 1", True, 2),
    ("Amal", "berivan", 1, 11, "Room 2", False, 2),
    ("Ziad", "diego", 1, 9, "Room 2", False, 0),
    ("Ziad", "karim", 2, 10, "Room 1", False, 0),
    ("Rezan", "chantal", 1, 13, "Room 1", False, 1),
    ("Salma", "chantal", 2, 14, "Room 2", False, 0),
    ("Karwan", "shilan", 3, 9, "Room 1", False, 0),
    ("Nour", "diego", 4, 12, "Room 2", False, 0),
)
"""Who, with whom, in how many days, at which hour, where, with the interpreter, with how many children."""


def tell(users: dict[str, UUID], sites: dict[str, UUID], people: dict[str, UUID]) -> None:
    """Make everything at the first site, as its reception would."""
    site, rana, nadia = sites["mosul"], actor_by_name("rana"), actor_by_name("nadia")
    rooms = {name: open_room(by=rana, site=site, name=name).value.id for name in ("Room 1", "Room 2")}
    open_room(by=rana, site=site, name="Children", kind="children", places=4)
    roster = list_interpreter(
        by=nadia, site=site, user=users["yusuf"], languages=["ar", "ckb"], sex="man", signed_on=today_at(site)
    ).value.id
    set_contact_rules(
        by=actor_by_name("diego"),
        person=people["Ziad"],
        channel="sms_neutral",
        address="+9647700000001",
        safe_hours="9-12",
        phrase="Greetings from your cousin",
    )
    set_interpreter_wish(by=actor_by_name("chantal"), person=people["Amal"], language="ckb")
    veto_interpreter(by=actor_by_name("diego"), person=people["Nour"], user=users["yusuf"], why="veto")
    made = []
    for who, worker, days, hour, room, heard, children in PLAN:
        receipt = book_appointment(
            by=rana,
            person=people[who],
            worker=users[worker],
            starts=_at(site, days, hour),
            minutes=60,
            room=rooms[room],
            interpreter=roster if heard else None,
            children=children,
        )
        made.append(receipt.value.id)
    brief_interpreter(by=rana, appointment=made[0])
    cancel_appointment(by=rana, appointment=made[-1], reason="person")
    number_walk_in(by=rana, site=site)
    with_file = number_walk_in(by=rana, site=site, person=people["Karwan"]).value.id
    gone = number_walk_in(by=rana, site=site).value.id
    step_arrival(by=rana, arrival=with_file, state="called")
    step_arrival(by=rana, arrival=gone, state="with", worker=users["shilan"], room=rooms["Room 1"])


def _at(site: UUID, days: int, hour: int) -> datetime:
    return moment_at(site, today_at(site) + timedelta(days=days), time(hour))
