"""The stock of a site by batch: received, handed out, expired, corrected. It is never below nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Sum
from pydantic import Field, StringConstraints

from karama.care.access import GIVE, STOCK
from karama.care.actions import shapes
from karama.care.actions.prescribing import Atc, of_prescription, still_open
from karama.care.models import Batch, Dispensing, Prescription, StockMove
from karama.care.problems import ReasonNeeded
from karama.care.problems.medical import (
    BatchDiffers,
    BatchDoesNotFit,
    CodeUnknown,
    MoreThanPrescribed,
    NotExpired,
    StockTooSmall,
)
from karama.journal import Absent, Actor, action
from karama.knowledge.value_sets import medicine
from karama.people.joined import last_file
from karama.programme.days import today_at
from karama.programme.models import Site
from karama.rules import medication as rule

Quantity = Annotated[int, Field(ge=1, le=100_000)]
Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]


def of_site(*, by: Actor, site: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about the stock of a site."""
    return {"site": site} if Site.objects.filter(pk=site).exists() else {}


def of_batch(*, by: Actor, batch: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a batch."""
    site = Batch.objects.filter(pk=batch).values_list("site_id", flat=True).first()
    return {"site": site} if site is not None else {}


def move(batch: UUID, kind: str, quantity: int, why: str = "") -> StockMove:
    """Write the next line of a batch's ledger, its row locked. Called inside an action. Raises `StockTooSmall`."""
    row = Batch.objects.select_for_update().get(pk=batch)
    last = StockMove.objects.filter(batch=row).order_by("-position").first()
    left = rule.after_move(last.after if last else 0, quantity)
    if left is None:
        raise StockTooSmall()
    line = StockMove(
        batch=row,
        kind=kind,
        quantity=quantity,
        position=(last.position if last else 0) + 1,
        after=left,
        occurred_on=today_at(row.site_id),
    )
    line.seal("why", why or None)
    line.save()
    return line


@action("care.receive_stock", access=STOCK, target=of_site)
def receive_stock(
    *, by: Actor, site: UUID, medicine_code: Atc, number: Number, expires_on: date, quantity: Quantity
) -> StockMove:
    """Packages came. Raises `CodeUnknown`, and `BatchDiffers` for a known number with another day of expiry."""
    if medicine(medicine_code) is None:
        raise CodeUnknown("medicine_code")
    batch = Batch.objects.filter(site_id=site, medicine=medicine_code, number=number).first()
    if batch is None:
        batch = Batch(site_id=site, medicine=medicine_code, number=number, expires_on=expires_on)
        batch.save()
    if batch.expires_on != expires_on:
        raise BatchDiffers()
    return move(batch.id, "received", quantity)


@action("care.correct_stock", access=STOCK, target=of_batch)
def correct_stock(
    *, by: Actor, batch: UUID, quantity: Annotated[int, Field(ge=-100_000, le=100_000)], why: shapes.Reason
) -> StockMove:
    """What was counted differs from what stands here, by so much. Raises `ReasonNeeded`, `StockTooSmall`."""
    if not why:
        raise ReasonNeeded("why")
    if quantity == 0:
        raise CodeUnknown("quantity")
    return move(batch, "corrected", quantity, why)


@action("care.expire_stock", access=STOCK, target=of_batch)
def expire_stock(*, by: Actor, batch: UUID) -> StockMove:
    """Everything of an expired batch is taken out. Raises `NotExpired`."""
    row = Batch.objects.select_for_update().get(pk=batch)
    last = StockMove.objects.filter(batch=row).order_by("-position").first()
    if last is None or not last.after or rule.expiry(row.expires_on, today_at(row.site_id)) != "expired":
        raise NotExpired()
    return move(batch, "expired", -last.after)


@action("care.dispense", access=GIVE, target=of_prescription)
def dispense(*, by: Actor, prescription: UUID, batch: UUID, quantity: Quantity) -> Dispensing:
    """Hand out a quantity of one batch on a prescription.

    Raises:
        PrescriptionEnded, StockTooSmall. BatchDoesNotFit: another medicine or place, or expired.
        MoreThanPrescribed: together with what was handed out before.
    """
    row = Prescription.objects.select_for_update().select_related("person").get(pk=prescription)
    still_open(row)
    person = last_file(row.person)
    found = Batch.objects.filter(pk=batch).first()
    if found is None or found.site_id not in by.sites:
        raise Absent()
    fits = found.site_id == person.site_id and found.medicine == row.unseal("medicine")
    if not fits or not rule.may_leave(found.expires_on, today_at(found.site_id)):
        raise BatchDoesNotFit()
    handed = -(StockMove.objects.filter(pk__in=row.dispensings.values("move")).aggregate(n=Sum("quantity"))["n"] or 0)
    if not rule.may_hand_out(int(row.unseal("dose")["quantity"]), handed, quantity):
        raise MoreThanPrescribed()
    line = move(batch, "dispensed", -quantity)
    made = Dispensing(person_id=row.person_id, prescription=row, move=line, occurred_on=line.occurred_on)
    made.save()
    return made
