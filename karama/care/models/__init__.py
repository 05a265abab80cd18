"""What this room keeps."""

from karama.care.models.administering import InstalledWording, OwnerPermission
from karama.care.models.episode import Episode
from karama.care.models.response import DraftResponse, Mode, Precision, Response
from karama.care.models.session import Attended, Modality, Note, NoteDraft, NoteReview, RiskAsked, Session, Supervised

__all__ = [
    "Attended",
    "DraftResponse",
    "Episode",
    "InstalledWording",
    "Modality",
    "Mode",
    "Note",
    "NoteDraft",
    "NoteReview",
    "OwnerPermission",
    "Precision",
    "Response",
    "RiskAsked",
    "Session",
    "Supervised",
]
