"""The screens of this room: a click becomes one query or one action."""

from __future__ import annotations

from uuid import UUID

from karama.ui.requests import actor_of, op_id_of

__all__ = ["actor_of", "id_in", "op_id_of"]


def id_in(text: str) -> UUID | None:
    """An id as a form sends it; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
