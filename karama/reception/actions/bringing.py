"""Taking over the appointments of a programme's own sheet: what was, as history, and what is to come, as booked.

History reminds nobody and asks after nobody. What is to come passes every check of a booking, and a reminder waits for
it only as the person's rules allow.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from karama.journal import Actor, action, clock
from karama.notices.actions import tell
from karama.notices.queries import is_silent
from karama.people.joined import files_of
from karama.people.models import Person
from karama.reception import fitting
from karama.reception.access import BRING
from karama.reception.actions.booking import Minutes, place
from karama.reception.desks import desk_at, moment_at
from karama.reception.models import Appointment
from karama.reception.problems import KeptAlready, NoSuchChoice, NotBookable, OutcomeNeeded, TimeDoesNotFit
from karama.reception.targets import of_person
from karama.rules.appointments import SETTLED_AS

Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Source = Annotated[str, Field(max_length=200)]
BROUGHT = "reception.brought"


@action("reception.bring_appointment", access=BRING, target=of_person, purpose="import")
def bring_appointment(
    *,
    by: Actor,
    person: UUID,
    worker: UUID,
    day: date,
    at: Clock,
    outcome: Literal["", "came", "absent", "cancelled", "staff"] = "",
    reason: Literal["", "person", "staff", "closed", "unsafe", "mistake"] = "",
    minutes: Minutes | None = None,
    source: Source = "",
) -> Appointment:
    """Take over one appointment, by the clock of the person's site. Without an outcome it is still to come.

    Raises:
        OutcomeNeeded: it is over, and what became of it is not said. TimeDoesNotFit: an outcome of what is to come.
        KeptAlready: Karama has this appointment. NoSuchChoice: a colleague of another programme.
        What booking raises: for one that is to come.
    """
    file = Person.objects.get(pk=person)
    starts = moment_at(file.site_id, day, time.fromisoformat(at))
    length = timedelta(minutes=minutes) if minutes else desk_at(file.site_id).length
    if Appointment.objects.filter(person_id__in=files_of(person), worker_id=worker, starts_at=starts).exists():
        raise KeptAlready()
    made = Appointment(
        person_id=person,
        site_id=file.site_id,
        worker_id=worker,
        starts_at=starts,
        ends_at=starts + length,
        imported=True,
    )
    if outcome:
        return _history(file, made, outcome, reason)
    return _to_come(by, file, made)


def _history(file: Person, made: Appointment, outcome: str, reason: str) -> Appointment:
    """Kept as it was. Nobody is reminded, told, or asked after."""
    if outcome in ("came", "absent") and made.starts_at > clock.now():
        raise TimeDoesNotFit()
    if made.worker_id not in fitting.ever_at(file.programme_id):
        raise NoSuchChoice("worker")
    made.state = SETTLED_AS[outcome]
    if made.state == "cancelled":
        made.reason = reason or ("staff" if outcome == "staff" else "unsaid")
    made.save()
    return made


def _to_come(by: Actor, file: Person, made: Appointment) -> Appointment:
    if made.starts_at < clock.now():
        raise OutcomeNeeded()
    if file.status != "active" or is_silent(file.id):
        raise NotBookable()
    place(by, file, made)
    tell(by=by, user=made.worker_id, kind=BROUGHT, place=None)
    return made
