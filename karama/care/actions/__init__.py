"""What people do in this room."""

from karama.care.actions.administering import install_recording, install_wording, record_permission, remove_wording
from karama.care.actions.amending import amend_response
from karama.care.actions.closing import answer_closure, close_episode
from karama.care.actions.drafts import answer_item, discard_draft, finish_draft, hand_over_draft
from karama.care.actions.dying import follow_death, record_death
from karama.care.actions.episodes import change_episode_state, open_episode
from karama.care.actions.handing_over import hand_over_caseload
from karama.care.actions.leaving import cancel_site_closing, plan_site_closing, say_goodbye
from karama.care.actions.meetings import decide_in_meeting, finish_decision, hold_meeting, wish_discussion
from karama.care.actions.notes import amend_note, keep_note_draft, review_note, supervise, write_note
from karama.care.actions.planning import (
    check_waiting,
    decide_layer,
    move_goal,
    name_contact,
    record_view,
    set_goal,
)
from karama.care.actions.recording import record_response
from karama.care.actions.sessions import record_session

__all__ = [
    "amend_note",
    "amend_response",
    "answer_closure",
    "answer_item",
    "cancel_site_closing",
    "change_episode_state",
    "check_waiting",
    "close_episode",
    "decide_in_meeting",
    "decide_layer",
    "discard_draft",
    "finish_decision",
    "finish_draft",
    "follow_death",
    "hand_over_caseload",
    "hand_over_draft",
    "hold_meeting",
    "install_recording",
    "install_wording",
    "keep_note_draft",
    "move_goal",
    "name_contact",
    "open_episode",
    "plan_site_closing",
    "record_death",
    "record_permission",
    "record_response",
    "record_session",
    "record_view",
    "remove_wording",
    "review_note",
    "say_goodbye",
    "set_goal",
    "supervise",
    "wish_discussion",
    "write_note",
]
