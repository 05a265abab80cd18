"""The nouns of the room, a file per noun."""

from karama.people.models.consent import Consent, LimitsExplained, WithdrawalEffect, WitnessKin
from karama.people.models.contact import ContactRules
from karama.people.models.emergency import BreakGlass, GlassReview
from karama.people.models.facility import FacilityNumber
from karama.people.models.family import Family, FamilyMember, Relation
from karama.people.models.finding import NameKey, SeriesKey
from karama.people.models.lost_card import FindMe, FindTry, NewFile, Suggestion
from karama.people.models.merge import Erasure, Merge
from karama.people.models.minor import BestInterest, Guardian
from karama.people.models.paper import Paper, PrintedSheet
from karama.people.models.person import Person
from karama.people.models.relation import INVOLVED, Assignment, Conflict, HiddenFrom
from karama.people.models.reserved import ReservedCode
from karama.people.models.transfer import Transfer

__all__ = [
    "INVOLVED",
    "BreakGlass",
    "GlassReview",
    "Assignment",
    "BestInterest",
    "Consent",
    "Conflict",
    "ContactRules",
    "Erasure",
    "FacilityNumber",
    "Family",
    "FamilyMember",
    "FindMe",
    "FindTry",
    "Guardian",
    "HiddenFrom",
    "LimitsExplained",
    "Merge",
    "NameKey",
    "NewFile",
    "Paper",
    "PrintedSheet",
    "Person",
    "Relation",
    "ReservedCode",
    "SeriesKey",
    "Suggestion",
    "Transfer",
    "WithdrawalEffect",
    "WitnessKin",
]
