"""The nouns of the room, a file per noun."""

from karama.voice.models.board import BoardLine, BoardStep
from karama.voice.models.deletion import DeletionCertificate
from karama.voice.models.feedback import (
    Danger,
    Face,
    Feedback,
    FeedbackKeptFrom,
    FeedbackKind,
    FeedbackState,
    FeedbackStep,
)
from karama.voice.models.keeping import ImpactAssessment, KeptLonger, Risk
from karama.voice.models.request import (
    Checked,
    PortableCopy,
    Reason,
    RequestStanding,
    RequestStep,
    Restriction,
    Right,
    RightsRequest,
)
from karama.voice.models.sound import FeedbackSound, KeptSound
from karama.voice.models.vouching import Vouching

__all__ = [
    "BoardLine",
    "BoardStep",
    "Checked",
    "Danger",
    "DeletionCertificate",
    "Face",
    "Feedback",
    "FeedbackKeptFrom",
    "FeedbackKind",
    "FeedbackSound",
    "FeedbackState",
    "FeedbackStep",
    "ImpactAssessment",
    "KeptLonger",
    "KeptSound",
    "PortableCopy",
    "Reason",
    "RequestStanding",
    "RequestStep",
    "Restriction",
    "Right",
    "RightsRequest",
    "Risk",
    "Vouching",
]
