"""What this room answers about a person's file: joined, erased, stopped, still open, copied for the person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from karama.groups.actions.checking import carry, end
from karama.groups.actions.joining import leave
from karama.groups.merging import held_of
from karama.groups.models import Attendance, CheckIn, GroupMeeting, GroupMember, Settlement
from karama.groups.queries.checks import opens_check_in
from karama.groups.queries.groups import members_seen
from karama.journal import Actor
from karama.people.joined import files_of
from karama.people.registries import CopySection, OpenWork, Stop, Stopped
from karama.rules.groups import ATTENDED
from karama.ui.addresses import reverse
from karama.ui.bidi import isolate_plain
from karama.ui.dates import day


def carry_over(*, by: Actor, source: UUID, into: UUID) -> None:
    """A place on a list goes to the file that remains; attendance stays with the file in which it was written, and
    counts once for both."""
    for row in GroupMember.objects.filter(person_id=source, until_on__isnull=True).select_related("cycle__group"):
        leave(row, "joined")
        if not GroupMember.objects.filter(person_id=into, cycle=row.cycle, until_on__isnull=True).exists():
            GroupMember(person_id=into, cycle=row.cycle, since_on=row.since_on).save()
    carry(source, into)


def empty_rows(*, by: Actor, person: UUID) -> None:
    """Delete everything about an erased person. What was written of the meetings themselves names nobody and stays."""
    for model in (Settlement, Attendance, CheckIn, GroupMember):
        model.objects.filter(person_id=person).erase()


def stop(*, by: Actor, person: UUID, why: Stop) -> None:
    """Nobody is asked after a death, an erasure or while a record rests; after a death the place on the list ends."""
    files = files_of(person)
    for check_in in CheckIn.objects.filter(person_id__in=files, state="open").select_related("cycle__group"):
        end(check_in, check_in.cycle.group.site_id, "ended")
    if why == "death":
        places = GroupMember.objects.filter(person_id__in=files, until_on__isnull=True)
        for row in places.select_related("cycle__group"):
            leave(row, "died")


def stopped(*, by: Actor, records: Collection[UUID]) -> list[Stopped]:
    """Places on lists, told to whoever knows the group anyway; and asking somebody how they are."""
    seats = members_seen(by, GroupMember.objects.filter(pk__in=records, why="died"))
    rows = CheckIn.objects.filter(pk__in=records, state="ended").order_by("due_on", "id")
    return [
        *(_seat(one) for one in seats.select_related("cycle__group")),
        *(Stopped(_("Ask somebody how they are"), one.due_on, _check_in(one.id)) for one in rows),
    ]


def _seat(row: GroupMember) -> Stopped:
    group = row.cycle.group
    words = _("A place in the group %(name)s") % {"name": isolate_plain(group.text_of("name"))}
    return Stopped(words, url=reverse("groups:group", args=[group.id]))


def _check_in(id: UUID) -> str:
    return reverse("groups:check_in", args=[id])


def open_work(person: UUID) -> Sequence[OpenWork]:
    """Check-ins that are not done, told to whoever may open them: that somebody is in a group is nothing to be
    resolved, and not told. To everybody else a check-in would tell it; it stays with those who look after the group.
    """
    rows = CheckIn.objects.filter(person_id=person, state="open").values_list("id", flat=True)
    words = _("Ask somebody how they are")
    return [OpenWork("task", one, words, _check_in(one), told_to=partial(opens_check_in, check_in=one)) for one in rows]


def readable_copy(*, by: Actor, person: UUID, language: str) -> list[CopySection]:
    """On which days she came to meetings; the group is not named, and nobody else is."""
    files = set(files_of(person))
    ids = Attendance.objects.filter(person_id__in=files).values_list("meeting_id", flat=True).distinct()
    meetings = list(GroupMeeting.objects.filter(pk__in=ids).order_by("first_on", "number"))
    told = []
    for held in held_of(meetings):
        state = next((one for who, one in held.result.attendance.items() if who in files), "")
        came = _("You came") if state in ATTENDED else _("You did not come") if state else _("Not decided yet")
        told.append((day(held.on), came))
    return [CopySection(_("Meetings of groups"), told)]
