"""Who keeps the directory, who refers, who sees a referral, and what whoever receives may do."""

from __future__ import annotations

from typing import Final

from karama.accounts import duties
from karama.people.access import ASSIGNED, AT_SITE, LIVING_FILE, NOT_HIDDEN, OFFICER, SUPERVISING, WITH_PEOPLE, near
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import All, Among, Any, Condition, Duty, Is, Policy, Same
from karama.rules.referrals import SECTORS

IN_PROGRAMME: Final[Condition] = Among("programme", "programmes")
KEEPERS: Final = ("social_worker", "legal_worker", "supervisor")
"""Duties that ask at services and write down what they were told."""

READERS: Final = (*WITH_PEOPLE, "reception", "volunteer")

DIRECTORY: Final = Policy("referrals.directory", All(Duty(*READERS), IN_PROGRAMME))
KEEP: Final = Policy("referrals.keep_directory", All(Duty(*KEEPERS), IN_PROGRAMME))
AGREE: Final = Policy("referrals.agree", All(Duty("data_protection_officer"), IN_PROGRAMME))
"""To write down a sharing agreement, or its end."""

WORKS: Final[Condition] = All(LIVING_FILE, Duty(*WITH_PEOPLE), near(ASSIGNED, SUPERVISING))
OPENED: Final[Condition] = Any(Among("compartment", "compartments"), Same("worker", "id"))
"""A referral stands in one compartment as a whole; whoever made it or carries it sees it all the same."""

REFER: Final = Policy("referrals.refer", WORKS)
"""To refer somebody, to write down that somebody was referred to us, to see the page of all kinds of help."""

SEE: Final = Policy("referrals.see", All(WORKS, OPENED))
"""One referral: its page, its place in a list, its number in a count, and each step."""

EMERGENCY: Final = Policy("referrals.emergency", All(WORKS, Duty(*sorted(CARE_DUTIES))))
"""In danger of life: duties of care, for people they work with."""

BEYOND_SUPERVISORS: Final = frozenset(SECTORS.values()) - duties.duty("supervisor").compartments
FOLLOWERS: Final = tuple(sorted(one for one in WITH_PEOPLE if duties.duty(one).compartments & BEYOND_SUPERVISORS))
"""Duties that open what no supervisor does. At her site they look after every referral without a worker that their
duty opens, of each kind alike: so a line tells nothing, and what a supervisor may not know of is not lost."""

IN_COMPARTMENT: Final[Condition] = Among("compartment", "compartments")
TAKERS: Final = tuple(sorted({*WITH_PEOPLE} - {"supervisor"}))
FOLLOWS: Final[Condition] = All(
    LIVING_FILE, Is("reach", "usual"), Duty(*FOLLOWERS), IN_COMPARTMENT, Is("followed", True), Same("worker", "id"),
    near(AT_SITE),
)  # fmt: skip
FOLLOW: Final = Policy("referrals.follow", FOLLOWS)
"""A referral that somebody took up who does not work with the person: this one and nothing else of her."""

MOVE: Final = Policy("referrals.move", Any(SEE.condition, FOLLOWS))
"""To write down what became of a referral."""

TAKE_UP: Final = Policy(
    "referrals.take_up", All(LIVING_FILE, Duty(*TAKERS), IN_COMPARTMENT, near(ASSIGNED, All(Duty(*FOLLOWERS), AT_SITE)))
)
"""To take a referral whose worker has gone. What it is about is not shown before."""

HAND_ON: Final = Policy("referrals.hand_on", All(LIVING_FILE, Duty("supervisor"), IN_COMPARTMENT, near(SUPERVISING)))
"""To give a referral whose worker has gone to somebody else, as far as a supervisor's own duty opens it."""

WATCH: Final = Policy("referrals.watch", All(LIVING_FILE, OFFICER))
"""To be told at which site somebody is missing who may look after referrals: no person, no number."""

TAKE_IN: Final = Policy("referrals.take_in", All(LIVING_FILE, NOT_HIDDEN, Duty(*READERS), IN_PROGRAMME))
"""To write down that somebody came with the number of a slip. It tells nothing of her, not even who she is."""

PARTNER_JOB: Final = "job:partner"
"""The duty in which somebody outside acts who has a token and its code, and nothing else."""

RECEIVE: Final = Policy("referrals.receive", Duty(PARTNER_JOB))

DIRECTORY_PAGES: Final = Policy("referrals.directory_pages", Duty(*READERS))
KEEPER_PAGES: Final = Policy("referrals.keeper_pages", Duty(*KEEPERS))
AGREEMENT_PAGES: Final = Policy("referrals.agreement_pages", Duty("data_protection_officer"))
PAGES: Final = Policy("referrals.pages", Duty(*WITH_PEOPLE))
EMERGENCY_PAGES: Final = Policy("referrals.emergency_pages", Duty(*sorted(CARE_DUTIES)))
TAKER_PAGES: Final = Policy("referrals.taker_pages", Duty(*TAKERS))
FOLLOWER_PAGES: Final = Policy("referrals.follower_pages", Duty(*FOLLOWERS))
SUPERVISOR_PAGES: Final = Policy("referrals.supervisor_pages", Duty("supervisor"))
"""Which duties may come to a page at all."""
