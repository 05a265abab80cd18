"""A click becomes one query or one action."""

from __future__ import annotations

from uuid import UUID

from karama.ui.addresses import reverse
from karama.ui.requests import actor_of, new_op_id, op_id_of

__all__ = ["actor_of", "new_op_id", "op_id_of", "person_url"]


def person_url(person: UUID, name: str = "person") -> str:
    """The address of a page about a person: her id, nothing personal."""
    return reverse(f"people:{name}", args=[person])
