"""Reading what was held and what met. The viewer comes first; what she may not see does not exist."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karama.journal import ERASED, Absent, Actor, clock, visible_to
from karama.journal.access_log import opening_all
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.sync import access, oversight
from karama.sync.actions import may_do_it
from karama.sync.declared import may_come
from karama.sync.models import Conflict, HeldOperation, Why
from karama.sync.registries import aliases, first

MOST = 200
LABELS = {
    "channel": _("Way of contact"),
    "address": _("Number or address"),
    "hours": _("Safe hours"),
    "safe_hours": _("Safe hours"),
    "words": _("Words"),
    "kind": _("Kind"),
    "attended": _("Attendance"),
    "state": _("State"),
    "called": _("What to call the person"),
    "age_band": _("Age"),
    "gender": _("Gender"),
    "code": _("Code"),
    "contact": _("Way of contact"),
    "on": _("Day"),
    "title": _("Name"),
    "modality": _("How it was held"),
    "reason": _("Reason"),
}
OF_MACHINES = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|[0-9a-f]{64}|op:.*")
"""Ids and digests: nobody decides by them, and the file has them all."""


@dataclass(frozen=True)
class HeldLine:
    """One held operation in the list: whose, what, why, since when; a person only by a code the reader may know."""

    id: UUID
    by: str
    what: Any
    why: Any
    received_at: datetime
    code: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class HeldPage:
    """One of them. `content`: label and words, or None where its person is not for this reader.

    `may_enter`, `may_set_aside`: what she may do with it.
    """

    line: HeldLine
    problem: str
    device_at: datetime | None
    content: list[tuple[str, str]] | None
    erased: bool
    may_enter: bool
    may_set_aside: bool


@dataclass(frozen=True)
class ConflictLine:
    """One field that met, by the person's code."""

    id: UUID
    code: str
    what: Any
    met_at: datetime
    kept: str


@dataclass(frozen=True)
class ConflictPage:
    """Both versions of it, in words."""

    line: ConflictLine
    earlier: list[tuple[str, str]]
    later: list[tuple[str, str]]
    earlier_by: str
    later_by: str
    decided: str


def _held(by: Actor, digest: str) -> QuerySet[HeldOperation, HeldOperation]:
    """Of her sites, and from above a site what came from none; never what she sent herself or what names her."""
    rows = visible_to(
        HeldOperation.objects.all(),
        by=by,
        policy=access.SEE_HELD,
        purpose="supervision",
        now=clock.now(),
        attributes={"site": "site_id"},
    )
    if by.duty in access.OVERSEERS[1:]:
        rows |= HeldOperation.objects.filter(site_id__isnull=True)
    return oversight.not_against(rows, by.id, digest)


@asks
def held_waiting(by: Actor) -> Asks[list[HeldLine]]:
    """What waits for her, the oldest first. What she sent herself, or what names her, somebody else looks at."""
    asked, digest = oversight.chains(), oversight.digest_of(by.id)
    first_ones = yield _waiting.later(by, digest, MOST, False)
    more = _waiting.make(by, digest, MOST, True).iterator(chunk_size=MOST) if len(first_ones) == MOST else ()
    hers = (row for row in chain(first_ones, more) if oversight.falls_to(by, row, asked))
    return _lines(by, list(islice(hers, MOST)))


@readymade
def _waiting(by: Actor, digest: str, most: int, more: bool) -> QuerySet[HeldOperation, HeldOperation]:
    rows = _held(by, digest).filter(steps__isnull=True).order_by("received_at", "id")
    return rows[most:] if more else rows[:most]


def _lines(by: Actor, rows: Collection[HeldOperation]) -> list[HeldLine]:
    names = first(aliases, {row.signer_id for row in rows}) or {}
    people = _near(by, rows)
    return [
        HeldLine(
            id=row.id,
            by=names.get(row.signer_id, ""),
            what=label_of(row.action),
            why=Why(row.why).label,
            received_at=row.received_at,
            code=people.get(row.person_id, "") if row.person_id else "",
            urgent=bool((declared := may_come(row.action)) and declared.always and not declared.private),
        )
        for row in rows
    ]


def _near(by: Actor, rows: Iterable[HeldOperation | Conflict]) -> dict[UUID, str]:
    return oversight.near_of(by, {row.person_id for row in rows if row.person_id})


def label_of(code: str) -> Any:
    """What an operation does, in words; its code when nobody has words for it."""
    declared = may_come(code)
    return declared.label if declared else code


def _one(by: Actor, held: UUID) -> HeldOperation:
    row = _held(by, oversight.digest_of(by.id)).filter(pk=held).first()
    if row is None or not oversight.falls_to(by, row):
        raise Absent()
    return row


def held_page(by: Actor, held: UUID) -> HeldPage:
    """One held operation. Raises `Absent`."""
    row = _one(by, held)
    content = _content(row) if oversight.may_read(by, row) else None
    (line,) = _lines(by, [row])
    enter, aside = oversight.may_enter(by, row), oversight.may_set_aside(by, row)
    return HeldPage(line, row.problem, row.device_at, content, row.why == "erased", enter, aside)


