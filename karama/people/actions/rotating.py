"""The two entries that a rotation of keys leaves in the journal: who began it, and what it did."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from karama.journal import Actor, action
from karama.people.access import ROTATE

Count = Annotated[int, Field(ge=0)]


@action("people.begin_rotation", access=ROTATE, purpose="administration")
def begin_rotation(*, by: Actor) -> None:
    """Say that a rotation begins: it is refused here to whoever may not rotate, before any key is made."""


@action("people.finish_rotation", access=ROTATE, purpose="administration")
def finish_rotation(*, by: Actor, rewrapped: Count, destroyed: Count) -> None:
    """Say that a rotation is done: how many keys were wrapped anew, how many old ones were destroyed."""
