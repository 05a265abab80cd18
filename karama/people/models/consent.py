"""What a person decided, and that the limits of confidentiality were explained to her first. Facts, never edited."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField


class Decision(models.TextChoices):
    """The answer to one question."""

    YES = "yes", pgettext_lazy("consent", "Yes")
    NO = "no", pgettext_lazy("consent", "No")
    LATER = "later", pgettext_lazy("consent", "Ask me later")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "Withdrawn")


class Method(models.TextChoices):
    """How the decision was given."""

    VERBAL = "verbal", _("Said")
    WITNESSED = "witnessed", _("Said before a witness")
    SIGNATURE = "signature", _("Signed")
    MARK = "mark", _("Finger mark")
    AUDIO = "audio", _("Recorded as sound")
    ELSEWHERE = "elsewhere", _("Recorded outside this system")


class GivenBy(models.TextChoices):
    """Who decided (`rules.consent.GIVERS`)."""

    SELF = "self", _("The person")
    GUARDIAN = "guardian", _("A guardian")
    BEST_INTEREST = "best_interest", _("A protection duty, in the person's best interest")


class WitnessKin(models.TextChoices):
    """What a witness is to the person: whoever is near her may press her."""

    NOT_RELATIVE = "not_relative", _("Not a relative")
    RELATIVE = "relative", _("A relative")
    PARTNER = "partner", _("Husband, wife or partner")
    COLLEAGUE = "colleague", _("Somebody who works here")
    INTERPRETER = "interpreter", _("The interpreter")


class Consent(Fact):
    """One decision about one purpose. `sequence` is the server's order for this person; no device clock takes part.

    `recipient` is a code of `rules.classes.RECIPIENTS`, or `any` for a refusal or withdrawal that names everybody.
    `classes`: the ordinary data classes (contact, general, clinical); a sensitive one stands alone, under seal.
    `witness`, `witness_kin`: who was there, and what she is to the person (`WitnessKin`); empty where nobody asked, as
    in decisions of before, from telephones and of imports.
    `cites`: ids of the refusals and withdrawals that a grant lifts, or of the grants that a withdrawal ends.
    """

    KIND: ClassVar[int] = 35
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "sequence": "general",
        "purpose": "general",
        "decision": "general",
        "recipient": "general",
        "organisation": "general",
        "legal_basis": "general",
        "given_by": "general",
        "assent": "general",
        "method": "general",
        "classes": "general",
        "cites": "general",
        "expires_at": "general",
        "text_version": "general",
        "text_language": "general",
        "text_digest": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    sequence = models.PositiveIntegerField()
    purpose = models.CharField(max_length=12)
    decision = models.CharField(max_length=9, choices=Decision.choices)
    recipient = models.CharField(max_length=20, default="none")
    organisation = models.ForeignKey(
        "programme.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    legal_basis = models.CharField(max_length=20, default="consent")
    given_by = models.CharField(max_length=13, choices=GivenBy.choices, default=GivenBy.SELF)
    assent = models.BooleanField(default=False)
    method = models.CharField(max_length=10, choices=Method.choices)
    classes = models.JSONField(default=list)
    cites = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True, blank=True)
    text_version = models.CharField(max_length=40, blank=True)
    text_language = models.CharField(max_length=20, blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    sensitive_class = SealedField(compartment="general")
    note = SealedField(compartment="general")
    witness = SealedField(compartment="general", store="identity")
    witness_kin = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "people_consent"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["person", "sequence"], name="people_consent_order"),
            models.CheckConstraint(
                condition=~models.Q(recipient="any") | models.Q(decision__in=["no", "withdrawn"]),
                name="people_consent_grant_names_recipient",
            ),
        ]


class WithdrawalEffect(Fact):
    """What a withdrawal or a no changed in one place or for one recipient, and when: "executed on" (A3)."""

    KIND: ClassVar[int] = 41
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "consent": "general",
        "state": "general",
        "executed_at": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="effects")
    state = models.CharField(
        max_length=7,
        choices=[
            ("done", _("Executed")),
            ("pending", _("Not executed yet")),
            ("cannot", _("Cannot be called back")),
        ],
    )
    executed_at = models.DateTimeField(null=True)
    place = SealedField(compartment="general")
    """The recipient or place in words, without a person's name."""

    class Meta(Fact.Meta):
        db_table = "people_withdrawal_effect"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(executed_at__isnull=False),
                name="people_withdrawal_effect_dated",
            ),
        ]


class Explained(models.TextChoices):
    """How the limits of confidentiality were explained, or that this was put off with a reason."""

    READ_ALOUD = "read_aloud", _("Read aloud")
    OWN_READING = "own_reading", _("Read by the person")
    INTERPRETER = "interpreter", _("Through an interpreter")
    POSTPONED = "postponed", _("Put off: not possible now")


class LimitsExplained(Fact):
    """That she was told, before any question, what must be passed on to others. Postponing needs a reason."""

    KIND: ClassVar[int] = 36
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "how": "general",
        "text_version": "general",
        "text_language": "general",
        "text_digest": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="limits_explained")
    how = models.CharField(max_length=11, choices=Explained.choices)
    text_version = models.CharField(max_length=40, blank=True)
    text_language = models.CharField(max_length=20, blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    reason = SealedField(compartment="general")

    class Meta(Fact.Meta):
        db_table = "people_limits_explained"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(how="postponed") | models.Q(reason__isnull=False),
                name="people_limits_postponed_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "recorded_at"], name="people_limits_person")]
