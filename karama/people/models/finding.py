"""How a person is found again without her name standing anywhere: blind keys, and digests of other systems' keys."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from karama.journal import State


class NameKey(models.Model):
    """Derived, never journalled: a 20-bit number shared by several people, computed from a compound of her names.

    `version`: the index key it was made with (`security.blind_index.current_version`).
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    key = models.PositiveIntegerField()

    class Meta:
        db_table = "people_name_key"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "key", "person"], name="people_name_key_once")
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="people_name_key_person")]

    def __str__(self) -> str:
        return str(self.person_id)


class SeriesKey(State):
    """The key of a person in a series of imported files, as a keyed digest: the same key is the same person."""

    KIND: ClassVar[int] = 31
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "programme": "general", "digest": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    """HMAC-SHA256 over the series and the key in it (`actions.series.series_digest`)."""

    class Meta:
        db_table = "people_series_key"
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "digest"], name="people_series_key_once")]
        indexes: ClassVar = [models.Index(fields=["person"], name="people_series_key_person")]
