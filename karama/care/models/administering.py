"""What must be there before an instrument is put to a person: its wording in a language, and its owner's permission."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from karama.journal import Reference, SealedField


class InstalledWording(Reference):
    """The official wording of an instrument in one language, kept as a file outside the database.

    `digest` is the SHA-256 of that file: a file that differs is not asked. `validated`: somebody validated this
    language version; who, and where it comes from, is sealed beside it. In force while `removed_at` is empty.
    """

    KIND: ClassVar[int] = 63
    OPEN: ClassVar[dict[str, str]] = {
        "instrument": "general",
        "version": "general",
        "language": "general",
        "digest": "general",
        "validated": "general",
        "removed_at": "general",
    }

    instrument = models.CharField(max_length=24)
    version = models.CharField(max_length=12)
    language = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    validated = models.BooleanField()
    removed_at = models.DateTimeField(null=True)
    source = SealedField(compartment="general")
    licence = SealedField(compartment="general")
    validator = SealedField(compartment="general")

    class Meta:
        db_table = "care_installed_wording"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "language"],
                condition=models.Q(removed_at__isnull=True),
                name="care_wording_once",
            ),
        ]


class OwnerPermission(Reference):
    """The owner of an instrument allowed its use: from whom, with which reference, from which day until which day.

    Both days count. Without `until` it has no end. The newest row of an instrument is the one that counts, so that a
    permission that was taken back is ended by recording it again with its last day.
    """

    KIND: ClassVar[int] = 64
    OPEN: ClassVar[dict[str, str]] = {"instrument": "general", "given_on": "general", "until": "general"}

    instrument = models.CharField(max_length=24)
    given_on = models.DateField()
    until = models.DateField(null=True)
    who = SealedField(compartment="general")
    reference = SealedField(compartment="general")

    class Meta:
        db_table = "care_owner_permission"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("given_on")),
                name="care_permission_days_in_order",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["instrument"], name="care_permission_instrument")]


class InstalledRecording(Reference):
    """One question of an installed wording, read aloud. `digest`: SHA-256 of its file; another file is not played.

    In force while `removed_at` is empty, and only with the wording of its language.
    """

    KIND: ClassVar[int] = 130
    OPEN: ClassVar[dict[str, str]] = {
        "instrument": "general",
        "language": "general",
        "item": "general",
        "format": "general",
        "digest": "general",
        "removed_at": "general",
    }

    instrument = models.CharField(max_length=24)
    language = models.CharField(max_length=20)
    item = models.CharField(max_length=24)
    format = models.CharField(max_length=4)
    digest = models.CharField(max_length=64)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "care_installed_recording"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "language", "item"],
                condition=models.Q(removed_at__isnull=True),
                name="care_recording_once",
            ),
        ]
