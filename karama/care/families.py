"""The scale on which a family says how it is doing together, as the pack of its programme has it."""

from __future__ import annotations

from karama.knowledge.pack_family import Scale, scale_of
from karama.knowledge.packs import PackError


def of_programme(code: str) -> Scale | None:
    """The scale of a programme; None where nobody is asked, or where the file cannot be read."""
    try:
        return scale_of(code)
    except PackError:
        return None
