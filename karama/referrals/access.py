"""Who keeps the directory, who refers, who sees a referral, and what whoever receives may do."""

from __future__ import annotations

from typing import Final

from karama.people.access import ASSIGNED, LIVING_FILE, SUPERVISING, WITH_PEOPLE, near
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import All, Among, Any, Condition, Duty, Policy, Same

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

HAND_ON: Final = Policy("referrals.hand_on", All(LIVING_FILE, Duty("supervisor"), near(SUPERVISING)))
"""To give a referral whose worker has gone to somebody else. What it is about is not shown for that."""

PARTNER_JOB: Final = "job:partner"
"""The duty in which somebody outside acts who has a token and its code, and nothing else."""

RECEIVE: Final = Policy("referrals.receive", Duty(PARTNER_JOB))

DIRECTORY_PAGES: Final = Policy("referrals.directory_pages", Duty(*READERS))
KEEPER_PAGES: Final = Policy("referrals.keeper_pages", Duty(*KEEPERS))
AGREEMENT_PAGES: Final = Policy("referrals.agreement_pages", Duty("data_protection_officer"))
PAGES: Final = Policy("referrals.pages", Duty(*WITH_PEOPLE))
EMERGENCY_PAGES: Final = Policy("referrals.emergency_pages", Duty(*sorted(CARE_DUTIES)))
SUPERVISOR_PAGES: Final = Policy("referrals.supervisor_pages", Duty("supervisor"))
"""Which duties may come to a page at all."""
