"""Lists of referrals: unknown arrivals, what waits for its worker, who was referred to us, what lost its worker.

No list opens anything sealed: a code, how soon, where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, When

from karama.journal import Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, NumberOf, asks
from karama.people.access import attributes_at, purpose_of
from karama.programme.days import today_for
from karama.referrals.access import FOLLOW, FOLLOWERS, HAND_ON, SEE, TAKE_UP, WATCH
from karama.referrals.following import anybody_for, without_worker_on
from karama.referrals.models import ReferralTask
from karama.rules import referrals as law
from karama.rules.permission import Policy

MOST: Final = 300
ATTRIBUTES: Final[dict[str, Any]] = {
    **attributes_at("person"), "compartment": "compartment", "worker": "worker_id", "followed": "followed",
}  # fmt: skip
SOON_FIRST: Final = Case(
    *(When(urgency=one, then=place) for place, one in enumerate(law.URGENCIES)), output_field=IntegerField()
)


@dataclass(frozen=True)
class TaskLine:
    """One referral in a list. `state`: what is said of it today; `mine`: the reader carries it; `followed`: she took it
    up and does not work with the person."""

    referral: UUID
    person: UUID
    code: str
    direction: str
    urgency: str
    state: str
    ask_on: date | None
    mine: bool
    followed: bool = False


@dataclass(frozen=True)
class Counts:
    """What waits in this room for one reader. `pressing`: something of it was urgent; `lost` never says so."""

    unknown: int = 0
    waiting: int = 0
    inbox: int = 0
    followed: int = 0
    lost: int = 0
    pressing: bool = False


def unknown_arrivals(by: Actor) -> list[TaskLine]:
    """The weekly list: arrivals that nobody knows of, the most urgent and oldest first; of a supervisor all of them."""
    today = today_for(by)
    return _lines(by, _mine(by, _unknown(_seen(by, SEE), today), _deciding(by)), today)


def waiting(by: Actor) -> list[TaskLine]:
    """Referrals with which nothing happens unless their worker does something."""
    return _lines(by, _own(by, _waiting(_seen(by, SEE))), today_for(by))


def inbox(by: Actor) -> list[TaskLine]:
    """People who were referred to us and have no answer yet."""
    return _lines(by, _mine(by, _inbox(_seen(by, SEE)), _deciding(by)), today_for(by))


def lost(by: Actor) -> list[TaskLine]:
    """Referrals whose worker has gone, of every kind that the reader's duty opens alike, so that none tells its own.

    A supervisor hands them on; whoever works with the person, or opens what no supervisor does, takes them up.
    """
    return [_plain(by, one) for one in _ordered(_lost.make(by, clock.day_in_utc()))]


def followed(by: Actor) -> list[TaskLine]:
    """Referrals that the reader took up and that are not over, of people she does not work with."""
    return _lines(by, _only_followed(by), today_for(by))


def without_anybody(by: Actor) -> list[str]:
    """For an officer: the sites with a referral that stands in nobody's list. Neither whose nor how many."""
    if by.duty != "data_protection_officer":
        return []
    pairs = {(one.person, one.compartment) for one in _left(by, clock.day_in_utc())}
    return sorted({person.site.name for person, compartment in pairs if not anybody_for(person, compartment)})


@readymade
def _left(by: Actor, day: date) -> QuerySet[ReferralTask, ReferralTask]:
    rows = _seen(by, WATCH).filter(without_worker_on(day)).select_related("person__site")
    return rows.order_by("recorded_at")[:MOST]


@asks
def counts(by: Actor) -> Asks[Counts]:
    """How many of each, for Today. Three queries at most."""
    today, day = today_for(by), clock.day_in_utc()
    taken = [NumberOf(_something_followed.later(by, today))] if by.duty in FOLLOWERS else []
    rows, gone, *number = yield (_something.later(by, today, _deciding(by)), NumberOf(_lost.later(by, day)), *taken)
    unknown = [one for one in rows if _is_unknown(one[1], one[2], one[4], today)]
    own = [one for one in rows if one[2] in law.WAITS_FOR_WORKER and one[0] == by.id]
    came = [one for one in rows if one[1] == "in" and one[2] == "received"]
    pressing = any(one[3] in ("now", "day") for one in (*unknown, *own, *came))
    return Counts(len(unknown), len(own), len(came), sum(number), gone, pressing)


