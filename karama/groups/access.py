"""Who may come near a group: its facilitators, and the supervisor of its site. Nobody else learns who is in it.

Attributes of a group: `group_site`, `group_programme`, `facilitators`; those of a member are a person's.
"""

from __future__ import annotations

from typing import Final

from karama.care.access import CLINICAL
from karama.groups.models import GroupFacilitator
from karama.journal import Many
from karama.people.access import ASSIGNED, LIVING_FILE, NOT_HIDDEN, SUPERVISING, attributes_at, near
from karama.rules.classes import CARE_DUTIES
from karama.rules.permission import All, Among, Any, Condition, Duty, Includes, Is, Not, Policy, Same


def group_at(path: str = "") -> dict[str, str | Many]:
    """The attributes of a group, seen from a row that reaches it by the lookup `path` ("", "cycle__group")."""
    lead = f"{path}__" if path else ""
    current = {"until_on__isnull": True}
    return {
        "group_site": f"{lead}site_id",
        "group_programme": f"{lead}site__programme_id",
        "facilitators": Many(
            GroupFacilitator, owner="group_id", value="user_id", at=f"{path}_id" if path else "pk", where=current
        ),
    }


def member_at(path: str = "") -> dict[str, str | Many]:
    """The attributes of a group and of the person, seen from a row with `person` that reaches the group by `path`."""
    return group_at(path) | attributes_at("person")


FACILITATING: Final = tuple(sorted(CARE_DUTIES | {"volunteer"}))
"""Duties that may facilitate a group; an intervention names those of them that may deliver it."""

OPENING: Final = tuple(sorted(CARE_DUTIES))

AT_ITS_SITE: Final[Condition] = Among("group_site", "sites")
LEADS: Final[Condition] = All(Duty(*FACILITATING), AT_ITS_SITE, Includes("facilitators", "id"))
OVERSEES: Final[Condition] = All(Duty("supervisor"), Among("group_programme", "programmes"), AT_ITS_SITE)
NEAR_GROUP: Final[Condition] = Any(LEADS, OVERSEES)

ON_THE_LIST: Final[Condition] = All(
    NOT_HIDDEN, Any(Is("reach", "usual"), All(Is("reach", "named_team"), Among("held_by_team", "teams")))
)
"""A member as this reader may know of her: whom she is hidden from sees an empty place nowhere."""

OPEN: Final = Policy("groups.open", All(Duty(*OPENING), AT_ITS_SITE))
SEE: Final = Policy("groups.see", NEAR_GROUP)
"""A group with its meetings, and to change it."""

ADD: Final = Policy("groups.add", All(NEAR_GROUP, LIVING_FILE, near(ASSIGNED, SUPERVISING)))
"""To put somebody on the list: whoever is near the group and near the person."""

ROSTER: Final = Policy("groups.roster", All(NEAR_GROUP, LIVING_FILE, ON_THE_LIST))
"""A member on the list: what to call them, whether they came, and whether somebody has asked after them."""

RECORD: Final = Policy("groups.record", LEADS)
CORRECT: Final = Policy("groups.correct", All(LEADS, Same("author", "id")))
"""Only who wrote a record down corrects it; a colleague writes down her own."""

OBSERVE: Final = Policy("groups.observe", All(OVERSEES, Not(Includes("facilitators", "id"))))
"""To watch a meeting and say what was done; nobody observes herself."""

ACTIVITY: Final = Policy("groups.activity", All(Duty(*FACILITATING), AT_ITS_SITE))
"""Activities with the community, counted without a name."""

CORRECT_ACTIVITY: Final = Policy(
    "groups.correct_activity", All(Duty(*FACILITATING), AT_ITS_SITE, Any(Duty("supervisor"), Same("author", "id")))
)

PAGES: Final = Policy("groups.pages", Duty(*FACILITATING))
OPENING_PAGES: Final = Policy("groups.opening_pages", Duty(*OPENING))
MEASURES_PAGES: Final = Policy("groups.measures_pages", Duty(*sorted(set(FACILITATING) & set(CLINICAL))))
"""Answers of members in one view: duties that facilitate or oversee, and read answers."""

OBSERVER_PAGES: Final = Policy("groups.observer_pages", Duty("supervisor"))
"""Which duties may come to a page at all."""
