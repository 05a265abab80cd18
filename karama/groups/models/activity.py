"""What is done with a community, where nobody is on a list: how many, of which age and sex, counted how."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField
from karama.rules.groups import ACTIVITY_KINDS, AGE_BANDS, BASES


class ActivityKind(models.TextChoices):
    """What was done (`rules.groups.ACTIVITY_KINDS`)."""

    AWARENESS = "awareness", pgettext_lazy("a community activity", "Awareness")
    INFORMATION = "information", pgettext_lazy("a community activity", "Information")
    MOBILISATION = "mobilisation", pgettext_lazy("a community activity", "The community organises itself")
    RECREATION = "recreation", pgettext_lazy("a community activity", "Recreation, sport, art")
    SKILLS = "skills", pgettext_lazy("a community activity", "Learning skills")
    CEREMONY = "ceremony", pgettext_lazy("a community activity", "Ceremony or remembrance")
    OTHER = "other", pgettext_lazy("a community activity", "Something else")


class Basis(models.TextChoices):
    """What a count counts (`rules.groups.BASES`)."""

    PEOPLE = "people", _("People: each once")
    CONTACTS = "contacts", _("Contacts: some may have come before")
    UNSURE = "unsure", _("Not sure")


class CommunityActivity(Fact):
    """Something that was done with a community at or near a site; counted, nobody is named."""

    KIND: ClassVar[int] = 150
    OPEN: ClassVar[dict[str, str]] = {
        "site": "general",
        "kind": "general",
        "four_ws": "general",
        "occurred_on": "general",
        "minutes": "general",
        "basis": "general",
    }

    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ActivityKind.choices)
    four_ws = models.CharField(max_length=5)
    occurred_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True)
    basis = models.CharField(max_length=8, choices=Basis.choices)
    title = SealedField(compartment="general")
    place = SealedField(compartment="general")
    materials = SealedField(compartment="general")
    words = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "groups_activity"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="groups_activity_one_chain"),
            models.CheckConstraint(condition=models.Q(kind__in=ACTIVITY_KINDS), name="groups_activity_kind_known"),
            models.CheckConstraint(condition=models.Q(basis__in=BASES), name="groups_activity_basis_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "occurred_on"], name="groups_activity_site")]


class ActivityCount(Fact):
    """How many of one age band and sex. A band that nobody counted has no row: it is not zero."""

    KIND: ClassVar[int] = 151
    OPEN: ClassVar[dict[str, str]] = {"activity": "general", "age_band": "general", "sex": "general", "many": "general"}

    activity = models.ForeignKey(CommunityActivity, on_delete=models.PROTECT, related_name="counts")
    age_band = models.CharField(max_length=7)
    sex = models.CharField(max_length=7)
    many = models.PositiveIntegerField()

    class Meta(Fact.Meta):
        db_table = "groups_activity_count"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["activity", "age_band", "sex"], name="groups_count_once"),
            models.CheckConstraint(
                condition=models.Q(age_band__in=(*AGE_BANDS, "unknown")), name="groups_count_band_known"
            ),
            models.CheckConstraint(
                condition=models.Q(sex__in=("F", "M", "other", "unknown")), name="groups_count_sex_known"
            ),
        ]
