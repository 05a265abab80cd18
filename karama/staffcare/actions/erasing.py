"""Deleting a request for good: its key is destroyed, then its rows. By its owner, when she leaves, and after the days
of the pack."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from karama.journal import Actor, action, clock
from karama.rules.support import ASKED, TAKEN
from karama.security import vault
from karama.staffcare import files
from karama.staffcare.access import JOB, OWN
from karama.staffcare.actions.asking import call_off
from karama.staffcare.actions.shapes import PURPOSE, locked
from karama.staffcare.actions.supporting import end_supporting
from karama.staffcare.actions.telling import tell_once
from karama.staffcare.models import Offer, SupportAsked, SupportRequest
from karama.staffcare.problems import NotNow
from karama.staffcare.standing import of_request, turn_of, unfinished


@action("staffcare.delete_request", access=OWN, target=of_request, purpose=PURPOSE, erases=True)
def delete_request(*, by: Actor, support: UUID) -> UUID:
    """Delete her own request, wherever it stands. Whoever had taken it learns that it is not needed any more."""
    row = locked(support)
    call_off(by, row)
    destroy(by, row.id)
    return support


@action("staffcare.erase_over", access=JOB, purpose=PURPOSE, erases=True)
def erase_over(*, by: Actor, support: UUID) -> UUID:
    """Erase a talk that has been over for its days. Raises `NotNow` before, and while somebody waits for it."""
    row = locked(support)
    now, over = turn_of(row), clock.now() - timedelta(days=row.keep_days)
    if now.state == ASKED or (now.ends if now.state == TAKEN and now.ends else now.since) > over:
        raise NotNow()
    destroy(by, row.id)
    return support


@action("staffcare.end_all", access=JOB, purpose=PURPOSE, erases=True)
def end_all(*, by: Actor, user: UUID) -> UUID:
    """Somebody has left: all that was hers goes with her, and nobody waits for her answer."""
    for row in SupportRequest.objects.filter(author_id=user):
        call_off(by, row)
        destroy(by, row.id)
    Offer.objects.filter(user_id=user).delete()
    end_supporting(user)
    waiting = unfinished(SupportRequest.objects.filter(asked__user_id=user))
    for row in list(waiting):
        SupportAsked.objects.filter(request=row, user_id=user).delete()
        tell_once(by, row)
    return user


def destroy(by: Actor, key: UUID) -> None:
    """The ledger, the key, the rows; once this is saved, also what the write-ahead log still holds."""
    for one in vault.erase(key):
        files.empty_rows(by=by, person=one)
    transaction.on_commit(lambda: vault.settled(key))
