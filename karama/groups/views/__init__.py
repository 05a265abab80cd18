"""A click becomes one query or one action."""

from __future__ import annotations

from uuid import UUID

from karama.people.views import actor_of, new_op_id, op_id_of, person_url
from karama.ui.addresses import reverse
from karama.ui.saving import saved

__all__ = ["actor_of", "groups_url", "new_op_id", "op_id_of", "person_url", "saved"]


def groups_url(name: str, *places: UUID | str | int) -> str:
    """The address of a page of this room."""
    return reverse(f"groups:{name}", args=places)
