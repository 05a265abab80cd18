"""The nouns of the room, a file per noun."""

from karama.voice.models.deletion import DeletionCertificate
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

__all__ = [
    "Checked",
    "DeletionCertificate",
    "PortableCopy",
    "Reason",
    "RequestStanding",
    "RequestStep",
    "Restriction",
    "Right",
    "RightsRequest",
]
