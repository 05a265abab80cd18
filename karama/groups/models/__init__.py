"""The nouns of the room, a file per noun."""

from karama.groups.models.activity import ActivityCount, ActivityKind, Basis, CommunityActivity
from karama.groups.models.group import Cycle, Form, Group, GroupFacilitator, GroupKind
from karama.groups.models.meeting import (
    Attendance,
    AttendanceState,
    FidelityAnswer,
    FidelityItem,
    GroupMeeting,
    MeetingModality,
    MeetingRecord,
    Rater,
    Settlement,
    WhyNot,
)
from karama.groups.models.member import CheckIn, CheckInState, GroupMember, Leaving

__all__ = [
    "ActivityCount",
    "ActivityKind",
    "Attendance",
    "AttendanceState",
    "Basis",
    "CheckIn",
    "CheckInState",
    "CommunityActivity",
    "Cycle",
    "FidelityAnswer",
    "FidelityItem",
    "Form",
    "Group",
    "GroupFacilitator",
    "GroupKind",
    "GroupMeeting",
    "GroupMember",
    "Leaving",
    "MeetingModality",
    "MeetingRecord",
    "Rater",
    "Settlement",
    "WhyNot",
]
