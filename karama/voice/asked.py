"""Where each message stands and who is asked to answer it: derived at each read from steps, posts, leave and `now`.

Nothing here is kept. Whoever is named, or in line with somebody named, is not asked; her deputy is not asked in her
name. What is sensitive passes everybody who works at a site. It ends at nobody only when nobody permitted works here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from karama.accounts import reach
from karama.accounts.models import Leave, Posting
from karama.journal.actors import NOBODY
from karama.knowledge.pack_voice import Answering
from karama.rules import complaints as law
from karama.rules.complaints import Post, in_line, overlaps
from karama.rules.disclosure import day_after
from karama.rules.risk import Escalation, Responder, Step, Waits, escalation
from karama.voice import packs
from karama.voice.models import Feedback, FeedbackKeptFrom, FeedbackStep

WEEK = timedelta(days=7)
"""The stretch of time to which a disagreement is coarsened (`incoming.take_disagreement`)."""

TURNS = ("answered", "outside", "closed", "erased", "disagreed")
"""Steps after which nobody waits any more, and the one after which somebody waits again."""

MOST = 10_000
PROGRAMME_WIDE = (*law.NEXT, "researcher", "data_import")
"""Duties that are of no site, even where somebody holds one at a site."""


@dataclass(frozen=True)
class Around:
    """Everybody's posts now, who is away and for whom somebody stands in. Asked for once for many messages."""

    now: datetime
    posts: tuple[Post, ...]
    absent: frozenset[UUID]
    deputies: dict[UUID, UUID]


@dataclass(frozen=True)
class Standing:
    """A message at a moment. `kind`: what it counts as now: `sensitive` also once somebody has passed it on, and when
    it is about somebody whose name nobody here bears, who may be anybody of the site.
    """

    row: Feedback
    steps: tuple[FeedbackStep, ...]
    kind: str
    state: str
    barred: frozenset[UUID]
    escalation: Escalation
    due_at: datetime | None
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


def around_now() -> Around:
    """Two queries. As of the true moment, also where something is written as of a coarser one: who works here today."""
    now = timezone.now()
    rows = Posting.objects.filter(reach.current(now), user__is_active=True).order_by("from_on", "id")
    posts = tuple(Post(*one) for one in rows.values_list("user_id", "duty", "programme_id", "site_id"))
    leaves = dict(Leave.objects.filter(reach.away(now.date())).order_by("id").values_list("user_id", "deputy_id"))
    return Around(now, posts, frozenset(leaves), {user: deputy for user, deputy in leaves.items() if deputy})


def standings(ids: Sequence[UUID], around: Around | None = None) -> list[Standing]:
    """Where these messages stand, in this order. As many queries for one that is there as for one that is not."""
    found = around or around_now()
    asked = list(ids) or [NOBODY]
    rows = {one.id: one for one in Feedback.objects.filter(pk__in=asked).select_related("programme", "site")}
    steps = _grouped(FeedbackStep.objects.filter(feedback__in=asked).order_by("place"))
    kept: dict[UUID, set[UUID]] = defaultdict(set)
    named: dict[UUID, set[UUID]] = defaultdict(set)
    for one in FeedbackKeptFrom.objects.filter(feedback__in=asked):
        kept[one.feedback_id].add(one.user_id)
        if one.why == "named":
            named[one.feedback_id].add(one.user_id)
    return [_standing(rows[one], steps[one], kept[one], named[one], found) for one in ids if one in rows]


def standing_of(feedback: UUID) -> Standing | None:
    """Where one message stands; None when there is none."""
    return next(iter(standings([feedback])), None)


def unanswered(most_held: int = 200) -> list[UUID]:
    """The ids of all messages that may still be open: not closed, answered or handed outside by their last step.

    Of those that are held and not taken yet only so many, the oldest: when they are seen to, the next ones follow. One
    query.
    """
    turns = FeedbackStep.objects.filter(feedback=OuterRef("pk"), step__in=TURNS).order_by("-place").values("step")
    taken = Exists(FeedbackStep.objects.filter(feedback=OuterRef("pk")))
    rows = Feedback.objects.annotate(last=Subquery(turns[:1]), taken=taken)
    rows = rows.filter(Q(last__isnull=True) | Q(last="disagreed")).order_by("held", "received_on", "recorded_at", "id")
    told = list(rows.values_list("id", "held", "taken")[:MOST])
    waiting = [one for one, held, is_taken in told if held and not is_taken]
    return [one for one, held, is_taken in told if not held or is_taken] + waiting[:most_held]


