"""After a meeting that the pack names, everybody who came is asked how they are. What they answer is kept in care."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from karama.groups import curriculum
from karama.groups.access import ROSTER
from karama.groups.models import CheckIn, GroupMeeting
from karama.groups.problems import NotThisNow
from karama.groups.targets import of_check_in
from karama.journal import Actor, action
from karama.notices.queries import is_silent
from karama.people.joined import file_that_remains
from karama.people.registries import restricted_among
from karama.programme.days import today_at
from karama.rules.groups import check_in_due


def ask_after(meeting: GroupMeeting, people: Collection[UUID], on: date) -> None:
    """Open a check-in for each of them, inside the caller's action; a second record of a meeting opens no second one.
    Nobody is asked after who has died or whose record rests, also not once more.
    """
    run = curriculum.run_of(meeting.cycle)
    if run is None or not people or not check_in_due(meeting.number, run.check_in_after):
        return
    known = {one.person_id: one for one in CheckIn.objects.filter(cycle_id=meeting.cycle_id, number=meeting.number)}
    resting = restricted_among(people)
    due = on + timedelta(days=run.check_in_days)
    for person in people:
        row = known.get(person)
        if (row is not None and row.state != "ended") or person in resting or is_silent(person):
            continue
        if row is None:
            row = CheckIn(person_id=person, cycle_id=meeting.cycle_id, number=meeting.number, due_on=due)
        row.state, row.settled_on = "open", None
        row.save()


def no_longer(meeting: GroupMeeting, person: UUID) -> None:
    """She had not come, as was settled or corrected: her check-in ends, unless something came of it already."""
    for row in CheckIn.objects.filter(cycle_id=meeting.cycle_id, number=meeting.number, person_id=person, state="open"):
        end(row, meeting.cycle.group.site_id, "ended")


def end(row: CheckIn, site: UUID, state: str) -> None:
    """Settle a check-in, inside the caller's action."""
    row.state, row.settled_on = state, today_at(site)
    row.save()


@action("groups.settle_check_in", access=ROSTER, target=of_check_in)
def settle_check_in(*, by: Actor, check_in: UUID, state: Literal["done", "not_wanted", "not_reached"]) -> CheckIn:
    """Say what came of a check-in. Raises `NotThisNow`: it is settled."""
    row = CheckIn.objects.select_for_update(of=("self",)).select_related("cycle__group").get(pk=check_in)
    if row.state != "open":
        raise NotThisNow()
    end(row, row.cycle.group.site_id, state)
    return row


def carry(source: UUID, into: UUID) -> None:
    """Open check-ins go along when files are joined, unless the remaining file has its own."""
    for row in CheckIn.objects.filter(person_id=source, state="open").select_related("cycle__group"):
        if not CheckIn.objects.filter(cycle=row.cycle, number=row.number, person_id=into).exists():
            CheckIn(person_id=file_that_remains(into), cycle=row.cycle, number=row.number, due_on=row.due_on).save()
        end(row, row.cycle.group.site_id, "ended")
