"""After a restore: withdrawals that the outlives ledger remembers and the backup does not know yet."""

from __future__ import annotations

from uuid import UUID

from karama.journal import Actor, action
from karama.people.access import REPEAT_WITHDRAWAL
from karama.people.actions.consenting import carry_out, withdrawal_of
from karama.people.actions.shapes import locked
from karama.people.models import Consent
from karama.security import ledger


@action("people.repeat_withdrawal", access=REPEAT_WITHDRAWAL, purpose="rights")
def repeat_withdrawal(*, by: Actor, person: UUID, consent: UUID) -> Consent | None:
    """Take a yes back again that had been taken back before the restore.

    Nothing happens when the backup does not know the yes, knows its withdrawal, or the person is erased.
    """
    grant = Consent.objects.filter(pk=consent, decision="yes").first()
    if grant is None or locked(grant.person_id).status == "erased":
        return None
    later = Consent.objects.filter(person_id__in={person, grant.person_id}, decision="withdrawn")
    if any(consent.hex in one.cites for one in later):
        return None
    fact = withdrawal_of(grant, person=grant.person_id, method="elsewhere")
    fact.save()
    ledger.append("withdrawal", {"person": str(person), "consent": str(consent), "by": str(fact.id)})
    carry_out(by, grant.person_id, grant, fact)
    return fact
