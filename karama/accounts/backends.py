"""Who is signed in: looked up together with the duties she holds, because every page needs both."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from karama.accounts.models import Posting, User
from karama.accounts.queries.acting import current_postings, with_postings

HELD = "held_when_found"


class Backend(AuthenticationBackend):  # type: ignore[misc]  # comes without types
    """The sign-in library's own in everything else."""

    def get_user(self, user_id: UUID) -> User | None:
        """The user of a session, unless she is locked out."""
        user, held = with_postings(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        setattr(user, HELD, held)
        return user


def held_by(user: User) -> Sequence[Posting]:
    """What the user of this request holds now, as it was found with her."""
    held: Sequence[Posting] | None = getattr(user, HELD, None)
    return current_postings(user.id) if held is None else held
