"""What people do at the front desk."""

from karama.reception.actions.booking import (
    book_appointment,
    cancel_appointment,
    move_appointment,
    note_missed,
    step_appointment,
)
from karama.reception.actions.bringing import bring_appointment
from karama.reception.actions.declining import decline_interpreting, give_interpreter
from karama.reception.actions.ending import cancel_appointments_of, hand_over_appointments
from karama.reception.actions.following import give_up_following, record_try
from karama.reception.actions.interpreting import (
    brief_interpreter,
    debrief_interpreter,
    list_interpreter,
    set_interpreter_wish,
    settle_support,
    take_off_roster,
    veto_interpreter,
)
from karama.reception.actions.places import close_room, open_room
from karama.reception.actions.receiving import number_walk_in, step_arrival

__all__ = [
    "book_appointment",
    "brief_interpreter",
    "bring_appointment",
    "cancel_appointment",
    "cancel_appointments_of",
    "close_room",
    "debrief_interpreter",
    "decline_interpreting",
    "give_interpreter",
    "give_up_following",
    "hand_over_appointments",
    "list_interpreter",
    "move_appointment",
    "note_missed",
    "number_walk_in",
    "open_room",
    "record_try",
    "set_interpreter_wish",
    "settle_support",
    "step_appointment",
    "step_arrival",
    "take_off_roster",
    "veto_interpreter",
]
