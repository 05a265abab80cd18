"""Planning a visit, and saying that an area is open or closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.accounts.queries import everybody_at
from karama.journal import Actor, Refused, action, clock, visible_to
from karama.notices.actions import tell
from karama.outreach import areas
from karama.outreach.access import PLAN, SET_AREA
from karama.outreach.models import WARNED, AreaState, Visit, VisitMember, VisitPerson, VisitStep
from karama.outreach.problems import (
    AreaClosed,
    CannotComeAlong,
    ForNobody,
    NobodyWaits,
    NoSuchArea,
    NotAlone,
    NotInForce,
    NotOfThisSite,
    NotYourPeople,
    ReasonNeeded,
    TimesDoNotFit,
)
from karama.outreach.rulebook import area_of, rules_of
from karama.outreach.standing import not_over, standings
from karama.people.access import ATTRIBUTES, LIST, purpose_of
from karama.people.models import HiddenFrom, Person
from karama.programme.models import Site
from karama.rules.visits import against_plan, stricter, travel_cost

LONGEST = timedelta(days=2)
LATE = timedelta(hours=12)
FURTHEST = timedelta(days=31)
Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Users = Annotated[list[UUID], Field(max_length=12)]
Moment = datetime
AGAINST = {"no_go": AreaClosed, "not_alone": NotAlone, "nobody_waits": NobodyWaits}


def _of_plan(*, by: Actor, site: UUID, leader: UUID | None = None, **_more: Any) -> Mapping[str, object]:
    return {"site": site, "own": leader is None or leader == by.id}


@action("outreach.plan_visit", access=PLAN, target=_of_plan)
def plan_visit(
    *,
    by: Actor,
    site: UUID,
    area: Code,
    leaves: Moment,
    back: Moment,
    leader: UUID | None = None,
    goes: Users = [],  # noqa: B006 - pydantic copies it
    waits: UUID | None = None,
    people: Annotated[list[UUID], Field(max_length=60)] = [],  # noqa: B006 - pydantic copies it
    community: bool = False,
    note: Words = "",
) -> Visit:
    """Plan who goes where, for whom, and when they mean to be back. From then on somebody waits for them.

    `leader`: whoever goes; a supervisor may plan for a colleague. The travel cost is the pack's.

    Raises:
        NoSuchArea, AreaClosed, NotAlone, NobodyWaits, TimesDoNotFit, ForNobody. NotYourPeople: one of them does not
        stand on the planner's list. CannotComeAlong: a colleague from whom one of them is hidden. NotOfThisSite.
    """
    head = leader or by.id
    along = list(dict.fromkeys(one for one in goes if one != head))
    stays = waits if waits not in (head, *along) else None
    Site.objects.select_for_update(of=("self",)).get(pk=site)  # an area that is closed meanwhile waits for this plan
    _fitting_times(leaves, back)
    known = area_of(site, area)
    if known is None:
        raise NoSuchArea()
    state = areas.area_at(site, area, clock.now()).state
    wrong = against_plan(state, rules_of(site).lone_rule(known), alone=not along, watched=stays is not None)
    if wrong:
        raise AGAINST[wrong]()
    if not people and not community:
        raise ForNobody()
    _colleagues(by, site, {head, *along, *([stays] if stays else [])} - {by.id})
    visited = _on_the_list(by, people)
    _nobody_hidden(visited, {head, *along})
    made = Visit(
        site_id=site,
        area=area,
        leaves_at=leaves,
        back_at=back,
        community=community,
        fare=travel_cost(known.fare, 1 + len(along)),
        currency=rules_of(site).currency if known.fare is not None else "",
    )
    made.seal("note", note or None)
    made.save()
    parts = {head: "leads", **dict.fromkeys(along, "goes"), **({stays: "waits"} if stays else {})}
    for user, part in parts.items():
        VisitMember.objects.create(visit=made, user_id=user, part=part)
        if user != by.id:
            tell(by=by, user=user, kind="outreach.part_of_visit", place=made.id)
    for person in visited:
        VisitPerson.objects.create(visit=made, person_id=person)
    if state == "care":
        _tell_supervisors(by, made)
    return made


def _fitting_times(leaves: datetime, back: datetime) -> None:
    if leaves.tzinfo is None or back.tzinfo is None:
        raise TimesDoNotFit("leaves")
    if leaves < clock.now() - LATE:
        raise TimesDoNotFit("leaves")
    if not leaves < back <= leaves + LONGEST or back <= clock.now():
        raise TimesDoNotFit()


def _colleagues(by: Actor, site: UUID, users: set[UUID]) -> None:
    there = {user for user, _alias, _duty in everybody_at(by, site)} if users else set()
    if not users <= there:
        raise NotOfThisSite("goes")


def _on_the_list(by: Actor, people: list[UUID]) -> list[UUID]:
    """Those of her list. One who is not on it and one who does not exist are the same."""
    wanted = set(people)
    rows = visible_to(
        Person.objects.filter(pk__in=wanted),
        by=by,
        policy=LIST,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )
    found = sorted(rows.values_list("id", flat=True)) if wanted else []
    if len(found) != len(wanted):
        raise NotYourPeople()
    return found


def _nobody_hidden(people: list[UUID], goers: set[UUID]) -> None:
    """Nobody is brought to a person from whom she is hidden. What is said names neither."""
    if HiddenFrom.objects.filter(person__in=people, user_id__in=goers, lifted_at__isnull=True).exists():
        raise CannotComeAlong()


def _tell_supervisors(by: Actor, visit: Visit) -> None:
    """In an area of care the supervisors of the site are told of each plan."""
    for user, _alias, duty in everybody_at(by, visit.site_id):
        if duty == "supervisor" and user != by.id:
            tell(by=by, user=user, kind="outreach.with_care", place=visit.id)


def _of_site(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    return {"site": site}


@action("outreach.set_area", access=SET_AREA, target=_of_site)
def set_area(
    *, by: Actor, site: UUID, area: Code, state: Literal["go", "care", "no_go"], until: Moment, reason: Words
) -> AreaState:
    """Say that an area is open, gone to with care, or closed, until a moment.

    Everybody who planned a visit there, or is there, is called when it becomes more closed.

    Raises:
        Refused: the pack gives this to another duty. NoSuchArea. NotInForce: over, or more than a month ahead.
        ReasonNeeded.
    """
    now = clock.now()
    if by.duty not in rules_of(site).setters:
        raise Refused("duty")
    Site.objects.select_for_update(of=("self",)).get(pk=site)
    if area_of(site, area) is None:
        raise NoSuchArea()
    if until.tzinfo is None or not now < until <= now + FURTHEST:
        raise NotInForce()
    if not reason:
        raise ReasonNeeded()
    before = areas.area_at(site, area, now)
    same = before.said is not None and before.state == state
    made = AreaState(site_id=site, area=area, state=state, until=until, since=now)
    if same and before.since is not None:
        made.since = before.since
    made.seal("reason", reason)
    made.save()
    if state != before.state and stricter(state, before.state) == state:
        _call_back(by, site, area)
    return made


def _call_back(by: Actor, site: UUID, area: str) -> None:
    """Tell everybody who has to do with a visit there, once for each visit."""
    for one in standings(not_over().filter(site_id=site, area=area)):
        users = {one.visit.author_id, *(member.user_id for member in one.members)}
        for user in sorted(users):
            VisitStep.objects.create(visit=one.visit, step=WARNED, to_id=user)
            tell(by=by, user=user, kind="outreach.area_changed", place=one.visit.id)
