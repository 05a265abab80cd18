"""Who may raise, see and answer an alert. Every duty may raise; whoever an alert is kept from has no part in it.

Attributes of an alert: `asked` (all who have been asked, its owner among them), `worked` (who has recorded a step),
`assigned` (workers of the person), `barred` (on her do-not-show list, accused or related), `site`, `held` (her file is
with one named team only), `names_somebody` (raised about an id or a code), `open`, `shares_site` (of a new owner).
"""

from __future__ import annotations

from typing import Final

from karama.accounts import duties
from karama.people import access as people
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import All, Always, Among, Any, Condition, Duty, Includes, Is, Not, Policy, Same

SAFETY_JOB: Final = "job:safety"

NOT_BARRED: Final[Condition] = Not(Includes("barred", "id"))
ASKED: Final[Condition] = Any(Includes("asked", "id"), Includes("worked", "id"))
SUPERVISING: Final[Condition] = All(Duty("supervisor"), Is("held", False), Among("site", "sites"))
ASSIGNED: Final[Condition] = All(Duty(*CARE_DUTIES), Includes("assigned", "id"))

RAISE: Final = Policy("safety.raise", Always())
SEE: Final = Policy("safety.see", All(NOT_BARRED, Any(ASKED, SUPERVISING, ASSIGNED)))
ANSWER: Final = Policy("safety.answer", All(NOT_BARRED, Any(ASKED, SUPERVISING)))
"""To take it, hand it over, close it: whoever has been asked, and the supervisor."""

CONTACT: Final = Policy("safety.contact", All(NOT_BARRED, Any(ASKED, SUPERVISING, ASSIGNED)))
"""To speak with the person and record it: also her own workers."""

GIVE_UP: Final = Policy(
    "safety.give_up", All(NOT_BARRED, Any(SUPERVISING, All(Duty("supervisor"), Includes("asked", "id"))))
)
"""To close an alert because nobody could find the person: a supervisor only."""

REMIND: Final = Policy("safety.remind", Duty(SAFETY_JOB))
SETTLE: Final = Policy("safety.settle", Duty(SAFETY_JOB))
"""What a death does to alerts: only inside the action that writes it down, joins its files or takes it back."""
BY_OFFICE: Final = ("director", "data_protection_officer", "advocacy_officer", "trainer", "mel_officer")
OPEN_WORDS: Final = Policy(
    "safety.open_words",
    All(
        NOT_BARRED,
        Includes("asked", "id"),
        Any(Duty(*CARE_DUTIES), All(Duty(*BY_OFFICE), Is("names_somebody", False))),
    ),
)
"""Whoever is asked to answer, in a duty of care, is told what it is about, whatever else her duty opens.

So is a director or officer, where it is about nobody of whom a record is kept: what somebody told without an account is
all that she can act on.
"""

ANY_DUTY: Final = Policy("safety.pages", Always())

PLANNERS: Final = tuple(sorted(CARE_DUTIES & {one.code for one in duties.TABLE if "clinical" in one.compartments}))
"""Duties of care whose compartments hold the clinical one: they make a safety plan together with the person."""

PLAN: Final = Policy(
    "safety.plan",
    All(people.LIVING_FILE, people.near(people.ASSIGNED, people.SUPERVISING), Duty(*PLANNERS)),
)
"""To read and renew a person's safety plan."""

PLAN_PAGES: Final = Policy("safety.plan_pages", Duty(*PLANNERS))

NOT_KEPT_FROM: Final[Condition] = All(Not(Includes("kept_from", "id")), people.NOT_HIDDEN)
"""Neither part of the incident, nor somebody from whom the person it is about is hidden."""
ANSWERERS: Final = ("supervisor", "director")
"""Who answers for what happened at a site."""

LEFT_TO: Final = "data_protection_officer"
"""Who answers for what is left to nobody of a site."""

OFFICER: Final[Condition] = All(Duty(LEFT_TO), Among("site", "sites"))
ANSWERING: Final[Condition] = Any(
    All(Duty(*ANSWERERS), Among("site", "sites")),
    All(OFFICER, Any(Is("kind", "data"), Is("left_alone", True))),
)
"""The officer also answers for what would be left to nobody: where every supervisor and director is part of it."""
REPORT_INCIDENT: Final = Policy("safety.report_incident", Among("site", "sites"))
"""Every duty, at its own sites."""

REPORT_ABOUT: Final = Policy(
    "safety.report_incident_about",
    All(people.LIVING_FILE, people.near(people.ASSIGNED, people.SUPERVISING), Duty(*sorted(CARE_DUTIES))),
)
SEE_INCIDENT: Final = Policy("safety.see_incident", All(NOT_KEPT_FROM, Any(Same("author", "id"), ANSWERING)))
FOLLOW_INCIDENT: Final = Policy("safety.follow_incident", All(NOT_KEPT_FROM, ANSWERING))
"""To say what was done: the supervisor and the director, for records also the data protection officer."""

SEE_LEFT_ALONE: Final = Policy("safety.see_left_alone", All(NOT_KEPT_FROM, OFFICER))
"""Of incidents that nobody else answers for."""

INCIDENT_PERSON_PAGES: Final = Policy("safety.incident_person_pages", Duty(*sorted(CARE_DUTIES)))
