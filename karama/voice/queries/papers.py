"""Her papers: who saw her record, by duty, and with whom it may be shared, each with its way to stop it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from karama.journal import Absent, Actor
from karama.people import queries as people
from karama.people.access import WHO_SAW
from karama.people.copy import seen_by_duty
from karama.people.queries import fields_of, person_in_reach
from karama.people.tongues import own_language
from karama.programme.days import day_at
from karama.reception.queries import appointments_of


@dataclass(frozen=True)
class Shared:
    """One yes that lets something go to somebody else. `where`: an organisation, or a kind of recipient by its code."""

    consent: UUID
    organisation: str
    recipient: str
    purpose: str
    since: date
    in_force: bool


@dataclass(frozen=True)
class Papers:
    """What is read together with the person. `seen`: (duty in words, how often and when); `card`: her next
    appointment and its moment, None when nothing is planned or the reader does not see it. `site`:
    where help is near."""

    code: str
    seen: list[tuple[Any, Any]]
    shared: list[Shared]
    card: tuple[UUID, datetime] | None
    site: UUID


def language_of_papers(by: Actor, person: UUID, asked: str, otherwise: str) -> str:
    """The language of her papers: the one asked for, else her own, else the reader's. Raises `Absent`."""
    found = person_in_reach(by, person, WHO_SAW)
    languages = fields_of(by, found, ("languages",)).get("languages") or ()
    return own_language((asked, *languages) if asked else languages, otherwise)


def papers_of(by: Actor, person: UUID) -> Papers:
    """Her papers, in the language that is active, for those who may tell her who saw her record. Raises `Absent`."""
    found = person_in_reach(by, person, WHO_SAW)
    at = found.site_id
    lines = [one for one in people.consents(by, person) if one.decision == "yes"]
    return Papers(
        code=found.code,
        seen=seen_by_duty(people.who_has_seen(by, person)),
        shared=[
            Shared(
                one.id,
                one.organisation,
                one.recipient,
                one.purpose,
                day_at(at, one.recorded_at),
                one.in_force,
            )
            for one in lines
            if one.recipient not in ("none", "")
        ],
        card=_next(by, person),
        site=at,
    )


def _next(by: Actor, person: UUID) -> tuple[UUID, datetime] | None:
    try:
        _found, entries = appointments_of(by, person, coming=True)
    except Absent:
        return None
    return next(((one.id, one.starts_at) for one in entries if one.id is not None), None)
