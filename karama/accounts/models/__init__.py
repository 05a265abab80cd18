"""Users, postings, leave, rota, signed-in browsers and failed tries."""

from karama.accounts.models.posting import Leave, Posting, Rota
from karama.accounts.models.signing import SignedIn, Try
from karama.accounts.models.user import User

__all__ = ["Leave", "Posting", "Rota", "SignedIn", "Try", "User"]
