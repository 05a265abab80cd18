"""Supervision: who was supervised, about whom, what was seen and agreed; and a closed alert that is read once more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from karama.accounts.queries import staff_at
from karama.care import targets
from karama.care.access import (
    ANSWER_SUPERVISION,
    FINISH_SUPERVISION_TASK,
    REVIEW_ALERT,
    SUPERVISION,
)
from karama.care.actions import shapes
from karama.care.actions.questions import ask
from karama.care.models import (
    AlertReview,
    SupervisionAnswer,
    SupervisionHeld,
    SupervisionPerson,
    SupervisionSeat,
    SupervisionTask,
)
from karama.care.problems import (
    AnsweredAlready,
    DayDoesNotFit,
    HowMany,
    NotClosedYet,
    NotInCareHere,
    NotKnownToAll,
    RatedAlone,
    ReasonNeeded,
    SkillUnknown,
    TaskIncomplete,
)
from karama.care.supervised import closer_of, known_to_all
from karama.journal import Actor, action
from karama.knowledge.value_sets import coded, offered
from karama.notices.actions import tell
from karama.people.models import Person
from karama.programme.days import today_at
from karama.rules.classes import CARE_DUTIES
from karama.safety.actions import reopen_alert, take_alert
from karama.safety.models import Alert

Mode = Literal["individual", "group", "phone", "observed"]
Minutes = Annotated[int, Field(ge=1, le=600)]
Colleagues = Annotated[list[UUID], Field(min_length=1, max_length=20)]
People = Annotated[list[UUID], Field(max_length=40)]
Ratings = Annotated[dict[shapes.Code, shapes.Code], Field(max_length=20)]


class Agreed(BaseModel):
    """Something agreed: who does it, until when, and what."""

    model_config = ConfigDict(extra="forbid")

    owner: UUID
    until: date
    words: shapes.Reason


@action("care.record_supervision", access=SUPERVISION, target=targets.of_site, purpose="supervision")
def record_supervision(
    *,
    by: Actor,
    site: UUID,
    colleagues: Colleagues,
    mode: Mode,
    on: date | None = None,
    minutes: Minutes | None = None,
    people: People = [],  # noqa: B006 - pydantic copies it
    ratings: Ratings = {},  # noqa: B006 - pydantic copies it
    agreed: Annotated[list[Agreed], Field(max_length=5)] = [],  # noqa: B006 - pydantic copies it
    words: shapes.Words = "",
) -> SupervisionHeld:
    """Write down that colleagues were supervised. Those who were there and who supervises the supervisor read it.

    Raises:
        NotInCareHere: nobody in care at the site. HowMany, RatedAlone, SkillUnknown, TaskIncomplete, DayDoesNotFit.
        NotKnownToAll: somebody whom one of those there may not see.
    """
    today = today_at(site)
    if on is not None and on > today:
        raise DayDoesNotFit()
    there = sorted(set(colleagues))
    if by.id in there or not set(there) <= {user for user, _alias, _duty in staff_at(by, site, CARE_DUTIES)}:
        raise NotInCareHere()
    if (mode == "group") != (len(there) > 1):
        raise HowMany()
    _check_ratings(ratings, there)
    _check_agreed(agreed, {by.id, *there}, today)
    if not set(people) <= known_to_all(by, site, there, people):
        raise NotKnownToAll()
    held = SupervisionHeld(site_id=site, mode=mode, occurred_on=on or today, minutes=minutes)
    held.seal("words", words or None)
    held.save()
    _hang(by, held, there, people, ratings, agreed)
    return held


def _check_ratings(ratings: Mapping[str, str], there: Collection[UUID]) -> None:
    if ratings and len(there) > 1:
        raise RatedAlone()
    skills = {code for code, _names in offered(coded("competencies"))}
    levels = {code for code, _names in offered(coded("competency_levels"))}
    if not set(ratings) <= skills or not set(ratings.values()) <= levels:
        raise SkillUnknown()


def _check_agreed(agreed: Collection[Agreed], there: Collection[UUID], today: date) -> None:
    if any(one.owner not in there or one.until < today or not one.words for one in agreed):
        raise TaskIncomplete()


def _hang(
    by: Actor,
    held: SupervisionHeld,
    there: Collection[UUID],
    people: Collection[UUID],
    ratings: Mapping[str, str],
    agreed: Collection[Agreed],
) -> None:
    for user in there:
        seat = SupervisionSeat(held=held, user_id=user)
        seat.seal("ratings", dict(ratings) or None)
        seat.save()
        tell(by=by, user=user, kind="care.supervision", place=held.id)
    for person in sorted(set(people)):
        SupervisionPerson.objects.create(held=held, person_id=person)
    for one in agreed:
        task = SupervisionTask(held=held, owner_id=one.owner, due_on=one.until)
        task.seal("words", one.words)
        task.save()


def of_seat(*, by: Actor, seat: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of answering: who was supervised."""
    user = SupervisionSeat.objects.filter(pk=seat).values_list("user_id", flat=True).first()
    return {"supervisee": user} if user is not None else {}


