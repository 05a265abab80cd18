"""Messages as whoever is asked may see them, and what the page under a token says back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from karama.journal import Absent, Actor, clock
from karama.journal.together import Asks, answered, asks, one_list
from karama.people.access import purpose_of
from karama.people.workers import aliases
from karama.rules import complaints as law
from karama.rules.permission import permit
from karama.voice.access import ANSWER, TAKE
from karama.voice.around import Around, around_now
from karama.voice.asked import Standing, held_back, held_pressing, standings, unanswered
from karama.voice.models import FeedbackStep

MOST: Final = 500
PART: Final = 400
"""Messages that are computed at once. How many are held is no measure of what a page costs: it goes on part by part,
and only until it has found what it shows."""

COUNTED: Final = 200
ON_A_PAGE: Final = 50
PRESSING: Final = 3
SOON_HOURS: Final = 24
NOT_HERS: Final = ("acknowledged", "put_aside", "disagreed", "erased")
"""Steps that whoever answers takes by another button, or that are not hers."""


@dataclass(frozen=True)
class FeedbackLine:
    """One message in a list: nothing of what it says. `left`: hours until the clock is over, below zero when it is."""

    id: UUID
    kind: str
    state: str
    on: date
    time: str
    place: str
    danger: str
    held: bool
    left: int | None
    grade: str
    mine: bool


@dataclass(frozen=True)
class Held:
    """Messages of which many came at once: how many there are for this reader, and a page of them from `start` on.
    `more`: beyond `count` there are others, which nobody has counted.
    """

    count: int
    start: int
    lines: list[FeedbackLine]
    more: bool = False


@dataclass(frozen=True)
class FeedbackPage:
    """One message. Its words are empty until the reader has taken it. `following`: the steps that may follow."""

    line: FeedbackLine
    channel: str
    wants_answer: bool
    face: str
    words: str
    about_duty: str
    about_words: str
    steps: list[tuple[str, datetime, str, str]]
    following: tuple[str, ...]
    may_take: bool
    opened: bool
    was_held: bool
    programme_code: str | None


@dataclass(frozen=True)
class Answered:
    """What the page under a token shows: no colleague, no note. `answers`: (day, words)."""

    state: str
    put_aside: bool
    on: date
    time: str
    answers: list[tuple[date, str]]
    may_disagree: bool
    programme_code: str | None


@asks
def feedback_waiting(by: Actor, around: Around | None = None) -> Asks[list[FeedbackLine]]:
    """The open messages that this reader is asked to answer, the most pressing first. A fixed number of queries."""
    order = {"now": 0, "today": 1, "soon": 2}
    ids = yield from unanswered.asking()
    hers = yield from _hers(by, ids, around or (yield from around_now.asking()))
    found = [_line(by, one) for one in hers]
    return sorted(found, key=lambda one: (order[one.grade], one.on))


def feedback_held(by: Actor, start: int = 0, kind: str = "", danger: str = "") -> Held:
    """The messages that are held and that this reader may take, the oldest first: some are shown, and they are counted
    as far as anybody reads a number.
    """
    most = max(start + ON_A_PAGE, COUNTED)
    found = answered(_first(by, held_back(kind, danger), around_now(), most + 1))
    start = start if 0 <= start < len(found) else 0
    shown = [_line(by, one) for one in found[start : start + ON_A_PAGE]]
    return Held(min(len(found), most), start, shown, len(found) > most)


@asks
def any_held(by: Actor, around: Around | None = None) -> Asks[bool]:
    """Whether some of those that are held are for this reader: for Today, which counts nothing."""
    ids = yield from held_back.asking()
    return bool((yield from _first(by, ids, around or (yield from around_now.asking()), 1)))


@asks
def feedback_pressing(by: Actor, around: Around | None = None) -> Asks[list[FeedbackLine]]:
    """The oldest held messages that are sensitive, and those that tell of a danger, as far as this reader may take
    them: each has its own clock, however many others are held with it.
    """
    sensitive, dangers = yield from held_pressing.asking()
    found = around or (yield from around_now.asking())
    told = yield from one_list(
        _first(by, sensitive, found, PRESSING, only="sensitive"), _first(by, dangers, found, PRESSING)
    )
    lines = {one.row.id: _line(by, one) for one in told}
    return sorted(lines.values(), key=lambda one: (one.left is None, one.left, one.on))


def _first(by: Actor, ids: list[UUID], around: Around, most: int, only: str = "") -> Asks[list[Standing]]:
    """The first ones that are hers, of one kind if it is said, part by part: none after the last that is wanted."""
    found: list[Standing] = []
    for start in range(0, max(len(ids), 1), PART):
        told = yield from standings.asking(ids[start : start + PART], around)
        found += [one for one in told if _is_hers(by, one) and (not only or one.kind == only)]
        if len(found) >= most:
            break
    return found[:most]


def _hers(by: Actor, ids: list[UUID], around: Around) -> Asks[list[Standing]]:
    parts = (ids[start : start + PART] for start in range(0, max(len(ids), 1), PART))
    told = yield from one_list(*(standings.asking(one, around) for one in parts))
    return [one for one in told if _is_hers(by, one)]


def _is_hers(by: Actor, standing: Standing) -> bool:
    return standing.is_open and _may(TAKE, by, standing)


def feedback_done(by: Actor) -> list[FeedbackLine]:
    """What this reader has answered or handed on herself and may still open, the newest first."""
    hers = FeedbackStep.objects.filter(author_id=by.id).order_by("-recorded_at").values_list("feedback_id", flat=True)
    found = standings(list(dict.fromkeys(hers))[:MOST], around_now())
    return [_line(by, one) for one in found if not one.is_open and _may(TAKE, by, one)]


def feedback_page(by: Actor, feedback: UUID) -> FeedbackPage:
    """One message. Raises `Absent`: none, or none for this reader, after the same queries."""
    standing = next(iter(standings([feedback], around_now())), None)
    if standing is None or not _may(TAKE, by, standing):
        raise Absent()
    opened = _may(ANSWER, by, standing)
    row = standing.row
    after = law.steps_after(standing.kind, standing.state, standing.disagreements)
    return FeedbackPage(
        line=_line(by, standing),
        channel=row.channel,
        wants_answer=bool(row.answer_key),
        face=row.text_of("face") if opened else "",
        words=row.text_of("words") if opened else "",
        about_duty=row.text_of("about_duty") if opened else "",
        about_words=row.text_of("about") if opened else "",
        steps=_steps(standing, opened),
        following=tuple(one for one in after if one not in NOT_HERS) if opened else (),
        may_take="acknowledged" in after and not opened,
        opened=opened,
        was_held=row.held and opened,
        programme_code=row.programme.code if row.programme else None,
    )


def answer_under_token(feedback: UUID) -> Answered:
    """What is said back to whoever holds the token of this message."""
    standing = standings([feedback])[0]
    told = [one for one in standing.steps if one.step == "answered"]
    return Answered(
        state=standing.state,
        put_aside=standing.state == "closed" and standing.steps[-1].step == "put_aside",
        on=standing.row.received_on,
        time=standing.row.time,
        answers=[(one.recorded_at.date(), one.text_of("words")) for one in told],
        may_disagree="disagreed" in law.steps_after(standing.kind, standing.state, standing.disagreements),
        programme_code=standing.row.programme.code if standing.row.programme else None,
    )


def _may(policy: Any, by: Actor, standing: Standing) -> bool:
    return permit(policy, by.attributes(), standing.attributes(), purpose_of(by), clock.now()).allowed


def _line(by: Actor, standing: Standing) -> FeedbackLine:
    row, left = standing.row, _hours_left(standing)
    return FeedbackLine(
        id=row.id,
        kind=standing.kind,
        state=standing.state,
        on=row.received_on,
        time=row.time,
        place=row.site.name if row.site else row.programme.title if row.programme else "",
        danger=row.danger,
        held=row.held and standing.state == "received",
        left=left,
        grade=_grade(standing, left),
        mine=standing.acknowledged_by == by.id,
    )


def _hours_left(standing: Standing) -> int | None:
    if standing.due_at is None or standing.late_at is None:
        return None
    now = clock.now()
    left = int((standing.due_at - now).total_seconds() // 3600)
    return 0 if left < 0 and now < standing.late_at else left  # it may have come later than on the first day


def _grade(standing: Standing, left: int | None) -> str:
    if left is None:
        return "soon"
    new = standing.state == "received"
    if left < 0 or (new and (standing.row.danger != "none" or standing.kind == "sensitive")):
        return "now"
    return "today" if left <= SOON_HOURS else "soon"


def _steps(standing: Standing, opened: bool) -> list[tuple[str, datetime, str, str]]:
    names = aliases({one.author_id for one in standing.steps})
    return [
        (one.step, one.recorded_at, names.get(one.author_id, ""), one.text_of("words") if opened else "")
        for one in standing.steps
    ]
