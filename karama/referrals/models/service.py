"""Services to which people are referred, and the agreements that let something be shared with who runs them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karama.journal import SealedField, State
from karama.rules.referrals import RECIPIENT_CLASSES, SECTORS


class Sector(models.TextChoices):
    """Kind of help (`rules.referrals.SECTORS`)."""

    MEDICAL = "medical", _("Medical care")
    MENTAL_HEALTH = "mental_health", _("Mental health care")
    HIV = "hiv", _("HIV care")
    GBV = "gbv", _("Support after violence because of gender")
    CHILD = "child_protection", _("Child protection")
    PROTECTION = "protection", _("Protection")
    LEGAL = "legal", _("Papers and legal help")
    LIVELIHOODS = "livelihoods", _("Work and income")
    CASH = "cash", _("Cash and goods")
    EDUCATION = "education", _("School and education")
    SHELTER = "shelter", _("Shelter and housing")
    OTHER = "other", _("Other help")


class Cost(models.TextChoices):
    """What a person pays there."""

    FREE = "free", _("Free")
    FEE = "fee", _("A fee")
    WAIVED = "waived", _("A fee, waived on request")
    UNKNOWN = "unknown", _("Not known")


class Access(models.TextChoices):
    """How somebody with a disability gets in and is understood."""

    STEP_FREE = "step_free", _("Without steps")
    TOILET = "toilet", _("Accessible toilet")
    SIGN = "sign", _("Sign language")
    EASY = "easy", _("Easy words and pictures")
    HOME = "home", _("Visits at home")
    TRANSPORT = "transport", _("Transport is offered")


class SafeFor(models.TextChoices):
    """Who was treated well there, as somebody who went says."""

    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    GIRLS = "girls", _("Girls")
    BOYS = "boys", _("Boys")
    LGBT = "lgbt", _("People of every gender and sexuality")
    DISABILITY = "disability", _("People with disabilities")
    NO_PAPERS = "no_papers", _("People without papers")
    OLDER = "older", _("Older people")


class Service(State):
    """One service of one provider. `organisation`: the partner that runs it, where one stands in this installation.

    `languages`, `access`, `safe_for`: codes with commas. `verified_on`: the day on which somebody last asked there.
    """

    KIND: ClassVar[int] = 165
    OPEN: ClassVar[dict[str, str]] = {
        "programme": "general",
        "organisation": "general",
        "provider": "general",
        "sector": "general",
        "area": "general",
        "hours": "general",
        "cost": "general",
        "languages": "general",
        "access": "general",
        "safe_for": "general",
        "verified_on": "general",
        "verified_by": "general",
        "closed_on": "general",
    }

    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "programme.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    provider = models.CharField(max_length=120)
    sector = models.CharField(max_length=16, choices=Sector.choices)
    area = models.CharField(max_length=120, blank=True, default="")
    hours = models.CharField(max_length=120, blank=True, default="")
    cost = models.CharField(max_length=7, choices=Cost.choices, default=Cost.UNKNOWN)
    languages = models.CharField(max_length=120, blank=True, default="")
    access = models.CharField(max_length=120, blank=True, default="")
    safe_for = models.CharField(max_length=120, blank=True, default="")
    verified_on = models.DateField(null=True, blank=True)
    verified_by = models.UUIDField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    how = SealedField(compartment="general")
    """How to get there and whom to ask for: where a shelter is must not stand open in a stolen copy."""

    class Meta:
        db_table = "referrals_service"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sector__in=list(SECTORS)), name="referrals_service_sector"),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_by__isnull=True)
                | Q(verified_on__isnull=False, verified_by__isnull=False),
                name="referrals_service_verified_paired",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "sector"], name="referrals_service_kind")]

    @staticmethod
    def codes(value: str) -> list[str]:
        """Codes that are kept with commas, as a list."""
        return [one for one in value.split(",") if one]


class Recipient(models.TextChoices):
    """As whom a partner receives (`rules.classes.RECIPIENTS`)."""

    HEALTH = "partner_health", _("Health partner")
    PROTECTION = "partner_protection", _("Protection partner")
    LEGAL = "partner_legal", _("Legal partner")


class Agreement(State):
    """A sharing agreement of a programme with a partner: which classes, until which day. Past it nothing is shared."""

    KIND: ClassVar[int] = 166
    OPEN: ClassVar[dict[str, str]] = {
        "programme": "general",
        "organisation": "general",
        "recipient": "general",
        "classes": "general",
        "from_on": "general",
        "until_on": "general",
        "ended_on": "general",
    }

    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("programme.Organisation", on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=18, choices=Recipient.choices)
    classes = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "referrals_agreement"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until_on__gt=models.F("from_on")), name="referrals_agreement_order"),
            models.CheckConstraint(condition=Q(recipient__in=RECIPIENT_CLASSES), name="referrals_agreement_recipient"),
            models.UniqueConstraint(
                fields=["programme", "organisation"],
                condition=Q(ended_on__isnull=True),
                name="referrals_agreement_once",
            ),
        ]
