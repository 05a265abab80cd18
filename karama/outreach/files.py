"""What this room answers about a person's file: joined, erased, handed over, stopped, copied for the person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.journal import Actor, clock
from karama.outreach.models import Issue, SecurityPerson, VisitPerson
from karama.outreach.rulebook import good_name
from karama.outreach.standing import not_over
from karama.outreach.words import money
from karama.people.joined import files_of
from karama.people.registries import CopySection, OpenWork, Stopped
from karama.programme.days import zone_of
from karama.ui.addresses import reverse
from karama.ui.dates import day


def carry_over(*, by: Actor, source: UUID, into: UUID) -> None:
    """Nothing is rewritten: visits and what was given stay with the file they were written for, and show on both."""


def empty_rows(*, by: Actor, person: UUID) -> None:
    """That an erased person was visited, was there or was given something goes; visits and counts of others stay."""
    VisitPerson.objects.filter(person_id=person).erase()
    SecurityPerson.objects.filter(person_id=person).erase()
    while (newest := Issue.objects.filter(person_id=person, amended_by__isnull=True)).exists():
        Issue.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).erase()


def stop(*, by: Actor, person: UUID, why: str) -> None:
    """Nobody is sent to somebody for whom everything planned ended."""
    rows = VisitPerson.objects.filter(person_id=person, dropped_at__isnull=True, visit__in=not_over().values("pk"))
    for row in rows:
        row.dropped_at = clock.now()
        row.save()


def stopped(*, by: Actor, records: Collection[UUID]) -> list[Stopped]:
    """Visits to her that were planned, by the day they were to begin."""
    rows = VisitPerson.objects.filter(pk__in=records, dropped_at__isnull=False).select_related("visit")
    told = [(one.visit, one.visit.leaves_at) for one in rows.order_by("visit__leaves_at", "id")]
    return [
        Stopped(
            _("A planned visit"), at.astimezone(zone_of(one.site_id)).date(), reverse("outreach:visit", args=[one.id])
        )
        for one, at in told
    ]


def open_work(person: UUID) -> Sequence[OpenWork]:
    """Visits to her that are planned or out now."""
    rows = VisitPerson.objects.filter(person_id__in=files_of(person), dropped_at__isnull=True)
    found = not_over().filter(pk__in=rows.values("visit"))
    return [OpenWork("task", one.id, _("A planned visit"), reverse("outreach:visit", args=[one.id])) for one in found]


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """On which days she was visited, and what she was given."""
    files = files_of(person)
    visits = VisitPerson.objects.filter(person_id__in=files, dropped_at__isnull=True, visit__steps__step="back")
    days = sorted(set(visits.values_list("visit__leaves_at", flat=True)))
    given = Issue.objects.filter(person_id__in=files, amended_by__isnull=True, quantity__gt=0).order_by("on", "id")
    goods = [(day(one.on), f"{good_name(one.site_id, one.what)}: {money(one.quantity, one.currency)}") for one in given]
    return [
        CopySection(_("When somebody came to see you"), [(day(one), _("A visit")) for one in days]),
        CopySection(_("What you were given"), goods),
    ]
