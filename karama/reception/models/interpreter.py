"""The roster of interpreters, what a person wishes, whom she does not want, and briefing and debrief."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import SealedField, State


class Sex(models.TextChoices):
    """As the interpreter wants it told to those who book."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    NOT_SAID = "not_said", _("Prefers not to say")


class Interpreter(State):
    """A colleague on the roster. `languages`: codes with a blank between; `signed_on`: she signed confidentiality."""

    KIND: ClassVar[int] = 73
    OPEN: ClassVar[dict[str, str]] = {
        "user": "general",
        "site": "general",
        "languages": "general",
        "sex": "general",
        "signed_on": "general",
        "until_on": "general",
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    languages = models.CharField(max_length=120)
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.NOT_SAID)
    signed_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta:
        db_table = "reception_interpreter"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "site"], condition=models.Q(until_on__isnull=True), name="reception_interpreter_once"
            ),
            models.CheckConstraint(condition=~models.Q(languages=""), name="reception_interpreter_speaks"),
        ]


class InterpreterWish(State):
    """The language a person wants interpreted and from whom; under her seal."""

    KIND: ClassVar[int] = 75
    OPEN: ClassVar[dict[str, str]] = {"person": "general"}

    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, related_name="interpreter_wish")
    language = SealedField(compartment="general")
    sex = SealedField(compartment="general")

    class Meta:
        db_table = "reception_interpreter_wish"


class InterpreterVeto(State):
    """Whom a person does not want to hear her, or who is related. Whoever books learns neither that nor why."""

    KIND: ClassVar[int] = 74
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "user": "general", "lifted_at": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    why = SealedField(compartment="general")
    """`veto` or `related`."""

    class Meta:
        db_table = "reception_interpreter_veto"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "user"], condition=models.Q(lifted_at__isnull=True), name="reception_veto_once"
            )
        ]


class Debrief(models.TextChoices):
    """How the interpreter left. What was heard is never written down here."""

    WELL = "well", pgettext_lazy("a debrief", "Spoke about it, goes well")
    SUPPORT = "support", pgettext_lazy("a debrief", "Wants support")
    NOT_WANTED = "not_wanted", pgettext_lazy("a debrief", "Did not want to")


class Interpreting(State):
    """The briefing before and the debrief after one appointment. `settled_at`: wanted support was given."""

    KIND: ClassVar[int] = 76
    OPEN: ClassVar[dict[str, str]] = {
        "appointment": "general",
        "interpreter": "general",
        "briefed_at": "general",
        "debriefed_at": "general",
        "debrief": "staff",
        "settled_at": "staff",
    }

    appointment = models.OneToOneField("reception.Appointment", on_delete=models.PROTECT, related_name="interpreting")
    interpreter = models.ForeignKey(Interpreter, on_delete=models.PROTECT, related_name="+")
    briefed_at = models.DateTimeField(null=True)
    debriefed_at = models.DateTimeField(null=True)
    debrief = models.CharField(max_length=10, choices=Debrief.choices, blank=True, default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reception_interpreting"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(debriefed_at__isnull=True, debrief="")
                | models.Q(debriefed_at__isnull=False) & ~models.Q(debrief=""),
                name="reception_debrief_paired",
            )
        ]
