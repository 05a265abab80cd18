"""Writing down what a person asks for about her own record, deciding it, and saying that it is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from karama.journal import Actor, action
from karama.people.actions import shapes
from karama.people.joined import last_file
from karama.programme.days import today_at
from karama.rules import rights as law
from karama.voice import packs
from karama.voice.access import DECIDE, SEE
from karama.voice.actions import guarding, resting
from karama.voice.models import RequestStep, RightsRequest
from karama.voice.problems import AlreadyAsked, DayAhead, NotNow, ReasonNeeded
from karama.voice.standing import target_of, with_state

Right = Literal["access", "correct", "restrict", "withdraw", "delete", "portability"]
Checked = Literal["known", "card", "find_me", "document", "guardian"]
Reason = Literal["", "identity", "others", "danger", "obligation", "claim", "not_held"]
LONGEST_AGO = timedelta(days=366)


def of_request(*, by: Actor, rights: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about one request."""
    return target_of(rights)


@action("voice.record_request", access=SEE, target=shapes.of_person, purpose="rights")
def record_request(
    *,
    by: Actor,
    person: UUID,
    right: Right,
    checked: Checked,
    guardian: UUID | None = None,
    received_on: date | None = None,
    note: shapes.Words = "",
) -> RightsRequest:
    """Write down that a person uses a right. The clock runs from the day she asked, not from the day it was typed.

    `guardian`: which of those on record asks in her place.

    Raises:
        AlreadyAsked: the same right is open. DayAhead: the day lies ahead, or more than a year back.
        WhichGuardian, GuardianMayNot, AsksAlone: see `guarding.check`.
    """
    file = shapes.locked(person)
    guarding.check(file, right, checked, guardian)
    today = today_at(file.site_id)
    on = received_on or today
    if not today - LONGEST_AGO <= on <= today:
        raise DayAhead()
    same = with_state(RightsRequest.objects.filter(person=file, right=right))
    if same.filter(state__in=law.OPEN_STATES).exists():
        raise AlreadyAsked()
    due = law.due_on(on, packs.days_to_answer(file.programme_id, right))
    made = RightsRequest(person=file, right=right, checked=checked, guardian_id=guardian, received_on=on, due_on=due)
    made.seal("note", note or None)
    made.save()
    return made


@action("voice.decide_request", access=DECIDE, target=of_request, purpose="rights")
def decide_request(
    *,
    by: Actor,
    rights: UUID,
    decision: Literal["granted", "partly", "refused", "withdrawn"],
    reason: Reason = "",
    words: shapes.Words = "",
) -> RequestStep:
    """Answer a request. A rest that is granted begins at once; a deletion is prepared instead (`deleting`).

    Raises:
        ReasonNeeded: refused or in part without reason and words. NotNow: not after the last step.
        WhichGuardian, GuardianMayNot, AsksAlone: what a guardian asked for may not be granted now (`guarding.check`).
    """
    if decision in law.WITH_REASON:
        if not reason:
            raise ReasonNeeded()
        if not words:
            raise ReasonNeeded("words")
    row = locked_request(rights)
    if decision in ("granted", "partly"):
        guarding.check_request(row)
    made = step(row, decision, reason=reason if decision in law.WITH_REASON else "", words=words)
    if row.right == "restrict" and decision in ("granted", "partly"):
        resting.begin(by=by, person=last_file(row.person))
        made = step(row, "done")
    return made


@action("voice.finish_request", access=SEE, target=of_request, purpose="rights")
def finish_request(*, by: Actor, rights: UUID, words: shapes.Words = "") -> RequestStep:
    """Say that what was granted is done: the copy was handed over, the correction made, the yes taken back.

    Raises:
        NotNow: it was not granted, or is done already.
    """
    row = locked_request(rights)
    if row.right == "delete":
        raise NotNow()
    return step(row, "done", words=words)


def locked_request(rights: UUID) -> RightsRequest:
    """The request, after its person's row is held: what follows is in one order."""
    row = RightsRequest.objects.get(pk=rights)
    shapes.locked(row.person_id)
    return RightsRequest.objects.select_related("person").get(pk=rights)


def step(row: RightsRequest, state: str, *, reason: str = "", words: str = "") -> RequestStep:
    """Add a step. Raises `NotNow` when the law does not allow it after the last one."""
    last = RequestStep.objects.filter(request=row).order_by("-place").first()
    if not law.may_follow(row.right, last.state if last else "received", state):
        raise NotNow()
    made = RequestStep(
        person_id=row.person_id, request=row, place=last.place + 1 if last else 1, state=state, reason=reason
    )
    made.seal("words", words or None)
    made.save()
    return made
