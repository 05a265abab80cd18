"""Goals that a family sets together, and what each member says alone about how they are doing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.care import families, targets
from karama.care.access import PLAN
from karama.care.actions import shapes
from karama.care.models import FamilyGoal, FamilyGoalStep, FamilyGoalWords, FamilyRating
from karama.care.problems import AmendedMeanwhile, DayDoesNotFit, NothingChanged, NothingWritten, ReasonNeeded
from karama.care.problems.family import NotTogether, OffTheScale
from karama.journal import Absent, Actor, action
from karama.people.families import standing_of
from karama.people.joined import all_files_of, file_that_remains
from karama.people.models import Person
from karama.people.queries import kept_from, together
from karama.programme.days import today_at
from karama.rules.families import number_on

State = Literal["open", "in_progress", "met", "left"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)]
Said = Annotated[int, Field(ge=0, le=100)] | Literal["refused", "dont_know", "not_asked"]


@action("care.set_family_goal", access=PLAN, target=targets.of_person)
def set_family_goal(*, by: Actor, person: UUID, words: Words = "") -> FamilyGoal:
    """Write down a goal that the family of `person` set, in its own words: for each who is accompanied together, and
    known to this worker, under her own key. Raises NotTogether, NothingWritten."""
    family = together(by, Person.objects.get(pk=person))
    if family is None:
        raise NotTogether()
    if not words:
        raise NothingWritten()
    goal = FamilyGoal(family_id=family.family)
    goal.save()
    for one in family.members:
        told = FamilyGoalWords(person_id=one.id, goal=goal)
        told.seal("words", words)
        told.save()
    FamilyGoalStep(goal=goal, state=goal.state).save()
    return goal


@action("care.move_family_goal", access=PLAN, target=targets.of_person)
def move_family_goal(*, by: Actor, person: UUID, goal: UUID, state: State) -> FamilyGoal:
    """Say where a goal of the family of `person` stands now; the history keeps each step, also one back.

    Raises:
        NotTogether. Absent: no goal of hers, or one that was set in front of somebody this worker may not know of.
    """
    family = together(by, Person.objects.get(pk=person))
    if family is None:
        raise NotTogether()
    row = FamilyGoal.objects.select_for_update(of=("self",)).filter(pk=goal, family_id=family.family).first()
    told = set(FamilyGoalWords.objects.filter(goal_id=goal).values_list("person_id", flat=True))
    if row is None or not told & set(all_files_of(person)) or kept_from(by, told):
        raise Absent()
    if row.state != state:
        row.state = state
        row.save()
        FamilyGoalStep(goal=row, state=state).save()
    return row


@action("care.rate_family", access=PLAN, target=targets.of_person)
def rate_family(*, by: Actor, person: UUID, said: Said, on: date | None = None) -> FamilyRating:
    """Keep what one member says alone about how they are doing together, in her own file and nowhere else. She need not
    have said yes to being accompanied together. Raises OffTheScale, DayDoesNotFit, NotTogether: in no family."""
    if standing_of(person) is None:
        raise NotTogether()
    file = Person.objects.select_related("programme").get(pk=person)
    return _keep(FamilyRating(person_id=person), file, said, on)


def of_rating(*, by: Actor, rating: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of a correction."""
    person = FamilyRating.objects.filter(pk=rating).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.amend_family_rating", access=PLAN, target=of_rating)
def amend_family_rating(
    *, by: Actor, rating: UUID, said: Said, on: date | None = None, reason: shapes.Reason = ""
) -> FamilyRating:
    """Correct what a member said alone; both versions stay. Raises ReasonNeeded, AmendedMeanwhile, NothingChanged."""
    if not reason:
        raise ReasonNeeded()
    old = FamilyRating.objects.select_for_update(of=("self",)).get(pk=rating)
    if FamilyRating.objects.filter(amends=old).exists():
        raise AmendedMeanwhile()
    if (said, on or old.occurred_on) == (old.unseal("said"), old.occurred_on):
        raise NothingChanged()
    made = FamilyRating(person_id=old.person_id, amends=old)
    made.seal("amend_reason", reason)
    file = Person.objects.select_related("programme").get(pk=file_that_remains(old.person_id))
    return _keep(made, file, said, on or old.occurred_on)


def _keep(made: FamilyRating, file: Person, said: int | str, on: date | None) -> FamilyRating:
    scale = families.of_programme(file.programme.code)
    if scale is None or (not isinstance(said, str) and number_on(said, scale.lowest, scale.highest) is None):
        raise OffTheScale("said")
    today = today_at(file.site_id)
    if on is not None and on > today:
        raise DayDoesNotFit()
    made.occurred_on, made.scale, made.version = on or today, scale.code, scale.version
    made.seal("said", said)
    made.save()
    return made
