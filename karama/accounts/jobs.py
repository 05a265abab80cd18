"""What happens without a click: telephones that were taken back stay taken back after a restore."""

from __future__ import annotations

from uuid import UUID

from karama.accounts.actions.devices import repeat_revocation, revoked_for_good
from karama.accounts.models import Device
from karama.journal import Actor

RESTORER = Actor(id=UUID("0190c0de-0000-7000-8000-00000000e5a7"), kind="job", duty="job:restore", name="Restore")


def repeat_revocations() -> int:
    """Before a restored installation opens: take back again what the outlives ledger remembers; returns how many.

    A telephone that the restored data does not know cannot speak here, and is never let in again under its id.
    """
    waiting = Device.objects.filter(id__in=revoked_for_good(), revoked_at__isnull=True).values_list("id", flat=True)
    return sum(repeat_revocation(by=RESTORER, device=one).value is not None for one in list(waiting))
