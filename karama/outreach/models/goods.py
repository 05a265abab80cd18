"""What was given out: transport, incentives, kits, materials. Never a payment for coming to care."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from karama.journal import Fact
from karama.outreach.models.visit import Basis


class Issue(Fact):
    """Something was given to a participant by code, to a colleague or volunteer, or to people who are not written down.

    `quantity`: pieces, or whole units of `currency`, for all `count` who received. It knows no session and no
    attendance: nothing is given for coming, and nothing is kept back for not coming.
    """

    KIND: ClassVar[int] = 164
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "on": "general",
        "what": "general",
        "quantity": "general",
        "currency": "general",
        "person": "general",
        "user_id": "general",
        "visit": "general",
        "count": "general",
        "basis": "general",
        "signed": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    what = models.CharField(max_length=40)
    quantity = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, blank=True, default="")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    user_id = models.UUIDField(null=True)
    visit = models.ForeignKey("outreach.Visit", null=True, on_delete=models.PROTECT, related_name="issues")
    count = models.PositiveIntegerField(default=1)
    basis = models.CharField(max_length=8, choices=Basis.choices, default=Basis.PEOPLE)
    signed = models.BooleanField(default=False)

    class Meta(Fact.Meta):
        db_table = "outreach_issue"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="outreach_issue_one_chain"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="outreach_issue_basis"),
            models.CheckConstraint(condition=Q(count__gte=1), name="outreach_issue_count"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(user_id__isnull=True), name="outreach_issue_to_one"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True, user_id__isnull=True) | Q(count=1, basis="people"),
                name="outreach_issue_named_is_one",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "on"], name="outreach_issue_site_day")]