def _standing(row: Feedback, steps: list[FeedbackStep], kept: set[UUID], named: set[UUID], around: Around) -> Standing:
    told = [one.step for one in steps]
    state = law.state_of(told)
    duty = row.text_of("about_duty")
    unknown = row.about is not None and not duty and not named
    kind = "sensitive" if "passed_on" in told or unknown else row.kind
    accused = named | _holders(row, duty, around)
    barred = frozenset(kept) | {one for one in in_line(accused, around.posts) if isinstance(one, UUID)}
    answering = packs.voice_by_code(row.programme.code if row.programme else None).answering(kind)
    people = _people(row, kind, answering, around, barred, steps)
    since = _since(row, steps, kind)
    level, due = _level(people, state, since, steps, answering, around, barred)
    return Standing(row, tuple(steps), kind, state, barred, level, due, frozenset(people))


def _holders(row: Feedback, duty: str, around: Around) -> set[UUID]:
    """Everybody who holds the duty that was named, wherever the message may come from."""
    here = Post(None, "", row.programme_id, row.site_id)
    return _users(one for one in around.posts if duty and one.duty == duty and overlaps(one, here))


def _people(
    row: Feedback,
    kind: str,
    answering: Answering,
    around: Around,
    barred: frozenset[UUID],
    steps: list[FeedbackStep],
) -> list[UUID]:
    """Everybody who may be asked, in order: whom the pack names and the focal points; when all of them are barred the
    next who work for no site, and last a focal point who has another duty, too. Nobody barred; after a
    disagreement nobody who answered, while anybody else is left.
    """
    here = Post(None, "", row.programme_id, row.site_id)
    near = [one for one in around.posts if overlaps(one, here) and (one.site is None or one.site == row.site_id)]
    of_a_site = {one.user for one in around.posts if one.duty not in PROGRAMME_WIDE}
    without = of_a_site if kind == "sensitive" else set()
    lines = (
        _by_duty(near, answering.handlers, without) + _by_duty(near, law.FOCAL, of_a_site),
        _by_duty(around.posts, law.NEXT, of_a_site),
        _by_duty(around.posts, law.FOCAL, set()),
    )
    left = [[one for one in dict.fromkeys(line) if one not in barred] for line in lines]
    again = max((place for place, one in enumerate(steps) if one.step == "disagreed"), default=0)
    before = {one.author_id for one in steps[:again] if one.step in ("answered", "outside", "closed")}
    others = [[one for one in line if one not in before] for line in left]
    return next((line for line in (*others, *left) if line), [])


def _by_duty(posts: Iterable[Post], duties: Sequence[str], without: set[Any]) -> list[UUID]:
    told = list(posts)
    line = (one.user for duty in duties for one in told if one.duty == duty and one.user not in without)
    return [one for one in line if isinstance(one, UUID)]


def _users(posts: Iterable[Post]) -> set[UUID]:
    return {one.user for one in posts if isinstance(one.user, UUID)}


def _since(row: Feedback, steps: list[FeedbackStep], kind: str) -> datetime:
    """When the present clock started. Of a stretch of time: its end, so that no clock is over before it began; of what
    is sensitive the end of its first day, so that the next one is asked too early rather than too late.
    """
    restarts = [one for one in steps if one.step in ("acknowledged", "passed_on", "disagreed")]
    if restarts:
        coarse = restarts[-1].step == "disagreed" and kind != "sensitive"
        return restarts[-1].recorded_at + (WEEK if coarse else timedelta(0))
    on = day_after(row.received_on, "day" if kind == "sensitive" else row.time)
    return datetime.combine(on, time(), UTC)


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
