"""One alert: what is known, what was done, who has it, and which steps may follow now."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import aliases_of
from karama.accounts.queries.answering import asking_answers
from karama.journal import Absent, Actor, clock
from karama.journal.asking import remembering
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.knowledge.loader import KnowledgeError, instrument
from karama.people.access import SEE as SEE_PERSON
from karama.people.access import purpose_of
from karama.people.attributes import person_attributes
from karama.people.joined import files_of
from karama.programme.queries import asking_places
from karama.rules.permission import permit
from karama.rules.risk import Escalation, allowed_steps, may_be_given_up
from karama.safety import access
from karama.safety.actions.following_up import screener_of
from karama.safety.actions.giving_up import tries_of
from karama.safety.actions.stepping import may_own
from karama.safety.deaths import closed_by_death, deaths_about, may_be_confirmed, told_since, wrote_it_alone
from karama.safety.models import DEATH_CONFIRMED, NOT_FOUND, Alert, AlertStep
from karama.safety.queries.emergency import Emergency, emergency_at
from karama.safety.queries.lists import AlertLine, as_line
from karama.safety.queries.standing_open import not_closed
from karama.safety.registries import DeathSaid, where_to_doubt
from karama.safety.standing import Standing, others_left, standing_of, standings

POLICY_OF = {
    "seen": access.ANSWER,
    "taken": access.ANSWER,
    "handed_over": access.ANSWER,
    "closed": access.ANSWER,
    "not_found": access.GIVE_UP,
    "death_confirmed": access.ANSWER,
    "contact_tried": access.CONTACT,
    "first_contact": access.CONTACT,
    "follow_up": access.CONTACT,
    "reopened": access.CONTACT,
}


@dataclass(frozen=True)
class Event:
    """Something that happened to an alert. `what`: raised, joined by a source, or a step; `by`, `to`: work aliases.

    `answers`: of follow-up questions, topic and answer code in their order, `not_asked` for one without an answer.
    """

    what: str
    at: datetime
    by: str
    duty: str
    to: str = ""
    grade: str = ""
    outcome: str = ""
    source: str = ""
    note: str = ""
    follow_up: str = ""
    instrument: str = ""
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DeathTold:
    """That a death is written down for the person: in which duty, when, for which day. `may_live`: the alert was told
    since. `doubt_url`: where this reader says that it was a mistake; empty where somebody else does. `own_word`: nobody
    but the reader says it, so somebody else closes the alert.
    """

    duty: str
    at: datetime
    on: date | None
    may_live: bool
    doubt_url: str
    own_word: bool


@dataclass(frozen=True)
class AlertPage:
    """What the page of an alert shows. `kind` is empty when the reader may not be told what it is about."""

    line: AlertLine
    kind: str
    events: tuple[Event, ...]
    allowed: tuple[str, ...]
    person: UUID | None
    colleagues: tuple[tuple[UUID, str], ...]
    screener: str
    emergency: Emergency
    next_owner: str
    others_left: bool = False
    death: DeathTold | None = None


def alert_page(by: Actor, alert: UUID, now: datetime | None = None) -> AlertPage:
    """One alert as this reader may see it. Raises `Absent`, the same for one that does not exist."""
    moment = now or clock.now()
    rows = Alert.objects.select_related("site__programme")
    found, newest = rows.filter(pk=alert).first(), rows.order_by("-id").first()
    # One that does not exist costs what one that is not hers costs: the newest is looked at in its stead.
    looked_at = found or newest
    standing = standing_of(looked_at, moment) if looked_at is not None else None
    if found is None or standing is None or not _may(access.SEE, by, standing, moment):
        raise Absent()
    opens = "clinical" in by.compartments or _may(access.OPEN_WORDS, by, standing, moment)
    names = aliases_of(_everybody(standing))
    deaths = deaths_about(standing)
    allowed = tuple(
        one
        for one in allowed_steps(standing.state.state)
        if one in POLICY_OF and _may(POLICY_OF[one], by, standing, moment) and _in_time(one, by, standing, deaths)
    )
    card = screener_of(found) if opens and "follow_up" in allowed else None
    others = sorted(may_own(standing) - {by.id}) if "handed_over" in allowed else []
    named = aliases_of(others)
    return AlertPage(
        line=as_line(by, standing, _named(names, standing.owner)),
        kind=found.text_of("kind") if opens else "",
        events=_events(standing, names, opens),
        allowed=allowed,
        person=_person(by, standing, moment),
        colleagues=tuple((one, named.get(one, "")) for one in others),
        screener=card.code if card is not None else "",
        emergency=emergency_at(standing.site),
        next_owner=_named(names, standing.escalation.next_owner),
        others_left=others_left(standing.steps),
        death=_death(by, standing, deaths),
    )


@asks
def alerts_about(by: Actor, person: UUID) -> Asks[list[AlertLine]]:
    """The open alerts about one person that this reader may see, the historic ones last."""
    moment = clock.now()
    rows = yield _open_about.later((yield from files_of.asking(person)))
    shared = (asking_places(), asking_answers()) if rows and remembering() else ()  # what every chain asks stands first
    told = (yield from together(*shared, standings.asking(rows, moment)))[-1]
    found = [one for one in told if one.state.is_open and _may(access.SEE, by, one, moment)]
    names = yield from aliases_of.asking({one.owner for one in found if one.owner})
    return [as_line(by, one, names.get(one.owner, "") if one.owner else "") for one in found]


@readymade
def _open_about(files: list[UUID]) -> QuerySet[Alert, Alert]:
    return not_closed().filter(person_id__in=files).order_by("historic", "raised_at", "id")


def escalation_of(alert: Alert, now: datetime) -> Escalation:
    """Who has the alert at a moment and who is asked next: derived anew from its steps, rota, leave and `now`."""
    return standing_of(alert, now).escalation


def _may(policy: Any, by: Actor, standing: Standing, now: datetime) -> bool:
    return permit(policy, by.attributes(), standing.attributes(), "safety", now).allowed


def _in_time(step: str, by: Actor, standing: Standing, deaths: Sequence[DeathSaid]) -> bool:
    """Giving up is offered only when there were tries enough; nothing is asked of somebody who has died; and whoever
    alone says that somebody has died neither says to have spoken with them nor closes what was told since."""
    if step == "follow_up" and others_left(standing.steps):
        return False
    if step == DEATH_CONFIRMED:
        return may_be_confirmed(standing, deaths) and any(one.author != by.id for one in deaths)
    if step in ("closed", "first_contact", "follow_up", NOT_FOUND) and wrote_it_alone(by.id, standing, deaths):
        return step == "first_contact" and others_left(standing.steps)
    return step != NOT_FOUND or may_be_given_up(standing.grade, tries_of(standing), by.id)


def _death(by: Actor, standing: Standing, deaths: Sequence[DeathSaid]) -> DeathTold | None:
    """The newest death that stands, while the alert is open, or where it was closed because of a death."""
    if not deaths or not (standing.state.is_open or closed_by_death(standing)):
        return None
    last, state = deaths[-1], standing.state.state
    may_live = state != "after_death" and told_since(standing, deaths, None)
    own_word = wrote_it_alone(by.id, standing, deaths)
    return DeathTold(last.duty, last.at, last.on, may_live, where_to_doubt(by, last.id), own_word)


def _everybody(standing: Standing) -> set[UUID]:
    users = {one.author_id for one in (*standing.sources, *standing.steps)}
    users |= {one.to_id for one in standing.steps if one.to_id}
    users |= {one for one in (standing.owner, standing.escalation.next_owner) if isinstance(one, UUID)}
    return users


def _person(by: Actor, standing: Standing, now: datetime) -> UUID | None:
    """Her page, where this reader may open it."""
    person = standing.around.person
    if person is None:
        return None
    seen = permit(SEE_PERSON, by.attributes(), person_attributes(person.id), purpose_of(by), now).allowed
    return person.id if seen else None


def _events(standing: Standing, names: dict[UUID, str], opens: bool) -> tuple[Event, ...]:
    told = [
        Event(
            what="raised" if place == 0 else "also_raised",
            at=one.recorded_at,
            by=names.get(one.author_id, ""),
            duty=one.author_duty,
            grade=one.grade,
            source=one.source,
            note=one.text_of("words") if opens else "",
        )
        for place, one in enumerate(standing.sources)
    ]
    told += [
        Event(
            what=one.step,
            at=one.recorded_at,
            by=names.get(one.author_id, ""),
            duty=one.author_duty,
            to=names.get(one.to_id, "") if one.to_id else "",
            grade=one.grade,
            outcome=one.outcome,
            note=one.text_of("note") if opens else "",
            **(_follow_up(one) if opens else {}),
        )
        for one in standing.steps
    ]
    return tuple(sorted(told, key=lambda one: one.at))


def _follow_up(step: AlertStep) -> dict[str, Any]:
    """What was said to the follow-up questions; an instrument nobody knows any more is told by its codes."""
    value = step.unseal("follow_up")
    if not isinstance(value, dict):
        return {}
    told = value.get("answers")
    given: dict[str, str] = told if isinstance(told, dict) else {}
    found: dict[str, Any] = {"follow_up": str(value.get("state", ""))}
    if not given:
        return found
    try:
        card = instrument(str(value.get("instrument", "")))
    except KnowledgeError:
        return found | {"answers": tuple(given.items())}
    asked = [(one.topic, given.get(one.code, "not_asked")) for one in card.items if one.answers]
    return found | {"instrument": card.name, "answers": tuple(asked)}


def _named(names: Mapping[UUID, str], owner: Hashable | None) -> str:
    """The work alias of an owner; empty when nobody owns it or she has none."""
    return names.get(owner, "") if isinstance(owner, UUID) else ""
