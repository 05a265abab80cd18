"""Reading in this room: the first argument is who asks, and nothing comes back that she may not see."""

from karama.groups.queries.activities import ActivityLine, ActivityPage, activities_of, activity_page
from karama.groups.queries.checks import CheckInLine, check_in_page, check_ins_of, check_ins_waiting
from karama.groups.queries.groups import (
    GroupLine,
    GroupPage,
    Member,
    colleagues_to_name,
    cycle_in_reach,
    group_page,
    groups_of,
    people_to_add,
    places_of,
    seat_page,
    sites_to_open_at,
)
from karama.groups.queries.measures import Measure, Measures, Moved, measures_page
from karama.groups.queries.meetings import (
    DifferenceShown,
    MeetingLine,
    MeetingPage,
    RecordPage,
    differences_to_settle,
    meeting_page,
    own_record,
    record_page,
)

__all__ = [
    "ActivityLine",
    "ActivityPage",
    "CheckInLine",
    "DifferenceShown",
    "GroupLine",
    "GroupPage",
    "Measure",
    "Measures",
    "MeetingLine",
    "MeetingPage",
    "Member",
    "Moved",
    "RecordPage",
    "activities_of",
    "activity_page",
    "check_in_page",
    "check_ins_of",
    "check_ins_waiting",
    "colleagues_to_name",
    "cycle_in_reach",
    "differences_to_settle",
    "group_page",
    "groups_of",
    "measures_page",
    "meeting_page",
    "own_record",
    "people_to_add",
    "places_of",
    "record_page",
    "seat_page",
    "sites_to_open_at",
]
