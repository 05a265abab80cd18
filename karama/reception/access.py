"""Who comes to the front desk's pages, and near whose appointments.

A front desk knows codes, times, rooms and numbers of its site. Who is asked after, and what a person wishes of an
interpreter, is for those who work with her and their supervisor.
"""

from __future__ import annotations

from typing import Final

from karama.people.access import ASSIGNED, AT_SITE, LIVING_FILE, NOT_HIDDEN, SUPERVISING, WITH_PEOPLE, near
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import All, Any, Condition, Duty, Is, Policy, Same

DESK: Final = (*WITH_PEOPLE, "reception")
"""Duties that see the calendar, the arrivals and the waiting list of their site."""

AT_DESK: Final[Condition] = All(NOT_HIDDEN, Is("reach", "usual"), Duty("reception"), AT_SITE)
WITH_HER: Final[Condition] = All(Duty(*WITH_PEOPLE), near(ASSIGNED, SUPERVISING))

SEE: Final = Policy("reception.see", All(LIVING_FILE, Any(WITH_HER, AT_DESK)))
"""Somebody's appointments: those who work with her, their supervisor, the front desk of her site."""

BOOK: Final = Policy("reception.book", All(LIVING_FILE, Any(WITH_HER, AT_DESK)))
"""To book, move, cancel, receive."""

BRING: Final = Policy(
    "reception.bring",
    All(LIVING_FILE, NOT_HIDDEN, Is("reach", "usual"), Duty("data_import"), AT_SITE),
    frozenset({"import"}),
)
"""To take over appointments from a programme's own sheets."""

IN_CARE: Final[Condition] = All(Duty(*CARE_DUTIES), near(ASSIGNED, SUPERVISING))
CARE: Final = Policy("reception.care", All(LIVING_FILE, IN_CARE))
"""To ask after somebody who did not come, and to write down what she wishes of an interpreter."""

AT_THE_PLACE: Final = Policy("reception.at_the_place", All(Duty(*DESK), AT_SITE))
"""To number who comes in and to call: something of the site, about nobody's file."""

ROOMS: Final = Policy("reception.rooms", All(Duty("reception", "supervisor"), AT_SITE))
"""To open and close rooms."""

ROSTER: Final = Policy("reception.roster", All(Duty("supervisor"), AT_SITE))
"""To put an interpreter on the roster and note that confidentiality was signed."""

INTERPRET: Final = Policy("reception.interpret", Same("user", "id"))
"""What somebody interprets herself: time, place and colleague, and to say that she cannot. Whose it is, is not told."""

SUPPORT: Final = Policy("reception.support", All(Duty("supervisor"), AT_SITE))
"""To note that support which an interpreter wanted was given."""

DESK_PAGES: Final = Policy("reception.desk_pages", Duty(*DESK))
CARE_PAGES: Final = Policy("reception.care_pages", Duty(*sorted(CARE_DUTIES)))
ROOM_PAGES: Final = Policy("reception.room_pages", Duty("reception", "supervisor"))
ROSTER_PAGES: Final = Policy("reception.roster_pages", Duty("supervisor"))
"""Which duties may come to a page at all."""
