"""The stock of a site: what is left of each batch and each medicine, what runs short, what expires."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum

from karama.accounts.queries import aliases_of
from karama.care.access import SEE_STOCK
from karama.care.models import Batch, StockMove
from karama.journal import Absent, Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people.access import purpose_of
from karama.programme.days import today_at
from karama.programme.models import Site
from karama.rules import medication as rule
from karama.rules.permission import permit


@dataclass(frozen=True)
class BatchLine:
    """A batch with what is left of it. `expiry`: later, soon or expired."""

    batch: Batch
    left: int
    expiry: str


@dataclass(frozen=True)
class MedicineLine:
    """A medicine at a site. `usable`: units that have not expired. `state`: enough, short or out."""

    medicine: str
    usable: int
    used: int
    state: str
    batches: list[BatchLine]

    @property
    def expiring(self) -> bool:
        """Whether something that is still there has expired or soon will."""
        return any(one.left and one.expiry != "later" for one in self.batches)


def site_for(by: Actor, site: UUID) -> Site:
    """A site whose stock this actor may see. Raises `Absent`."""
    found = Site.objects.filter(pk=site).first()
    allowed = permit(SEE_STOCK, by.attributes(), {"site": site}, purpose_of(by), clock.now()).allowed
    if found is None or not allowed:
        raise Absent()
    return found


def stock_of(by: Actor, site: UUID) -> list[MedicineLine]:
    """Every medicine that was ever at a site, what is short first. Raises `Absent`."""
    site_for(by, site)
    return _lines(site)


@asks
def _lines(site: UUID) -> Asks[list[MedicineLine]]:
    today = today_at(site)
    batches, handed = yield _batches.later(site), _handed_out.later(site, today - timedelta(days=rule.SHORT_DAYS))
    found: dict[str, list[BatchLine]] = defaultdict(list)
    for one in batches:
        found[one.medicine].append(BatchLine(one, one.left or 0, rule.expiry(one.expires_on, today)))
    used = dict(handed)
    lines = [_line(atc, batches, -(used.get(atc) or 0)) for atc, batches in found.items()]
    order = {"out": 0, "short": 1, "enough": 2}
    return sorted(lines, key=lambda one: (order[one.state], not one.expiring, one.medicine))


@readymade
def _batches(site: UUID) -> QuerySet[Any]:
    last = StockMove.objects.filter(batch=OuterRef("pk")).order_by("-position").values("after")[:1]
    rows = Batch.objects.filter(site_id=site).annotate(left=Subquery(last, output_field=IntegerField()))
    return rows.order_by("expires_on", "number")


@readymade
def _handed_out(site: UUID, since: date) -> QuerySet[Any]:
    moves = StockMove.objects.filter(batch__site_id=site, kind="dispensed", occurred_on__gt=since)
    return moves.values_list("batch__medicine").annotate(n=Sum("quantity"))


def _line(atc: str, batches: list[BatchLine], used: int) -> MedicineLine:
    usable = sum(one.left for one in batches if one.expiry != "expired")
    return MedicineLine(atc, usable, used, rule.stock_state(usable, used), batches)


@asks
def shortages(by: Actor) -> Asks[list[tuple[UUID, str, int, int]]]:
    """(site, its name, medicines out or short, medicines with something expiring) at the actor's sites."""
    if by.duty not in ("nurse", "prescriber"):
        return []
    found, sites = [], (yield _own_sites.later(by))
    told = yield from together(*(_lines.asking(site.id) for site in sites))
    for site, lines in zip(sites, told, strict=True):
        low = sum(one.state != "enough" for one in lines)
        ending = sum(one.expiring for one in lines)
        if low or ending:
            found.append((site.id, site.name, low, ending))
    return found


@readymade
def _own_sites(by: Actor) -> QuerySet[Site, Site]:
    return Site.objects.filter(pk__in=by.sites).order_by("name")


def batch_page(by: Actor, batch: UUID) -> tuple[Batch, list[tuple[StockMove, str, str]]]:
    """A batch with its ledger, the newest line first: (line, who, why). Raises `Absent`."""
    row = Batch.objects.filter(pk=batch).select_related("site").first()
    site_for(by, row.site_id if row is not None else batch)
    if row is None:
        raise Absent()
    moves = list(row.moves.order_by("-position"))
    names = aliases_of({one.author_id for one in moves})
    return row, [(one, names.get(one.author_id, ""), str(one.unseal("why") or "")) for one in moves]


def batches_for(by: Actor, site: UUID, atc: str) -> list[BatchLine]:
    """What may be handed out of a medicine at a site, the first to expire first; nothing at a site of others."""
    if site not in by.sites:
        return []
    lines = [one for one in _lines(site) if one.medicine == atc]
    return [each for one in lines for each in one.batches if each.left and each.expiry != "expired"]
