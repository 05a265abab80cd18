"""The groups of the ground: Amal is in one that the assigned psychologist facilitates; and an activity."""

from __future__ import annotations

from typing import Any

from karama.groups.actions import add_member, open_group, record_activity, record_meeting
from karama.groups.models import CheckIn
from karama.programme.days import today_at


def gathered(made: Any) -> None:
    """A group with two meetings, a check-in and an activity."""
    diego, person, site = made.actors["psychologist.assigned"], made.ids["person"], made.ids["site"]
    group = open_group(
        by=diego, site=site, name="River", kind="intervention", intervention="rehabilitation_ten",
        begins_on=today_at(site),
    ).value.id  # fmt: skip
    made.ids |= {"group": group, "seat": add_member(by=diego, group=group, person=person).value.id}
    told = {"by": diego, "group": group, "modality": "in_person", "attendance": {person: "present"}}
    made.ids["record"] = record_meeting(number=1, **told).value.id
    made.ids["held"] = record_meeting(number=4, **told).value.meeting_id
    made.ids["check_in"] = CheckIn.objects.get(person_id=person).id
    made.ids["gathering"] = record_activity(
        by=diego, site=site, kind="recreation", four_ws="3.5", basis="contacts", counts=[("18-24", "F", 3)],
        title="Volleyball",
    ).value.id  # fmt: skip