@action("care.answer_supervision", access=ANSWER_SUPERVISION, target=of_seat, purpose="supervision")
def answer_supervision(*, by: Actor, seat: UUID, agrees: bool, words: shapes.Words = "") -> SupervisionAnswer:
    """Say that it was so, or how one sees it oneself.

    Raises:
        AnsweredAlready. ReasonNeeded: seeing it differently needs words.
    """
    if SupervisionAnswer.objects.filter(seat_id=seat).exists():
        raise AnsweredAlready()
    if not agrees and not words:
        raise ReasonNeeded("words")
    row = SupervisionAnswer(seat_id=seat, agrees=agrees)
    row.seal("words", words or None)
    row.save()
    return row


def of_task(*, by: Actor, task: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of finishing what was agreed: whose it is."""
    owner = SupervisionTask.objects.filter(pk=task).values_list("owner_id", flat=True).first()
    return {"owner": owner} if owner is not None else {}


@action("care.finish_supervision_task", access=FINISH_SUPERVISION_TASK, target=of_task, purpose="supervision")
def finish_supervision_task(*, by: Actor, task: UUID) -> SupervisionTask:
    """What was agreed is done. Raises `AnsweredAlready`."""
    row = SupervisionTask.objects.select_for_update(of=("self",)).select_related("held").get(pk=task)
    if row.done_on is not None:
        raise AnsweredAlready()
    row.done_on = today_at(row.held.site_id)
    row.save()
    return row


@action("care.review_alert", access=REVIEW_ALERT, target=targets.of_closed_alert, purpose="safety")
def review_alert(
    *,
    by: Actor,
    closed: UUID,
    decision: Literal["ok", "ask", "take_over"],
    words: shapes.Words = "",
    plain: bool = False,
) -> AlertReview:
    """A closed alert was read once more: it is well, its closer is asked, or the supervisor takes it over, which opens
    it again in her hands. `plain`: the page had said that others can read what is asked.

    Raises:
        ReasonNeeded: asking and taking over need words. NotClosedYet: it is open, also when it was opened meanwhile.
        AnsweredAlready: it was read since it was closed. NobodyToAsk: its closer may not open it any more.
        ReadByMore: see `questions.ask`.
    """
    if decision != "ok" and not words:
        raise ReasonNeeded("words")
    alert = Alert.objects.select_for_update().get(pk=closed)
    step = closer_of(alert)
    if step is None:
        raise NotClosedYet()
    if AlertReview.objects.filter(alert=closed, recorded_at__gte=step.recorded_at).exists():
        raise AnsweredAlready()
    row = AlertReview(alert=closed, person_id=_known(alert), closed_by=step.author_id, decision=decision)
    row.seal("words", (words if decision != "ask" else "") or None)
    row.save()
    if decision == "ask":
        told: dict[str, Any] = {"subject": closed, "person": row.person_id, "asked": step.author_id}
        ask(by, about="alert", **told, words=words, plain=plain)
    if decision == "take_over":
        reopen_alert(by=by, alert=closed, note=words)
        take_alert(by=by, alert=closed)
    return row


def _known(alert: Alert) -> UUID | None:
    """The person of an alert, where she is on file here: with her keys what is said about it is sealed."""
    person = alert.subject_id
    return person if person is not None and Person.objects.filter(pk=person).exists() else None
