"""The four digits by which a poster names its place: no two places have the same, and what hangs on a wall stays."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from karama.programme.models import CountryProgramme, Site
from karama.voice.tokens import place_code

MOST: Final = 10_000


def codes() -> dict[UUID, str]:
    """The digits of every site and programme, also of those that are closed. Whatever was there first keeps its own:
    ids are in the order in which they were made, and whoever comes later takes the next free ones."""
    ids = sorted((*Site.objects.values_list("id", flat=True), *CountryProgramme.objects.values_list("id", flat=True)))
    found: dict[UUID, str] = {}
    taken: set[str] = set()
    for one in ids[: MOST // 2]:
        turn = 0
        while (code := place_code(one, turn)) in taken:
            turn += 1
        taken.add(code)
        found[one] = code
    return found


def code_of(place: UUID) -> str:
    """The digits of one site or programme; empty where there is none."""
    return codes().get(place, "")
