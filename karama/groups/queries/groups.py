"""Groups as the reader may see them: her own, or those of her sites; members by what they are called, or by code."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Literal, cast
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from karama.accounts.queries import aliases_of, staff_at
from karama.groups import curriculum
from karama.groups.access import FACILITATING, ROSTER, SEE, group_at, member_at
from karama.groups.actions.joining import eligibility_of
from karama.groups.merging import held_of
from karama.groups.models import Cycle, Group, GroupFacilitator, GroupMeeting, GroupMember
from karama.groups.queries.meetings import MeetingLine, line_of
from karama.groups.ties import facilitators_of, members_to_move
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import purpose_of
from karama.people.queries import caseload, shown_names
from karama.programme.models import Site
from karama.rules.groups import ATTENDED, Eligibility, next_number, places_left

MOST = 200


@dataclass(frozen=True)
class GroupLine:
    """A group in a list. `next_number`, `planned`: meeting n of m; `planned` None where nobody counts."""

    id: UUID
    name: str
    site: str
    kind: str
    members: int
    next_number: int
    planned: int | None
    weekday: int | None
    starts: time | None
    mine: bool
    going_on: bool
    site_id: UUID
    led: bool = True


@dataclass(frozen=True)
class Member:
    """Somebody on the list. `called`: as her identity mode allows; `came`: of `told` meetings with a known answer."""

    seat: UUID
    person: UUID
    code: str
    called: str
    since_on: date
    came: int = 0
    told: int = 0
    to_move: bool = False


@dataclass(frozen=True)
class GroupPage:
    """One group with its open cycle, its members and its meetings, the newest first. `over`: cycles that ended."""

    row: Group
    name: str
    cycle: Cycle | None
    members: list[Member]
    meetings: list[MeetingLine]
    facilitators: list[tuple[UUID, str]]
    next_number: int
    places: int | None
    rule: Eligibility
    for_whom: str
    leads: bool
    activities: list[tuple[str, str]] = field(default_factory=list)
    over: list[Cycle] = field(default_factory=list)


@asks
def groups_of(by: Actor, *, ended: bool = False) -> Asks[list[GroupLine]]:
    """The reader's own groups, and those of her sites for a supervisor. Four queries, however many groups."""
    rows = yield _groups.later(by, ended)
    if not rows:
        return []
    ids = [one.id for one in rows]
    going_on, counted, facilitating = yield _cycles.later(ids), _counts.later(by, ids), _facilitating.later(ids)
    cycles, counts = {one.group_id: one for one in going_on}, dict(counted)
    leading: dict[UUID, set[UUID]] = {}
    for group, user in facilitating:
        leading.setdefault(group, set()).add(user)
    found = []
    for one in rows:
        cycle = cycles.get(one.id)
        found.append(
            GroupLine(
                id=one.id,
                name=one.text_of("name"),
                site=one.site.name,
                kind=one.kind,
                members=counts.get(one.id, 0),
                next_number=((cycle.last if cycle else None) or 0) + 1,
                planned=cycle.planned if cycle else None,
                weekday=cycle.weekday if cycle else None,
                starts=cycle.starts if cycle else None,
                mine=by.id in leading.get(one.id, ()),
                going_on=cycle is not None,
                site_id=one.site_id,
                led=one.id in leading,
            )  # fmt: skip
        )
    return sorted(found, key=lambda one: (not one.mine, one.name.casefold(), one.id))


@readymade
def _groups(by: Actor, ended: bool) -> QuerySet[Any, Any]:
    return cast(
        QuerySet[Any, Any],
        _visible(by, Group.objects.filter(ended_on__isnull=not ended)).select_related("site")[:MOST],
    )


@readymade
def _cycles(groups: list[UUID]) -> QuerySet[Any, Any]:
    number = GroupMeeting.objects.filter(cycle=OuterRef("pk")).order_by("-number").values("number")
    return Cycle.objects.filter(group__in=groups, ended_on__isnull=True).annotate(last=Subquery(number[:1]))


@readymade
def _counts(by: Actor, groups: list[UUID]) -> QuerySet[Any, Any]:
    seats = members_seen(by, GroupMember.objects.filter(cycle__group__in=groups, until_on__isnull=True))
    return cast(QuerySet[Any, Any], seats.values_list("cycle__group").annotate(many=Count("id")).order_by())


@readymade
def _facilitating(groups: list[UUID]) -> QuerySet[Any, Any]:
    rows = GroupFacilitator.objects.filter(group__in=groups, until_on__isnull=True)
    return rows.values_list("group_id", "user_id")


def group_in_reach(by: Actor, group: UUID) -> Group:
    """One group. Raises `Absent`: it does not exist or is not the reader's."""
    found: Group | None = _visible(by, Group.objects.filter(pk=group)).select_related("site__programme").first()
    if found is None:
        raise Absent()
    return found


def cycle_in_reach(by: Actor, group: UUID) -> tuple[Group, Cycle | None]:
    """One group and its open cycle, without who is in it. Raises `Absent`."""
    row = group_in_reach(by, group)
    return row, Cycle.objects.select_related("group").filter(group=row, ended_on__isnull=True).first()


