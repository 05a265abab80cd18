"""The published outcome definitions that the outcomes table counts, when all of their measures were asked."""

from __future__ import annotations

from typing import Final

from karama.rules.change import NHS_TALKING_THERAPIES, OutcomeDefinition

DEFINITIONS: Final[tuple[OutcomeDefinition, ...]] = (NHS_TALKING_THERAPIES,)
