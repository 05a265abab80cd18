"""A click becomes one query or one action."""

from __future__ import annotations

from uuid import UUID

from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.ui.addresses import reverse

__all__ = ["actor_of", "new_op_id", "op_id_of", "person_url", "voice_url"]


def voice_url(name: str, *places: UUID) -> str:
    """The address of a page of this room."""
    return reverse(f"voice:{name}", args=places)
