"""The nouns of the room, a file per noun."""

from karama.people.models.consent import Consent, LimitsExplained
from karama.people.models.contact import ContactRules
from karama.people.models.finding import NameKey, SeriesKey
from karama.people.models.merge import Erasure, Merge
from karama.people.models.person import Person
from karama.people.models.relation import Assignment, HiddenFrom

__all__ = [
    "Assignment",
    "Consent",
    "ContactRules",
    "Erasure",
    "HiddenFrom",
    "LimitsExplained",
    "Merge",
    "NameKey",
    "Person",
    "SeriesKey",
]
