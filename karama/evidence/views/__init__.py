"""The pages of this room."""

from karama.evidence.views.outcomes import index, outcomes
from karama.evidence.views.registers import register_file, registers, registers_index

__all__ = ["index", "outcomes", "register_file", "registers", "registers_index"]
