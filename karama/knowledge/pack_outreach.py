"""A programme's `outreach.toml`: areas and fares, going alone, when somebody is called, what is given out.

A programme without the file, or with one that cannot be read, gets the house's own cautious rules: one area around the
site, alone only while a colleague waits for calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.packs.beside import between, table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.scoring.fields import CardError, Fields
from karama.rules.visits import AREA_STATES, LONE_RULES, Clocks

FILE: Final = "outreach.toml"
SETTERS: Final = ("supervisor", "director")
"""The duties of which a pack may say that they open and close an area."""

GOOD_KINDS: Final = ("transport", "incentive", "kit", "materials", "other")
CHAIN: Final = ("companion", "supervisor", "director")
"""Who is called for a visit of which nothing is heard, in this order."""


@dataclass(frozen=True)
class Area:
    """Where people go. `site`: code of its site. `fare`: there and back for one person, in whole units of money."""

    code: str
    site: str
    names: Mapping[str, str]
    usual: str = "go"
    lone: str = ""
    fare: int | None = None


@dataclass(frozen=True)
class Good:
    """Something that is given out. `names` stand on sheets that others see: they name no service.

    `low`: with so many pieces left, or fewer, the stock of a site is low; None: nobody said when.
    """

    code: str
    kind: str
    names: Mapping[str, str] = field(default_factory=dict)
    money: bool = False
    usual: int | None = None
    low: int | None = None


AROUND: Final = "around"
USUAL_GOODS: Final = (
    Good("transport", "transport", money=True),
    Good("incentive", "incentive", money=True),
    Good("kit", "kit", usual=1),
    Good("materials", "materials", usual=1),
)


@dataclass(frozen=True)
class Outreach:
    """The rules of a programme. `waits`: how long each of `CHAIN` is waited for. `call_every`: of whoever is alone.

    `nobody_answers`: language -> what is done when everybody was called and nobody answered; empty: the emergency
    instruction of the site.
    """

    areas: tuple[Area, ...] = ()
    lone: str = "with_calls"
    clocks: Clocks = Clocks(call_every=timedelta(minutes=120))
    waits: Mapping[str, timedelta] = field(
        default_factory=lambda: {
            "companion": timedelta(minutes=10),
            "supervisor": timedelta(minutes=15),
            "director": timedelta(minutes=30),
        }
    )
    setters: tuple[str, ...] = ("supervisor",)
    currency: str = ""
    goods: tuple[Good, ...] = USUAL_GOODS
    nobody_answers: Mapping[str, str] = field(default_factory=dict)

    def areas_of(self, site: str) -> tuple[Area, ...]:
        """The areas of a site; the surroundings of the site itself where the pack names none."""
        return tuple(one for one in self.areas if one.site == site) or (Area(AROUND, site, {}),)

    def area(self, site: str, code: str) -> Area | None:
        """One area of a site."""
        return next((one for one in self.areas_of(site) if one.code == code), None)

    def good(self, code: str) -> Good | None:
        """One of the things that are given out."""
        return next((one for one in self.goods if one.code == code), None)

    def lone_rule(self, area: Area | None) -> str:
        """Whether somebody may go to an area alone; an unknown area: never."""
        return "never" if area is None else area.lone or self.lone


USUAL: Final = Outreach()


@lru_cache(maxsize=64)
def outreach_of(code: str) -> Outreach:
    """The rules of a programme. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return USUAL if table is None else outreach_from(code, table)


def outreach_from(code: str, table: Mapping[str, Any]) -> Outreach:
    """The rules of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        fields.take("version", str)
        fields.evidence()
        found = Outreach(
            areas=fields.each("areas", _area),
            lone=fields.choose("lone", LONE_RULES),
            clocks=_clocks(fields.part("minutes")),
            waits=_waits(fields.part("waits")),
            setters=_setters(fields),
            currency=fields.take("currency", str, ""),
            goods=fields.each("goods", _good) or USUAL_GOODS,
            nobody_answers=_texts(fields, "nobody_answers"),
        )
        fields.finish()
    except CardError as error:
        raise PackError(str(error)) from error
    _once(found, f"programmes/{code}/{FILE}")
    return found


def _area(each: Fields) -> Area:
    return Area(
        code=each.take("code", str),
        site=each.take("site", str),
        names=_texts(each, "names"),
        usual=each.choose("usual", AREA_STATES, "go"),
        lone=each.choose("lone", ("", *LONE_RULES), ""),
        fare=between(each, "fare", 0, 10_000_000) if each.has("fare") else None,
    )


def _good(each: Fields) -> Good:
    return Good(
        code=each.take("code", str),
        kind=each.choose("kind", GOOD_KINDS),
        names=_texts(each, "names"),
        money=each.take("money", bool, False),
        usual=between(each, "usual", 1, 10_000_000) if each.has("usual") else None,
        low=between(each, "low", 0, 100_000) if each.has("low") else None,
    )


def _clocks(part: Fields) -> Clocks:
    grace, recall = (timedelta(minutes=between(part, key, 5, 240)) for key in ("grace", "recall"))
    calls = timedelta(minutes=between(part, "alone", 15, 480))
    part.finish()
    return Clocks(grace, calls, recall)


def _waits(part: Fields) -> dict[str, timedelta]:
    found = {who: timedelta(minutes=between(part, who, 5, 120)) for who in CHAIN}
    part.finish()
    return found


def _setters(fields: Fields) -> tuple[str, ...]:
    said = fields.take("set_by", list)
    if not said or any(one not in SETTERS for one in said):
        raise CardError(f"{fields.where}: 'set_by' must name {' or '.join(SETTERS)}.")
    return tuple(said)


def _texts(fields: Fields, key: str) -> dict[str, str]:
    part = fields.take(key, dict)
    if not part or any(not isinstance(text, str) or not text.strip() for text in part.values()):
        raise CardError(f"{fields.where}: {key!r} must hold a text for each language.")
    return dict(part)


def _once(found: Outreach, where: str) -> None:
    areas = [(one.site, one.code) for one in found.areas]
    goods = [one.code for one in found.goods]
    if len(set(areas)) < len(areas) or len(set(goods)) < len(goods):
        raise PackError(f"{where}: a code stands twice.")
    if any(one.money and one.low is not None for one in found.goods):
        raise PackError(f"{where}: 'low' is said of money, which is no stock.")
