"""Alerts in plain words: kinds, first steps, steps, outcomes, and clocks."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from karama.rules.risk import WORRIES, WORRY_KINDS

Text = str | Promise

KINDS: Final[dict[str, Text]] = {
    "suicide": _("Risk of suicide"),
    "harm_to_others": _("May harm somebody else"),
    "child_in_danger": _("A child is in danger"),
    "recent_sexual_violence": _("Sexual violence, recently"),
    "violence_at_home": _("Violence at home"),
    "medical_emergency": _("Medical emergency: seizure, withdrawal, psychosis, overdose"),
    "armed_threat": _("Threat from armed people"),
}
"""The seven worries, as the raiser says them."""

FURTHER_KINDS: Final[dict[str, Text]] = {
    "gbv": _("Violence at home or by others"),
    "child_protection": _("A child may need protection"),
    "injecting": _("Injecting drugs"),
}
"""Kinds that only an instrument's safety rule raises."""

FIRST_STEPS: Final[dict[str, tuple[Text, ...]]] = {
    "stay_and_ask_follow_up": (
        _("Stay with the person, or stay on the phone."),
        _("Listen without judging. Asking about suicidal thoughts does not plant them."),
        _("Together with the person, move away what could do harm."),
    ),
    "keep_distance_and_call": (
        _("Keep a distance and keep a way out."),
        _("Bring others to safety first; do not hold anybody back alone."),
        _("Call the number below."),
    ),
    "stay_with_child": (
        _("Stay with the child in a place where others can see you both."),
        _("Do not question the child again and again, and promise nothing you cannot keep."),
        _("Do not warn whoever may be doing the harm."),
    ),
    "offer_health_within_72_hours": (
        _("Go with the person to a place that is quiet and safe. They decide what they tell."),
        _("Offer health care now: much of it works only within 72 hours."),
        _("Tell nobody else, and do not look for whoever did it."),
    ),
    "ask_where_safe_alone": (
        _("Speak with the person alone, never beside somebody they fear."),
        _("Ask where the person is safe tonight, and how they can be reached safely."),
        _("Do not confront anybody."),
    ),
    "call_emergency_health": (
        _("Call the number below, or go with the person to the service now."),
        _("Stay with the person. If there is no answer, lay them on their side; give nothing to drink."),
        _("Tell whoever comes what was taken and when, if you know."),
    ),
    "move_to_safety": (
        _("Leave, if it is safe to leave; take nothing with you."),
        _("Do not argue and do not film."),
        _("Call your supervisor when you are safe."),
    ),
}
"""What the person beside her does now, by the first step of the kind (`rules.risk.WORRY_KINDS`)."""

GENERAL_STEPS: Final[tuple[Text, ...]] = (
    _("Stay with the person, or stay on the phone."),
    _("Listen. You need not solve it alone."),
    _("If it gets worse, follow the instruction below at once."),
)

STATES: Final[dict[str, Text]] = {
    "raised": _("Nobody has taken it yet"),
    "seen": _("Seen, not taken yet"),
    "taken": _("Taken; nobody has spoken with the person yet"),
    "first_contact": _("Somebody has spoken with the person"),
    "closed": _("Closed"),
    "after_death": _("Told after the person had died: look at it, then close it"),
}

PRESSING: Final[dict[str, Text]] = {
    "now": _("Risk: now"),
    "today": _("Risk: today"),
    "soon": _("Risk: soon"),
    "historic": _("Risk: from before, to look at"),
    "": _("No open alert"),
}
"""How pressing it is about somebody, on a line; what it is about stands behind the alert itself."""

STATE_BADGES: Final = {
    "raised": "waiting",
    "seen": "waiting",
    "taken": "taken",
    "first_contact": "taken",
    "closed": "closed",
    "after_death": "historic",
}

EVENTS: Final[dict[str, Text]] = {
    "raised": _("Raised"),
    "also_raised": _("Raised again"),
    "seen": _("Seen"),
    "taken": _("Taken"),
    "contact_tried": _("Could not be reached"),
    "first_contact": _("Spoke with the person"),
    "handed_over": _("Handed over"),
    "follow_up": _("Follow-up questions"),
    "closed": _("Closed"),
    "reopened": _("Opened again"),
    "not_found": _("Closed by a supervisor"),
    "reminded": _("Told that it waits"),
    "joined": _("The person's file was joined with another"),
    "died": _("The person has died: closed"),
    "death_confirmed": _("A second colleague confirmed the death: closed"),
    "after_death": _("The person had died before this was told"),
    "others_left": _("The person has died. Somebody else may still be in danger."),
    "lives": _("The death was a mistake: the person lives"),
    "typed_in": _("The paper was typed in and the danger told again. Close this one."),
}

