"""Who may see and change programmes, sites and teams. The default is no."""

from __future__ import annotations

from typing import Final

from karama.rules.permission import All, Among, Any, Duty, Policy

SETUP: Final = "job:setup"
"""The duty of the first set-up and of the demonstration: it opens the organisation and its programmes, never a
record.
"""

SEE: Final = Policy("programme.see", Any(Among("programme", "programmes"), Duty(SETUP)))
SET_UP: Final = Policy("programme.set_up", Duty(SETUP))
OPEN_PROGRAMME: Final = Policy("programme.open", Duty("administrator", SETUP))
MANAGE: Final = Policy(
    "programme.manage", Any(All(Duty("administrator"), Among("programme", "programmes")), Duty(SETUP))
)
ANSWER: Final = Policy(
    "programme.name_responders", Any(All(Duty("administrator", "supervisor"), Among("site", "sites")), Duty(SETUP))
)
DECLARE_GRANT: Final = Policy(
    "programme.declare_grant",
    Any(All(Duty("administrator", "director"), Among("programme", "programmes")), Duty(SETUP)),
)
"""To write down a grant, say what it pays for, and close it."""

SEE_GRANT: Final = Policy(
    "programme.see_grants", All(Duty("administrator", "director", "supervisor"), Among("programme", "programmes"))
)
GRANT_PAGES: Final = Policy("programme.grant_pages", Duty("administrator", "director", "supervisor"))
DECLARING_PAGES: Final = Policy("programme.declaring_pages", Duty("administrator", "director"))
PARTNERS: Final = Policy("programme.partners", Duty("administrator", SETUP))
PAGES: Final = Policy("programme.pages", Duty("administrator", "director", "supervisor", "data_protection_officer"))

PROGRAMME: Final = {"programme": "pk"}
SITE: Final = {"programme": "programme_id", "site": "pk"}
TEAM: Final = {"programme": "site__programme_id", "site": "site_id"}
GRANT: Final = {"programme": "programme_id"}
OF_SITE: Final = {"programme": "site__programme_id", "site": "site_id"}
