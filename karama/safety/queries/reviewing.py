"""How many historic alerts a reader has, without deriving each one: an archive of a hundred thousand people has many."""

from __future__ import annotations

from uuid import UUID

from django.db.models import CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Cast

from karama.journal import Actor
from karama.people.models import Assignment, HiddenFrom, Person
from karama.safety.models import Alert, AlertSource, AlertStep, KeptFrom
from karama.safety.queries.standing_open import not_closed
from karama.safety.standing import standings


def to_review(by: Actor) -> int:
    """How many open historic alerts this reader has now.

    Nobody has done anything about most of them, and nothing is particular about their people. Of these, all that have
    one site and one grade have one owner, who is derived once; every other alert is derived by itself.
    """
    alike = _alike(not_closed(historic=True))
    one_of_them = Min(Cast("pk", CharField()))  # PostgreSQL knows no smallest id
    groups = alike.order_by().values("at_site", "grade").annotate(several=Count("pk"), one=one_of_them)
    several = {UUID(group["one"]): group["several"] for group in groups}
    others = not_closed(historic=True).exclude(pk__in=alike.order_by().values("pk"))
    found = standings(not_closed(historic=True).filter(Q(pk__in=several) | Q(pk__in=others.order_by().values("pk"))))
    return sum(several.get(one.alert.id, 1) for one in found if one.state.is_open and one.owner == by.id)


def _alike(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    """Those whose owner depends on their site and grade alone; `at_site` is the present site of the person."""
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
    )
    rows = alerts.annotate(at_site=Subquery(usual.values("site_id")[:1], output_field=UUIDField()))
    return rows.filter(asked_first_id__isnull=True, at_site__isnull=False).exclude(particular)