BUTTONS: Final[dict[str, Text]] = {
    "taken": _("I take it"),
    "seen": _("I have seen it"),
    "first_contact": _("I spoke with the person"),
    "contact_tried": _("I could not reach the person"),
    "follow_up": _("Follow-up questions"),
    "handed_over": _("Hand over"),
    "closed": _("Close"),
    "not_found": _("Close: the person could not be found"),
    "death_confirmed": _("Close: I know that the person has died"),
    "reopened": _("Open again"),
}

OTHERS_BUTTONS: Final[dict[str, Text]] = {
    "first_contact": _("I spoke with those who may be in danger"),
    "contact_tried": _("I could not reach those who may be in danger"),
}
"""Instead of speaking with the person, who has died."""

LATE_BUTTONS: Final[dict[str, Text]] = {"reopened": _("This person may live: have it answered now")}
"""Of what waits because it came after a death."""

OUTCOMES: Final[dict[str, Text]] = {
    "plan_made": _("Safe for now; we made a plan"),
    "brought_to_service": _("Went to a service and arrived"),
    "service_took_over": _("A service has taken over and has confirmed it"),
    "no_danger_found": _("We spoke; there is no danger now"),
    "died": _("The person died"),
}

NOT_FOUND: Final[Text] = _("The person could not be found")
"""Only a supervisor closes with this."""

SOURCES: Final[dict[str, Text]] = {
    "worry": _("a worry of a colleague"),
    "worry_by_code": _("a worry of a colleague"),
    "answer": _("an answer"),
    "import": _("an imported answer"),
    "physiotherapy": _("a warning sign in physiotherapy"),
    "visit": _("a visit to the nurse"),
    "paper": _("a form on paper"),
    "talk": _("a short conversation"),
}

FOLLOW_UP_STATES: Final[dict[str, Text]] = {
    "done": _("asked and answered"),
    "refused": _("did not want to answer"),
    "not_done": _("could not be asked"),
}


def kind_words(kind: str) -> Text:
    """A kind in words; an unknown one as what it is: a danger."""
    return KINDS.get(kind) or FURTHER_KINDS.get(kind) or _("Somebody may be in danger")


def first_steps(kind: str) -> tuple[Text, ...]:
    """What to do first for a kind."""
    found = WORRIES.get(kind)
    return FIRST_STEPS[found.first_step] if found is not None else GENERAL_STEPS


def clock_words(moment: datetime | None, now: datetime) -> str:
    """How long until a moment, or since it, in words: a clock nobody has to compute."""
    if moment is None:
        return ""
    minutes = round((moment - now).total_seconds() / 60)
    span = _span(abs(minutes))
    if minutes >= 0:
        return _now("within %(span)s") % {"span": span}
    return _now("late by %(span)s") % {"span": span}


def ago_words(moment: datetime, now: datetime) -> str:
    """How long ago."""
    return _now("%(span)s ago") % {"span": _span(max(0, round((now - moment).total_seconds() / 60)))}


def _span(minutes: int) -> str:
    if minutes < 120:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


assert set(KINDS) == set(WORRIES), "the worries of rules/risk and their words differ"
assert {kind.first_step for kind in WORRY_KINDS} == set(FIRST_STEPS)


PLAN_PARTS = {
    "signs": _("How I notice that it gets hard"),
    "coping": _("What I can do myself"),
    "distraction": _("People and places that take my mind off it"),
    "people": _("People I can ask for help"),
    "professionals": _("Services I can call or go to"),
    "surroundings": _("How I make my surroundings safer"),
    "reasons": _("What matters to me"),
}
"""The parts of a plan. They stand on a printed sheet that somebody else may find: nothing names what it is for."""

INCIDENT_STEPS: dict[str, Text] = {
    "acted": _("Something was done at once"),
    "told_family": _("Family or guardian was told"),
    "told_authority": _("Somebody outside was told"),
    "staff_supported": _("Colleagues were supported"),
    "learned": _("Reviewed without blame: what was learned"),
    "closed": pgettext_lazy("critical incident", "Closed"),
}
