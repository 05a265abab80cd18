"""Keeping the stock of what is given out: what came, what is counted, what has expired. Nobody is named in any of it.

Giving out never asks this stock: what somebody was really handed is written down, and the difference shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.journal import Actor, action
from karama.outreach import ledger
from karama.outreach.access import STOCK
from karama.outreach.actions.planning import Code, Words
from karama.outreach.models import GoodsMove
from karama.outreach.problems import AlreadyAmended, NotExpired, NotInStock, NotYet, ReasonNeeded, SayFromWhom
from karama.outreach.rulebook import rules_of
from karama.programme.days import today_at
from karama.programme.models import Site
from karama.rules.goods import expiry_of

MOST = 1_000_000
Pieces = Annotated[int, Field(ge=0, le=MOST)]
Source = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Batch = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


def _of_site(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    return {"site": site} if Site.objects.filter(pk=site).exists() else {}


def _of_delivery(*, by: Actor, delivery: UUID, **_more: Any) -> Mapping[str, object]:
    site = GoodsMove.objects.filter(pk=delivery, kind="came").values_list("site_id", flat=True).first()
    return {"site": site} if site is not None else {}


@action("outreach.receive_goods", access=STOCK, target=_of_site)
def receive_goods(
    *,
    by: Actor,
    site: UUID,
    what: Code,
    quantity: Pieces,
    source: Source,
    on: date | None = None,
    batch: Batch = "",
    expires_on: date | None = None,
) -> GoodsMove:
    """Pieces came. `source`: from whom, with the reference of the donor. What has expired already is written down, too.

    Raises:
        NotInStock: money, or nothing that is given out there, or none came. SayFromWhom. NotYet.
    """
    good = rules_of(site).good(what)
    if good is None or good.money:
        raise NotInStock()
    row = GoodsMove(site_id=site, what=what, kind="came", on=_day(site, on), expires_on=expires_on)
    if quantity < 1:
        raise NotInStock("quantity")
    return _delivered(row, quantity, source, batch)


@action("outreach.correct_delivery", access=STOCK, target=_of_delivery)
def correct_delivery(
    *,
    by: Actor,
    delivery: UUID,
    quantity: Pieces,
    source: Source,
    reason: Words = "",
    on: date | None = None,
    batch: Batch = "",
    expires_on: date | None = None,
) -> GoodsMove:
    """Correct what was written down of a delivery, as a whole; both stay. Quantity zero: it did not come after all.

    Raises:
        ReasonNeeded, SayFromWhom, NotYet. AlreadyAmended: somebody was quicker, or it was taken out as expired.
    """
    row = GoodsMove.objects.select_for_update(of=("self",)).get(pk=delivery)
    if not reason:
        raise ReasonNeeded()
    if GoodsMove.objects.filter(amends=row).exists() or GoodsMove.objects.filter(of=row).exists():
        raise AlreadyAmended()
    made = GoodsMove(
        site_id=row.site_id, what=row.what, kind="came", on=_day(row.site_id, on or row.on), expires_on=expires_on,
        amends=row,
    )  # fmt: skip
    made.seal("amend_reason", reason)
    return _delivered(made, quantity, source, batch)


@action("outreach.count_goods", access=STOCK, target=_of_site)
def count_goods(*, by: Actor, site: UUID, what: Code, counted: Pieces, reason: Words = "") -> GoodsMove:
    """Say how many are really there. What stood here stays readable; the difference with its reason is the correction.

    Raises:
        NotInStock: money, or nothing that is or was given out there. ReasonNeeded: it differs from what stood here.
    """
    Site.objects.select_for_update(of=("self",), no_key=True).get(pk=site)
    if what not in ledger.kept_at(site):
        raise NotInStock()
    differs = counted - (ledger.left_at(site, what) or 0)
    if differs and not reason:
        raise ReasonNeeded()
    row = GoodsMove(site_id=site, what=what, kind="counted", quantity=differs, counted=counted, on=today_at(site))
    row.seal("why", reason or None)
    row.save()
    return row


@action("outreach.take_out_goods", access=STOCK, target=_of_delivery)
def take_out_goods(*, by: Actor, delivery: UUID, found: Pieces) -> GoodsMove:
    """What was still there of an expired delivery is taken out. Zero: nothing of it was left.

    Raises:
        NotExpired: its day has not come, or it is settled. NotInStock: more than what came.
    """
    row = GoodsMove.objects.select_for_update(of=("self",)).get(pk=delivery)
    known = ledger.deliveries([row]).get(row.id)
    if known is None or expiry_of(known, today_at(row.site_id)) != "expired":
        raise NotExpired()
    if found > row.quantity:
        raise NotInStock("found")
    made = GoodsMove(
        site_id=row.site_id, what=row.what, kind="taken_out", quantity=-found, on=today_at(row.site_id), of=row
    )  # fmt: skip
    made.save()
    return made


def _day(site: UUID, on: date | None) -> date:
    today = today_at(site)
    if on is not None and on > today:
        raise NotYet("on")
    return on or today


def _delivered(row: GoodsMove, quantity: int, source: str, batch: str) -> GoodsMove:
    if not source:
        raise SayFromWhom()
    row.quantity = quantity
    row.seal("source", source)
    row.seal("batch", batch or None)
    row.save()
    return row
