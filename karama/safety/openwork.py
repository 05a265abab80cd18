"""What of this room is open for a person: her alerts. They are answered, never closed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from karama.people.models import Person
from karama.people.registries import OpenWork
from karama.safety.models import KeptFrom
from karama.safety.queries.standing_open import not_closed


def open_work(person: UUID) -> Sequence[OpenWork]:
    """Open alerts about her, or about a file that was joined with hers."""
    files = [person, *Person.objects.filter(merged_into_id=person).values_list("id", flat=True)]
    rows = list(not_closed(historic=False).filter(person_id__in=files))
    kept: dict[UUID, set[UUID]] = {one.id: set() for one in rows}
    for alert, user in KeptFrom.objects.filter(alert__in=kept).values_list("alert_id", "user_id"):
        kept[alert].add(user)
    label = _("An open alert")
    return [
        OpenWork("alert", one.id, label, reverse("safety:alert", args=[one.id]), frozenset(kept[one.id]))
        for one in rows
    ]
