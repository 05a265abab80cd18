"""Reads the interventions shipped with the package. A folder with a card is an intervention: there is no list.

A card keeps each fact with its evidence. What was written from memory is a draft: it is shown with its mark and never
becomes a default (`Intervention.usual_meetings`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from karama.knowledge.languages import unread
from karama.knowledge.loader import KnowledgeError
from karama.rules.classes import DUTIES
from karama.rules.scoring.evidence import Evidence
from karama.rules.scoring.fields import CardError, Fields

CARD: Final = "intervention.toml"
FORMATS: Final = ("group", "individual", "community")
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Range:
    """From so many to so many; `most` is None where there is no end."""

    least: int
    most: int | None
    evidence: Evidence


@dataclass(frozen=True)
class Stated:
    """Words of ours about a fact, by language."""

    words: Texts
    evidence: Evidence


@dataclass(frozen=True)
class Provider:
    """Who may deliver it, as duties, and in words."""

    duties: tuple[str, ...]
    words: str
    evidence: Evidence


@dataclass(frozen=True)
class Component:
    """A part of the intervention by its topic."""

    code: str
    names: Texts
    evidence: Evidence


@dataclass(frozen=True)
class Fidelity(Component):
    """Something that belongs to a good meeting. `at_a_distance`: whether it is possible by telephone or online."""

    at_a_distance: bool = True


@dataclass(frozen=True)
class Planned:
    """The components that a meeting of the curriculum is about."""

    number: int
    activities: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True)
class Intervention:
    """One card. Whatever is None is not known."""

    code: str
    version: str
    format: str
    names: Texts
    four_ws: Component | None
    meetings: Range | None
    minutes: Range | None
    size: Range | None
    provider: Provider
    eligibility: Stated | None
    exclusion: Stated | None
    components: tuple[Component, ...]
    plan: tuple[Planned, ...]
    fidelity: tuple[Fidelity, ...]

    @property
    def usual_meetings(self) -> int | None:
        """How many meetings a cycle has, where one number is verified; a draft never becomes a default."""
        told = self.meetings
        return told.least if told and told.least == told.most and not told.evidence.draft else None

    @property
    def draft(self) -> bool:
        """Whether something of the curriculum still has to be checked against its source."""
        parts: tuple[Component | Planned, ...] = (*self.components, *self.plan, *self.fidelity)
        return any(one.evidence.draft for one in parts)

    def activities(self, number: int) -> tuple[Component, ...]:
        """What meeting `number` is about; empty where the curriculum does not say."""
        planned = next((one for one in self.plan if one.number == number), None)
        by_code = {one.code: one for one in self.components}
        return tuple(by_code[code] for code in planned.activities) if planned else ()

    def impossible_at_a_distance(self) -> frozenset[str]:
        """Fidelity items that nobody can do by telephone or online."""
        return frozenset(one.code for one in self.fidelity if not one.at_a_distance)


def interventions() -> tuple[str, ...]:
    """The codes of every intervention that ships, in alphabetical order."""
    return tuple(sorted(folder.name for folder in _home().iterdir() if (folder / CARD).is_file()))


@lru_cache(maxsize=256)
def intervention(code: str) -> Intervention:
    """The card of an intervention. Raises KnowledgeError, naming the file and the key."""
    path = _home() / code / CARD
    if not code.isidentifier() or not path.is_file():
        raise KnowledgeError(f"There is no intervention {code!r}: choose one of {', '.join(interventions())}.")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"interventions/{code}/{CARD}: {error}") from error
    return intervention_from(code, table)


def intervention_from(folder: str, table: Mapping[str, Any]) -> Intervention:
    """The card of a parsed file. Raises KnowledgeError."""
    fields = Fields(table, f"interventions/{folder}/{CARD}")
    try:
        unread(fields)
        found = _card(fields)
        fields.finish()
        _check(found, folder, fields.where)
    except CardError as error:
        raise KnowledgeError(str(error)) from error
    return found


def _card(fields: Fields) -> Intervention:
    return Intervention(
        code=fields.take("code", str),
        version=fields.take("version", str),
        format=fields.choose("format", FORMATS),
        names=_names(fields),
        four_ws=_four_ws(fields.part_or_none("four_ws")),
        meetings=_range(fields.part_or_none("meetings")),
        minutes=_usual(fields.part_or_none("minutes")),
        size=_range(fields.part_or_none("size")),
        provider=_provider(fields.part("provider")),
        eligibility=_stated(fields.part_or_none("eligibility")),
        exclusion=_stated(fields.part_or_none("exclusion")),
        components=fields.each("components", lambda each: Component(*_coded(each))),
        plan=fields.each("plan", _planned),
        fidelity=fields.each("fidelity", _fidelity),
    )


def _fidelity(each: Fields) -> Fidelity:
    far = each.take("at_a_distance", bool)
    return Fidelity(*_coded(each), at_a_distance=far)


def _coded(each: Fields) -> tuple[str, Texts, Evidence]:
    return each.take("code", str), _names(each), each.evidence()


def _names(each: Fields, key: str = "names") -> Texts:
    found: dict[str, str] = each.take(key, dict)
    if "en" not in found or not all(isinstance(one, str) and one.strip() for one in found.values()):
        raise CardError(f"{each.where}: {key!r} must hold a text for each language, English among them.")
    return found


def _four_ws(part: Fields | None) -> Component | None:
    if part is None:
        return None
    found = Component(part.take("code", str), {}, part.evidence())
    part.finish()
    return found


def _range(part: Fields | None) -> Range | None:
    if part is None:
        return None
    found = Range(part.take("least", int), part.take("most", int, None), part.evidence())
    part.finish()
    if found.least < 1 or (found.most is not None and found.most < found.least):
        raise CardError(f"{part.where}: 'least' must be 1 or more and not above 'most'.")
    return found


def _usual(part: Fields | None) -> Range | None:
    if part is None:
        return None
    usual = part.take("usual", int)
    found = Range(usual, usual, part.evidence())
    part.finish()
    return found


def _stated(part: Fields | None) -> Stated | None:
    if part is None:
        return None
    found = Stated(_names(part, "words"), part.evidence())
    part.finish()
    return found


def _provider(part: Fields) -> Provider:
    found = Provider(tuple(part.take("duties", list)), part.take("words", str), part.evidence())
    part.finish()
    if not found.duties or not set(found.duties) <= set(DUTIES):
        raise CardError(f"{part.where}: 'duties' must hold duties of this house.")
    return found


def _planned(each: Fields) -> Planned:
    return Planned(each.take("number", int), tuple(each.take("activities", list)), each.evidence())


def _check(found: Intervention, folder: str, where: str) -> None:
    if found.code != folder:
        raise CardError(f"{where}: 'code' must be the name of its folder.")
    known = {one.code for one in found.components}
    if not all(set(one.activities) <= known for one in found.plan):
        raise CardError(f"{where}: 'plan' names an activity that is no component.")
    if [one.number for one in found.plan] != list(range(1, len(found.plan) + 1)):
        raise CardError(f"{where}: 'plan' must count its meetings from 1.")
    for kind in (found.components, found.fidelity):
        codes = [one.code for one in kind]
        if len(codes) != len(set(codes)):
            raise CardError(f"{where}: a code stands twice.")


def _home() -> Traversable:
    return files("karama.knowledge") / "interventions"
