"""What a person does in this room: one keyword-only function for each thing, a file per noun."""

from karama.voice.actions.copying import make_file
from karama.voice.actions.deleting import approve_deletion, prepare_deletion, send_back_deletion
from karama.voice.actions.requesting import decide_request, finish_request, record_request
from karama.voice.actions.resting import lift_restriction

__all__ = [
    "approve_deletion",
    "decide_request",
    "finish_request",
    "lift_restriction",
    "make_file",
    "prepare_deletion",
    "record_request",
    "send_back_deletion",
]
