"""Who is in the room, which service was offered, who records violence at a site, and what is recorded there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from karama.journal import Fact, SealedField, State


class FocalPoint(State):
    """A colleague who alone records violence at a site, beside a duty of care. In force while `until_on` is empty."""

    KIND: ClassVar[int] = 200
    OPEN: ClassVar[dict[str, str]] = {
        "user": "general",
        "site": "general",
        "since_on": "general",
        "until_on": "general",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        db_table = "care_focal_point"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "site"], condition=Q(until_on__isnull=True), name="care_focal_point_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="care_focal_point_days"
            ),
        ]


class CompanySaid(State):
    """Who is in the room, as a worker said last; it holds for one conversation (`rules.alone`)."""

    KIND: ClassVar[int] = 203
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "user": "general", "said_at": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    said = SealedField(compartment="general")

    class Meta:
        db_table = "care_company_said"
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "user"], name="care_company_said_once")]


class Offer(Fact):
    """A service that was offered, and what the person said: yes, no, later. It is no referral: that follows by `token`.

    Exactly one of `way`, `way_gbv` and `way_hiv` is filled, by the compartment of the service. `token`: what a slip
    shows; drawn at random where the person said yes, and it tells nothing.
    """

    KIND: ClassVar[int] = 201
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "offered_on": "general", "token": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="offers")
    offered_on = models.DateField()
    token = models.CharField(max_length=14, null=True, unique=True)
    way = SealedField(compartment="general")
    way_gbv = SealedField(compartment="gbv")
    way_hiv = SealedField(compartment="hiv")
    said = SealedField(compartment="general")
    accompany = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "care_offer"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(way__isnull=False, way_gbv__isnull=True, way_hiv__isnull=True)
                | Q(way__isnull=True, way_gbv__isnull=False, way_hiv__isnull=True)
                | Q(way__isnull=True, way_gbv__isnull=True, way_hiv__isnull=False),
                name="care_offer_one_way",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "offered_on"], name="care_offer_person")]


class ViolenceIncident(Fact):
    """What somebody told because she wants a referral: the type in the six classes of GBVIMS, how long ago, the kind of
    person who did it (never who), and which services she wants. Only for the named colleague of the site.
    """

    KIND: ClassVar[int] = 202
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "noted_on": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField()
    type = SealedField(compartment="gbv")
    timing = SealedField(compartment="gbv")
    actor = SealedField(compartment="gbv")
    services = SealedField(compartment="gbv")
    """`{service: "accepted" | "declined" | "not_available"}`."""

    class Meta(Fact.Meta):
        db_table = "care_violence_incident"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_incident_one_chain"),
            models.CheckConstraint(condition=Q(type__isnull=False, services__isnull=False), name="care_incident_whole"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "noted_on"], name="care_incident_person")]
