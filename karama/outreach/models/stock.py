"""What came of the things that are given out, what was counted, what had expired. No person stands in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField
from karama.rules.goods import MOVES


class MoveKind(models.TextChoices):
    """What changed a stock (`rules.goods.MOVES`). What was given out stands in `Issue`."""

    CAME = "came", pgettext_lazy("a stock of goods", "Came")
    COUNTED = "counted", pgettext_lazy("a stock of goods", "Counted")
    TAKEN_OUT = "taken_out", pgettext_lazy("a stock of goods", "Expired, taken out")


class GoodsMove(Fact):
    """One change of the stock of a thing at a site, other than giving it out.

    `quantity`: pieces, less than nothing for what is gone. `counted`: how many were there; `quantity` is then by how
    much that differs from what stood here. `of`: the delivery from which expired pieces were taken out; none of them
    were left where `quantity` is 0. A delivery is corrected by a newer one that amends it.
    """

    KIND: ClassVar[int] = 250
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "what": "general",
        "kind": "general",
        "quantity": "general",
        "counted": "general",
        "on": "general",
        "expires_on": "general",
        "of": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    kind = models.CharField(max_length=9, choices=MoveKind.choices)
    quantity = models.IntegerField()
    counted = models.PositiveIntegerField(null=True)
    on = models.DateField()
    expires_on = models.DateField(null=True)
    of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="taken_out")
    source = SealedField(compartment="general")
    """From whom it came, and the reference of the donor."""
    batch = SealedField(compartment="general")
    why = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "outreach_goods_move"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=MOVES), name="outreach_goods_kind_known"),
            models.UniqueConstraint(fields=["amends"], name="outreach_goods_one_chain"),
            models.UniqueConstraint(fields=["of"], name="outreach_goods_taken_out_once"),
            models.CheckConstraint(
                condition=Q(kind="came", quantity__gt=0, source__isnull=False)
                | Q(kind="came", quantity=0, amends__isnull=False, source__isnull=False)
                | Q(kind="counted")
                | Q(kind="taken_out", quantity__lte=0),
                name="outreach_goods_direction",
            ),
            models.CheckConstraint(
                condition=Q(kind="counted", counted__isnull=False) & (Q(quantity=0) | Q(why__isnull=False))
                | ~Q(kind="counted") & Q(counted__isnull=True),
                name="outreach_goods_count_paired",
            ),
            models.CheckConstraint(
                condition=Q(kind="taken_out", of__isnull=False) | ~Q(kind="taken_out") & Q(of__isnull=True),
                name="outreach_goods_of_paired",
            ),
            models.CheckConstraint(
                condition=Q(kind="came") | Q(expires_on__isnull=True, amends__isnull=True),
                name="outreach_goods_delivery_only",
            ),
            models.CheckConstraint(condition=~Q(of=F("id")), name="outreach_goods_of_another"),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "what", "on"], name="outreach_goods_site_what")]
