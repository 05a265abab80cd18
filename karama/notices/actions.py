"""Telling a colleague, and the life of a message: queued, begun, settled, stopped.

Whoever sends begins first, hands over outside any transaction, and settles afterwards: a crash in between leaves a
message that was begun, and such a one is never sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from karama.journal import Absent, Actor, action, clock
from karama.notices.access import OWN, SEND
from karama.notices.models import Notice, OutgoingMessage, Silence
from karama.notices.registries import Reach, colleague_of, reach_of
from karama.rules.messages import next_safe_moment, next_try
from karama.security import digests, randomness

NOT_SENT = "notices.not_sent"
NOT_ARRIVED = "notices.not_arrived"


@dataclass(frozen=True)
class Begun:
    """A message that is being handed over. `token`: under which the gateway reports, known to it and kept nowhere."""

    reach: Reach
    token: str = field(repr=False)


@action("notices.tell", access=SEND, purpose="administration")
def tell(*, by: Actor, user: UUID, kind: str, place: UUID | None = None) -> Notice:
    """Put a notice on a colleague's list; once while the same one is unread. For actions of rooms above."""
    row = Notice.objects.filter(user_id=user, kind=kind, place=place, read_at__isnull=True).first()
    return row or Notice.objects.create(user_id=user, kind=kind, place=place, told_at=clock.now())


@action("notices.take_back", access=SEND, purpose="administration")
def take_back(*, by: Actor, place: UUID) -> int:
    """Take every notice about one thing off the lists: it is over. For actions of rooms above."""
    rows = list(Notice.objects.filter(place=place))
    for row in rows:
        row.delete()
    return len(rows)


