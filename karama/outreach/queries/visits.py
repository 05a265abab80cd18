"""Visits as the reader may see them. Whom a visit is for stands there only as far as she may see these people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of, everybody_at, staff_at
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.journal.visibility import Many
from karama.outreach.access import GOING, SEE_LIST, SEE_VISIT
from karama.outreach.actions.watching import steps_now
from karama.outreach.models import Visit, VisitMember, VisitPerson
from karama.outreach.rulebook import nobody_answers
from karama.outreach.standing import Standing, not_over, standing_of, standings
from karama.people.access import LIST, purpose_of, rows_near
from karama.people.joined import files_of
from karama.people.models import HiddenFrom, Person
from karama.people.queries import caseload, own_list, person_in_reach, shown_names
from karama.programme.queries import sites
from karama.rules.permission import permit
from karama.safety.queries import Emergency, emergency_at
from karama.ui.bidi import isolate_plain

MOST = 200
RECENT = timedelta(days=31)
ALONG = (*GOING, "reception", "interpreter")
"""Duties of a site that are offered for going along or waiting."""

ATTRIBUTES: dict[str, str | Many] = {
    "site": "site_id",
    "members": Many(VisitMember, owner="visit_id", value="user_id"),
}


@dataclass(frozen=True)
class VisitLine:
    """One visit in a list. `mine`: the reader leads it or goes along. `called`: she is called for it now."""

    id: UUID
    site: UUID
    area: str
    leaves_at: datetime
    back_at: datetime
    state: str
    who: str
    late: bool
    recalled: bool
    mine: bool
    called: bool
    exhausted: bool
    next_sign_at: datetime | None


@dataclass(frozen=True)
class StepShown:
    """One step. `by`, `to`: work aliases."""

    step: str
    at: datetime
    by: str
    to: str
    back_at: datetime | None
    reached: int | None
    basis: str
    note: str


@dataclass(frozen=True)
class VisitPage:
    """One visit. `codes`: of those people whom this reader may see. `members`: (alias, part).

    `has`, `next_one`: who is called now and who after. `instruction`: what to do when nobody answers. `clash`: since it
    was planned, somebody who is visited was hidden from a colleague who goes; never told to this colleague.
    """

    line: VisitLine
    place: str
    members: list[tuple[str, str]]
    codes: list[str]
    community: bool
    fare: int | None
    currency: str
    note: str
    steps: list[StepShown]
    allowed: tuple[str, ...]
    area_state: str
    reason: str
    has: str
    next_one: str
    next_at: datetime | None
    exhausted: bool
    clash: bool
    instruction: str
    emergency: Emergency


@asks
def open_visits(by: Actor) -> Asks[list[VisitLine]]:
    """The visits that are planned or out and have to do with the reader, the ones that wait first."""
    found = [one for one in (yield from _all_open.asking()) if _may(by, one)]
    names = yield from aliases_of.asking({one.leader for one in found})
    lines = [_line(by, one, names) for one in found]
    return sorted(lines, key=lambda one: (not one.late, not one.recalled, one.back_at))


@once
@asks
def _all_open() -> Asks[list[Standing]]:
    return (yield from standings.asking(_not_over.later()))


@readymade
def _not_over() -> QuerySet[Visit, Visit]:
    return not_over()


def past_visits(by: Actor) -> list[VisitLine]:
    """What ended within a month, the newest first."""
    rows = visible_to(
        Visit.objects.filter(leaves_at__gte=clock.now() - RECENT).exclude(pk__in=not_over().values("pk")),
        by=by,
        policy=SEE_LIST,
        purpose=purpose_of(by),
        now=clock.now(),
        attributes=ATTRIBUTES,
    )
    found = standings(rows.select_related("site").order_by("-leaves_at", "-id")[:MOST])
    names = aliases_of({one.leader for one in found})
    return [_line(by, one, names) for one in found]


def visit_page(by: Actor, visit: UUID) -> VisitPage:
    """One visit. Raises `Absent`, the same for one that does not exist."""
    rows = Visit.objects.select_related("site")
    found, newest = rows.filter(pk=visit).first(), rows.order_by("-id").first()
    # One that does not exist costs what one that is not hers costs: the newest is looked at in its stead.
    looked_at = found or newest
    standing = standing_of(looked_at) if looked_at is not None else None
    if found is None or standing is None or not _may(by, standing):
        raise Absent()
    call, said = standing.call, standing.area.said
    names = aliases_of(_everybody(standing))
    return VisitPage(
        line=_line(by, standing, names),
        place=found.site.name,
        members=[(names.get(one.user_id, ""), one.part) for one in standing.members],
        codes=_codes(by, found.id),
        community=found.community,
        fare=found.fare,
        currency=found.currency,
        note=found.text_of("note"),
        steps=_steps(standing, names),
        allowed=steps_now(standing),
        area_state=standing.area.state,
        reason=said.text_of("reason") if said is not None and standing.recalled else "",
        has=names.get(standing.owner, "") if standing.owner else "",
        next_one=_named(names, call.next_owner if call is not None else None),
        next_at=call.next_at if call is not None else None,
        exhausted=call is not None and call.exhausted,
        clash=_clash(by, standing),
        instruction=nobody_answers(found.site_id),
        emergency=emergency_at(found.site_id),
    )


def _may(by: Actor, standing: Standing) -> bool:
    return permit(SEE_VISIT, by.attributes(), standing.attributes(), purpose_of(by), clock.now()).allowed


def _line(by: Actor, one: Standing, names: dict[UUID, str]) -> VisitLine:
    return VisitLine(
        id=one.visit.id,
        site=one.visit.site_id,
        area=one.visit.area,
        leaves_at=one.visit.leaves_at,
        back_at=one.state.back_at,
        state=one.state.state,
        who=names.get(one.leader, ""),
        late=one.call is not None,
        recalled=one.recalled,
        mine=by.id in one.goers,
        called=one.call is not None and by.id in one.call.asked,
        exhausted=one.call is not None and one.call.exhausted,
        next_sign_at=one.next_sign_at,
    )


def _codes(by: Actor, visit: UUID) -> list[str]:
    rows = VisitPerson.objects.filter(visit=visit, dropped_at__isnull=True).select_related("person")
    seen = rows_near(rows, by=by, policy=LIST).order_by("person__code")
    return [one.person.code for one in seen]


def _clash(by: Actor, standing: Standing) -> bool:
    if not standing.state.is_open:
        return False
    people = VisitPerson.objects.filter(visit=standing.visit, dropped_at__isnull=True).values("person")
    hidden = HiddenFrom.objects.filter(person__in=people, lifted_at__isnull=True).values_list("user_id", flat=True)
    kept_from = set(hidden)
    return by.id not in kept_from and bool(kept_from & set(standing.goers))


def _everybody(standing: Standing) -> set[UUID]:
    users = {one.user_id for one in standing.members} | {one.author_id for one in standing.steps}
    users |= {one.to_id for one in standing.steps if one.to_id}
    if standing.call is not None:
        users |= {one for one in (standing.call.owner, standing.call.next_owner) if isinstance(one, UUID)}
    return users


def _named(names: dict[UUID, str], user: object) -> str:
    return names.get(user, "") if isinstance(user, UUID) else ""


def _steps(standing: Standing, names: dict[UUID, str]) -> list[StepShown]:
    return [
        StepShown(
            step=one.step,
            at=one.recorded_at,
            by=names.get(one.author_id, ""),
            to=names.get(one.to_id, "") if one.to_id else "",
            back_at=one.back_at,
            reached=one.reached,
            basis=one.basis,
            note=one.text_of("note"),
        )
        for one in standing.steps
    ]


def visits_of(by: Actor, person: UUID) -> list[VisitLine]:
    """The visits to one person within a month and to come, for whoever may see her. Raises `Absent`."""
    found = person_in_reach(by, person, LIST)
    rows = VisitPerson.objects.filter(person_id__in=files_of(found.id), dropped_at__isnull=True)
    visits = Visit.objects.filter(pk__in=rows.values("visit"), leaves_at__gte=clock.now() - RECENT)
    shown = standings(visits.select_related("site").order_by("-leaves_at")[:MOST])
    names = aliases_of({one.leader for one in shown})
    return [_line(by, one, names) for one in shown]


def own_sites(by: Actor) -> list[tuple[UUID, str]]:
    """The open sites of the reader."""
    return [(one.id, one.name) for one in sites(by) if one.closed_on is None and one.id in by.sites]


def colleagues(by: Actor, places: Iterable[UUID]) -> list[tuple[str, str]]:
    """Colleagues at these sites for a form, without the reader."""
    found = {user: alias for site in places for user, alias, _duty in everybody_at(by, site)}
    found.pop(by.id, None)
    return [(str(user), alias) for user, alias in sorted(found.items(), key=lambda pair: pair[1].casefold())]


def companions(by: Actor, places: Iterable[UUID]) -> list[tuple[str, str]]:
    """Colleagues of these sites who may go along or wait for a call, for a form, without the reader."""
    found = {user: alias for site in places for user, alias, _duty in staff_at(by, site, only=ALONG)}
    found.pop(by.id, None)
    return [(str(user), alias) for user, alias in sorted(found.items(), key=lambda pair: pair[1].casefold())]


def people_to_visit(by: Actor, also: Collection[UUID] = ()) -> list[tuple[str, str]]:
    """The reader's own list, whole, and for a supervisor the newest of hers, for a form: by code and nickname. `also`:
    more of her list; whoever is not on it, or does not exist, is left out.
    """
    shown = caseload(by, whose="all").lines if by.duty == "supervisor" else own_list(by)
    offered = [(one.id, one.code, one.called) for one in shown]
    here = {one.id for one in shown}
    more = [one for id in also if id not in here and (one := on_the_list(by, id)) is not None]
    called = shown_names(by, more) if more else {}
    offered = [*((one.id, one.code, called.get(one.id, "")) for one in more), *offered]
    return [(str(id), f"{isolate_plain(code)} {name}".strip()) for id, code, name in offered]


def on_the_list(by: Actor, person: UUID) -> Person | None:
    """Somebody whom the reader may visit; None for everybody else."""
    try:
        return person_in_reach(by, person, LIST)
    except Absent:
        return None
