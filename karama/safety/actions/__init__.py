"""What a person does with alerts: raising, and each step until somebody has spoken with the person and closed it."""

from karama.safety.actions.afterdeath import confirm_death
from karama.safety.actions.apart import LONGEST_TOLD, keep_apart, tell_with, untaken_of
from karama.safety.actions.following_up import record_screening
from karama.safety.actions.giving_up import close_not_found
from karama.safety.actions.incidents import (
    follow_incident,
    name_in_incident,
    report_incident,
    report_incident_about,
)
from karama.safety.actions.planning import make_plan
from karama.safety.actions.raising import foresee_alerts, keep_from, person_meant, raise_alert, raise_worry
from karama.safety.actions.settling import reopen_of_living, settle_after_death
from karama.safety.actions.stepping import (
    close_alert,
    hand_over,
    record_contact_tried,
    record_first_contact,
    remind,
    reopen_alert,
    see_alert,
    take_alert,
)

__all__ = [
    "LONGEST_TOLD",
    "close_alert",
    "close_not_found",
    "confirm_death",
    "follow_incident",
    "name_in_incident",
    "foresee_alerts",
    "hand_over",
    "keep_apart",
    "keep_from",
    "make_plan",
    "person_meant",
    "raise_alert",
    "raise_worry",
    "record_contact_tried",
    "record_first_contact",
    "record_screening",
    "remind",
    "reopen_alert",
    "reopen_of_living",
    "report_incident",
    "report_incident_about",
    "see_alert",
    "settle_after_death",
    "take_alert",
    "tell_with",
    "untaken_of",
]