def group_page(by: Actor, group: UUID, in_cycle: int | None = None) -> GroupPage:
    """One group as it is now, or as it was `in_cycle`: with those who finished it. Raises `Absent`."""
    row = group_in_reach(by, group)
    cycles = list(Cycle.objects.select_related("group").filter(group=row).order_by("-number"))
    cycle = next((one for one in cycles if in_cycle in (None, one.number)), None)
    if in_cycle is not None and cycle is None:
        raise Absent()
    shown_whole = cycle is not None and (cycle.ended_on is None or in_cycle is not None)
    meetings = list(GroupMeeting.objects.filter(cycle=cycle).order_by("number")) if cycle else []
    held = held_of(meetings)
    facilitators = facilitators_of(row.id)
    names = aliases_of(facilitators)
    rule, words = eligibility_of(row)
    number = next_number(one.number for one in meetings)
    card = curriculum.card_of(cycle.intervention) if cycle else None
    members = _members(by, row, cycle, held, facilitators) if shown_whole and cycle else []
    return GroupPage(
        row=row,
        name=row.text_of("name"),
        cycle=cycle if shown_whole else None,
        members=members,
        meetings=[line_of(one) for one in reversed(held)],
        facilitators=sorted(((one, names.get(one, "")) for one in facilitators), key=lambda pair: pair[1]),
        next_number=number,
        places=places_left(row.capacity, len(members)),
        rule=rule,
        for_whom=words,
        leads=by.id in facilitators and by.duty in FACILITATING,
        activities=curriculum.said(card.activities(number)) if card else [],
        over=[one for one in cycles if one.ended_on is not None],
    )


def roster(by: Actor, cycle: Cycle, also: Collection[UUID] | None = None) -> list[Member]:
    """The members of a cycle as this reader may know of them, by what they are called. Four queries.

    `also`: with those of these people who have left the list meanwhile.
    """
    rows = members_seen(by, GroupMember.objects.filter(cycle=cycle)).select_related("person")
    rows = rows.filter(Q(until_on__isnull=True) | Q(person_id__in=list(also or ())))
    seats = {one.person_id: one for one in rows.order_by("since_on", "id")}
    called = shown_names(by, [one.person for one in seats.values()])
    opening_all(seats)
    found = [
        Member(one.id, one.person_id, one.person.code, called.get(one.person_id, ""), one.since_on)
        for one in seats.values()
    ]
    return sorted(found, key=lambda one: (one.called.casefold() or "\uffff", one.code))


def _who_finished(cycle: Cycle) -> list[UUID]:
    rows = GroupMember.objects.filter(cycle=cycle, why="finished")
    return list(rows.values_list("person_id", flat=True))


def _members(by: Actor, row: Group, cycle: Cycle, held: Any, facilitators: Collection[UUID]) -> list[Member]:
    stayed = () if cycle.ended_on is None else _who_finished(cycle)
    shown = roster(by, cycle, stayed)
    moving = members_to_move(row, {one.person for one in shown}, facilitators)
    came: dict[UUID, int] = {}
    told: dict[UUID, int] = {}
    for one in held:
        for person, state in one.result.attendance.items():
            told[person] = told.get(person, 0) + 1
            came[person] = came.get(person, 0) + (state in ATTENDED)
    return [
        Member(
            one.seat,
            one.person,
            one.code,
            one.called,
            one.since_on,
            came.get(one.person, 0),
            told.get(one.person, 0),
            one.person in moving,
        )  # fmt: skip
        for one in shown
    ]


def seat_page(by: Actor, seat: UUID) -> tuple[Member, GroupPage]:
    """One member, with the group. Raises `Absent`."""
    row = members_seen(by, GroupMember.objects.filter(pk=seat)).select_related("cycle").first()
    if row is None:
        raise Absent()
    shown = group_page(by, row.cycle.group_id)
    found = next((one for one in shown.members if one.seat == seat), None)
    if found is None:
        raise Absent()
    return found, shown


def people_to_add(by: Actor, group: UUID, start: int = 0) -> tuple[list[tuple[UUID, str, str]], int | None]:
    """(person, code, called) of the reader's caseload, who is not on the list; and where the next page begins, None
    after the last. Raises `Absent`."""
    row = group_in_reach(by, group)
    rows = GroupMember.objects.filter(cycle__group=row, until_on__isnull=True)
    here = set(rows.values_list("person_id", flat=True))
    whose: Literal["all", "mine"] = "all" if by.duty == "supervisor" else "mine"
    found = caseload(by, whose=whose, start=start)
    after = found.start + len(found.lines)
    people = [(one.id, one.code, one.called) for one in found.lines if one.id not in here]
    return people, after if found.lines and after < found.total else None


def colleagues_to_name(by: Actor, group: UUID) -> list[tuple[str, str]]:
    """(id, alias) of colleagues at the site who may facilitate and do not yet. Raises `Absent`."""
    row = group_in_reach(by, group)
    known = facilitators_of(row.id)
    return [(str(user), alias) for user, alias, _duty in staff_at(by, row.site_id, FACILITATING) if user not in known]


def sites_to_open_at(by: Actor) -> list[tuple[UUID, str]]:
    """The reader's open sites, by name."""
    rows = Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name")
    return list(rows.values_list("id", "name"))


@asks
def places_of(by: Actor, person: UUID) -> Asks[list[tuple[UUID, UUID, str]]]:
    """(seat, group, name) of the groups in which a person is, as far as this reader knows them: her own or her
    site's."""
    rows = yield _seats.later(by, person)
    return [(one.id, one.cycle.group_id, one.cycle.group.text_of("name")) for one in rows]


@readymade
def _seats(by: Actor, person: UUID) -> QuerySet[Any, Any]:
    rows = members_seen(by, GroupMember.objects.filter(person_id=person, until_on__isnull=True))
    return cast(QuerySet[Any, Any], rows.select_related("cycle__group"))


def members_seen(by: Actor, rows: Any) -> Any:
    """Of these members those whom the reader may know of."""
    return visible_to(
        rows, by=by, policy=ROSTER, purpose=purpose_of(by), now=clock.now(), attributes=member_at("cycle__group")
    )


def _visible(by: Actor, rows: Any) -> Any:
    return visible_to(rows, by=by, policy=SEE, purpose=purpose_of(by), now=clock.now(), attributes=group_at())
