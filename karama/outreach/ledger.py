"""What is left of things that are given out at a site: derived at each reading from what came, went and was counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Sum

from karama.outreach.models import GoodsMove, Issue
from karama.outreach.rulebook import goods_of
from karama.rules.goods import Delivery, left_of


def moves_at(site: UUID, what: str | None = None) -> list[GoodsMove]:
    """The movements that count, each in its newest version, the newest first."""
    rows = GoodsMove.objects.filter(site_id=site, amended_by__isnull=True)
    if what is not None:
        rows = rows.filter(what=what)
    return list(rows.order_by("-on", "-recorded_at", "-id"))


def given_at(site: UUID) -> dict[str, int]:
    """Pieces of each thing that were given out, in the newest version of each line; money is none."""
    rows = Issue.objects.filter(site_id=site, amended_by__isnull=True, currency="")
    found = dict(rows.values_list("what").annotate(many=Sum("quantity")).order_by())
    for good in goods_of(site):
        if good.money:
            found.pop(good.code, None)
    return found


def kept_at(site: UUID) -> set[str]:
    """The things of which a stock is kept: what the pack gives out now, and what came or was given there before."""
    return things(site, set(GoodsMove.objects.filter(site_id=site).values_list("what", flat=True)), set(given_at(site)))


def things(site: UUID, moved: Collection[str], given: Collection[str]) -> set[str]:
    """The same, of what moved and what was given."""
    return {one.code for one in goods_of(site) if not one.money} | {*moved, *given}


def left_at(site: UUID, what: str) -> int | None:
    """What is left of a thing; below nothing where more was given than is known to have come."""
    return left_of([one.quantity for one in moves_at(site, what)], given_at(site).get(what, 0))


def deliveries(moves: Collection[GoodsMove]) -> dict[UUID, Delivery]:
    """Those of these movements that are deliveries in their newest version and came after all. One query."""
    came = [one for one in moves if one.kind == "came" and one.quantity]
    ids = [one.id for one in came]
    gone = set(GoodsMove.objects.filter(of__in=ids).values_list("of_id", flat=True))
    old = set(GoodsMove.objects.filter(amends__in=ids).values_list("amends_id", flat=True))
    return {one.id: Delivery(one.quantity, one.expires_on, one.id in gone) for one in came if one.id not in old}


def by_thing(moves: Collection[GoodsMove]) -> dict[str, list[GoodsMove]]:
    """Movements under the thing they are about."""
    found: dict[str, list[GoodsMove]] = defaultdict(list)
    for one in moves:
        found[one.what].append(one)
    return found
