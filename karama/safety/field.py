"""What of this room travels to telephones, and which of its actions come from them. An alert always does."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karama.accounts.models import User
from karama.accounts.queries import aliases_of
from karama.journal import Actor, clock
from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.people.access import rows_near
from karama.rules.permission import permit
from karama.rules.risk import WORRIES
from karama.safety import access, travelling
from karama.safety.models import Alert, AlertStep, SafetyPlan
from karama.safety.queries import open_alerts
from karama.safety.standing import Standing, around_of, standings
from karama.sync import registries
from karama.sync.declared import Declaration, Down, Up, declare

NOT_UNDERSTOOD = "unclear"
"""The kind of an alert whose own arguments did not fit: whoever answers reads the words."""

MOST_URGENT = "harm_to_others"
"""The kind of a worry that names a colleague and whose own kind did not fit."""

LONGEST = 1_500


def rescue(arguments: Any) -> dict[str, Any]:
    """An alert out of whatever came: about whom, if that can be read; as urgent as can be; with everything as words.

    Where it says from whom it is kept, it stays a worry, which is kept from her and joins no other.
    """
    told = arguments if isinstance(arguments, Mapping) else {}
    shut = _id(told.get("involves"))
    if shut is not None and User.objects.filter(pk=shut).exists():
        return _rescued_worry(told, shut)
    words = str(told.get("words") or "").replace("\0", "")[:LONGEST]
    rest = {name: value for name, value in told.items() if name not in ("person", "words")}
    kind = str(told.get("kind") or "").replace("\0", "").strip()
    return {
        "action": "safety.raise_alert",
        "person": _id(told.get("person")),
        "site": _id(told.get("site")),
        "kind": kind if 0 < len(kind) <= 60 else NOT_UNDERSTOOD,
        "grade": "now",
        "source": "phone",
        "words": f"{words}\n{_plain(rest)}".strip(),
    }


def _rescued_worry(told: Mapping[str, Any], shut: str) -> dict[str, Any]:
    """A worry has a kind of its own: where it fits none, the most urgent one, with what it said among the words."""
    words = str(told.get("words") or "").replace("\0", "")[:LONGEST]
    kind, code = told.get("kind"), str(told.get("code") or "").replace("\0", "")
    rest = {name: value for name, value in told.items() if name not in ("person", "words", "involves")}
    return {
        "action": "safety.raise_worry",
        "person": _id(told.get("person")),
        "site": _id(told.get("site")),
        "kind": kind if isinstance(kind, str) and kind in WORRIES else MOST_URGENT,
        "code": code if len(code) <= 60 else "",
        "words": f"{words}\n{_plain(rest)}".strip(),
        "involves": shut,
    }


def _id(value: Any) -> str | None:
    try:
        return str(UUID(str(value)))
    except ValueError:
        return None


def _plain(rest: Mapping[str, Any]) -> str:
    return json.dumps(rest, ensure_ascii=True)[:400].replace("\\u0000", "") if rest else ""


@once
def _seen(by: Actor, people: tuple[UUID, ...]) -> dict[UUID, str]:
    """The alerts about these people that this worker may see, never one that is kept from her, and the open ones that
    are in her list, whomever they are about; with the code under which that list has them."""
    moment = clock.now()
    rows = list(Alert.objects.filter(person_id__in=people, historic=False).order_by("id"))
    mine = {
        one.alert.pk: one.around.person.code if one.around.person else ""
        for one in (standings(rows, moment) if rows else ())
        if permit(access.SEE, by.attributes(), one.attributes(), "safety", moment).allowed
    }
    return {**{one.id: one.code for one in open_alerts(by)}, **mine}


def _alerts(by: Actor, people: Collection[UUID]) -> QuerySet[Alert]:
    return Alert.objects.filter(pk__in=_seen(by, tuple(people)))


def _steps(by: Actor, people: Collection[UUID]) -> QuerySet[AlertStep]:
    return AlertStep.objects.filter(alert__in=_seen(by, tuple(people))).select_related("alert")


def asked_now(by: Actor, people: Collection[UUID]) -> dict[str, Any]:
    """Of the alerts here that nobody has taken: who is asked now, who next and when, as the page at a desk tells it.

    Asked is not reached: nothing here says that somebody knows of it.
    """
    seen = _seen(by, tuple(people))
    rows = list(Alert.objects.filter(pk__in=seen, historic=False).order_by("id")) if seen else []
    told = [one for one in (standings(rows) if rows else ()) if one.state.is_open and one.state.owner is None]
    line = {one for each in told for one in (each.owner, each.escalation.next_owner)}
    named = aliases_of({one for one in line if isinstance(one, UUID)})
    return {str(one.alert.pk): _turn(one, named) for one in told if one.state.state != "after_death"}


def _turn(one: Standing, named: Mapping[UUID, str]) -> dict[str, Any]:
    level = one.escalation

    def who(user: Any) -> dict[str, str] | None:
        return {"user": str(user), "alias": named.get(user, "")} if user else None

    at = level.next_at.isoformat() if level.next_at else None
    return {"now": who(one.owner), "next": who(level.next_owner), "at": at, "exhausted": level.exhausted}


def _code(by: Actor, row: Alert) -> str:
    """The code of whom it is about, as the list of alerts has it; empty when nobody knows."""
    person = around_of([row])[row.pk].person
    return person.code if person is not None else ""


@readymade
def _plans(by: Actor, people: Collection[UUID]) -> QuerySet[SafetyPlan]:
    rows = SafetyPlan.objects.filter(person__in=list(people), amended_by__isnull=True)
    return rows_near(rows, by=by, policy=access.PLAN)


UP = (
    Up("safety.raise_alert", _("Alert"), always=True, rescue=rescue),
    Up("safety.raise_worry", _("Worry about somebody"), always=True, rescue=rescue),
    Up("safety.take_alert", _("Alert taken")),
    Up("safety.see_alert", _("Alert seen")),
    Up("safety.record_contact_tried", _("Tried to reach the person")),
    Up("safety.record_first_contact", _("Spoke with the person")),
    Up("safety.record_screening", _("Screening after an alert")),
    Up("safety.make_plan", _("Safety plan")),
    Up("safety.report_incident", _("Incident at work")),
    Up("safety.report_incident_about", _("Incident with somebody")),
)
STAYS: Mapping[str, tuple[str, ...]] = {
    "It closes, reopens or keeps back an alert, or names somebody: that is done with all its steps in view.": (
        "safety.close_alert",
        "safety.close_not_found",
        "safety.confirm_death",
        "safety.follow_incident",
        "safety.hand_over",
        "safety.keep_from",
        "safety.name_in_incident",
        "safety.reopen_alert",
    ),
    "It is done by a job.": ("safety.remind",),
    "The house does it when a death is written down or taken back.": (
        "safety.reopen_of_living",
        "safety.settle_after_death",
    ),
}


def install() -> None:
    """Called once, when Django is ready."""
    registries.knowledge.register("safety", travelling.knowledge)
    registries.asked.register("safety", asked_now)
    stepped = ("alert", "step", "author_id", "to_id", "grade", "outcome", "recorded_at")
    declare(
        "safety",
        Declaration(
            (
                Down(Alert, ("grade", "raised_at", "due_at", "kind"), _alerts, strays=True, extra={"code": _code}),
                Down(AlertStep, stepped, _steps, person="alert.person_id", strays=True),
                Down(SafetyPlan, ("made_on", "parts"), _plans.later),
            ),
            UP,
            STAYS,
        ),
    )
