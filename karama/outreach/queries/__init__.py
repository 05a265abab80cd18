"""Reading in this room: the first argument is who asks, and nothing comes back that she may not see."""

from karama.outreach.queries.areas import AreaShown, area, areas
from karama.outreach.queries.goods import (
    IssueLine,
    ToPay,
    Version,
    first_site,
    given_to,
    issue,
    issues,
    offered,
    travel_to_pay,
)
from karama.outreach.queries.security import (
    SecurityLine,
    SecurityPage,
    security_incidents,
    security_page,
    security_to_follow,
)
from karama.outreach.queries.visits import (
    StepShown,
    VisitLine,
    VisitPage,
    colleagues,
    open_visits,
    own_sites,
    past_visits,
    people_to_visit,
    visit_page,
    visits_of,
)

__all__ = [
    "AreaShown",
    "IssueLine",
    "SecurityLine",
    "SecurityPage",
    "StepShown",
    "ToPay",
    "Version",
    "VisitLine",
    "VisitPage",
    "area",
    "areas",
    "colleagues",
    "first_site",
    "given_to",
    "issue",
    "issues",
    "offered",
    "open_visits",
    "own_sites",
    "past_visits",
    "people_to_visit",
    "security_incidents",
    "security_page",
    "security_to_follow",
    "travel_to_pay",
    "visit_page",
    "visits_of",
]
