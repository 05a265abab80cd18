"""Routes and actions of this room in plain words, for a participant who asks who saw her record."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

INCIDENT_ROUTES: Final[Words] = {
    "safety.incident": _("opened what was written down of an incident"),
    "safety.incident_about": _("wrote down an incident"),
    "safety.report_incident_about": _("wrote down an incident"),
    "safety.name_in_incident": _("wrote down what followed an incident"),
    "safety.follow_incident": _("wrote down what followed an incident"),
}
ASKED = _("asked colleagues to look after you")
ANSWERED = _("answered when colleagues were asked to look after you")
SPOKE = _("wrote down a talk with you, or an attempt")
OPENED = _("opened something that needed an answer")
ALERT_ROUTES: Final[Words] = {
    "safety.alert": OPENED,
    "safety.step": OPENED,
    "safety.raised": OPENED,
    "safety.worry": ASKED,
    "safety.raise_alert": ASKED,
    "safety.raise_worry": ASKED,
    "safety.keep_from": ANSWERED,
    "safety.see_alert": ANSWERED,
    "safety.take_alert": ANSWERED,
    "safety.hand_over": ANSWERED,
    "safety.record_screening": ANSWERED,
    "safety.close_alert": ANSWERED,
    "safety.confirm_death": ANSWERED,
    "safety.reopen_alert": ANSWERED,
    "safety.record_first_contact": SPOKE,
    "safety.record_contact_tried": SPOKE,
}
PLAN_ROUTES: Final[Words] = {
    "safety.plan": _("opened your plan"),
    "safety.renew_plan": _("opened your plan to renew it"),
    "safety.make_plan": _("wrote down the plan you made"),
}
