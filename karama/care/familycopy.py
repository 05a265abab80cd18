"""What is kept of a family, as one of its members may read it: her own part, and nobody else in it.

What the family agreed or wants was said by several, so it is counted here and read together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.care import familywords
from karama.care.models import FamilyAttendance, FamilyGoalWords
from karama.care.queries.family import newest_versions
from karama.care.queries.familyapart import said_apart
from karama.journal import Absent, Actor
from karama.people.queries import kept_from, kept_from_user
from karama.people.registries import CopySection, Untold
from karama.ui.dates import day
from karama.ui.listing import in_a_row

Heard = dict[UUID, set[UUID]]

ROUTES: Final = frozenset(
    f"care.{name}"
    for name in (
        "family_session", "record_family_session", "amend_family_session", "new_family_goal", "set_family_goal",
        "family_goal", "move_family_goal",
    )
)  # fmt: skip
"""Pages and actions whose opening tells of a session or a goal."""


def readable_copy(*, by: Actor, person: UUID, files: Collection[UUID]) -> list[CopySection]:
    """On which days she came, her own answers, and how many goals and agreements there are, of those that the reader
    may read. Raises `Absent`."""
    came = FamilyAttendance.objects.filter(person_id__in=files, state="came", amended_by__isnull=True)
    own = {one.held_id: one for one in came}
    days = sorted(row.occurred_on for row in newest_versions(own).values())
    set_by, came_to = _heard(files)
    away = kept_from(by, _everybody(set_by, came_to))
    goals = sum(not several & away for several in set_by.values())
    agreed = sum(one.agreed is not None and not came_to[held] & away for held, one in own.items())
    rows: list[tuple[Any, Any]] = [(_("You came"), in_a_row(day(on) for on in days))] if days else []
    if goals or agreed:
        more = _("%(count)d: ask to read them together, because others said them, too")
        rows.append((_("What the family wants and agreed"), more % {"count": goals + agreed}))
    answers = [(day(one.row.occurred_on), familywords.said(one.said)) for one in _own(by, person)]
    found = [CopySection(_("Sessions of your family"), rows)] if rows else []
    return [*found, *([CopySection(_("How you say your family is doing"), answers)] if answers else [])]


def _heard(files: Collection[UUID]) -> tuple[Heard, Heard]:
    """Each goal of these files with the files of everybody who set it; the first version of each session in which they
    stand with those of everybody who ever came."""
    goals = FamilyGoalWords.objects.filter(person_id__in=files).values("goal")
    held = FamilyAttendance.objects.filter(person_id__in=files).values("held")
    told = FamilyGoalWords.objects.filter(goal__in=goals).values_list("goal_id", "person_id")
    came = FamilyAttendance.objects.filter(held__in=held, state="came").values_list("held_id", "person_id")
    return _gathered(told), _gathered(came)


def _gathered(pairs: Iterable[tuple[UUID, UUID]]) -> Heard:
    found: Heard = defaultdict(set)
    for what, person in pairs:
        found[what].add(person)
    return found


def _everybody(*heard: Heard) -> set[UUID]:
    return {person for one in heard for several in one.values() for person in several}


def untold(reader: UUID, files: Collection[UUID]) -> Untold:
    """What stands with these files of goals that somebody set, and of sessions to which only those came, from whom this
    reader is kept away: that it was written down would tell of somebody.

    An opening does not say of which: for whoever is kept from one, none is told.
    """
    set_by, came_to = _heard(files)
    away = kept_from_user(reader, _everybody(set_by, came_to))
    goals = {one for one, several in set_by.items() if several & away}
    held = {one for one, several in came_to.items() if several <= away}
    words = FamilyGoalWords.objects.filter(goal__in=goals, person_id__in=files).values_list("id", flat=True)
    rows = FamilyAttendance.objects.filter(held__in=held, person_id__in=files).values_list("id", flat=True)
    return Untold(frozenset((*words, *rows)), ROUTES if goals or held else frozenset())


def _own(by: Actor, person: UUID) -> list[Any]:
    try:
        return list(reversed(said_apart(by, person).ratings))
    except Absent:
        return []
