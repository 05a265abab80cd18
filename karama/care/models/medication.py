"""Medicines: prescribed, stopped, asked about, kept in stock and handed out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, Reference, SealedField


class Prescription(Fact):
    """A medicine for a person. `medicine`: its ATC code. `told`: `{caution: reason}` of cautions that were passed.

    `until_on`: the day after the last dose of what was prescribed. `renews`: the prescription that this one goes on
    from, which is thereby answered. `bearing`: what was said about pregnancy, where a caution asked for it.
    """

    KIND: ClassVar[int] = 114
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "occurred_on": "general",
        "until_on": "general",
        "renews": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="prescriptions")
    occurred_on = models.DateField()
    until_on = models.DateField()
    renews = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="renewed_by")
    medicine = SealedField(compartment="clinical")
    dose = SealedField(compartment="clinical")
    """`{"amount", "unit", "times", "days", "quantity"}`; `amount` as written, `times` a day."""
    bearing = SealedField(compartment="clinical")
    told = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_prescription"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("occurred_on")), name="care_prescription_order"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "until_on"], name="care_prescription_person")]


class PrescriptionStop(Fact):
    """A prescription was stopped, and why."""

    KIND: ClassVar[int] = 115
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "prescription": "general", "occurred_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    prescription = models.OneToOneField(Prescription, on_delete=models.PROTECT, related_name="stop")
    occurred_on = models.DateField()
    why = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_prescription_stop"


class MedicineCheck(Fact):
    """How a person does with the medicines. Each sealed field is empty when it was not asked."""

    KIND: ClassVar[int] = 116
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "occurred_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="medicine_checks")
    occurred_on = models.DateField()
    side_effects = SealedField(compartment="clinical")
    """Groups: extrapyramidal, metabolic, other; an empty list says that none was there."""
    adherent = SealedField(compartment="clinical")
    pills_left = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_medicine_check"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_medicine_check_one_chain"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "occurred_on"], name="care_medicine_check_person")]


class Batch(Reference):
    """Packages of one medicine with one number at one site. Its row is locked while something is taken from it."""

    KIND: ClassVar[int] = 117
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "medicine": "general",
        "number": "general",
        "expires_on": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    medicine = models.CharField(max_length=7)
    number = models.CharField(max_length=40)
    expires_on = models.DateField()

    class Meta:
        db_table = "care_batch"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "medicine", "number"], name="care_batch_once"),
        ]


class MoveKind(models.TextChoices):
    """What changed a stock."""

    RECEIVED = "received", pgettext_lazy("stock of medicines", "Received")
    DISPENSED = "dispensed", pgettext_lazy("stock of medicines", "Handed out")
    EXPIRED = "expired", pgettext_lazy("stock of medicines", "Expired")
    CORRECTED = "corrected", pgettext_lazy("stock of medicines", "Corrected")


class StockMove(Fact):
    """One line of the stock ledger of a batch. `position`: 1, 2, 3 …; `after`: the balance, never below nothing.

    Two who take at once meet at the position: the database keeps one line for each.
    """

    KIND: ClassVar[int] = 118
    OPEN: ClassVar[dict[str, str]] = {
        "batch": "general",
        "kind": "general",
        "quantity": "general",
        "position": "general",
        "after": "general",
        "occurred_on": "general",
    }

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=9, choices=MoveKind.choices)
    quantity = models.IntegerField(help_text=_("Units; less than nothing for what left the stock"))
    position = models.IntegerField()
    after = models.IntegerField()
    occurred_on = models.DateField()
    why = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "care_stock_move"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(kind="received", quantity__gt=0)
                | models.Q(kind__in=("dispensed", "expired"), quantity__lt=0)
                | (models.Q(kind="corrected", why__isnull=False) & ~models.Q(quantity=0)),
                name="care_stock_move_direction",
            ),
            models.CheckConstraint(condition=models.Q(after__gte=0), name="care_stock_move_never_below_nothing"),
            models.UniqueConstraint(fields=["batch", "position"], name="care_stock_move_in_turn"),
        ]


class Dispensing(Fact):
    """What of a prescription was handed to the person. Kept apart from the ledger, which names nobody."""

    KIND: ClassVar[int] = 119
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "prescription": "general",
        "move": "general",
        "occurred_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="dispensings")
    prescription = models.ForeignKey(Prescription, on_delete=models.PROTECT, related_name="dispensings")
    move = models.OneToOneField(StockMove, on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateField()

    class Meta(Fact.Meta):
        db_table = "care_dispensing"
