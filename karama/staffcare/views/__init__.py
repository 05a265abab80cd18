"""A click becomes one query or one action."""

from __future__ import annotations

from uuid import UUID

from karama.ui.addresses import reverse
from karama.ui.requests import actor_of, new_op_id, op_id_of

__all__ = ["actor_of", "new_op_id", "op_id_of", "own_url"]


def own_url(name: str, *places: UUID) -> str:
    """The address of a page of this room."""
    return reverse(f"staffcare:{name}", args=places)
