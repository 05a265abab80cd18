"""Value sets of care for the body: codes with words, each with its evidence. Draft entries are never offered."""

from karama.knowledge.value_sets.calling import calling_codes
from karama.knowledge.value_sets.intake import IntakeChapter, IntakeQuestion, intake_chapter, intake_chapters
from karama.knowledge.value_sets.lists import Coded, RedFlag, coded, offered, red_flags
from karama.knowledge.value_sets.medicines import Caution, Medicine, medicine, medicines
from karama.knowledge.value_sets.said import duties_said
from karama.knowledge.value_sets.urgent import UrgentCare, urgent_care

__all__ = [
    "Caution",
    "Coded",
    "IntakeChapter",
    "IntakeQuestion",
    "Medicine",
    "RedFlag",
    "UrgentCare",
    "calling_codes",
    "coded",
    "duties_said",
    "intake_chapter",
    "intake_chapters",
    "medicine",
    "medicines",
    "offered",
    "red_flags",
    "urgent_care",
]
