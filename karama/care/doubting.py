"""What alerts ask of care: where a reader may say that a death was a mistake, and when answers were given."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from karama.care import targets
from karama.care.access import TAKE_BACK_DEATH
from karama.care.deaths import standing
from karama.care.models import Response
from karama.journal import Actor, clock
from karama.people.access import purpose_of
from karama.people.joined import file_that_remains
from karama.rules.permission import permit
from karama.ui.addresses import reverse


def where_to_doubt(by: Actor, death: UUID) -> str:
    """The page on which this reader takes a death back that stands; empty where that is for somebody else."""
    person = standing().filter(pk=death).values_list("person_id", flat=True).first()
    if person is None:
        return ""
    target = targets.person_seen_by(by, file_that_remains(person))
    may = permit(TAKE_BACK_DEATH, by.attributes(), target, purpose_of(by), clock.now()).allowed
    return reverse("care:take_back_death", args=[death]) if may else ""


def answered_on(record: UUID) -> date | None:
    """The day on which these answers were given; None when it is not known, or they are no answers."""
    return Response.objects.filter(pk=record).values_list("occurred_on", flat=True).first()
