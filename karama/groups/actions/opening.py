"""A group, its facilitators, its cycles: opened, changed, ended."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated
from uuid import UUID

from pydantic import Field

from karama.accounts.models import Posting
from karama.accounts.reach import current
from karama.groups import curriculum
from karama.groups.access import FACILITATING, OPEN, SEE
from karama.groups.actions import shapes
from karama.groups.models import Cycle, Group, GroupFacilitator, GroupMember
from karama.groups.peers import may_lead
from karama.groups.problems import (
    CycleOpen,
    HowMany,
    MayNotDeliver,
    NameTells,
    NoCycle,
    NoSuchCode,
    NotRunHere,
    NotThisNow,
    TwoAlready,
)
from karama.groups.targets import of_group, of_site
from karama.groups.ties import facilitators_of, ties_of
from karama.journal import Actor, action, clock
from karama.programme.days import today_at
from karama.rules.groups import MOST_FACILITATORS, name_tells

Planned = Annotated[int, Field(ge=1, le=60)]
Bands = Annotated[list[shapes.AgeBand], Field(max_length=9)]


@action("groups.open_group", access=OPEN, target=of_site)
def open_group(
    *,
    by: Actor,
    site: UUID,
    name: shapes.Name,
    kind: shapes.Kind,
    form: shapes.Form = "closed",
    intervention: str = "",
    planned: Planned | None = None,
    capacity: Annotated[int, Field(ge=1, le=200)] | None = None,
    together: bool = False,
    four_ws: shapes.FourWs = "",
    age_bands: Bands = [],  # noqa: B006 - pydantic copies it
    gender: Annotated[str, Field(pattern=r"^(woman|man)?$")] = "",
    for_whom: shapes.Reason = "",
    weekday: Annotated[int, Field(ge=0, le=6)] | None = None,
    starts: time | None = None,
    begins_on: date | None = None,
) -> Group:
    """Open a group with its first cycle; whoever opens it facilitates it. Its name is neutral.

    Raises:
        NameTells, NotRunHere, HowMany, NoSuchCode. MayNotDeliver: the intervention names other duties.
    """
    if name_tells(name):
        raise NameTells()
    if four_ws and four_ws not in {code for code, _words, _draft in curriculum.four_ws()}:
        raise NoSuchCode("four_ws")
    if kind == "intervention":
        card = curriculum.card_of(intervention)
        four_ws = four_ws or (card.four_ws.code if card and card.four_ws and not card.four_ws.evidence.draft else "")
    made = Group(site_id=site, kind=kind, form=form, four_ws=four_ws, capacity=capacity, together=together)
    made.seal("name", name)
    rule = {"age_bands": sorted(set(age_bands)), "gender": gender, "words": for_whom}
    made.seal("eligibility", rule if any(rule.values()) else None)
    made.save()
    _begin(made, 1, intervention if kind == "intervention" else "", planned, weekday, starts, begins_on)
    _put(made, by.id, "intervention")
    return made


@action("groups.begin_cycle", access=SEE, target=of_group)
def begin_cycle(
    *,
    by: Actor,
    group: UUID,
    intervention: str = "",
    planned: Planned | None = None,
    keep_members: bool = False,
    weekday: Annotated[int, Field(ge=0, le=6)] | None = None,
    starts: time | None = None,
    begins_on: date | None = None,
) -> Cycle:
    """Begin the next cycle, with a new list or with the members of the last one.

    Raises:
        CycleOpen, NotRunHere, HowMany. NotThisNow: the group has ended. MayNotDeliver: somebody who facilitates
        it holds no duty that the intervention names.
    """
    row = Group.objects.select_for_update().get(pk=group)
    if row.ended_on is not None:
        raise NotThisNow()
    if Cycle.objects.filter(group=row, ended_on__isnull=True).exists():
        raise CycleOpen()
    last = Cycle.objects.filter(group=row).order_by("-number").first()
    number = last.number + 1 if last else 1
    code = intervention if row.kind == "intervention" else ""
    made = _begin(row, number, code, planned, weekday, starts, begins_on)
    for one in GroupFacilitator.objects.filter(group=row, until_on__isnull=True):
        if not _able(row, one.user_id):
            raise MayNotDeliver("intervention")
    if keep_members and last is not None:
        stayed = GroupMember.objects.filter(cycle=last, why="finished", person__status="active")
        GroupMember.objects.bulk_create(
            [GroupMember(person_id=one.person_id, cycle=made, since_on=made.begun_on) for one in stayed]
        )
    return made


@action("groups.end_cycle", access=SEE, target=of_group)
def end_cycle(*, by: Actor, group: UUID) -> Cycle:
    """The meetings of this cycle are over: its members leave the list as finished; check-ins stay to be done.

    Raises:
        NoCycle: none is open.
    """
    row = Group.objects.select_for_update().get(pk=group)
    return end_open_cycle(row)


@action("groups.end_group", access=SEE, target=of_group)
def end_group(*, by: Actor, group: UUID) -> Group:
    """The group does not meet any more. Raises `NotThisNow`: it has ended already."""
    row = Group.objects.select_for_update().get(pk=group)
    if row.ended_on is not None:
        raise NotThisNow()
    if Cycle.objects.filter(group=row, ended_on__isnull=True).exists():
        end_open_cycle(row)
    row.ended_on = today_at(row.site_id)
    row.save()
    return row


@action("groups.name_facilitator", access=SEE, target=of_group)
def name_facilitator(*, by: Actor, group: UUID, user: UUID) -> GroupFacilitator:
    """Put a colleague in charge, alone or beside another one.

    Raises:
        TwoAlready. MayNotDeliver: not of this site, in another duty, or somebody of whom a member must not be known.
    """
    row = Group.objects.select_for_update().get(pk=group)
    current_ones = facilitators_of(row.id)
    if user in current_ones:
        raise NotThisNow()
    if len(current_ones) >= MOST_FACILITATORS:
        raise TwoAlready()
    members = GroupMember.objects.filter(cycle__group=row, until_on__isnull=True).values_list("person_id", flat=True)
    if any(user in one.hidden_from for one in ties_of(set(members)).values()):
        raise MayNotDeliver()
    return _put(row, user, "user")


@action("groups.end_facilitator", access=SEE, target=of_group)
def end_facilitator(*, by: Actor, group: UUID, user: UUID) -> GroupFacilitator:
    """A facilitator goes; never the last one of a group that still meets. Raises `TwoAlready`, `NotThisNow`."""
    row = Group.objects.select_for_update().get(pk=group)
    found = GroupFacilitator.objects.filter(group=row, user_id=user, until_on__isnull=True).first()
    if found is None:
        raise NotThisNow()
    if row.ended_on is None and len(facilitators_of(row.id)) == 1:
        raise TwoAlready()
    found.until_on = max(today_at(row.site_id), found.since_on)
    found.save()
    return found


def end_open_cycle(row: Group) -> Cycle:
    """End the open cycle, inside the caller's action. Raises `NoCycle`."""
    cycle = Cycle.objects.filter(group=row, ended_on__isnull=True).first()
    if cycle is None:
        raise NoCycle()
    cycle.ended_on = max(today_at(row.site_id), cycle.begun_on)
    cycle.save()
    for one in GroupMember.objects.filter(cycle=cycle, until_on__isnull=True):
        one.until_on, one.why = max(cycle.ended_on, one.since_on), "finished"
        one.save()
    return cycle


