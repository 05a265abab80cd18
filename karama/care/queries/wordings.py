"""What wording is loaded. About no participant."""

from __future__ import annotations

from dataclasses import dataclass

from karama.care import wording
from karama.care.models import InstalledWording


@dataclass(frozen=True)
class Loaded:
    """A wording in force. `whole`: its file is there and is the one that was loaded."""

    instrument: str
    version: str
    language: str
    validated: bool
    whole: bool
    source: str
    licence: str
    validator: str


def loaded() -> list[Loaded]:
    """Every wording in force, by instrument and language."""
    rows = InstalledWording.objects.filter(removed_at__isnull=True).order_by("instrument", "language")
    return [
        Loaded(
            instrument=row.instrument,
            version=row.version,
            language=row.language,
            validated=row.validated,
            whole=wording.load(row) is not None,
            source=row.unseal("source") or "",
            licence=row.unseal("licence") or "",
            validator=row.unseal("validator") or "",
        )
        for row in rows
    ]
