"""What of this room travels to telephones: when people of the own caseload are expected. Nothing comes from them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Actor
from karama.journal.readymade import readymade
from karama.people.access import rows_near
from karama.reception.access import SEE
from karama.reception.models import Appointment
from karama.rules.appointments import HOLDING
from karama.sync.declared import Declaration, Down, declare


@readymade
def _expected(by: Actor, people: Collection[UUID]) -> QuerySet[Appointment]:
    """Those that nobody has settled."""
    return rows_near(Appointment.objects.filter(person__in=list(people), state__in=HOLDING), by=by, policy=SEE)


def install() -> None:
    """Called once, when Django is ready."""
    declare(
        "reception",
        Declaration(
            down=(Down(Appointment, ("site", "worker", "starts_at", "ends_at", "state"), _expected.later),),
            whole_room="Times and rooms clash, and only the server knows of the others.",
        ),
    )
