"""Reading the numbers of a programme: the outcomes between two waves, and which waves there are."""

from karama.evidence.queries.outcomes import outcomes_of
from karama.evidence.queries.places import default_waves, programmes_to_read, waves_in_use

__all__ = ["default_waves", "outcomes_of", "programmes_to_read", "waves_in_use"]
