"""What this room answers about a person's file: joined, erased, stopped, handed over, copied for the person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karama.journal import ERASED, Actor, clock
from karama.people.joined import all_files_of, files_of
from karama.people.registries import CopySection, OpenWork, Stop, Stopped
from karama.programme.days import zone_of
from karama.reception.actions import cancel_appointments_of
from karama.reception.actions.following import carry_task
from karama.reception.models import (
    Appointment,
    Arrival,
    FollowUp,
    FollowUpTry,
    InterpreterVeto,
    InterpreterWish,
    Interpreting,
)
from karama.reception.models.appointment import STATES
from karama.ui import locales
from karama.ui.addresses import reverse
from karama.ui.dates import moment


def carry_over(*, by: Actor, source: UUID, into: UUID) -> None:
    """What is to come goes to the file that remains; what was stays with the file in which it happened.

    Whom either file does not want to be heard by, neither is heard by.
    """
    for row in Appointment.objects.filter(person_id=source, state__in=("planned", "arrived", "in_room")):
        row.person_id = into
        row.save()
        for arrival in Arrival.objects.filter(appointment=row):
            arrival.person_id = into
            arrival.save()
    known = set(InterpreterVeto.objects.filter(person_id=into, lifted_at=None).values_list("user_id", flat=True))
    for veto in InterpreterVeto.objects.filter(person_id=source, lifted_at=None).exclude(user_id__in=known):
        made = InterpreterVeto(person_id=into, user_id=veto.user_id)
        made.seal("why", "veto")
        made.save()
    for task in FollowUp.objects.filter(person_id=source, ended="").select_related("appointment"):
        carry_task(by, task, into)


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete everything of an erased person, what leads to something before it."""
    tasks = FollowUp.objects.filter(Q(person_id=person) | Q(appointment__person_id=person))
    FollowUpTry.objects.filter(Q(person_id=person) | Q(follow_up__in=tasks)).erase()
    tasks.erase()
    Arrival.objects.filter(person_id=person).erase()
    Interpreting.objects.filter(appointment__person_id=person).erase()
    rows = Appointment.objects.filter(person_id=person)
    while (last := rows.filter(moved_to__isnull=True)).exists():
        Appointment.objects.filter(pk__in=list(last.values_list("pk", flat=True))).erase()
    for model in (InterpreterVeto, InterpreterWish):
        model.objects.filter(person_id=person).erase()


def stop(*, by: Actor, person: UUID, why: Stop) -> None:
    """After a death nobody is expected and nobody is asked after; a record at rest keeps the care that is wanted."""
    if why == "restriction":
        return
    for file in files_of(person):
        cancel_appointments_of(by=by, person=file, reason="ended")


def stopped(*, by: Actor, records: Collection[UUID]) -> list[Stopped]:
    """Appointments that were cancelled because everything ended, and asking after somebody."""
    rows = Appointment.objects.filter(pk__in=records, state="cancelled", reason="ended").select_related("site")
    tasks = FollowUp.objects.filter(pk__in=records, ended="ended").values_list("id", flat=True)
    return [
        *(
            Stopped(_("An appointment"), one.starts_at.astimezone(zone_of(one.site_id)).date(), _appointment(one.id))
            for one in rows.order_by("starts_at", "id")
        ),
        *(Stopped(_("Ask after somebody who did not come"), url=_follow_up(one)) for one in tasks),
    ]


def _appointment(id: UUID) -> str:
    return reverse("reception:appointment", args=[id])


def _follow_up(id: UUID) -> str:
    return reverse("reception:follow_up", args=[id])


def open_work(person: UUID) -> Sequence[OpenWork]:
    """Appointments to come, and asking after her: resolved or handed over before a closure."""
    files = all_files_of(person)
    planned = Appointment.objects.filter(person_id__in=files, state__in=("planned", "arrived", "in_room"))
    coming = planned.filter(ends_at__gt=clock.now()).values_list("id", flat=True)
    tasks = FollowUp.objects.filter(person_id__in=files, ended="").values_list("id", flat=True)
    return [
        *(OpenWork("appointment", one, _("An appointment"), _appointment(one)) for one in coming),
        *(OpenWork("task", one, _("Ask after somebody who did not come"), _follow_up(one)) for one in tasks),
    ]


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """Her appointments with what became of them, and what she wishes of an interpreter; nobody else is named."""
    files = files_of(person)
    states = dict(STATES)
    rows = Appointment.objects.filter(person_id__in=files).order_by("starts_at", "id")
    told = [(moment(one.starts_at), states[one.state]) for one in rows]
    wishes = []
    for wish in InterpreterWish.objects.filter(person_id__in=files):
        spoken = wish.unseal("language")
        if spoken is not None and spoken is not ERASED:
            wishes.append((_("Language of the interpreter"), locales.language(spoken)))
    return [CopySection(_("Your appointments"), told, topic="attendance"), CopySection(_("Interpreting"), wishes)]