def _content(row: HeldOperation) -> list[tuple[str, str]]:
    """The arguments of an operation as label and value; the whole text where it cannot be read."""
    text = _opened(row, "content")
    if not isinstance(text, str):
        return []
    try:
        arguments = json.loads(text)["arguments"]
        return [(_label(str(name)), _words(value)) for name, value in arguments.items() if _tells(name, value)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return [("", text[:4000])]


def _tells(name: object, value: object) -> bool:
    """Whether it says something to the reader: what was left empty and what only machines read does not."""
    return name != "person" and value not in ("", None, [], {}) and not OF_MACHINES.fullmatch(str(value))


def _label(name: str) -> Any:
    """A field in words, where there are words for it."""
    return LABELS.get(name) or name.replace("_", " ")


def _words(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _opened(row: HeldOperation | Conflict, name: str) -> Any:
    if row.person_id is not None:
        opening_all([row.person_id])
    value = row.unseal(name)
    return None if value is ERASED else value


def held_file(by: Actor, held: UUID) -> dict[str, Any]:
    """One held operation as it was signed, for whoever may read it. Raises `Absent`."""
    row = _held(by, oversight.digest_of(by.id)).filter(pk=held).first()
    if not oversight.may_read(by, row) or row is None or not oversight.falls_to(by, row):
        raise Absent()
    return {
        "v": 1,
        "person": str(row.person_id) if row.person_id else "",
        "operation": _opened(row, "content"),
        "digest": row.digest,
        "evidence": row.evidence,
        "device": str(row.device_id),
        "posting": str(row.posting_id),
        "why": row.why,
        "received_at": row.received_at.isoformat(),
    }


# --- two versions of one field


def open_conflicts(by: Actor) -> list[ConflictLine]:
    """Fields that wait for a decision, about people in this actor's lists, the oldest first."""
    return [_conflict_line(row, people) for row, people in _to_decide(by, decided=False)]


@asks
def _to_decide(by: Actor, *, decided: bool) -> Asks[list[tuple[Conflict, dict[UUID, str]]]]:
    """Those about people in this actor's lists that she may decide, or could have decided."""
    told = yield _people_met.later(decided)
    people = oversight.near_of(by, {person for person in told if person})
    first_ones = (yield _met.later(list(people), decided, MOST, False)) if people else []
    more = _met.make(list(people), decided, MOST, True).iterator(chunk_size=MOST) if len(first_ones) == MOST else ()
    return list(islice(((row, people) for row in chain(first_ones, more) if may_do_it(by, row)), MOST))


@readymade
def _people_met(decided: bool) -> QuerySet[Any, Any]:
    rows = Conflict.objects.filter(decisions__isnull=not decided)
    return rows.order_by().values_list("person_id", flat=True).distinct()


@readymade
def _met(people: list[UUID], decided: bool, most: int, more: bool) -> QuerySet[Conflict, Conflict]:
    rows = Conflict.objects.filter(decisions__isnull=not decided, person_id__in=people)
    rows = rows.order_by("-met_at" if decided else "met_at", "id")
    return rows[most:] if more else rows[:most]


def _conflict_line(row: Conflict, people: dict[UUID, str]) -> ConflictLine:
    code = people[row.person_id] if row.person_id else ""
    return ConflictLine(row.id, code, label_of(row.action), row.met_at, row.kept)


def conflict_page(by: Actor, conflict: UUID) -> ConflictPage:
    """One of them, with both versions. Raises `Absent`, at the same cost whatever there is: all are looked at."""
    hers = [*_to_decide(by, decided=False), *_to_decide(by, decided=True)]
    found = [(row, people) for row, people in hers if row.pk == conflict]
    if not found:
        raise Absent()
    ((row, people),) = found
    names = first(aliases, {row.earlier_by, row.later_by}) or {}
    decided = row.decisions.values_list("chosen", flat=True).first()
    return ConflictPage(
        line=_conflict_line(row, people),
        earlier=_version(row, "earlier"),
        later=_version(row, "later"),
        earlier_by=names.get(row.earlier_by, ""),
        later_by=names.get(row.later_by, ""),
        decided=decided or "",
    )


def _version(row: Conflict, name: str) -> list[tuple[str, str]]:
    value = _opened(row, name)
    if isinstance(value, dict):
        return [(_label(str(key)), _words(one)) for key, one in value.items() if key != "of" and one]
    return [("", "" if value is None else _words(value))]


@asks
def waiting_for(by: Actor) -> Asks[tuple[int, bool, int]]:
    """For Today: how many operations wait for this supervisor, whether an alert is among them; how many conflicts."""
    overseeing = [held_waiting.asking(by)] if by.duty in access.OVERSEERS else []
    met, *told = yield from together(_to_decide.asking(by, decided=False), *overseeing)
    held = told[0] if told else []
    return len(held), any(line.urgent for line in held), len(met)
