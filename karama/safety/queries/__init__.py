"""Reading alerts: what needs somebody, one alert, who has it now, the historic ones, what to do meanwhile."""

from karama.safety.queries.alert import AlertPage, Event, alert_page, alerts_about, escalation_of
from karama.safety.queries.emergency import Emergency, emergency_at
from karama.safety.queries.incidents import (
    IncidentLine,
    IncidentShown,
    incident_colleagues,
    incident_page,
    incident_person,
    incident_sites,
    incidents_of,
    incidents_to_follow,
    steps_left,
)
from karama.safety.queries.known import MOST_URGENT, pressing_among
from karama.safety.queries.lists import AlertLine, ClosedAlert, closed_alerts, open_alerts, review_list
from karama.safety.queries.plans import Plan, plan_known, plan_page
from karama.safety.queries.raised import WhoHasIt, raised_by, who_has_it_now
from karama.safety.queries.reviewing import to_review

__all__ = [
    "MOST_URGENT",
    "AlertLine",
    "AlertPage",
    "ClosedAlert",
    "Emergency",
    "Event",
    "IncidentLine",
    "IncidentShown",
    "Plan",
    "WhoHasIt",
    "alert_page",
    "alerts_about",
    "closed_alerts",
    "emergency_at",
    "escalation_of",
    "incident_colleagues",
    "incident_page",
    "incident_person",
    "incident_sites",
    "incidents_of",
    "incidents_to_follow",
    "open_alerts",
    "plan_known",
    "plan_page",
    "pressing_among",
    "raised_by",
    "review_list",
    "steps_left",
    "to_review",
    "who_has_it_now",
]
