"""What a person does outside: planning, setting out, coming back, opening areas, writing down incidents, giving out,
keeping a stock."""

from karama.outreach.actions.giving import amend_issue, give_to_colleague, give_to_many, give_to_person
from karama.outreach.actions.keeping import correct_delivery, count_goods, receive_goods, take_out_goods
from karama.outreach.actions.planning import plan_visit, set_area
from karama.outreach.actions.securing import follow_security, report_security
from karama.outreach.actions.watching import (
    call_next,
    call_off,
    come_back,
    look_after,
    note_not_reached,
    say_fine,
    set_out,
)

__all__ = [
    "amend_issue",
    "call_next",
    "call_off",
    "come_back",
    "correct_delivery",
    "count_goods",
    "follow_security",
    "give_to_colleague",
    "give_to_many",
    "give_to_person",
    "look_after",
    "note_not_reached",
    "plan_visit",
    "receive_goods",
    "report_security",
    "say_fine",
    "set_area",
    "set_out",
    "take_out_goods",
]
