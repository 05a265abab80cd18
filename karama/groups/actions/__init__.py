"""What people do in this room, one function each."""

from karama.groups.actions.activities import correct_activity, record_activity
from karama.groups.actions.checking import settle_check_in
from karama.groups.actions.joining import add_member, end_membership
from karama.groups.actions.meeting import correct_record, observe_meeting, record_meeting, settle_difference
from karama.groups.actions.opening import (
    begin_cycle,
    end_cycle,
    end_facilitator,
    end_group,
    name_facilitator,
    open_group,
)

__all__ = [
    "add_member",
    "begin_cycle",
    "correct_activity",
    "correct_record",
    "end_cycle",
    "end_facilitator",
    "end_group",
    "end_membership",
    "name_facilitator",
    "observe_meeting",
    "open_group",
    "record_activity",
    "record_meeting",
    "settle_check_in",
    "settle_difference",
]
