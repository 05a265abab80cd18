"""How many historic alerts a reader has, without deriving each one: a large archive has many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from karama.journal import Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.models import INVOLVED, Assignment, HiddenFrom, Person
from karama.safety.models import Alert, AlertSource, AlertStep, KeptFrom
from karama.safety.queries.standing_open import not_closed
from karama.safety.standing import standings


@asks
def to_review(by: Actor) -> Asks[int]:
    """How many open historic alerts this reader has now.

    Nobody has done anything about most of them, and nothing is particular about their people: all of these that have
    one site and one grade have one owner, who is derived once. Every other alert is derived by itself.
    """
    groups: dict[UUID, int] = {UUID(one): many for _group, one, many in (yield _historic.later())}
    if not groups:
        return 0
    told = yield from standings.asking(_these.later(list(groups)))
    return sum(groups[one.alert.id] for one in told if one.state.is_open and one.owner == by.id)


@readymade
def _historic() -> QuerySet[Any, Any]:
    """Groups of alerts with one owner: what makes the group, one of them, and how many. The database counts: a large
    archive has thousands."""
    rows = _with_place(not_closed(historic=True)).order_by()
    by_itself = Case(When(Q(particular=True) | Q(at_site__isnull=True), then=_text("id")), default=Value(""))
    group = Concat(by_itself, Value("/"), "grade", Value("/"), _text("at_site"), output_field=CharField())
    counted = rows.annotate(group=group).values("group").annotate(one=Min(_text("id")), many=Count("id"))
    told: QuerySet[Any, Any] = counted.values_list("group", "one", "many")
    return told


def _text(name: str) -> Coalesce:
    return Coalesce(Cast(name, CharField()), Value(""), output_field=CharField())


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
        | Exists(Assignment.objects.filter(person=person, conflict__in=INVOLVED))
        | Exists(Person.objects.filter(merged_into=person))
        | Q(asked_first_id__isnull=False)
    )
    site = Subquery(usual.values("site_id")[:1], output_field=UUIDField())
    return alerts.annotate(at_site=site, particular=Case(When(particular, then=True), default=False))
