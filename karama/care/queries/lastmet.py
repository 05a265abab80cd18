"""The last contact with a person, whoever of the team had it: what "nobody has met her for so long" is counted from.

A session, a family session, an answer, a nurse's visit, physiotherapy, a check of somebody who waits, a try after a
missed appointment that reached her, a group meeting she was at. A try that reached nobody is no contact.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from karama.care.models import BodySession, Episode, FamilyAttendance, NurseVisit, Response, Session, WaitCheck
from karama.care.registries import met_in_groups
from karama.journal import Actor
from karama.journal.together import Asks, asks
from karama.people.joined import last_file
from karama.programme.days import day_at
from karama.reception.models import FollowUpTry

SPOKE = ("well", "stops", "worry")
"""What came of a try that reached the person."""
DAYS = ("last_held", "last_asked", "last_family", "last_nurse", "last_body")
MOMENTS = ("last_check", "last_try")


def with_contacts(rows: QuerySet[Episode, Episode]) -> QuerySet[Episode, Episode]:
    """Episodes with the last day or moment of each kind of contact: no question more than the episodes themselves."""
    here = {"episode": OuterRef("pk"), "amended_by__isnull": True}
    return rows.annotate(
        last_held=_newest(Session.objects.filter(attended="came", **here), "occurred_on"),
        last_asked=_newest(Response.objects.filter(episode=OuterRef("pk"), occurred_on__isnull=False), "occurred_on"),
        last_family=_newest(FamilyAttendance.objects.filter(state="came", **here), "session__occurred_on"),
        last_nurse=_newest(_of_person(NurseVisit), "occurred_on"),
        last_body=_newest(_of_person(BodySession), "occurred_on"),
        last_check=_newest(_of_person(WaitCheck).filter(reached=True), "recorded_at"),
        last_try=_newest(_of_person(FollowUpTry).filter(result__in=SPOKE), "recorded_at"),
    )


@asks
def met_together(by: Actor, episodes: Collection[Episode]) -> Asks[dict[UUID, date]]:
    """Person -> last day on which she was at a group meeting that the reader may know of."""
    files = {one.person_id for one in episodes} | {last_file(one.person).id for one in episodes}
    return (yield from met_in_groups.asking(by, files))


def last_contact(one: Episode, grouped: Mapping[UUID, date]) -> date:
    """The last day on which anybody was in contact; the day the episode began where nobody was."""
    days: list[date | None] = [getattr(one, name) for name in DAYS]
    days += [day_at(one.site_id, at) for at in (getattr(one, name) for name in MOMENTS) if at is not None]
    days += [grouped.get(one.person_id), grouped.get(last_file(one.person).id)]
    newest: date = max([one.opened_on, *(day for day in days if day is not None)])
    return newest


def _of_person(model: type[Model]) -> QuerySet[Any]:
    """What was written of the person of an episode, also in the file hers was joined with."""
    hers = Q(person=OuterRef("person")) | Q(person=OuterRef("person__merged_into"))
    return model._default_manager.filter(hers, amended_by__isnull=True)


def _newest(rows: QuerySet[Any], field: str) -> Subquery:
    return Subquery(rows.order_by(f"-{field}").values(field)[:1])
