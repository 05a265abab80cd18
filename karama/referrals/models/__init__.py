"""The nouns of the room, a file per noun."""

from karama.referrals.models.packet import Packet
from karama.referrals.models.referral import Feedback, Referral, ReferralStep, ReferralTask
from karama.referrals.models.service import Agreement, Service

__all__ = ["Agreement", "Feedback", "Packet", "Referral", "ReferralStep", "ReferralTask", "Service"]
