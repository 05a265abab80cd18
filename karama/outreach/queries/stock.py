"""The stock of what is given out at a site, for its supervisor."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from karama.accounts.queries import aliases_of
from karama.journal import Absent, Actor, clock
from karama.outreach import ledger
from karama.outreach.access import STOCK
from karama.outreach.models import GoodsMove
from karama.outreach.queries.corrections import corrections_of
from karama.outreach.rulebook import good_name, goods_of, rules_of
from karama.people.access import purpose_of
from karama.programme.days import today_at
from karama.rules.goods import Delivery, at_most, expired_at_most, expiry_of, left_of, stands
from karama.rules.permission import permit

ORDER = ("below", "out", "low", "unknown", "enough")
MOST = 300


@dataclass(frozen=True)
class StockLine:
    """One thing. `left`: None when nothing was ever written down; less than nothing: more was given than came.

    `expired`, `soon`: so many pieces at the most may have expired, or will within two months. `low`: the programme's
    line.
    """

    what: str
    name: Any
    left: int | None
    came: int
    given: int
    differs: int
    expired: int
    soon: int
    low: int | None
    state: str

    @property
    def calls(self) -> bool:
        """The supervisor has something to do about it."""
        return self.state in ("below", "out", "low") or self.expired > 0


@dataclass(frozen=True)
class MoveLine:
    """One line of the ledger of a thing. `at_most`: so many pieces of a delivery may still be there."""

    id: UUID
    kind: str
    on: date
    quantity: int
    counted: int | None
    source: str
    batch: str
    why: str
    expires_on: date | None
    expiry: str
    at_most: int
    who: str
    amended: bool
    settled: bool


@dataclass(frozen=True)
class StockPage:
    """One thing with its ledger, the newest first."""

    site: UUID
    line: StockLine
    moves: list[MoveLine] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True)
class OlderDelivery:
    """What stood of a delivery before, and why it was corrected."""

    quantity: int
    source: str
    batch: str
    on: date
    expires_on: date | None
    at: datetime
    who: str
    reason: str


def stock(by: Actor, site: UUID) -> list[StockLine]:
    """What there is at a site, what is wrong first; as many queries for many things as for one. Raises `Absent`."""
    _in_reach(by, site)
    moves = ledger.moves_at(site)
    known, given, moved = ledger.deliveries(moves), ledger.given_at(site), ledger.by_thing(moves)
    kept = sorted(ledger.things(site, moved, given))
    lines = [_line(site, one, moved.get(one, []), known, given.get(one, 0)) for one in kept]
    return sorted(lines, key=lambda one: (ORDER.index(one.state), not one.expired, str(one.name)))


def stock_to_see(by: Actor, site: UUID) -> list[StockLine]:
    """What of it needs the supervisor of the site; nothing for anybody else."""
    try:
        return [one for one in stock(by, site) if one.calls]
    except Absent:
        return []


def stock_page(by: Actor, site: UUID, what: str) -> StockPage:
    """One thing. Raises `Absent`: not kept there, or not the reader's."""
    _in_reach(by, site)
    if what not in ledger.kept_at(site):
        raise Absent()
    moves = ledger.moves_at(site, what)
    known = ledger.deliveries(moves)
    line = _line(site, what, moves, known, ledger.given_at(site).get(what, 0))
    shown = moves[:MOST]
    return StockPage(site, line, _moves(shown, known, line.left), len(moves) > MOST)


def delivery_page(by: Actor, delivery: UUID) -> tuple[UUID, str, Any, MoveLine, list[OlderDelivery]]:
    """A delivery in its newest version, with the older ones: (site, what, name, line, older). Raises `Absent`."""
    row = GoodsMove.objects.filter(pk=delivery, kind="came", amended_by__isnull=True).first()
    if row is None:
        raise Absent()
    _in_reach(by, row.site_id)
    left = ledger.left_at(row.site_id, row.what)
    (line,) = _moves([row], ledger.deliveries([row]), left)
    return row.site_id, row.what, good_name(row.site_id, row.what), line, _older(row)


def stocked(site: UUID) -> list[tuple[str, Any]]:
    """What may be received at a site, for a form."""
    return [(one.code, good_name(site, one.code)) for one in goods_of(site) if not one.money]


def _in_reach(by: Actor, site: UUID) -> None:
    if not permit(STOCK, by.attributes(), {"site": site}, purpose_of(by), clock.now()).allowed:
        raise Absent()


def _line(site: UUID, what: str, moves: list[GoodsMove], known: dict[UUID, Delivery], given: int) -> StockLine:
    left, today = left_of([one.quantity for one in moves], given), today_at(site)
    here = [known[one.id] for one in moves if one.id in known]
    expired = expired_at_most(here, left, today)
    good = rules_of(site).good(what)
    low = good.low if good is not None else None
    soon = sum(at_most(one, left) for one in here if expiry_of(one, today) == "soon")
    return StockLine(
        what=what,
        name=good_name(site, what),
        left=left,
        came=sum(one.quantity for one in moves if one.kind == "came"),
        given=given,
        differs=sum(one.quantity for one in moves if one.kind != "came"),
        expired=expired,
        soon=soon if left is None or left < 0 else min(soon, left),
        low=low,
        state=stands(left, expired, low),
    )


def _moves(rows: list[GoodsMove], known: dict[UUID, Delivery], left: int | None) -> list[MoveLine]:
    names = aliases_of({one.author_id for one in rows})
    found = []
    for one in rows:
        told = known.get(one.id)
        found.append(
            MoveLine(
                id=one.id,
                kind=one.kind,
                on=one.on,
                quantity=one.quantity,
                counted=one.counted,
                source=one.text_of("source"),
                batch=one.text_of("batch"),
                why=one.text_of("why"),
                expires_on=one.expires_on,
                expiry=expiry_of(told, today_at(one.site_id)) if told else "unsaid",
                at_most=at_most(told, left) if told else 0,
                who=names.get(one.author_id, ""),
                amended=one.amends_id is not None,
                settled=told is not None and told.settled,
            )
        )
    return found


def _older(row: GoodsMove) -> list[OlderDelivery]:
    pairs = corrections_of(row)
    names = aliases_of({after.author_id for _before, after in pairs})
    return [
        OlderDelivery(
            quantity=before.quantity,
            source=before.text_of("source"),
            batch=before.text_of("batch"),
            on=before.on,
            expires_on=before.expires_on,
            at=after.recorded_at,
            who=names.get(after.author_id, ""),
            reason=after.text_of("amend_reason"),
        )
        for before, after in pairs
    ]
