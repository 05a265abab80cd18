"""What a person does in this room: one keyword-only function for each thing, a file per noun."""

from karama.voice.actions.answering import (
    answer_feedback,
    close_feedback,
    hand_outside,
    look_into,
    pass_on,
    step_aside,
    take_feedback,
)
from karama.voice.actions.assessing import assess_impact
from karama.voice.actions.boarding import put_up, take_down, write_line
from karama.voice.actions.clearing import put_aside_same
from karama.voice.actions.copying import make_file
from karama.voice.actions.danger import raise_danger
from karama.voice.actions.deleting import approve_deletion, prepare_deletion, send_back_deletion
from karama.voice.actions.erasing import erase_words
from karama.voice.actions.keeping import begin_by_rule, keep_longer
from karama.voice.actions.receiving import PUBLIC, disagree, send_feedback, type_in_feedback
from karama.voice.actions.requesting import decide_request, finish_request, record_request
from karama.voice.actions.resting import lift_restriction
from karama.voice.actions.sounding import keep_sound
from karama.voice.actions.vouching import vouch_for

__all__ = [
    "PUBLIC",
    "answer_feedback",
    "assess_impact",
    "begin_by_rule",
    "keep_longer",
    "keep_sound",
    "approve_deletion",
    "close_feedback",
    "decide_request",
    "disagree",
    "erase_words",
    "finish_request",
    "hand_outside",
    "lift_restriction",
    "look_into",
    "make_file",
    "pass_on",
    "prepare_deletion",
    "put_aside_same",
    "put_up",
    "raise_danger",
    "record_request",
    "send_back_deletion",
    "send_feedback",
    "step_aside",
    "take_down",
    "take_feedback",
    "type_in_feedback",
    "vouch_for",
    "write_line",
]
