"""Goals in the person's own words, the worker's view before any suggestion, the layer somebody decides, waiting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.care import targets
from karama.care.access import PLAN, WAITING
from karama.care.actions import shapes
from karama.care.models import Episode, Goal, GoalStep, LayerStep, OwnView, Wait, WaitCheck
from karama.care.problems import DecidedAlready, NoSuchColleague, NothingWritten, ReasonNeeded, StateNotAllowed
from karama.care.queries.suggesting import suggestion_for
from karama.journal import Actor, action
from karama.people import workers
from karama.people.models import HiddenFrom, Person
from karama.programme.days import today_at
from karama.rules.classes import CARE_DUTIES
from karama.rules.episodes import OPEN_STATES
from karama.rules.stepped_care import direction

State = Literal["planned", "in_progress", "met", "partly", "not_met", "dropped"]
Layer = Literal["basic", "community", "focused", "specialised"]
Seen = Annotated[list[Literal["psychosis", "mania", "withdrawal", "cognitive"]], Field(max_length=4)]
Goals = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]


@action("care.set_goal", access=PLAN, target=targets.of_episode)
def set_goal(*, by: Actor, episode: UUID, words: Goals) -> Goal:
    """Write down a goal in the person's own words. Raises `NothingWritten`; `StateNotAllowed`: it is closed."""
    return keep_goal(episode, words)


def keep_goal(episode: UUID, words: str, *, shared: bool = False) -> Goal:
    """A new goal, within the action that may set it. Raises like `set_goal`."""
    row = Episode.objects.get(pk=episode)
    if row.state not in OPEN_STATES:
        raise StateNotAllowed()
    if not words:
        raise NothingWritten()
    goal = Goal(person_id=row.person_id, episode=row)
    goal.seal("words", words)
    goal.seal("shared", words if shared else None)
    goal.save()
    _step(goal, "")
    return goal


def of_goal(*, by: Actor, goal: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a goal."""
    person = Goal.objects.filter(pk=goal).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.move_goal", access=PLAN, target=of_goal)
def move_goal(*, by: Actor, goal: UUID, state: State, words: shapes.Reason = "") -> Goal:
    """Say where a goal stands now; the history keeps each step."""
    row = Goal.objects.select_for_update(of=("self",)).get(pk=goal)
    if row.state != state or words:
        row.state = state
        row.save()
        _step(row, words)
    return row


def _step(goal: Goal, words: str) -> None:
    step = GoalStep(person_id=goal.person_id, goal=goal, state=goal.state)
    step.seal("words", words or None)
    step.save()


@action("care.record_view", access=PLAN, target=targets.of_episode)
def record_view(
    *,
    by: Actor,
    episode: UUID,
    layer: Layer,
    wish: Literal["more", "same", "less", "unsure"],
    seen: Seen = [],  # noqa: B006 - pydantic copies it
) -> OwnView:
    """Keep what the worker sees herself and what the person wishes. Only then is a suggestion told."""
    row = Episode.objects.get(pk=episode)
    if row.state not in OPEN_STATES:
        raise StateNotAllowed()
    view = OwnView(person_id=row.person_id, episode=row, layer=layer)
    view.seal("wish", wish)
    view.seal("seen", sorted(set(seen)))
    view.save()
    return view


def of_view(*, by: Actor, view: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of a decision on a view."""
    person = OwnView.objects.filter(pk=view).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.decide_layer", access=PLAN, target=of_view)
def decide_layer(*, by: Actor, view: UUID, layer: Layer, reason: shapes.Reason = "") -> LayerStep:
    """Decide the layer of care. Agreeing and differing cost the same; going down takes a reason, whoever suggested.

    Raises:
        DecidedAlready: there is a decision on this view. ReasonNeeded: a step down without a reason.
    """
    seen = OwnView.objects.select_related("episode").get(pk=view)
    if LayerStep.objects.filter(view=seen).exists():
        raise DecidedAlready()
    before = LayerStep.objects.filter(episode=seen.episode).order_by("-recorded_at", "-id").first()
    went = direction(before.layer if before is not None else "", layer)
    if went == "down" and not reason:
        raise ReasonNeeded()
    told = suggestion_for(by, seen)
    step = LayerStep(person_id=seen.person_id, episode=seen.episode, view=seen, layer=layer, direction=went)
    step.seal("suggested", {"layer": told.layer, "because": list(told.because), "off": list(told.off)})
    step.seal("reason", reason or None)
    step.save()
    return step


@action("care.name_contact", access=WAITING, target=targets.of_episode)
def name_contact(*, by: Actor, episode: UUID, contact: UUID, need: Annotated[int, Field(ge=1, le=4)]) -> Wait:
    """Name who stays in touch with a waiting person, and how pressing it is.

    Raises:
        StateNotAllowed: the episode does not wait. NoSuchColleague: not in care at her site, or hidden from her.
    """
    row = Episode.objects.select_related("person").get(pk=episode)
    if row.state != "waiting":
        raise StateNotAllowed()
    check_colleague(row.person, contact, "contact")
    wait = Wait.objects.filter(episode=row, until_on__isnull=True).first()
    wait = wait or Wait(person_id=row.person_id, episode=row, since_on=today_at(row.person.site_id))
    wait.contact_id, wait.need = contact, need
    wait.save()
    return wait


MOST_PRESSING: Final = 1


def somebody_stays(by: Actor, row: Episode) -> None:
    """Nobody waits without a name: whoever puts her on the list stays in touch, else who leads her care, and it is as
    pressing as can be until somebody says how much. Where neither may, the supervisor's page says so at once."""
    if Wait.objects.filter(episode=row, until_on__isnull=True).exists():
        return
    for user in dict.fromkeys((by.id, row.lead_id)):
        if user is None or by.kind != "user" and user == by.id:
            continue
        try:
            check_colleague(row.person, user, "contact")
        except NoSuchColleague:
            continue
        since = today_at(row.person.site_id)
        Wait(
            person_id=row.person_id, episode=row, contact_id=user, need=MOST_PRESSING, since_on=since
        ).save()  # fmt: skip
        return


def check_colleague(person: Person, user: UUID, field: str) -> None:
    """Raises `NoSuchColleague` unless the user is in care at the person's site and not one she is hidden from."""
    able = {one.user for one in workers.workers_for(person) if one.duty in CARE_DUTIES}
    if user not in able or HiddenFrom.objects.filter(person=person, user_id=user, lifted_at__isnull=True).exists():
        raise NoSuchColleague(field)


def of_wait(*, by: Actor, wait: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of asking somebody who waits."""
    person = Wait.objects.filter(pk=wait).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.check_waiting", access=WAITING, target=of_wait)
def check_waiting(*, by: Actor, wait: UUID, reached: bool, worse: bool = False, words: shapes.Words = "") -> WaitCheck:
    """Note that a waiting person was asked again. Worse makes it as pressing as it gets; nothing makes it less so."""
    row = Wait.objects.select_for_update(of=("self",)).get(pk=wait)
    check = WaitCheck(person_id=row.person_id, wait=row, reached=reached, worse=reached and worse)
    check.seal("words", words or None)
    check.save()
    if check.worse and row.need != 1:
        row.need = 1
        row.save()
    return check
