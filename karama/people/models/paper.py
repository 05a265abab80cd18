"""A form that somebody filled in on paper, and that is typed in later."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from karama.journal import SealedField, State
from karama.rules.papers import FORMS


class Paper(State):
    """One sheet, by the number printed on it, typed in once: `entered_at` says when, `record_id` what became of it.

    `person`: empty for a registration that is not typed in yet. `taken_on`, `precision`: the day on which it was filled
    in, as far as it is known; `taken_by`: who filled it in. `parts`: what of it is kept already, where one sheet makes
    several records (purposes of consent).
    `told`: what the paper says about safety: `{"danger": none | unknown | a kind of worry, "acted": "" | yes | no |
    unknown, "acted_by": a user's id or "other", "acted_on": a day}`.
    """

    KIND: ClassVar[int] = 126
    OPEN: ClassVar[dict[str, str]] = {
        "number": "general",
        "form": "general",
        "version": "general",
        "person": "general",
        "site": "general",
        "taken_by": "general",
        "taken_on": "general",
        "precision": "general",
        "parts": "general",
        "entered_at": "general",
        "record_id": "general",
    }

    number = models.CharField(max_length=14, unique=True)
    form = models.CharField(max_length=12, choices=[(form, letter) for letter, form in FORMS.items()])
    version = models.PositiveSmallIntegerField()
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="papers")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField()
    precision = models.CharField(max_length=7, default="day")
    parts = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField(null=True)
    record_id = models.UUIDField(null=True)
    told = SealedField(compartment="clinical")

    class Meta:
        db_table = "people_paper"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(entered_at__isnull=True, record_id__isnull=True)
                | models.Q(entered_at__isnull=False, record_id__isnull=False, person__isnull=False),
                name="people_paper_entered_paired",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="people_paper_person")]


class PrintedSheet(State):
    """A sheet that was printed, so that whoever printed it sees what was never typed in.

    `person`: for whom it was printed, empty for a blank one. `put_aside_at`: it will not be typed in; it is destroyed,
    or was lost. A number says by itself what it is: a sheet is typed in also where its printing was never told.
    """

    KIND: ClassVar[int] = 128
    OPEN: ClassVar[dict[str, str]] = {
        "number": "general",
        "form": "general",
        "person": "general",
        "printed_by": "general",
        "put_aside_at": "general",
    }

    number = models.CharField(max_length=14, unique=True)
    form = models.CharField(max_length=12, choices=[(form, letter) for letter, form in FORMS.items()])
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    put_aside_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_printed_sheet"
        indexes: ClassVar = [models.Index(fields=["printed_by"], name="people_printed_by")]
