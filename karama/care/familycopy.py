"""What is kept of a family, as one of its members may read it: her own part, and nobody else in it.

What the family agreed or wants was said by several, so it is counted here and read together.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.care import familywords
from karama.care.models import FamilyAttendance, FamilyGoalWords
from karama.care.queries.family import newest_versions
from karama.care.queries.familyapart import said_apart
from karama.journal import Absent, Actor
from karama.people.registries import CopySection
from karama.ui.dates import day


def readable_copy(*, by: Actor, person: UUID, files: Collection[UUID]) -> list[CopySection]:
    """On which days she came, her own answers, and how many goals and agreements there are. Raises `Absent`."""
    came = FamilyAttendance.objects.filter(person_id__in=files, state="came", amended_by__isnull=True)
    own = {one.held_id: one for one in came}
    days = sorted(row.occurred_on for row in newest_versions(own).values())
    goals = FamilyGoalWords.objects.filter(person_id__in=files).values("goal").distinct().count()
    agreed = sum(one.agreed is not None for one in own.values())
    rows: list[tuple[Any, Any]] = [(_("You came"), ", ".join(day(on) for on in days))] if days else []
    if goals or agreed:
        more = _("%(count)d: ask to read them together, because others said them, too")
        rows.append((_("What the family wants and agreed"), more % {"count": goals + agreed}))
    answers = [(day(one.row.occurred_on), familywords.said(one.said)) for one in _own(by, person)]
    found = [CopySection(_("Sessions of your family"), rows)] if rows else []
    return [*found, *([CopySection(_("How you say your family is doing"), answers)] if answers else [])]


def _own(by: Actor, person: UUID) -> list[Any]:
    try:
        return list(reversed(said_apart(by, person).ratings))
    except Absent:
        return []
