"""The pages: asking for a talk, one's own talk, a talk one was asked for, an offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import alias_of
from karama.journal import Absent, Actor, clock
from karama.journal.problems import Problem
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.knowledge.pack_staffcare import Outside
from karama.programme.queries import Emergency, emergency_words
from karama.rules.permission import Policy, permit
from karama.rules.support import ASKED, BACK, SUPPORT_LAW, TAKEN, Turn
from karama.staffcare import packs
from karama.staffcare.access import ANSWER, OWN
from karama.staffcare.actions.shapes import PURPOSE
from karama.staffcare.colleagues import Colleague, who_may_be_asked
from karama.staffcare.models import Offer, SupportAsked, Supporter, SupportRequest
from karama.staffcare.queries.talks import TalkLine, own_talks
from karama.staffcare.standing import turn_of


@dataclass(frozen=True)
class TalkPage:
    """Whom she may ask, who listens outside, what is open already, and what to do when it cannot wait."""

    colleagues: list[Colleague]
    leading: list[Colleague]
    outside: list[Outside]
    wait: timedelta
    open: list[TalkLine]
    emergency: Emergency | None


@dataclass(frozen=True)
class OwnPage:
    """One's own talk. `more`: who may be allowed next; `following`: the steps the law allows now."""

    line: TalkLine
    words: str
    call_at: datetime | None
    ends: datetime | None
    next: list[str]
    more: list[Colleague]
    outside: list[Outside]
    following: tuple[str, ...]
    erased_on: datetime | None
    emergency: Emergency | None


@dataclass(frozen=True)
class AskedPage:
    """A talk that a colleague asked for, as the one who is asked sees it."""

    id: UUID
    state: str
    alias: str
    words: str
    asked_at: datetime
    call_at: datetime | None
    ends: datetime | None
    following: tuple[str, ...]
    emergency: Emergency | None


def talk_page(by: Actor) -> TalkPage:
    """What stands on the page "I need to talk"."""
    there = who_may_be_asked(by.id)
    return TalkPage(
        colleagues=[one for one in there if not one.leads],
        leading=[one for one in there if one.leads],
        outside=packs.outside(by),
        wait=packs.care_for(by.programmes).take_within,
        open=own_talks(by, unfinished_only=True),
        emergency=_emergency(by),
    )


def own_page(by: Actor, support: UUID) -> OwnPage:
    """One's own talk. Raises `Absent`: nobody's, or somebody else's: one answer."""
    row, turn = _found(by, support, OWN)
    order = list(SupportAsked.objects.filter(request=row).order_by("place").values_list("user_id", flat=True))
    there = who_may_be_asked(by.id)
    names = {one.user: one.alias for one in there}
    timely = row.until is None or row.until > clock.now()
    holder = turn.holder if isinstance(turn.holder, UUID) else None
    after = order[order.index(holder) + 1 :] if turn.state == ASKED and holder in order else []
    return OwnPage(
        line=TalkLine(row.id, turn.state, row.recorded_at, alias_of(holder), turn.is_late(clock.now())),
        words=row.text_of("words"),
        call_at=row.until,
        ends=turn.ends,
        next=[names[one] for one in after if one in names],
        more=[one for one in there if one.user not in order] if turn.state in (ASKED, BACK) and timely else [],
        outside=packs.outside(by) if turn.state == BACK or turn.is_late(clock.now()) else [],
        following=SUPPORT_LAW[turn.state],
        erased_on=(turn.since + timedelta(days=row.keep_days)) if turn.state not in (ASKED, TAKEN) else None,
        emergency=_emergency(by),
    )


def asked_page(by: Actor, support: UUID) -> AskedPage:
    """A talk whose turn is the reader's, or that she has taken. Raises `Absent`, also when it went on or is over."""
    row, turn = _found(by, support, ANSWER)
    return AskedPage(
        id=row.id,
        state=turn.state,
        alias=alias_of(row.author_id),
        words=row.text_of("words"),
        asked_at=row.recorded_at,
        call_at=row.until,
        ends=turn.ends,
        following=SUPPORT_LAW[turn.state],
        emergency=_emergency(by),
    )


def _found(by: Actor, support: UUID, policy: Policy) -> tuple[SupportRequest, Turn]:
    row = SupportRequest.objects.filter(pk=support).first()
    if row is None:
        raise Absent()
    turn = turn_of(row)
    target = {"asker": row.author_id, "asked": turn.holder}
    if not permit(policy, by.attributes(), target, PURPOSE, clock.now()).allowed:
        raise Absent()
    return row, turn


@asks
def offer_of(by: Actor, offer: UUID | None = None) -> Asks[Offer | None]:
    """The reader's own offer, if one is shown now; with an id that one. Raises `Absent` when it is not hers."""
    if offer is None:
        return next(iter((yield _shown.later(by, clock.now()))), None)
    found = Offer.objects.filter(user_id=by.id, pk=offer).first()
    if found is None:
        raise Absent()
    return found


@readymade
def _shown(by: Actor, now: datetime) -> QuerySet[Offer, Offer]:
    return Offer.objects.filter(user_id=by.id, shown_from__lte=now).order_by("pk")[:1]


def agreed_to_be_asked(by: Actor) -> bool:
    """Whether the reader agreed to be asked by others."""
    return Supporter.objects.filter(user_id=by.id, ended_at__isnull=True).exists()


def _emergency(by: Actor) -> Emergency | None:
    """What to do at the reader's own site when it cannot wait; None for whoever works at several, or at none."""
    if len(by.sites) != 1:
        return None
    try:
        return emergency_words(next(iter(by.sites)))
    except Problem:
        return None