@readymade
def _something(by: Actor, today: date, day: date | None) -> QuerySet[Any, Any]:
    rows = _mine(by, _seen(by, SEE).filter(_anything(today)), day)
    return rows.values_list("worker_id", "direction", "state", "urgency", "ask_on")[:MOST]


@readymade
def _lost(by: Actor, day: date) -> QuerySet[ReferralTask, ReferralTask]:
    return _seen(by, _for_lost(by)).filter(without_worker_on(day))


@readymade
def _something_followed(by: Actor, today: date) -> QuerySet[ReferralTask, ReferralTask]:
    return _only_followed(by).filter(_anything(today))


def _for_lost(by: Actor) -> Policy:
    return HAND_ON if by.duty == "supervisor" else TAKE_UP


def _only_followed(by: Actor) -> QuerySet[ReferralTask, ReferralTask]:
    """What she works with stands in her other lists already."""
    seen = _seen(by, SEE).values("pk")
    return _seen(by, FOLLOW).exclude(pk__in=seen)


def _seen(by: Actor, policy: Policy) -> QuerySet[ReferralTask, ReferralTask]:
    rows = ReferralTask.objects.exclude(state__in=sorted(law.OVER))
    return visible_to(rows, by=by, policy=policy, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES)


def _mine(by: Actor, rows: QuerySet[ReferralTask], day: date | None) -> QuerySet[ReferralTask, ReferralTask]:
    """A supervisor looks after everybody's; a worker after her own and those whose worker has gone."""
    return rows if day is None else rows.filter(Q(worker_id=by.id) | without_worker_on(day))


def _deciding(by: Actor) -> date | None:
    """The day of UTC whose duties tell which worker has gone; none for a supervisor, who looks after everybody's."""
    return None if by.duty == "supervisor" else clock.day_in_utc()


def _own(by: Actor, rows: Any) -> Any:
    return rows.filter(worker_id=by.id)


def _unknown(rows: Any, today: date) -> Any:
    expected = Q(state__in=sorted(law.EXPECTED), ask_on__lte=today)
    return rows.filter(expected).exclude(direction="in", state="received")


def _waiting(rows: Any) -> Any:
    return rows.filter(state__in=sorted(law.WAITS_FOR_WORKER))


def _inbox(rows: Any) -> Any:
    return rows.filter(direction="in", state="received")


def _anything(today: date) -> Q:
    late = Q(state__in=sorted(law.EXPECTED), ask_on__lte=today)
    return late | Q(state__in=sorted(law.WAITS_FOR_WORKER)) | Q(direction="in", state="received")


def _is_unknown(direction: str, state: str, ask_on: date | None, today: date) -> bool:
    waits = (direction, state) == ("in", "received")
    return not waits and state in law.EXPECTED and ask_on is not None and ask_on <= today


def _ordered(rows: Any) -> Any:
    return rows.select_related("person").order_by(SOON_FIRST, "ask_on", "recorded_at")[:MOST]


def _lines(by: Actor, rows: Any, today: date) -> list[TaskLine]:
    return [_line(by, one, today) for one in _ordered(rows)]


def _line(by: Actor, row: ReferralTask, today: date) -> TaskLine:
    return TaskLine(
        referral=row.referral_id,
        person=row.person_id,
        code=row.person.code,
        direction=row.direction,
        urgency=row.urgency,
        state=law.stands(row.state, row.ask_on, today),
        ask_on=row.ask_on,
        mine=row.worker_id == by.id,
        followed=row.followed,
    )


def _plain(by: Actor, row: ReferralTask) -> TaskLine:
    """Without how soon, where only the missing worker matters."""
    return TaskLine(
        referral=row.referral_id,
        person=row.person_id,
        code=row.person.code,
        direction="",
        urgency="",
        state="",
        ask_on=None,
        mine=row.worker_id == by.id,
    )
