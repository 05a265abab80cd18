"""A visit outside: planned, set out on, come back from. Where somebody is stands nowhere: only an area and times."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State
from karama.rules.visits import AREA_STATES, STEP_KINDS

REMINDED, WARNED = "reminded", "warned"
"""Steps that only inform: somebody was told that a visit is overdue, or that its area was closed."""

STEPS = (*STEP_KINDS, REMINDED, WARNED)


class Basis(models.TextChoices):
    """What a count counts."""

    PEOPLE = "people", pgettext_lazy("basis of a count", "People, each counted once")
    CONTACTS = "contacts", pgettext_lazy("basis of a count", "Contacts: some may be counted twice")
    UNSURE = "unsure", pgettext_lazy("basis of a count", "Not sure")


class Part(models.TextChoices):
    """What a colleague has to do with a visit."""

    LEADS = "leads", _("Leads the visit")
    GOES = "goes", _("Goes along")
    WAITS = "waits", _("Stays and waits for the call")


class Visit(Fact):
    """Somebody goes to an area of a site and means to be back at a time. `community`: for whoever is there.

    `fare`: what the pack said at planning, there and back for everybody who goes; None: nothing was said.
    """

    KIND: ClassVar[int] = 155
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "area": "general",
        "leaves_at": "general",
        "back_at": "general",
        "community": "general",
        "fare": "general",
        "currency": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=40)
    leaves_at = models.DateTimeField()
    back_at = models.DateTimeField()
    community = models.BooleanField(default=False)
    fare = models.PositiveIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    note = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "outreach_visit"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(back_at__gt=models.F("leaves_at")), name="outreach_visit_back_after"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "leaves_at"], name="outreach_visit_site")]


class VisitMember(Fact):
    """A colleague of a visit: who leads it, who goes along, who stays and waits for the call."""

    KIND: ClassVar[int] = 156
    OPEN: ClassVar[dict[str, str]] = {"visit": "general", "user_id": "general", "part": "general"}

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="members")
    user_id = models.UUIDField()
    part = models.CharField(max_length=5, choices=Part.choices)

    class Meta(Fact.Meta):
        db_table = "outreach_visit_member"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["visit", "user_id"], name="outreach_member_once"),
            models.UniqueConstraint(fields=["visit"], condition=models.Q(part="leads"), name="outreach_one_leads"),
            models.CheckConstraint(condition=models.Q(part__in=Part.values), name="outreach_member_part"),
        ]
        indexes: ClassVar = [models.Index(fields=["user_id"], name="outreach_member_user")]


class VisitPerson(State):
    """A participant who is visited. `dropped_at`: since then she is not, because everything planned ended at once."""

    KIND: ClassVar[int] = 157
    OPEN: ClassVar[dict[str, str]] = {"visit": "general", "person": "general", "dropped_at": "general"}

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outreach_visit_person"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "person"], name="outreach_visited_once"),
        ]


class VisitStep(Fact):
    """One step of a visit. `back_at`: a new time of coming back. `to_id`: who was told.

    `reached`, `basis`: how many were met, said at coming back; None: not said.
    """

    KIND: ClassVar[int] = 158
    OPEN: ClassVar[dict[str, str]] = {
        "visit": "general",
        "step": "general",
        "to_id": "general",
        "back_at": "general",
        "reached": "general",
        "basis": "general",
    }

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=11, choices=[(code, code) for code in STEPS])
    to_id = models.UUIDField(null=True)
    back_at = models.DateTimeField(null=True)
    reached = models.PositiveIntegerField(null=True)
    basis = models.CharField(max_length=8, choices=Basis.choices, blank=True, default="")
    note = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "outreach_visit_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(step__in=STEPS), name="outreach_step_known"),
            models.CheckConstraint(
                condition=models.Q(step__in=[REMINDED, WARNED], to_id__isnull=False)
                | ~models.Q(step__in=[REMINDED, WARNED]) & models.Q(to_id__isnull=True),
                name="outreach_step_to_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(reached__isnull=True, basis="")
                | models.Q(reached__isnull=False, basis__in=Basis.values, step="back"),
                name="outreach_reached_has_basis",
            ),
        ]


class AreaState(Fact):
    """Whether an area of a site may be gone to, until a moment. What is said later counts instead.

    `since`: since when it has been so without a break; saying the same again does not begin anew.
    """

    KIND: ClassVar[int] = 159
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "area": "general",
        "state": "general",
        "since": "general",
        "until": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=40)
    state = models.CharField(max_length=5, choices=[(code, code) for code in AREA_STATES])
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "outreach_area_state"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(state__in=AREA_STATES), name="outreach_area_known"),
            models.CheckConstraint(condition=models.Q(reason__isnull=False), name="outreach_area_has_reason"),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("recorded_at"), since__lte=models.F("recorded_at")),
                name="outreach_area_expires",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "area", "recorded_at"], name="outreach_area_of_site")]
