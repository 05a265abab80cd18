"""A participant: a random code, the way she chose to be known, and everything else under her own seal."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import SealedField, State


class IdentityMode(models.TextChoices):
    """How a person chose to be known, from most to least identifying (`rules.classes.IDENTITY_MODES`)."""

    NAMED = "named", _("With a name")
    ALIAS = "alias", _("With another chosen name")
    CODED = "coded", _("With a code only")
    ANONYMOUS = "anonymous", _("Without anything that identifies")


class Status(models.TextChoices):
    """Where a person's file stands. `merged_into`: the file is the same person as another one."""

    ACTIVE = "active", pgettext_lazy("a person's file", "Active")
    CLOSED = "closed", pgettext_lazy("a person's file", "Closed")
    MERGED = "merged_into", pgettext_lazy("a person's file", "Joined with another file")
    ERASED = "erased", pgettext_lazy("a person's file", "Erased")


class Reach(models.TextChoices):
    """Who may come near the file: the usual relations, or one named team only (staff and relatives as participants)."""

    USUAL = "usual", _("The people who work with this person")
    NAMED_TEAM = "named_team", _("One named team only")


class AgeBand(models.TextChoices):
    """Age in bands, completed years, as the sector's reports use them."""

    B0 = "0-4", "0–4"
    B5 = "5-9", "5–9"
    B10 = "10-14", "10–14"
    B15 = "15-17", "15–17"
    B18 = "18-24", "18–24"
    B25 = "25-34", "25–34"
    B35 = "35-49", "35–49"
    B50 = "50-59", "50–59"
    B60 = "60+", "60+"
    UNKNOWN = "unknown", _("Not known")


class Gender(models.TextChoices):
    """As the person says. `own_words` is opened only with the compartment for gender identity."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OWN_WORDS = "own_words", _("In own words")
    NOT_SAID = "not_said", _("Prefers not to say")


class SexForReports(models.TextChoices):
    """What is said where a report must say it, and nowhere else; never worked out from the gender."""

    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    OTHER = "other", pgettext_lazy("sex for reports", "Another answer")
    UNKNOWN = "unknown", _("Not known")
    NOT_SAID = "not_said", _("Prefers not to say")


class Displacement(models.TextChoices):
    """The person's situation, where the programme asks for it."""

    HOST = "host", _("Host community")
    IDP = "idp", _("Displaced within the country")
    RETURNEE = "returnee", _("Returned")
    REFUGEE = "refugee", _("Refugee")
    ASYLUM = "asylum_seeker", _("Asking for asylum")
    MIGRANT = "migrant", _("Migrant")
    STATELESS = "stateless", _("Stateless")
    UNKNOWN = "unknown", _("Not known")


class Person(State):
    """A participant. She is the subject of her own row: her keys seal it."""

    KIND: ClassVar[int] = 30
    OPEN: ClassVar[dict[str, str]] = {
        "code": "general",
        "identity_mode": "general",
        "programme": "general",
        "site": "general",
        "status": "general",
        "merged_into": "general",
        "reach": "staff",
        "held_by_team": "staff",
        "registered_on": "general",
    }

    code = models.CharField(max_length=14, unique=True)
    identity_mode = models.CharField(max_length=9, choices=IdentityMode.choices)
    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.ACTIVE)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined_files"
    )
    reach = models.CharField(max_length=10, choices=Reach.choices, default=Reach.USUAL)
    held_by_team = models.ForeignKey(
        "programme.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_on = models.DateField()

    names = SealedField(compartment="general", store="identity")
    """`{"called", "first", "last", "others": [spellings]}`; `called` is what to call her by."""
    birth = SealedField(compartment="general", store="identity")
    """`{"year": int, "precision": "year" | "approx"}`."""
    place = SealedField(compartment="general", store="identity")
    """Where she lives, in words, as far as she wants it written."""
    age_band = SealedField(compartment="general")
    age_noted_on = SealedField(compartment="general")
    """The day on which the age band was noted, in ISO form: a band grows older with the person."""
    gender = SealedField(compartment="general")
    """woman, man or not_said; `not_said` also stands for her own words, which are in `gender_own`."""
    gender_own = SealedField(compartment="kp_sogi")
    sex_for_reporting = SealedField(compartment="general")
    """F, M, other, unknown or not_said: only where a report asks for it. Without it nobody asked."""
    languages = SealedField(compartment="general")
    """BCP-47 codes, the preferred one first."""
    displacement = SealedField(compartment="general")
    ethnicity = SealedField(compartment="protection")

    class Meta:
        db_table = "people_person"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status=Status.MERGED, merged_into__isnull=False)
                | (~models.Q(status=Status.MERGED) & models.Q(merged_into__isnull=True)),
                name="people_person_merged_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(reach=Reach.NAMED_TEAM, held_by_team__isnull=False)
                | models.Q(reach=Reach.USUAL, held_by_team__isnull=True),
                name="people_person_held_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="people_person_not_into_itself",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["site", "status"], name="people_person_site")]

    def __str__(self) -> str:
        return self.code

    @property
    def subject_id(self) -> UUID:
        """The person herself."""
        return self.id


IDENTITY_FIELDS = ("names", "birth", "place")
"""Sealed with the identity key: who she is and where."""

PROFILE_FIELDS = (
    "age_band",
    "age_noted_on",
    "gender",
    "gender_own",
    "sex_for_reporting",
    "languages",
    "displacement",
    "ethnicity",
)
"""Sealed with the clinical key: what a report may count, never who she is."""
