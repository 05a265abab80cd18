"""What this room answers when a person has died, and when it was a mistake."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.journal import Actor, clock
from karama.people.registries import Stop, Stopped
from karama.rules.permission import permit
from karama.safety.access import SEE
from karama.safety.actions.settling import reopen_of_living, settle_after_death
from karama.safety.models import Alert
from karama.safety.registries import died_among
from karama.safety.standing import standings
from karama.ui.addresses import reverse


def stop(*, by: Actor, person: UUID, why: Stop) -> None:
    """A death settles what was open about nobody else. What rests, or is erased, keeps its alerts as before."""
    if why == "death":
        settle_after_death(by=by, person=person)


def part(*, by: Actor, source: UUID, into: UUID) -> None:
    """When files are separated again, what a death of the other one had settled of somebody who lives is open again."""
    for file in {source, into} - died_among([source, into]):
        reopen_of_living(by=by, person=file)


def stopped(*, by: Actor, records: Collection[UUID]) -> list[Stopped]:
    """Alerts that a death had closed, as far as the reader may see them; each is open again."""
    rows = Alert.objects.filter(steps__in=list(records), steps__step="died").order_by("raised_at", "id").distinct()
    now = clock.now()
    seen = [
        one.alert
        for one in (standings(rows, now) if records else ())
        if permit(SEE, by.attributes(), one.attributes(), "safety", now).allowed
    ]
    label = _("An alert: it is open again")
    return [Stopped(label, one.raised_at.date(), reverse("safety:alert", args=[one.id])) for one in seen]
