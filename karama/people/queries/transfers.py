"""People whom one site proposes to hand to another, as each of the two sites may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.models import Posting
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, NumberOf, asks
from karama.people import registries
from karama.people.access import ASSIGNABLE, ATTRIBUTES, HEARS_ANSWER, LIST, NOT_HIDDEN, attributes_at, purpose_of
from karama.people.models import Person, Transfer
from karama.people.queries.page import fields_of, person_in_reach
from karama.rules.permission import All, Duty, Is, Policy

ASKED = Policy("people.asked", All(Duty("supervisor"), Is("reach", "usual"), NOT_HIDDEN))
"""A person a site was asked to take over: her code and the reason, until it has answered. Never her name."""


SEALED = ("reason", "answer", "agreed")


@dataclass(frozen=True)
class TransferLine:
    """One proposal. `work`: what is open for her and comes with her."""

    id: UUID
    person: UUID
    code: str
    from_site: str
    to_site: str
    state: str
    proposed_at: datetime
    answered_at: datetime | None
    reason: str
    answer: str
    agreed: str = ""
    work: tuple[registries.OpenWork, ...] = ()


@dataclass(frozen=True)
class Transfers:
    """What this supervisor's sites were asked, and what they asked others."""

    asked: list[TransferLine]
    proposed: list[TransferLine]


def transfers(by: Actor) -> Transfers:
    """Open proposals to the reader's sites, and those from them of the last answers."""
    asked = _asked_of.make(by)
    own = Transfer.objects.filter(from_site_id__in=by.sites, person__in=_people(by, LIST))
    return Transfers(
        [_line(by, one, work=True) for one in _sorted(asked)],
        [_line(by, one) for one in _sorted(own)[:50]],
    )


def transfer_of(by: Actor, person: UUID) -> TransferLine | None:
    """The open proposal about a person whose page the reader has opened."""
    row = Transfer.objects.filter(person_id=person, state="proposed").select_related("person", "from_site", "to_site")
    found = row.first()
    return None if found is None else _line(by, found, work=True)


def last_answer(by: Actor, person: UUID) -> TransferLine | None:
    """The no to the newest proposal about a person whose page the reader has opened; None while one waits."""
    rows = Transfer.objects.filter(person_id=person).select_related("person", "from_site", "to_site")
    found = rows.order_by("-recorded_at", "-id").first()
    return _line(by, found) if found is not None and found.state == "declined" else None


def own_proposal(by: Actor, transfer: UUID) -> TransferLine:
    """What became of what the reader proposed: a no with its reason, a yes without a word. Raises `Absent`."""
    told = attributes_at("person") | {"from_site": "from_site_id", "proposed_by": "proposed_by_id"}
    rows = visible_to(
        Transfer.objects.filter(pk=transfer),
        by=by, policy=HEARS_ANSWER, purpose=purpose_of(by), now=clock.now(), attributes=told,
    )  # fmt: skip
    found = rows.select_related("person", "from_site", "to_site").first()
    if found is None:
        raise Absent()
    return _line(by, found, ("answer",) if found.state == "declined" else ())


def open_work_of(by: Actor, person: UUID) -> tuple[registries.OpenWork, ...]:
    """What is open for a person whose page the reader may open. Raises `Absent`."""
    return tuple(registries.work_open_for(person_in_reach(by, person, LIST).id, by))


@asks
def count_of_transfers_asked(by: Actor) -> Asks[int]:
    """How many proposals wait for the reader's answer."""
    return int((yield NumberOf(_asked_of.later(by)))) if by.duty == "supervisor" else 0


@readymade
def _asked_of(by: Actor) -> QuerySet[Transfer, Transfer]:
    return Transfer.objects.filter(state="proposed", to_site_id__in=by.sites, person__in=_people(by, ASKED))


def leads_at(by: Actor, sites: frozenset[UUID]) -> list[tuple[str, str]]:
    """Who may lead at the sites of the reader: `(user, work alias)`."""
    now = clock.day_in_utc()
    rows = Posting.objects.filter(
        site_id__in=sites & by.sites, duty__in=ASSIGNABLE, from_on__lte=now, user__is_active=True
    ).order_by("work_alias")
    return [
        (str(user), alias) for user, alias, until in rows.values_list("user_id", "work_alias", "until_on")
        if until is None or until > now
    ]  # fmt: skip


def _people(by: Actor, policy: Policy) -> Any:
    rows = Person.objects.filter(status="active")
    return visible_to(
        rows, by=by, policy=policy, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES
    ).values("pk")


def _sorted(rows: Any) -> list[Transfer]:
    return list(rows.select_related("person", "from_site", "to_site").order_by("-recorded_at")[:50])


def _line(by: Actor, row: Transfer, words: tuple[str, ...] = SEALED, *, work: bool = False) -> TransferLine:
    fields = fields_of(by, row, words)
    open_work = tuple(registries.work_open_for(row.person_id, by)) if work else ()
    return TransferLine(
        row.id, row.person_id, row.person.code, row.from_site.name, row.to_site.name, row.state, row.recorded_at,
        row.answered_at, fields.get("reason") or "", fields.get("answer") or "", fields.get("agreed") or "",
        open_work,
    )  # fmt: skip
