"""Answers of several people at once, for one view of them: as many questions to the database for forty as for one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from karama.care.access import SEE
from karama.care.models import Response
from karama.care.queries.scoring import Result, result_of, terms_of
from karama.journal import Actor, clock, visible_to
from karama.journal.access_log import opening_all
from karama.people.access import ATTRIBUTES, JOINED, purpose_of
from karama.people.models import Person
from karama.rules.permission import Policy
from karama.security import vault

ALONE = "clinical"
"""The one compartment of this view: what was told about violence stands in no list of several people."""


def results_of_several(by: Actor, people: Collection[UUID], since: date) -> dict[UUID, list[Result]]:
    """Of each of these people whose answers this reader may read: those since a day, the oldest first, with scores.

    Whoever is not in the answer is not hers to read; whoever is there with nothing was not asked.
    """
    if ALONE not in by.compartments:
        return {}
    rows = _seen(by, SEE, pk__in=list(people))
    mine = {one.id: one for one in rows}
    files = _files(by, mine)
    answered = Response.objects.filter(
        person_id__in=files, compartment=ALONE, amended_by__isnull=True, occurred_on__gte=since
    )
    found: dict[UUID, list[Result]] = {one: [] for one in mine}
    told = list(answered.order_by("occurred_on", "recorded_at", "id"))
    if not told:
        return found
    opening_all({files[one.person_id] for one in told})
    vault.warm({one.person_id for one in told}, "clinical")
    vault.warm({files[one.person_id] for one in told}, "identity")
    terms = {one: terms_of(by, mine[one]) for one in {files[row.person_id] for row in told}}
    for row in told:
        owner = files[row.person_id]
        result = result_of(row, terms[owner])
        if result is not None:
            found[owner].append(result)
    return found


def _files(by: Actor, people: Collection[UUID]) -> dict[UUID, UUID]:
    """Each file of these people -> the one that remains; without those that this reader is kept away from."""
    found = {one: one for one in people}
    layer = list(found)
    while layer:
        rows = _seen(by, JOINED, merged_into__in=layer, status="merged_into").values_list("id", "merged_into_id")
        fresh = {file: found[into] for file, into in rows if file not in found}
        found |= fresh
        layer = list(fresh)
    return found


def _seen(by: Actor, policy: Policy, **where: Any) -> QuerySet[Person]:
    rows = Person.objects.filter(**where)
    return visible_to(rows, by=by, policy=policy, purpose=purpose_of(by), now=clock.now(), attributes=ATTRIBUTES)
