"""The registers a programme must fill, each as a table ready to be written: one function for page and command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language, gettext

from karama.care.models import Session
from karama.evidence.access import LIST, MAKE
from karama.evidence.models import MadeRegister
from karama.evidence.problems import NoSuchRegister, NotMadeYet
from karama.evidence.registers.counting import EVERYWHERE
from karama.evidence.registers.listing import listed
from karama.evidence.registers.months import month_of
from karama.journal import Actor, Refused, clock
from karama.knowledge.pack_registers import Register, registers_of
from karama.people.access import purpose_of
from karama.programme.days import over_in
from karama.programme.models import CountryProgramme
from karama.programme.queries import programme_by_code
from karama.rules.permission import permit

Table = list[list[str]]


def registers_to_fill(by: Actor, programme: str) -> tuple[CountryProgramme, list[Register]]:
    """The programme and those of its registers that this duty may make. Raises `Absent`, `Refused`."""
    place = programme_by_code(by, programme)
    target = {"programme": place.id}
    if not permit(MAKE, by.attributes(), target, "statistics", clock.now()).allowed:
        raise Refused(MAKE.verb)
    lists = permit(LIST, by.attributes(), target, purpose_of(by), clock.now()).allowed
    return place, [one for one in registers_of(place.code) if one.kind == "counts" or lists]


def register_named(by: Actor, programme: str, code: str) -> tuple[CountryProgramme, Register]:
    """One of them. Raises `NoSuchRegister` also for one that another duty makes; `Absent`, `Refused`."""
    place, registers = registers_to_fill(by, programme)
    for one in registers:
        if one.code == code:
            return place, one
    raise NoSuchRegister()


def register_table(by: Actor, *, programme: str, register: str, month: str) -> Table:
    """Headings and lines of a register for a month: of counts as it was made, of rows from what is there now.

    Raises:
        NotMadeYet: nobody has made it. NoSuchMonth, MonthNotOver, NoSuchRegister, Absent, Refused.
    """
    place, found = register_named(by, programme, register)
    first, last = month_of(month, over_in(place.id))
    language = (get_language() or "en").split("-")[0]
    headings = [one.heading(language) for one in found.columns]
    if found.kind == "rows":
        lines = listed(by, place, found, first, last)
        return [headings, *([_in_words(found, line) for line in lines])]
    made = made_for(place, found, first)
    if made is None:
        raise NotMadeYet()
    names = {EVERYWHERE: gettext("All sites")}
    told = made.unseal("cells")
    columns = list(told["columns"])
    lines = [[names.get(site, site), *_as_made(found, columns, cells)] for site, *cells in told["lines"]]
    return [[gettext("Site"), *headings], *lines]


def made_for(place: CountryProgramme, register: Register, first: date) -> MadeRegister | None:
    """The register of this month, if it was made."""
    return MadeRegister.objects.filter(programme=place, register=register.code, month=first).first()


def _as_made(register: Register, columns: Sequence[str], cells: Sequence[str]) -> list[str]:
    """The cells in the order of today's columns; a column the pack has added since was not counted then."""
    known = dict(zip(columns, cells, strict=True))
    return [known.get(one.code, "") for one in register.columns]


def _in_words(register: Register, line: Sequence[str]) -> list[str]:
    words = {
        "attended": dict(Session._meta.get_field("attended").flatchoices),
        "place": dict(Session._meta.get_field("modality").flatchoices),
    }
    return [str(words.get(one.holds, {}).get(cell, cell)) for one, cell in zip(register.columns, line, strict=True)]
