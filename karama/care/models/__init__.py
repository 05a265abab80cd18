"""What this room keeps."""

from karama.care.models.administering import InstalledRecording, InstalledWording, OwnerPermission
from karama.care.models.course import (
    Closure,
    ClosureAnswer,
    Death,
    DeathStep,
    Goal,
    GoalState,
    GoalStep,
    Layer,
    LayerStep,
    OwnView,
    Wait,
    WaitCheck,
)
from karama.care.models.episode import Episode
from karama.care.models.farewell import Farewell, LastCheck, Onward, SiteClosing
from karama.care.models.meeting import (
    Decision,
    DecisionDone,
    Discussed,
    DiscussionWish,
    Meeting,
    MeetingKind,
    MeetingMode,
)
from karama.care.models.response import DraftResponse, Mode, Precision, Response
from karama.care.models.session import Attended, Modality, Note, NoteDraft, NoteReview, RiskAsked, Session, Supervised

__all__ = [
    "Attended",
    "Closure",
    "ClosureAnswer",
    "Death",
    "DeathStep",
    "Decision",
    "DecisionDone",
    "Discussed",
    "DiscussionWish",
    "DraftResponse",
    "Episode",
    "Farewell",
    "Goal",
    "GoalState",
    "GoalStep",
    "InstalledRecording",
    "InstalledWording",
    "LastCheck",
    "Layer",
    "LayerStep",
    "Meeting",
    "MeetingKind",
    "MeetingMode",
    "Modality",
    "Mode",
    "Note",
    "NoteDraft",
    "NoteReview",
    "Onward",
    "OwnView",
    "OwnerPermission",
    "Precision",
    "Response",
    "RiskAsked",
    "Session",
    "SiteClosing",
    "Supervised",
    "Wait",
    "WaitCheck",
]
