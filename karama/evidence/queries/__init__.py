"""Reading the numbers of a programme: outcomes between two waves, which waves there are, registers of others."""

from karama.evidence.queries.outcomes import outcomes_of
from karama.evidence.queries.places import default_waves, programmes_to_read, waves_in_use
from karama.evidence.queries.registers import made_for, register_named, register_table, registers_to_fill

__all__ = [
    "made_for",
    "register_named",
    "register_table",
    "registers_to_fill",
    "default_waves",
    "outcomes_of",
    "programmes_to_read",
    "waves_in_use",
]
