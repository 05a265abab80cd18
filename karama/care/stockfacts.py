"""Rows for analytics: how long a medicine was out of stock at a site (E3). Nobody stands in them: a stock names nobody.

Definition: of a medicine that ever came to a site, a day counts as out when at its end nothing usable was left there:
no batch with a balance above nothing that had not expired. Denominator: the days on which the stock is known, from the
first delivery on. The days of the period before it are `unknown`, never nothing; a medicine that never came is in no
row. What was not written into the ledger is not seen: `docs/PROGRESS.md` says what of expired stock is an upper bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from karama.care.access import STATISTICS
from karama.care.models import StockMove
from karama.journal import Actor, Refused, clock
from karama.programme.days import today_in
from karama.rules import medication as rule
from karama.rules.permission import permit

LONGEST: Final = 400
"""Days of a period."""


@dataclass(frozen=True)
class StockOutRow:
    """One medicine (by its ATC code) at one site in a period. `out` of `known` days; `unknown`: days before the first
    delivery. `times`: how often it ran out; `still_out`: nothing was left at the end."""

    site: UUID
    medicine: str
    first: date
    last: date
    out: int
    known: int
    unknown: int
    times: int
    still_out: bool


@dataclass(frozen=True)
class _Move:
    batch: UUID
    expires_on: date
    on: date
    after: int


def stock_out_rows(*, by: Actor, programme: UUID, first: date, last: date) -> Iterator[StockOutRow]:
    """The stock-outs of a programme between two days, both counted; of days to come nothing is said.

    Raises:
        Refused: the duty counts nothing in this programme. ValueError: a period of more than `LONGEST` days.
    """
    decision = permit(STATISTICS, by.attributes(), {"programme": programme}, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
    if (last - first).days >= LONGEST:
        raise ValueError("the period is too long")
    return _rows(programme, first, min(last, today_in(programme)))


def _rows(programme: UUID, first: date, last: date) -> Iterator[StockOutRow]:
    moves: dict[tuple[UUID, str], list[_Move]] = defaultdict(list)
    rows = StockMove.objects.filter(batch__site__programme_id=programme, occurred_on__lte=last)
    told = rows.order_by("occurred_on", "position").values_list(
        "batch__site_id", "batch__medicine", "batch_id", "batch__expires_on", "occurred_on", "after"
    )
    for site, medicine, batch, expires_on, on, after in told:
        moves[site, medicine].append(_Move(batch, expires_on, on, after))
    for (site, medicine), own in sorted(moves.items(), key=lambda one: (str(one[0][0]), one[0][1])):
        yield _row(site, medicine, own, first, last)


def _row(site: UUID, medicine: str, moves: list[_Move], first: date, last: date) -> StockOutRow:
    """`moves` in the order of their days. The balance of a batch is that after its last move of the day or before."""
    left: dict[UUID, int] = {}
    expires = {one.batch: one.expires_on for one in moves}
    waiting, states = list(moves), []
    for number in range(max(0, (last - first).days + 1)):
        day = first + timedelta(days=number)
        while waiting and waiting[0].on <= day:
            left[waiting[0].batch] = waiting[0].after
            waiting.pop(0)
        usable = sum(n for batch, n in left.items() if rule.expiry(expires[batch], day) != "expired")
        states.append(None if not left else usable == 0)
    out = [one is True for one in states]
    return StockOutRow(
        site=site,
        medicine=medicine,
        first=first,
        last=last,
        out=sum(out),
        known=sum(one is not None for one in states),
        unknown=sum(one is None for one in states),
        times=sum(now and not before for before, now in zip([False, *out], out, strict=False)),
        still_out=bool(out) and out[-1],
    )
