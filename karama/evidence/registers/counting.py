"""From what happened in a month to the cells of a register of counts: pure, protected, the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from karama.analytics.publish import told
from karama.care.activity import Deed
from karama.knowledge.pack_registers import Column, Register

EVERYWHERE = ""
"""Stands for the whole programme in the first place of a line."""

OF_PEOPLE = {"people_seen", "people_first_seen"}


def lines_of(register: Register, deeds: Sequence[Deed], sites: Sequence[tuple[UUID, str]]) -> list[list[str]]:
    """A line for each site (id, code) where the register wants it, then one for the whole programme, from the truth."""
    lines = []
    if register.by_site:
        for site, code in sites:
            lines.append([code, *_cells(register, [one for one in deeds if one.site == site])])
    return [*lines, [EVERYWHERE, *_cells(register, deeds)]]


def _cells(register: Register, deeds: Sequence[Deed]) -> list[str]:
    return [told(count(column, deeds), register.small) for column in register.columns]


def count(column: Column, deeds: Iterable[Deed]) -> int:
    """How many people, or how many times, before anything is protected."""
    fitting = [one for one in deeds if _fits(column, one)]
    if column.measure == "people_first_seen":
        return len({one.person for one in fitting if one.first})
    return len({one.person for one in fitting}) if column.measure == "people_seen" else len(fitting)


def _fits(column: Column, one: Deed) -> bool:
    measure = "sessions_held" if column.measure in OF_PEOPLE else column.measure
    return (
        one.measure == measure
        and (not column.sex or one.sex in column.sex)
        and (not column.ages or one.age_band in column.ages)
        and (not column.places or one.place in column.places)
    )
