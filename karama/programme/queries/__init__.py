"""Reading programmes, sites and teams; and whether a site can answer a safety question now."""

from karama.programme.placing import foresee_places, place
from karama.programme.queries.lacks import Lack, what_blocks, what_blocks_anywhere, what_lacks
from karama.programme.queries.lists import (
    organisation,
    partners,
    programme,
    programme_by_code,
    programmes,
    responders,
    site,
    site_answer,
    sites,
    teams,
)
from karama.programme.queries.places import (
    Emergency,
    answering,
    asking_places,
    emergency_words,
    missing_at,
    programme_code,
    safety_questions_open,
)

__all__ = [
    "Emergency",
    "Lack",
    "answering",
    "asking_places",
    "emergency_words",
    "foresee_places",
    "missing_at",
    "organisation",
    "partners",
    "place",
    "programme",
    "programme_by_code",
    "programme_code",
    "programmes",
    "responders",
    "safety_questions_open",
    "site",
    "site_answer",
    "sites",
    "teams",
    "what_blocks",
    "what_blocks_anywhere",
    "what_lacks",
]
