"""A programme's `groups.toml`: which interventions it runs in groups, when a check-in is due, local adaptations, and
what holds for groups of peers: who may lead one, what they keep to, who stands behind them.

A programme without the file runs no intervention in groups; peers, self-help, recreation and skills need none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from karama.knowledge.intervention_cards import interventions
from karama.knowledge.loader import instruments
from karama.knowledge.packs.beside import table_of
from karama.knowledge.packs.reading import PackError
from karama.rules.classes import CARE_DUTIES
from karama.rules.scoring.evidence import Evidence
from karama.rules.scoring.fields import CardError, Fields

FILE: Final = "groups.toml"
LONGEST: Final = 60
PEER_KINDS: Final = ("peer_support", "self_help")
FACILITATING: Final = CARE_DUTIES | {"volunteer"}
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Run:
    """An intervention of this programme. `meetings`: how many a cycle has here, None where it is chosen each time.

    `check_in_after`: numbers of the meetings after which everybody who came is asked how she is, within
    `check_in_days`; `instruments`: what is asked then. Answers are kept in care.
    """

    intervention: str
    meetings: int | None
    check_in_after: tuple[int, ...]
    check_in_days: int
    instruments: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True)
class Adaptation:
    """A local change of an intervention: what, why, with whom it was agreed, how it was tried. Versions add up."""

    intervention: str
    version: str
    since: date
    what: Texts
    why: Texts
    with_whom: Texts
    tested: Texts


@dataclass(frozen=True)
class Peers:
    """What holds for groups of peers of one kind.

    `duties`: who may lead one; `boundaries`: what they do and do not do, as they agreed it; `supervised_by`: duties
    that stand behind them, at least every `supervised_every` days; `talk_every`: after so many meetings a talk is
    offered to each of them, which nobody else learns.
    """

    kind: str
    duties: tuple[str, ...]
    boundaries: tuple[Texts, ...]
    supervised_by: tuple[str, ...]
    supervised_every: int
    talk_every: int
    evidence: Evidence


@dataclass(frozen=True)
class Groups:
    """What `groups.toml` says. `lists_to_sign`: whether a list of who comes may be printed at all."""

    version: str
    runs: tuple[Run, ...] = ()
    adaptations: tuple[Adaptation, ...] = ()
    peers: tuple[Peers, ...] = ()
    lists_to_sign: bool = True

    def run(self, intervention: str) -> Run | None:
        """How this programme runs an intervention; None when it does not."""
        return next((one for one in self.runs if one.intervention == intervention), None)

    def among_peers(self, kind: str) -> Peers | None:
        """What holds for groups of this kind; None where peers do not lead them, or nothing is said."""
        return next((one for one in self.peers if one.kind == kind), None)

    def adapted(self, intervention: str) -> tuple[Adaptation, ...]:
        """Its adaptations, the newest first."""
        rows = (one for one in self.adaptations if one.intervention == intervention)
        return tuple(sorted(rows, key=lambda one: one.since, reverse=True))


USUAL: Final = Groups(version="")


@lru_cache(maxsize=64)
def groups_of(code: str) -> Groups:
    """The groups of a programme. Raises PackError naming the file and the key when the file is wrong."""
    table = table_of(code, FILE)
    return USUAL if table is None else groups_from(code, table)


def groups_from(code: str, table: Mapping[str, Any]) -> Groups:
    """The groups of a parsed file. Raises PackError."""
    fields = Fields(table, f"programmes/{code}/{FILE}")
    try:
        found = Groups(
            fields.take("version", str),
            fields.each("runs", _run),
            fields.each("adaptations", _adaptation),
            fields.each("peers", _peers),
            fields.take("lists_to_sign", bool, True),
        )
        fields.finish()
        _check(found, fields.where)
    except CardError as error:
        raise PackError(str(error)) from error
    return found


def _run(each: Fields) -> Run:
    after, asked = each.take("check_in_after", list, []), each.take("instruments", list, [])
    found = Run(
        intervention=each.choose("intervention", interventions()),
        meetings=_within(each, "meetings", 1, LONGEST),
        check_in_after=tuple(after),
        check_in_days=_within(each, "check_in_days", 1, 60) or 7,
        instruments=tuple(asked),
        evidence=each.evidence(),
    )
    last = found.meetings or LONGEST
    if not all(isinstance(one, int) and 1 <= one <= last for one in after) or sorted(set(after)) != after:
        raise CardError(f"{each.where}: 'check_in_after' must hold numbers of its meetings, the first first.")
    if not set(asked) <= set(instruments()):
        raise CardError(f"{each.where}: 'instruments' names one that does not ship.")
    return found


def _adaptation(each: Fields) -> Adaptation:
    return Adaptation(
        intervention=each.choose("intervention", interventions()),
        version=each.take("version", str),
        since=each.take("since", date),
        what=_texts(each, "what"),
        why=_texts(each, "why"),
        with_whom=_texts(each, "with_whom"),
        tested=_texts(each, "tested"),
    )


def _peers(each: Fields) -> Peers:
    told: list[Any] = each.take("boundaries", list)
    if not told or not all(isinstance(one, dict) and _told(one) for one in told):
        raise CardError(f"{each.where}: 'boundaries' must hold sentences, each with a text for each language.")
    return Peers(
        kind=each.choose("kind", PEER_KINDS),
        duties=_duties(each, "duties", FACILITATING),
        boundaries=tuple(told),
        supervised_by=_duties(each, "supervised_by", CARE_DUTIES),
        supervised_every=_within(each, "supervised_every_days", 1, 90) or 30,
        talk_every=_within(each, "talk_offered_every", 1, LONGEST) or 4,
        evidence=each.evidence(),
    )


def _duties(each: Fields, key: str, known: Collection[str]) -> tuple[str, ...]:
    found: list[str] = each.take(key, list)
    if not found or not set(found) <= set(known):
        raise CardError(f"{each.where}: {key!r} must hold duties that may do it: {', '.join(sorted(known))}.")
    return tuple(found)


def _told(texts: Mapping[str, Any]) -> bool:
    return bool(texts) and all(isinstance(one, str) and one.strip() for one in texts.values())


def _texts(each: Fields, key: str) -> Texts:
    found: dict[str, str] = each.take(key, dict)
    if not _told(found):
        raise CardError(f"{each.where}: {key!r} must hold a text for each language.")
    return found


def _within(each: Fields, key: str, least: int, most: int) -> int | None:
    value: int | None = each.take(key, int, None)
    if value is not None and not least <= value <= most:
        raise CardError(f"{each.where}: {key!r} must lie between {least} and {most}.")
    return value


def _check(found: Groups, where: str) -> None:
    runs = [one.intervention for one in found.runs]
    if len(set(runs)) != len(runs):
        raise CardError(f"{where}: 'runs' names an intervention twice.")
    kinds = [one.kind for one in found.peers]
    if len(set(kinds)) != len(kinds):
        raise CardError(f"{where}: 'peers' says something twice about one kind of group.")
    told = [(one.intervention, one.version) for one in found.adaptations]
    if len(set(told)) != len(told):
        raise CardError(f"{where}: 'adaptations' has a version of one intervention twice.")
    if not {one.intervention for one in found.adaptations} <= set(runs):
        raise CardError(f"{where}: 'adaptations' changes an intervention that 'runs' does not name.")
