"""The number that a hospital or another facility gave somebody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from karama.journal import SealedField, State


class FacilityNumber(State):
    """One number of a person at one site, as its own people write it there; she may have several.

    Two files may have one number: then a human decides whether they are one person.
    """

    KIND: ClassVar[int] = 127
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "site": "general", "digest": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="facility_numbers")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    number = SealedField(compartment="general", store="identity")
    digest = models.BinaryField(max_length=32)
    """HMAC-SHA256 over the site and the plain form of the number (`actions.facility.number_digest`)."""

    class Meta:
        db_table = "people_facility_number"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "digest"], name="people_facility_number_once")
        ]
        indexes: ClassVar = [models.Index(fields=["digest"], name="people_facility_number_digest")]
