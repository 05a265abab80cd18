"""Safety before everything: grades, worries, the law of an alert, escalation, and what a site needs to ask."""

from karama.rules.risk.escalation import Escalation, Responder, Waits, escalation
from karama.rules.risk.grades import (
    DEFAULT_CLOCK,
    GRADES,
    Clock,
    FollowUp,
    due_at,
    grade_of,
    most_urgent,
)
from karama.rules.risk.late import Told, WrittenDown, from_before
from karama.rules.risk.readiness import SiteResponders, VerifiedService, safety_questions_allowed
from karama.rules.risk.steps import (
    ALERT_STATES,
    ALERT_STEPS,
    CLOSING_STEPS,
    STEP_KINDS,
    AlertState,
    Step,
    alert_state,
    allowed_steps,
    may_be_given_up,
    settled_by_death,
    steps_diagram,
)
from karama.rules.risk.worries import WORRIES, WORRY_KINDS, Worry, WorryKind, worry_due_at

__all__ = [
    "ALERT_STATES",
    "ALERT_STEPS",
    "CLOSING_STEPS",
    "DEFAULT_CLOCK",
    "GRADES",
    "STEP_KINDS",
    "WORRIES",
    "WORRY_KINDS",
    "AlertState",
    "Clock",
    "Escalation",
    "FollowUp",
    "Responder",
    "SiteResponders",
    "Step",
    "Told",
    "VerifiedService",
    "Waits",
    "Worry",
    "WorryKind",
    "WrittenDown",
    "alert_state",
    "allowed_steps",
    "due_at",
    "escalation",
    "from_before",
    "grade_of",
    "may_be_given_up",
    "most_urgent",
    "safety_questions_allowed",
    "settled_by_death",
    "steps_diagram",
    "worry_due_at",
]
