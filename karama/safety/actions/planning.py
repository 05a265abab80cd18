"""Making and renewing a safety plan together with the person."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.journal import Actor, action
from karama.people.actions import papers
from karama.people.joined import files_of
from karama.people.models import Person
from karama.programme.days import today_at
from karama.safety.access import PLAN
from karama.safety.actions.target import of_person
from karama.safety.models import PLAN_PARTS, SafetyPlan
from karama.safety.problems import PlanIsEmpty, PlanMovedOn

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Parts = Annotated[dict[str, Words], Field(max_length=len(PLAN_PARTS))]
RENEWED = "renewed"


@action("safety.make_plan", access=PLAN, target=of_person)
def make_plan(
    *, by: Actor, person: UUID, parts: Parts, renews: UUID | None = None, paper: UUID | None = None
) -> SafetyPlan:
    """Write down a plan, or a new version of it. `renews`: the version that the writer had before her. `paper`: the
    sheet on which it was made, which says the day.

    Raises:
        PlanIsEmpty: no part has a word. PlanMovedOn: another version is the newest by now; both are kept.
        PaperOlder: the plan that stands was made on the day of the paper or later.
    """
    sheet = papers.being_typed(by, paper, "plan", person)
    told = {code: parts[code] for code in PLAN_PARTS if parts.get(code)}
    if not told:
        raise PlanIsEmpty()
    file = Person.objects.select_for_update(of=("self",)).get(pk=person)
    newest = newest_plan(person)
    if (newest.id if newest else None) != renews:
        raise PlanMovedOn()
    papers.check_newest(sheet, newest.made_on if newest else None)
    renewed = newest if newest is not None and newest.person_id == person else None  # one of another file stays there
    made = SafetyPlan(person_id=person, made_on=papers.day_of(sheet, today_at(file.site_id)), amends=renewed)
    made.seal("parts", told)
    if renewed is not None:
        made.seal("amend_reason", RENEWED)
    made.save()
    papers.enter(sheet, made)
    return made


def newest_plan(person: UUID) -> SafetyPlan | None:
    """The version that counts, in whichever file of the person it was made."""
    rows = SafetyPlan.objects.filter(person_id__in=files_of(person), amended_by__isnull=True)
    return rows.order_by("-recorded_at", "-id").first()
