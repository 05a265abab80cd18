"""How many historic alerts a reader has, without deriving each one: a large archive has many."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField, When

from karama.journal import Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.models import Assignment, HiddenFrom, Person
from karama.safety.models import Alert, AlertSource, AlertStep, KeptFrom
from karama.safety.queries.standing_open import not_closed
from karama.safety.standing import standings


@asks
def to_review(by: Actor) -> Asks[int]:
    """How many open historic alerts this reader has now.

    Nobody has done anything about most of them, and nothing is particular about their people: all of these that have
    one site and one grade have one owner, who is derived once. Every other alert is derived by itself.
    """
    alike: dict[tuple[UUID, str], list[UUID]] = defaultdict(list)
    others: list[UUID] = []
    for alert, grade, site, particular in (yield _historic.later()):
        (others if particular or site is None else alike[(site, grade)]).append(alert)
    several = {group[0]: len(group) for group in alike.values()}
    if not several and not others:
        return 0
    told = yield from standings.asking(_these.later([*several, *others]))
    return sum(several.get(one.alert.id, 1) for one in told if one.state.is_open and one.owner == by.id)


@readymade
def _historic() -> QuerySet[Any, Any]:
    return _with_place(not_closed(historic=True)).order_by().values_list("id", "grade", "at_site", "particular")


@readymade
def _these(alerts: list[UUID]) -> QuerySet[Alert, Alert]:
    return Alert.objects.filter(pk__in=alerts).select_related("site")


def _with_place(alerts: QuerySet[Alert]) -> QuerySet[Any]:
    """`at_site`: the present site of the person, if her file is like any other. `particular`: whether its owner depends
    on more than site and grade.
    """
    usual = Person.objects.filter(
        pk=OuterRef("person_id"), status__in=("active", "closed"), reach="usual", held_by_team__isnull=True
    )
    person = OuterRef("person_id")
    particular = (
        Exists(AlertStep.objects.filter(alert=OuterRef("pk")))
        | Exists(AlertSource.objects.filter(alert=OuterRef("pk")).exclude(grade=OuterRef("grade")))
        | Exists(KeptFrom.objects.filter(alert=OuterRef("pk")))
        | Exists(HiddenFrom.objects.filter(person=person, lifted_at__isnull=True))
        | Exists(Assignment.objects.filter(person=person, conflict="accepted"))
        | Exists(Person.objects.filter(merged_into=person))
        | Q(asked_first_id__isnull=False)
    )
    site = Subquery(usual.values("site_id")[:1], output_field=UUIDField())
    return alerts.annotate(at_site=site, particular=Case(When(particular, then=True), default=False))