def of_notice(*, by: Actor, notice: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of reading a notice: whose it is."""
    user = Notice.objects.filter(pk=notice).values_list("user_id", flat=True).first()
    return {"user": user} if user is not None else {}


@action("notices.read", access=OWN, target=of_notice, purpose="administration")
def read(*, by: Actor, notice: UUID) -> Notice:
    """Mark an own notice as read."""
    row = Notice.objects.get(pk=notice)
    if row.read_at is None:
        row.read_at = clock.now()
        row.save()
    return row


def of_own(*, by: Actor, **_more: Any) -> Mapping[str, object]:
    """The target of what somebody does with her own list."""
    return {"user": by.id}


@action("notices.read_all", access=OWN, target=of_own, purpose="administration")
def read_all(*, by: Actor) -> int:
    """Mark every own notice as read."""
    now = clock.now()
    rows = list(Notice.objects.filter(user_id=by.id, read_at__isnull=True))
    for row in rows:
        row.read_at = now
        row.save()
    return len(rows)


@action("notices.queue", access=SEND)
def queue(
    *, by: Actor, person: UUID, source: UUID, not_before: datetime, until: datetime, tell_user: UUID | None = None
) -> OutgoingMessage:
    """Put a message in the queue, or keep beside its source why none goes out. `until`: then it is of no use."""
    made = OutgoingMessage(
        person_id=person, source_id=source, tell_user_id=tell_user, not_before=not_before, until=until
    )
    why = _against(person, reach_of(person))
    if why:
        made.state, made.why = "stopped", why
    made.save()
    return made


def _against(person: UUID, reach: Reach) -> str:
    if Silence.objects.filter(person_id=person).exists():
        return "ended"
    return reach.why


@action("notices.begin", access=SEND)
def begin(*, by: Actor, message: UUID) -> Begun | None:
    """Ask everything anew and begin to hand over; None: not now, or not any more.

    A change of the person's rules since yesterday counts. A message that was begun and never settled is given up.
    """
    row = OutgoingMessage.objects.select_for_update().filter(pk=message, state="queued").first()
    if row is None:
        raise Absent()
    now = clock.now()
    if row.begun_at is not None:
        _end(by, row, "failed", "unclear")
        return None
    reach = reach_of(row.person_id)
    why = _against(row.person_id, reach)
    colleague = colleague_of(row.source_id)
    if not why and colleague is not None and colleague.kept_apart:
        why = "called_off"
    if why:
        _end(by, row, "stopped", why)
        return None
    moment = next_safe_moment(now.astimezone(reach.zone), reach.hours)
    if moment is None or moment >= row.until:
        _end(by, row, "failed", "too_late")
        return None
    if moment > now:
        row.not_before = moment
        row.save()
        return None
    row.begun_at, row.tries = now, row.tries + 1
    row.seal("words", reach.words)
    token = randomness.token()
    row.report_digest = report_digest(token)
    row.save()
    return Begun(reach, token)


def report_digest(token: str) -> bytes:
    """What is kept of a token; without the keyring nobody can try tokens against it."""
    return digests.keyed("notices.report", token.encode("utf-8"))


def _end(by: Actor, row: OutgoingMessage, state: str, why: str, kind: str = NOT_SENT) -> None:
    row.state, row.why, row.begun_at = state, why, None
    row.save()
    colleague = colleague_of(row.source_id)
    user = row.tell_user_id if colleague is None else colleague.user
    if user is not None:
        tell(by=by, user=user, kind=kind, place=row.source_id)


@action("notices.settle", access=SEND)
def settle(
    *, by: Actor, message: UUID, outcome: Literal["taken", "refused", "not_reached", "unclear", "no_gateway"]
) -> OutgoingMessage:
    """Note what the network said. Only what surely did not arrive is tried again, and not for ever.

    A report that was quicker than this is not undone.
    """
    row = OutgoingMessage.objects.select_for_update().filter(pk=message).first()
    if row is not None and row.reported_at is not None:
        return row
    if row is None or row.state != "queued" or row.begun_at is None:
        raise Absent()
    now = clock.now()
    again = next_try(row.tries, now) if outcome == "not_reached" else None
    if outcome == "taken":
        row.state, row.sent_at, row.begun_at = "sent", now, None
        row.save()
    elif again is not None:
        row.not_before, row.begun_at = again, None
        row.save()
    else:
        _end(by, row, "failed", outcome)
    return row


@action("notices.take_report", access=SEND)
def take_report(*, by: Actor, message: UUID, report: Literal["delivered", "failed", "on_the_way"]) -> OutgoingMessage:
    """Note what the gateway reports. What did not arrive is told to the colleague; what is settled stays so.

    The report may come before the job has noted that the message was taken: then it says so itself.
    """
    row = OutgoingMessage.objects.select_for_update().get(pk=message)
    begun = row.state == "queued" and row.begun_at is not None
    if row.state != "sent" and not begun:
        return row
    now = clock.now()
    row.reported_at = now
    if begun:
        row.state, row.sent_at, row.begun_at = "sent", now, None
    if report == "delivered":
        row.state = "delivered"
    elif report == "failed":
        _end(by, row, "failed", "undelivered", NOT_ARRIVED)
        return row
    row.save()
    return row


@action("notices.stop", access=SEND)
def stop(*, by: Actor, source: UUID) -> int:
    """Stop what waits about one thing: it was called off, moved or done. What was begun cannot be stopped."""
    return _stop(OutgoingMessage.objects.filter(source_id=source), "called_off")


def _stop(rows: Iterable[OutgoingMessage], why: str) -> int:
    waiting = [one for one in rows if one.state == "queued" and one.begun_at is None]
    for row in waiting:
        row.state, row.why = "stopped", why
        row.save()
    return len(waiting)


@action("notices.stop_all", access=SEND)
def stop_all(*, by: Actor, person: UUID, for_ever: bool, why: Literal["at_rest", "never"] = "at_rest") -> int:
    """Stop everything that waits for a person. `for_ever`: also whatever is queued later, as after a death. `why`:
    otherwise, what the colleague reads beside it."""
    if for_ever and not Silence.objects.filter(person_id=person).exists():
        Silence.objects.create(person_id=person, since=clock.now())
    return _stop(OutgoingMessage.objects.filter(person_id=person), "ended" if for_ever else why)
