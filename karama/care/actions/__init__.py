"""What people do in this room."""

from karama.care.actions.administering import install_wording, record_permission, remove_wording
from karama.care.actions.amending import amend_response
from karama.care.actions.drafts import answer_item, discard_draft, finish_draft
from karama.care.actions.episodes import change_episode_state, open_episode
from karama.care.actions.recording import record_response

__all__ = [
    "amend_response",
    "answer_item",
    "change_episode_state",
    "discard_draft",
    "finish_draft",
    "install_wording",
    "open_episode",
    "record_permission",
    "record_response",
    "remove_wording",
]
