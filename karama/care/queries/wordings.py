"""What wording is loaded, and what the owners of instruments allowed. About no participant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from karama.care import cards, recordings, wording
from karama.care.models import InstalledWording
from karama.journal import clock


@dataclass(frozen=True)
class Loaded:
    """A wording in force. `whole`: its file is there and is the one that was loaded. `heard`: questions that can be
    heard; `too_large`: those of them that go to no telephone."""

    instrument: str
    version: str
    language: str
    validated: bool
    whole: bool
    source: str
    licence: str
    validator: str
    heard: int
    too_large: tuple[str, ...]


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
            heard=recordings.in_force(row.instrument, row.language).count(),
            too_large=tuple(recordings.too_large_for_telephones(row.instrument, row.language)),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Permission:
    """An instrument whose owner has to allow its use. `holds`: today. The rest is empty when nothing is recorded."""

    instrument: str
    name: str
    holds: bool
    who: str = ""
    reference: str = ""
    given_on: date | None = None
    until: date | None = None


def owner_permissions() -> list[Permission]:
    """Every instrument that needs its owner's permission, by code, with the permission that counts."""
    today, found = clock.day_in_utc(), []
    for card in sorted(cards.cards(), key=lambda one: one.code):
        if not card.licence.permission_required:
            continue
        row = wording.permission_of(card.code)
        if row is None:
            found.append(Permission(card.code, card.name, False))
            continue
        who, reference = row.unseal("who") or "", row.unseal("reference") or ""
        holds = wording.holds(row, today)
        found.append(Permission(card.code, card.name, holds, who, reference, row.given_on, row.until))
    return found
