"""How many historic alerts a reader has, without deriving each one: a large archive has many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    When,
)
from django.db.models.functions import Cast

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
    counted = yield _counted.later()
    groups = {UUID(one): many for alone, _grade, site, one, many in counted if alone or site}
    if any(not (alone or site) for alone, _grade, site, _one, _many in counted):
        groups |= dict.fromkeys((yield _nowhere.later()), 1)
    if not groups:
        return 0
    told = yield from standings.asking(_these.later(list(groups)))
    return sum(groups[one.alert.id] for one in told if one.state.is_open and one.owner == by.id)


@readymade
def _counted() -> QuerySet[Any, Any]:
    """Groups of alerts: its id where one is alone, the grade, the site, one of them, and how many. The database counts:
    a large archive has thousands."""
    keys = "alone", "grade", "at_site"
    text = Cast("id", CharField())
    told: QuerySet[Any, Any] = _open_ones().values(*keys).annotate(one=Min(text), many=Count("id"))
    return told.values_list(*keys, "one", "many")


@readymade
def _nowhere() -> QuerySet[Any, Any]:
    """Those that are not alone and whose person is at no site: she is unknown, or her file is unlike others."""
    return _open_ones().filter(alone__isnull=True, at_site__isnull=True).values_list("id", flat=True)


@readymade
def _these(alerts: list[UUID]) -> QuerySet[Alert, Alert]:
    return Alert.objects.filter(pk__in=alerts).select_related("site")


def _open_ones() -> QuerySet[Any]:
    """`at_site`: the present site of the person, if her file is like any other. `alone`: the id of the alert, where its
    owner depends on more than site and grade.
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
    return not_closed(historic=True).order_by().annotate(at_site=site, alone=Case(When(particular, then=F("id"))))
