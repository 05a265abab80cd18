"""What of this room is open for a person: her alerts. They are answered, never closed on the way."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.people.joined import all_files_of
from karama.people.registries import OpenWork
from karama.safety.queries.standing_open import not_closed
from karama.safety.standing import around_of
from karama.ui.addresses import reverse


def open_work(person: UUID) -> Sequence[OpenWork]:
    """Open alerts about her, or about any file that was joined with hers. None is told to whoever may not have it."""
    rows = list(not_closed(historic=False).filter(person_id__in=all_files_of(person)))
    around, label = around_of(rows) if rows else {}, _("An open alert")
    return [
        OpenWork("alert", one.id, label, reverse("safety:alert", args=[one.id]), around[one.id].barred) for one in rows
    ]
