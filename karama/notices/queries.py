"""Reading: a colleague's own notices, and where the message about something stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Actor
from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.journal.together import Asks, NumberOf, asks
from karama.notices.actions import report_digest
from karama.notices.models import Notice, OutgoingMessage, Silence
from karama.security import digests

SHOWN = 100


@dataclass(frozen=True)
class NoticeLine:
    """One notice of the reader's own."""

    id: UUID
    kind: str
    place: UUID | None
    told_at: datetime
    unread: bool


@dataclass(frozen=True)
class MessageLine:
    """Where the newest message about something stands, without its words."""

    state: str
    why: str
    at: datetime


def notices_of(by: Actor) -> list[NoticeLine]:
    """The reader's own notices, the newest first; nobody else's."""
    rows = Notice.objects.filter(user_id=by.id).order_by("-told_at", "-id")[:SHOWN]
    return [NoticeLine(one.id, one.kind, one.place, one.told_at, one.read_at is None) for one in rows]


@once
@asks
def unread(by: Actor) -> Asks[int]:
    """How many the reader has not read."""
    return int((yield NumberOf(_unread.later(by.id))))


@readymade
def _unread(user: UUID) -> QuerySet[Notice, Notice]:
    return Notice.objects.filter(user_id=user, read_at__isnull=True)


@asks
def messages_about(by: Actor, sources: Collection[UUID]) -> Asks[dict[UUID, MessageLine]]:
    """The newest message about each of these things, which the caller has found to be the reader's to see."""
    if not sources:
        return {}
    rows = yield _messages.later(list(sources))
    return {one.source_id: MessageLine(one.state, one.why, one.sent_at or one.not_before) for one in rows}


@readymade
def _messages(sources: list[UUID]) -> QuerySet[OutgoingMessage, OutgoingMessage]:
    return OutgoingMessage.objects.filter(source_id__in=sources).order_by("recorded_at", "id")


def reported_message(token: str) -> UUID | None:
    """For the gateway: the message of a token; None for a token that nobody gave out."""
    digest = report_digest(token)
    found = OutgoingMessage.objects.filter(report_digest=digest).values_list("id", "report_digest").first()
    if found is None or not digests.constant_time_equal(bytes(found[1] or b""), digest):
        return None
    return found[0]


@asks
def silent_among(people: Collection[UUID]) -> Asks[frozenset[UUID]]:
    """Those of these people to whom nothing is sent any more: nobody is asked after them either."""
    if not people:
        return frozenset()
    return frozenset((yield _silent.later(list(people))))


@readymade
def _silent(people: list[UUID]) -> QuerySet[Any, Any]:
    return Silence.objects.filter(person_id__in=people).values_list("person_id", flat=True)


def is_silent(person: UUID) -> bool:
    """Whether nothing is sent to this person any more; for actions of rooms above."""
    return Silence.objects.filter(person_id=person).exists()
