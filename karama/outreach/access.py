"""Who may plan, go, wait, open an area, write down what happened on the way, and give things out. The default is no.

Attributes of a visit: `site`, `members` (who leads it, goes along, waits, and who planned it), `asked` (whoever is or
was called for it). Of a security incident: `site`, `author`. Of an issue: `site`, `author`, `user` (who receives).
"""

from __future__ import annotations

from typing import Final

from karama.people import access as people
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import All, Always, Among, Any, Condition, Duty, Includes, Is, Not, Policy, Same

OUTREACH_JOB: Final = "job:outreach"

GOING: Final = tuple(sorted(CARE_DUTIES | {"legal_worker", "volunteer"}))
"""Duties that go out to people."""

GIVING: Final = (*GOING, "reception")
"""Duties that give things out."""

ANSWERING: Final = ("supervisor", "director")
"""Duties that answer for what happens outside, and open and close areas as the pack says."""

AT_SITE: Final[Condition] = Among("site", "sites")
SUPERVISING: Final[Condition] = All(Duty("supervisor"), AT_SITE)
PART_OF_IT: Final[Condition] = Any(Includes("members", "id"), Includes("asked", "id"))

PLAN: Final = Policy("outreach.plan", All(Duty(*GOING), AT_SITE, Any(Is("own", True), Duty("supervisor"))))
"""One's own visits; a supervisor also plans those of colleagues."""

SEE_VISIT: Final = Policy("outreach.see_visit", Any(PART_OF_IT, SUPERVISING))
STEP: Final = Policy("outreach.step", Any(PART_OF_IT, SUPERVISING))
"""To say that somebody set out, is fine or is back: whoever has to do with the visit, so that no telephone call is lost
because the wrong colleague took it."""

SEE_LIST: Final = Policy("outreach.see_list", Any(Includes("members", "id"), SUPERVISING))
"""The visits of a list, in which being called is not looked up."""

CALL: Final = Policy("outreach.call", Duty(OUTREACH_JOB))
SET_AREA: Final = Policy("outreach.set_area", All(Duty(*ANSWERING), AT_SITE))

REPORT: Final = Policy("outreach.report", AT_SITE)
"""Every duty, at its own sites."""

SEE_SECURITY: Final = Policy("outreach.see_security", Any(Same("author", "id"), All(Duty(*ANSWERING), AT_SITE)))
FOLLOW_SECURITY: Final = Policy("outreach.follow_security", All(Duty(*ANSWERING), AT_SITE))

GIVE: Final = Policy(
    "outreach.give",
    All(
        people.LIVING_FILE,
        people.near(people.ASSIGNED, people.SUPERVISING, All(Duty("reception"), people.AT_SITE)),
        Duty(*GIVING),
    ),
)
"""To give something to a participant."""

GIVE_COLLEAGUE: Final = Policy("outreach.give_colleague", All(SUPERVISING, Not(Same("user", "id"))))
"""Transport and incentives of colleagues and volunteers: never one's own."""

GIVE_MANY: Final = Policy("outreach.give_many", All(Duty(*GIVING), AT_SITE))
SEE_ISSUE: Final = Policy("outreach.see_issue", Any(Same("author", "id"), SUPERVISING))
AMEND_ISSUE: Final = Policy(
    "outreach.amend_issue",
    All(Duty(*GIVING), Not(Same("user", "id")), Any(Same("author", "id"), SUPERVISING)),
)

STOCK: Final = Policy("outreach.stock", SUPERVISING)
"""The stock of what is given out: to read it, to write down what came, to count it."""

STATISTICS: Final = Policy(
    "outreach.statistics",
    All(Duty("mel_officer", "director", "supervisor", "data_import", "researcher"), Among("programme", "programmes")),
    frozenset({"statistics"}),
)

ANY_DUTY: Final = Policy("outreach.pages", Always())
"""Whoever is called, whatever her duty, opens the visit."""

GOING_PAGES: Final = Policy("outreach.going_pages", Duty(*GOING))
VISIT_LIST_PAGES: Final = Policy("outreach.visit_list_pages", Duty(*GOING, "director"))
ANSWERING_PAGES: Final = Policy("outreach.answering_pages", Duty(*ANSWERING))
GIVING_PAGES: Final = Policy("outreach.giving_pages", Duty(*GIVING))
SUPERVISOR_PAGES: Final = Policy("outreach.supervisor_pages", Duty("supervisor"))
