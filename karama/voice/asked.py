"""Where each message stands and who is asked to answer it: derived at each read from steps, posts, leave and `now`.

Nothing here is kept. Whoever is named, or in line with somebody named, is not asked; her deputy is not asked in her
name. What is sensitive passes everybody who works at a site. It ends at nobody only when nobody permitted works here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from karama.journal.actors import NOBODY
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.knowledge.pack_voice import Answering
from karama.rules import complaints as law
from karama.rules.disclosure import day_after
from karama.rules.risk import Escalation, Responder, Step, Waits, escalation
from karama.voice import packs
from karama.voice.around import NEVER, Around, around_now, with_place
from karama.voice.models import Feedback, FeedbackKeptFrom, FeedbackSound, FeedbackStep
from karama.voice.readers import Came, Readers, readers_of

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
"""The stretch of time to which a disagreement is coarsened (`incoming.take_disagreement`)."""

TURNS = ("answered", "outside", "closed", "put_aside", "erased", "disagreed")
"""Steps after which nobody waits any more, and the one after which somebody waits again."""

MOST = 10_000


@dataclass(frozen=True)
class Standing:
    """A message at a moment. `kind`: what it counts as now: `sensitive` also once somebody has passed it on, and when
    it is about somebody whose name nobody here bears, or a complaint said aloud. `due_at` counts from the first day of
    its stretch of time, `late_at` from the last: only then is it certain that somebody was kept waiting.
    """

    row: Feedback
    steps: tuple[FeedbackStep, ...]
    kind: str
    state: str
    barred: frozenset[UUID]
    escalation: Escalation
    due_at: datetime | None
    late_at: datetime | None
    permitted: frozenset[UUID] = field(default=frozenset())

    @property
    def is_open(self) -> bool:
        """Somebody still waits for something."""
        return self.state in law.OPEN_STATES

    @property
    def owner(self) -> UUID | None:
        """Who has it now; None when nobody permitted works here."""
        found = self.escalation.owner
        return found if isinstance(found, UUID) else None

    @property
    def asked(self) -> frozenset[UUID]:
        """Who may open it: all who were asked so far, and who has done something about it and still may."""
        worked = {one.author_id for one in self.steps} & self.permitted
        told = {one for one in (*self.escalation.asked, self.owner) if isinstance(one, UUID)}
        return frozenset((told | worked) - self.barred)

    @property
    def disagreements(self) -> int:
        """How often whoever wrote it did not agree."""
        return sum(one.step == "disagreed" for one in self.steps)

    @property
    def acknowledged_by(self) -> UUID | None:
        """Who has it in hand since it was received, or since the last disagreement."""
        return _in_hand(self.steps)

    def attributes(self) -> dict[str, object]:
        """What a policy may ask about it."""
        return {"asked": self.asked, "barred": self.barred, "in_hand": self.acknowledged_by, "kind": self.kind}


@asks
def standings(ids: Sequence[UUID], around: Around | None = None) -> Asks[list[Standing]]:
    """Where these messages stand, in this order. As many queries for one that is there as for one that is not."""
    asked = list(ids) or [NOBODY]
    told, stepped, kept_from = yield _messages.later(asked), _steps.later(asked), _kept_from.later(asked)
    found = around or (yield from around_now.asking())
    rows, steps = {one.id: one for one in told}, _grouped(stepped)
    kept: dict[UUID, set[UUID]] = defaultdict(set)
    named: dict[UUID, set[UUID]] = defaultdict(set)
    for one in kept_from:
        kept[one.feedback_id].add(one.user_id)
        if one.why == "named":
            named[one.feedback_id].add(one.user_id)
    reading = _Reading(found)
    return [_standing(rows[one], steps[one], kept[one], named[one], reading) for one in ids if one in rows]


class _Reading:
    """Who reads, computed once for messages of which everything that decides it is the same: in a flood nearly all."""

    def __init__(self, around: Around) -> None:
        self.around = around
        self._given = sorted({one.given for one in (*around.ever, *around.posts)})
        self._told: dict[Any, Readers] = {}

    def readers(
        self, came: Came, kind: str, answering: Answering, kept: set[UUID], named: set[UUID], before: set[UUID]
    ) -> Readers:
        """As `readers_of`. Of the place of a message only which posts were given before it counts."""
        people = (frozenset(kept), frozenset(named), frozenset(before))
        same = (replace(came, at=bisect_left(self._given, came.at)), kind, answering.handlers, *people)
        if same not in self._told:
            self._told[same] = readers_of(came, kind, answering, self.around, kept, named, before)
        return self._told[same]


@readymade
def _messages(ids: list[UUID]) -> QuerySet[Feedback, Feedback]:
    spoken = Exists(FeedbackSound.objects.filter(feedback=OuterRef("pk")))
    rows = Feedback.objects.filter(pk__in=ids).select_related("programme", "site").annotate(spoken=spoken)
    return cast(QuerySet[Feedback, Feedback], with_place(rows, Feedback))


@readymade
def _steps(ids: list[UUID]) -> QuerySet[FeedbackStep, FeedbackStep]:
    return FeedbackStep.objects.filter(feedback__in=ids).order_by("place")


@readymade
def _kept_from(ids: list[UUID]) -> QuerySet[FeedbackKeptFrom, FeedbackKeptFrom]:
    return FeedbackKeptFrom.objects.filter(feedback__in=ids)


def standing_of(feedback: UUID) -> Standing | None:
    """Where one message stands; None when there is none."""
    return next(iter(standings([feedback])), None)


@asks
def unanswered() -> Asks[list[UUID]]:
    """The ids of all messages that may still be open, without those that are held and not taken yet. One query."""
    return list((yield _unanswered.later()))


@readymade
def _unanswered() -> QuerySet[Any, Any]:
    return _open().filter(Q(held=False) | Q(_taken())).values_list("id", flat=True)[:MOST]


@asks
def held_back(kind: str = "", danger: str = "") -> Asks[list[UUID]]:
    """The ids of all messages that are held and that nobody has taken yet, the oldest first. One query."""
    if not kind and not danger:
        return list((yield _held_back.later()))
    rows = _held_back.make().filter(**({"kind": kind} if kind else {}))
    return list((yield rows.filter(danger=danger) if danger else rows))


@asks
def held_pressing() -> Asks[tuple[list[UUID], list[UUID]]]:
    """Of those that are held the ids of what may be sensitive, and of what tells of a danger, the oldest first. What is
    about somebody may be sensitive whatever its kind (`Standing.kind`). One query.
    """
    rows = list((yield _held_pressing.later()))
    sensitive = [one for one, kind, _danger, about in rows if kind == "sensitive" or about is not None]
    return sensitive, [one for one, _kind, danger, _about in rows if danger != "none"]


@readymade
def _held_pressing() -> QuerySet[Any, Any]:
    pressing = Q(kind="sensitive") | Q(about__isnull=False) | ~Q(danger="none")
    return _open().filter(pressing, ~Q(_taken()), held=True).values_list("id", "kind", "danger", "about")


@readymade
def _held_back() -> QuerySet[Any, Any]:
    return _open().filter(~Q(_taken()), held=True).values_list("id", flat=True)


def _taken() -> Exists:
    return Exists(FeedbackStep.objects.filter(feedback=OuterRef("pk")))


def _open() -> QuerySet[Feedback]:
    turns = FeedbackStep.objects.filter(feedback=OuterRef("pk"), step__in=TURNS).order_by("-place").values("step")
    rows = Feedback.objects.annotate(last=Subquery(turns[:1]))
    waits = Q(last__isnull=True) | Q(last="disagreed")
    return rows.filter(waits).order_by("received_on", "recorded_at", "id")


def _standing(
    row: Feedback, steps: list[FeedbackStep], kept: set[UUID], named: set[UUID], reading: _Reading
) -> Standing:
    told = [one.step for one in steps]
    state = law.state_of(told)
    came = came_of(row)
    unknown = (row.about is not None and not came.duty and not named) or _may_name_anybody(row)
    kind = "sensitive" if "passed_on" in told or unknown else row.kind
    answering = packs.voice_by_code(row.programme.code if row.programme else None).answering(kind)
    around, readers = reading.around, reading.readers(came, kind, answering, kept, named, _answered(steps))
    since = _since(row, steps)
    level, due = _level(list(readers.people), state, since, steps, answering, around, readers.barred)
    late = due + _unsure(row, steps) if due else None
    return Standing(row, tuple(steps), kind, state, readers.barred, level, due, late, frozenset(readers.people))


def _may_name_anybody(row: Feedback) -> bool:
    """Whether names may be said aloud in it: in what is typed they are looked for (`meant`)."""
    return bool(getattr(row, "spoken", False)) and (row.kind == "complaint" or row.danger != "none")


def came_of(row: Feedback) -> Came:
    """What decides who reads a message, and its place in the order of the journal."""
    at = getattr(row, "given", None)
    place = NEVER if at is None else at  # it is not written down yet: every post was given before it
    return Came(row.programme_id, row.site_id, row.received_on, row.time, row.text_of("about_duty"), place)


def _answered(steps: list[FeedbackStep]) -> set[UUID]:
    """Who has answered it before the last disagreement."""
    again = max((place for place, one in enumerate(steps) if one.step == "disagreed"), default=0)
    return {one.author_id for one in steps[:again] if one.step in ("answered", "outside", "closed", "put_aside")}


def _since(row: Feedback, steps: list[FeedbackStep]) -> datetime:
    """When the present clock started. Of a stretch of time the end of its first day, so that the next one is asked too
    early rather than too late: what somebody was promised counts from the day on which she wrote.
    """
    last = _restart(steps)
    if last is not None:
        return last.recorded_at + (DAY if last.step == "disagreed" else timedelta(0))
    return datetime.combine(day_after(row.received_on, "day"), time(), UTC)


def _unsure(row: Feedback, steps: list[FeedbackStep]) -> timedelta:
    """How much later than `_since` the present clock may have started: the rest of a stretch of time."""
    last = _restart(steps)
    if last is not None:
        return WEEK - DAY if last.step == "disagreed" else timedelta(0)
    return day_after(row.received_on, row.time) - day_after(row.received_on, "day")


def _restart(steps: list[FeedbackStep]) -> FeedbackStep | None:
    restarts = [one for one in steps if one.step in ("acknowledged", "passed_on", "disagreed")]
    return restarts[-1] if restarts else None


def _level(
    people: list[UUID],
    state: str,
    since: datetime,
    steps: list[FeedbackStep],
    answering: Answering,
    around: Around,
    barred: frozenset[UUID],
) -> tuple[Escalation, datetime | None]:
    in_hand = _in_hand(steps)
    owner = in_hand if in_hand in people else None  # whoever has left, or may not see it any more, has nothing in hand
    if state not in law.OPEN_STATES:
        return Escalation(0, owner, None, None, False), None
    taken = [Step("taken", since, owner)] if owner else []
    chain = [Responder(one, answering.acknowledge) for one in people]
    waits = Waits(first_contact=answering.answer, close=answering.answer)
    told: dict[str, Any] = {"absent": around.absent, "deputies": _deputies(around, people), "hidden_from": barred}
    level = escalation(taken, since, around.now, chain, waits=waits, **told)
    if level.owner is None and people:  # all of them are away: the first one keeps it
        level = escalation(taken, since, around.now, chain, waits=waits, hidden_from=barred)
    return level, since + (answering.answer if owner else answering.acknowledge)


def _deputies(around: Around, people: list[UUID]) -> dict[UUID, UUID]:
    """Only whoever may be asked herself stands in."""
    return {user: deputy for user, deputy in around.deputies.items() if deputy in people}


def _in_hand(steps: Sequence[FeedbackStep]) -> UUID | None:
    owner: UUID | None = None
    for one in steps:
        if one.step == "acknowledged":
            owner = one.author_id
        elif one.step in ("disagreed", "passed_on"):
            owner = None
    return owner


def _grouped(rows: Iterable[FeedbackStep]) -> dict[UUID, list[FeedbackStep]]:
    found: dict[UUID, list[FeedbackStep]] = defaultdict(list)
    for row in rows:
        found[row.feedback_id].append(row)
    return found
