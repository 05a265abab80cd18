"""Check-ins to be done: who came to a meeting after which somebody asks how they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from karama.groups import curriculum
from karama.groups.access import ROSTER, member_at
from karama.groups.models import CheckIn
from karama.journal import Absent, Actor, clock, visible_to
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.access import purpose_of
from karama.people.queries import shown_names

MOST = 300


@dataclass(frozen=True)
class CheckInLine:
    """One person to be asked after meeting `number`. `instruments`: what the pack names for it."""

    id: UUID
    person: UUID
    code: str
    called: str
    group: UUID
    name: str
    number: int
    due_on: date
    state: str
    instruments: tuple[str, ...] = ()


def check_ins_of(by: Actor) -> list[CheckInLine]:
    """Those that are open, the oldest first."""
    return _lines(by, CheckIn.objects.filter(state="open"))


@asks
def check_ins_waiting(by: Actor) -> Asks[tuple[int, date | None]]:
    """How many are open and until when the first; it opens nobody's name."""
    days = yield _open.later(by)
    return days[0] if days else (0, None)


@readymade
def _open(by: Actor) -> QuerySet[Any, Any]:
    found = _seen(by, CheckIn.objects.filter(state="open")).order_by().values("state")
    told = found.annotate(many=Count("id"), first=Min("due_on")).values_list("many", "first")
    return cast(QuerySet[Any, Any], told)


def check_in_page(by: Actor, check_in: UUID) -> CheckInLine:
    """One. Raises `Absent`."""
    found = _lines(by, CheckIn.objects.filter(pk=check_in))
    if not found:
        raise Absent()
    return found[0]


def opens_check_in(by: Actor, check_in: UUID) -> bool:
    """Whether this reader may open it; no name is opened by asking."""
    return bool(_seen(by, CheckIn.objects.filter(pk=check_in)).exists())


def _seen(by: Actor, rows: Any) -> Any:
    return visible_to(
        rows, by=by, policy=ROSTER, purpose=purpose_of(by), now=clock.now(), attributes=member_at("cycle__group")
    )


def _lines(by: Actor, rows: Any) -> list[CheckInLine]:
    seen = _seen(by, rows).select_related("person", "cycle__group").order_by("due_on", "id")
    found: list[CheckIn] = list(seen[:MOST])
    called = shown_names(by, [one.person for one in found])
    lines = []
    for one in found:
        run = curriculum.run_of(one.cycle)
        lines.append(
            CheckInLine(
                one.id,
                one.person_id,
                one.person.code,
                called.get(one.person_id, ""),
                one.cycle.group_id,
                one.cycle.group.text_of("name"),
                one.number,
                one.due_on,
                one.state,
                run.instruments if run else (),
            )  # fmt: skip
        )
    return lines
