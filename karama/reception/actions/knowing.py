"""What is known of a person's safety when somebody did not come. Used inside an action and told to nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal
from uuid import UUID

from karama.journal import clock
from karama.people.joined import files_of
from karama.reception import registries
from karama.rules.missed import Known
from karama.safety.models import Alert, SafetyPlan
from karama.safety.queries.standing_open import not_closed
from karama.safety.standing import standings

RECENT = timedelta(days=30)


def known_of(person: UUID) -> Known:
    """The gravest open alert by its grade now, a recent alert, a plan, and the need as care sees it."""
    files = files_of(person)
    grades = {one.grade for one in standings(not_closed(historic=False).filter(person_id__in=files))}
    grade: Literal["now", "today", "soon"] | None = None
    if grades:
        grade = "now" if "now" in grades else "today" if "today" in grades else "soon"
    since = clock.now() - RECENT
    needs = [need for _room, answer in registries.need_of if (need := answer(person)) is not None]
    return Known(
        grade=grade,
        recent=Alert.objects.filter(person_id__in=files, historic=False, raised_at__gte=since).exists(),
        plan=SafetyPlan.objects.filter(person_id__in=files).exists(),
        need=min(needs, default=None),
    )
