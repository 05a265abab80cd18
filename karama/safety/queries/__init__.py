"""Reading alerts: what needs somebody, one alert, who has it now, the historic ones, what to do meanwhile."""

from karama.safety.queries.alert import AlertPage, Event, alert_page, alerts_about, escalation_of
from karama.safety.queries.emergency import Emergency, emergency_at
from karama.safety.queries.lists import AlertLine, open_alerts, review_list
from karama.safety.queries.plans import Plan, plan_made_on, plan_page
from karama.safety.queries.raised import WhoHasIt, raised_by, who_has_it_now

__all__ = [
    "AlertLine",
    "AlertPage",
    "Emergency",
    "Event",
    "Plan",
    "WhoHasIt",
    "alert_page",
    "alerts_about",
    "emergency_at",
    "escalation_of",
    "open_alerts",
    "plan_made_on",
    "plan_page",
    "raised_by",
    "review_list",
    "who_has_it_now",
]
