"""Users, postings, leave, rota, telephones, signed-in browsers and failed tries."""

from karama.accounts.models.device import Device, EnrolmentCode
from karama.accounts.models.posting import Leave, Posting, Rota
from karama.accounts.models.signing import DeviceSeen, SignedIn, Try
from karama.accounts.models.user import User

__all__ = ["Device", "DeviceSeen", "EnrolmentCode", "Leave", "Posting", "Rota", "SignedIn", "Try", "User"]
