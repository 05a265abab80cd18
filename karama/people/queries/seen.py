"""Who has seen or changed a person's record, told in plain words so that she can read it herself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from karama.journal import Actor
from karama.journal.models import Access, Change, Entry
from karama.people import deciding
from karama.people.access import WHO_SAW
from karama.people.pages import Text, words_of
from karama.people.queries.page import person_in_reach
from karama.people.registries import untold_to
from karama.people.workers import aliases

MOST = 1000
"""Rows that are read, newest first."""


@dataclass(frozen=True)
class Seen:
    """On one day, one worker, one thing, so many times. `duty` is a code of `rules.classes.DUTIES`."""

    on: date
    alias: str
    duty: str
    what: Text
    times: int


def who_has_seen(by: Actor, person: UUID) -> list[Seen]:
    """Everybody who opened or changed something of a person, newest day first, by work alias. Raises `Absent`.

    What is kept from the reader, such as an incident of which she is part, leaves no line: read with a colleague from
    whom nothing is kept, the list is whole.
    """
    found = person_in_reach(by, person, WHO_SAW)
    files = [found.id, *(folded for folded, _since in deciding.joined_files(found))]
    untold = untold_to(by.id, files)
    routes = {name for one in untold.routes for name in (one, one.replace(".", ":", 1))}
    opened = list(
        Access.objects.filter(opened__person_id__in=files)
        .exclude(route__in=routes)
        .order_by("-at")
        .values_list("at", "actor_id", "actor_name", "actor_duty", "route")[:MOST]
    )
    about = Change.objects.filter(subject__in=files).exclude(row__in=untold.records)
    numbers = about.values("seq").distinct()
    wrote = list(
        Entry.objects.filter(seq__in=numbers)
        .exclude(action__in=untold.actions)
        .order_by("-seq")
        .values_list("server_at", "actor_id", "actor_duty", "action")[:MOST]
    )
    named = aliases({row[1] for row in opened} | {row[1] for row in wrote})
    counted: Counter[tuple[date, str, str, Text]] = Counter()
    for at, actor, name, duty, route in opened:
        counted[_day(at), named.get(actor, name), duty, words_of(route, wrote=False)] += 1
    for at, actor, duty, action in wrote:
        counted[_day(at), named.get(actor, ""), duty, words_of(action, wrote=True)] += 1
    seen = [Seen(on, alias, duty, what, times) for (on, alias, duty, what), times in counted.items()]
    return sorted(seen, key=lambda one: (one.on, one.alias, str(one.what)), reverse=True)


def _day(at: object) -> date:
    return timezone.localtime(at).date()  # type: ignore[arg-type]
