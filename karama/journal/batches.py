"""Many actions in few commits: where throughput comes from.

The write lock is held at most 200 ms at a time. If one call fails, its group is rolled back and done again one by
one, so that each call has its own outcome.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from karama.journal import access_log
from karama.journal.actors import Actor
from karama.journal.doing import Action, Prepared, do, known_operations
from karama.journal.problems import Problem
from karama.journal.writing import Receipt, work

HOLD_SECONDS = 0.2
LARGEST_GROUP = 500


@dataclass(frozen=True)
class Call:
    """One action to be done: what `action(by=by, op_id=op_id, **arguments)` would do. `mark` is the caller's own."""

    action: Action
    by: Actor
    arguments: dict[str, Any]
    op_id: UUID | None = None
    mark: Any = None


@dataclass
class Outcome:
    """What became of a call: a receipt or a problem, never both."""

    call: Call
    receipt: Receipt | None = None
    problem: Problem | None = None
    prepared: Prepared | None = field(default=None, repr=False)


def batch(calls: Iterable[Call], *, hold: float = HOLD_SECONDS) -> Iterator[Outcome]:
    """Do the calls in order and yield an outcome for each, after its commit. `hold`: seconds of write lock."""
    source = iter(calls)
    while group := [_prepare(call) for call in itertools.islice(source, LARGEST_GROUP)]:
        start = 0
        while start < len(group):
            done = _together(group[start:], hold)
            if done == 0:
                _alone(group[start])
                done = 1
            yield from group[start : start + done]
            start += done


def _prepare(call: Call) -> Outcome:
    outcome = Outcome(call)
    try:
        outcome.prepared = call.action.prepare(by=call.by, op_id=call.op_id, **call.arguments)
    except Problem as problem:
        outcome.problem = problem
    return outcome


def _together(group: list[Outcome], hold: float) -> int:
    """Do as many as fit into one lock; returns how many were committed (0: the first ones must go alone)."""
    receipts: list[tuple[Outcome, Receipt]] = []
    tried = 0
    first = group[0].call
    try:
        with access_log.acting(first.by, first.action.purpose, first.action.code), work() as opened:
            until = time.monotonic() + hold
            known = known_operations(outcome.call.op_id for outcome in group)
            targets = _targets(group)
            for place, outcome in enumerate(group):
                tried += 1
                if outcome.prepared is not None:
                    surely_new = outcome.call.op_id not in known
                    target = targets[place] if targets else None
                    receipts.append((outcome, do(outcome.prepared, opened, surely_new=surely_new, target=target)))
                if time.monotonic() > until:
                    break
    except (Problem, IntegrityError):
        if tried > 1:
            return _one_by_one(group[:tried])
        return 0
    for outcome, receipt in receipts:
        outcome.receipt = receipt
    return tried


def _targets(group: list[Outcome]) -> Sequence[Mapping[str, object]] | None:
    """What the policy asks about each call, fetched at once where all are the same action by the same actor."""
    first = group[0].call
    if first.action.targets is None or any(one.prepared is None for one in group):
        return None
    if any(one.call.action is not first.action or one.call.by != first.by for one in group):
        return None
    return first.action.targets(by=first.by, many=[one.prepared.arguments for one in group if one.prepared])


def _one_by_one(group: list[Outcome]) -> int:
    for outcome in group:
        _alone(outcome)
    return len(group)


def _alone(outcome: Outcome) -> None:
    if outcome.prepared is None:
        return
    call = outcome.call
    try:
        outcome.receipt = call.action(by=call.by, op_id=call.op_id, **call.arguments)
    except Problem as problem:
        outcome.problem = problem
    except IntegrityError:
        outcome.problem = Problem("journal.constraint")
