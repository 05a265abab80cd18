"""What this room keeps."""

from karama.care.models.administering import InstalledWording, OwnerPermission
from karama.care.models.episode import Episode
from karama.care.models.response import DraftResponse, Mode, Precision, Response

__all__ = [
    "DraftResponse",
    "Episode",
    "InstalledWording",
    "Mode",
    "OwnerPermission",
    "Precision",
    "Response",
]
