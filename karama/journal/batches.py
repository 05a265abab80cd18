"""Many actions in few commits: where throughput comes from.

The write lock is held at most 200 ms at a time. If one call fails, its group is rolled back and done again one by
one, so that each call has its own outcome.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from karama.journal import access_log
from karama.journal.actors import Actor
from karama.journal.doing import Action, Prepared, do, known_operations
from karama.journal.problems import Problem
from karama.journal.writing import Receipt, Work, work

HOLD_SECONDS = 0.2
AIM = 0.6
"""The share of the lock's time that is planned for: a slow moment is no reason to hold it longer."""
FORGOTTEN = 0.9
"""A slow transaction counts for the next ones as well, each time a tenth less: slow moments come in groups."""
FIRST_GROUP = 16
LARGEST_GROUP = 500


@dataclass(frozen=True)
class Call:
    """One action to be done: what `action(by=by, op_id=op_id, **arguments)` would do. `mark` is the caller's own."""

    action: Action
    by: Actor
    arguments: dict[str, Any]
    op_id: UUID | None = None
    mark: Any = None
    device_at: datetime | None = None
    author_signature: bytes | None = None

    def on_the_way(self) -> dict[str, Any]:
        """What goes with the arguments and is not one of them."""
        return {"op_id": self.op_id, "device_at": self.device_at, "author_signature": self.author_signature}


@dataclass
class Outcome:
    """What became of a call: a receipt or a problem, never both."""

    call: Call
    receipt: Receipt | None = None
    problem: Problem | None = None
    prepared: Prepared | None = field(default=None, repr=False)


def batch(
    calls: Iterable[Call], *, hold: float = HOLD_SECONDS, pace: Pace | None = None, looked_up: bool = False
) -> Iterator[Outcome]:
    """Do the calls in order and yield an outcome for each, after its commit. `hold`: seconds of write lock.

    `pace`: what the batches before it took, for a caller who has many small ones. `looked_up`: the caller has just
    looked for the operation ids and found none. One that somebody else enters in between breaks a constraint at the
    end; its group is then done one by one, and each looks for itself.
    """
    source = iter(calls)
    pace = pace or Pace(hold)
    while group := [_prepare(call) for call in itertools.islice(source, LARGEST_GROUP)]:
        start = 0
        while start < len(group):
            done = _together(group[start : start + pace.fitting], pace, looked_up)
            if done == 0:
                _alone(group[start])
                done = 1
            yield from group[start : start + done]
            start += done


class Pace:
    """How many calls fit into one lock, from what the transactions before took, writing down and commit included.

    Only what fits is looked up ahead: looking up all that is left again and again would cost more than the calls.
    """

    def __init__(self, hold: float = HOLD_SECONDS) -> None:
        self.hold = hold
        self.fitting = FIRST_GROUP
        self.share = 0.5
        self.each = 0.0

    def took(self, calls: int, bodies: float, whole: float) -> None:
        """Learn from a transaction: seconds until the last body was done, and until it was committed."""
        self.each = max(whole / max(calls, 1), FORGOTTEN * self.each, 1e-6)
        self.share = min(max(bodies / whole if whole else 0.5, 0.2), 0.8)
        self.fitting = max(1, min(int(AIM * self.hold / self.each), 2 * self.fitting))


def _prepare(call: Call) -> Outcome:
    outcome = Outcome(call)
    try:
        outcome.prepared = call.action.prepare(by=call.by, **call.on_the_way(), **call.arguments)
    except Problem as problem:
        outcome.problem = problem
    return outcome


def _together(group: list[Outcome], pace: Pace, looked_up: bool) -> int:
    """Do as many as fit into one lock; returns how many were committed (0: the first ones must go alone)."""
    receipts: list[tuple[Outcome, Receipt]] = []
    tried = 0
    first = group[0].call
    try:
        with access_log.acting(first.by, first.action.purpose, first.action.code), work(batched=True) as opened:
            begun = time.monotonic()
            until = begun + pace.hold * pace.share
            known = frozenset() if looked_up else known_operations(outcome.call.op_id for outcome in group)
            ahead = _Ahead(group, known, opened)
            for place, outcome in enumerate(group):
                tried += 1
                if outcome.prepared is not None:
                    surely_new = outcome.call.op_id not in known
                    target = ahead.target(place)
                    receipts.append((outcome, do(outcome.prepared, opened, surely_new=surely_new, target=target)))
                if time.monotonic() > until:
                    break
            bodies = time.monotonic()
    except (Problem, IntegrityError):
        if tried > 1:
            return _one_by_one(group[:tried])
        return 0
    pace.took(tried, bodies - begun, time.monotonic() - begun)
    for outcome, receipt in receipts:
        outcome.receipt = receipt
    return tried


class _Ahead:
    """What is fetched at once for calls of one action by one actor that follow each other: what their policy asks
    about, and what their bodies will look for. Each run looks anew, so that it sees what the calls before it did.
    """

    def __init__(self, group: list[Outcome], known: frozenset[UUID | None], opened: Work) -> None:
        self._group = group
        self._known = known
        self._opened = opened
        self._until = 0
        self._targets: dict[int, Mapping[str, object]] = {}

    def target(self, place: int) -> Mapping[str, object] | None:
        """The attributes of one call, where they were fetched."""
        if place >= self._until:
            self._look(place)
        return self._targets.get(place)

    def _look(self, place: int) -> None:
        """Fetch for the run that begins here; what was done before and what does not fit is no part of it."""
        self._opened.foreseen.clear()
        run: dict[int, Prepared] = {}
        self._until = place
        for one in self._group[place:]:
            prepared = one.prepared
            if prepared is not None and one.call.op_id not in self._known:
                first = next(iter(run.values()), prepared)
                if (first.action.code, first.by) != (prepared.action.code, prepared.by):
                    break
                run[self._until] = prepared
            self._until += 1
        self._targets = _targets_of(run) if len(run) > 1 else {}


def _targets_of(run: Mapping[int, Prepared]) -> dict[int, Mapping[str, object]]:
    first = next(iter(run.values()))
    many = [one.arguments for one in run.values()]
    if first.action.foresee is not None:
        first.action.foresee(by=first.by, many=many)
    if first.action.targets is None:
        return {}
    return dict(zip(run, first.action.targets(by=first.by, many=many), strict=True))


def _one_by_one(group: list[Outcome]) -> int:
    for outcome in group:
        _alone(outcome)
    return len(group)


def _alone(outcome: Outcome) -> None:
    if outcome.prepared is None:
        return
    call = outcome.call
    try:
        outcome.receipt = call.action(by=call.by, **call.on_the_way(), **call.arguments)
    except Problem as problem:
        outcome.problem = problem
