"""The nouns of the room, a file per noun."""

from karama.staffcare.models.listening import Offer, Supporter
from karama.staffcare.models.request import SupportAsked, SupportRequest, SupportStep

__all__ = ["Offer", "SupportAsked", "SupportRequest", "SupportStep", "Supporter"]