def _begin(
    row: Group,
    number: int,
    intervention: str,
    planned: int | None,
    weekday: int | None,
    starts: time | None,
    begins_on: date | None,
) -> Cycle:
    if (row.kind == "intervention") != bool(intervention):
        raise NotRunHere()
    card = curriculum.card_of(intervention)
    if intervention and (card is None or curriculum.pack_at(row.site_id).run(intervention) is None):
        raise NotRunHere()
    many = planned or (curriculum.planned_for(row.site_id, intervention) if intervention else None)
    if intervention and row.form == "closed" and many is None:
        raise HowMany()
    made = Cycle(
        group=row,
        number=number,
        intervention=intervention,
        card=card.version if card else "",
        planned=many,
        weekday=weekday,
        starts=starts,
        begun_on=begins_on or today_at(row.site_id),
    )
    made.save()
    return made


def stop_facilitating(*, by: Actor, user: UUID) -> None:
    """Whoever has left a site facilitates nothing there any more; called inside the action that ended her duty. A group
    that has nobody then stands on its supervisor's Today."""
    for one in GroupFacilitator.objects.filter(user_id=user, until_on__isnull=True).select_related("group"):
        if not _duties_at(user, one.group.site_id):
            one.until_on = max(today_at(one.group.site_id), one.since_on)
            one.save()


def _duties_at(user: UUID, site: UUID) -> set[str]:
    """The duties in which somebody may facilitate at a site now."""
    here = Posting.objects.filter(current(clock.now()), user_id=user, user__is_active=True)
    at_site = here.filter(site_id=site) | here.filter(site__isnull=True, programme__sites=site)
    return set(at_site.values_list("duty", flat=True)) & set(FACILITATING)


def _able(row: Group, user: UUID) -> set[str]:
    """The duties in which somebody may deliver at the site what the group does now."""
    duties = _duties_at(user, row.site_id)
    cycle = Cycle.objects.filter(group=row, ended_on__isnull=True).first()
    card = curriculum.card_of(cycle.intervention) if cycle else None
    if card is not None:
        duties &= set(card.provider.duties)
    return set(may_lead(row, duties))


def _put(row: Group, user: UUID, field: str) -> GroupFacilitator:
    """Make somebody of the site a facilitator, in one of her duties that may deliver what the group does."""
    if not _able(row, user):
        raise MayNotDeliver(field)
    made = GroupFacilitator(group=row, user_id=user, since_on=today_at(row.site_id))
    made.save()
    return made
