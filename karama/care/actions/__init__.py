"""What people do in this room."""

from karama.care.actions.administering import install_recording, install_wording, record_permission, remove_wording
from karama.care.actions.amending import amend_response
from karama.care.actions.apart import name_focal_point, offer_service, record_incident, say_company
from karama.care.actions.bodywork import (
    agree_caution,
    choose_activity,
    end_activity,
    end_caution,
    record_body_session,
    tell_red_flags,
)
from karama.care.actions.bringing import bring_episode, bring_session
from karama.care.actions.closing import answer_closure, close_episode
from karama.care.actions.correcting import amend_body_session, amend_check, amend_visit
from karama.care.actions.dispensing import correct_stock, dispense, expire_stock, receive_stock
from karama.care.actions.drafts import answer_item, call_colleague, discard_draft, finish_draft, hand_over_draft
from karama.care.actions.dying import follow_death, record_death
from karama.care.actions.episodes import change_episode_state, open_episode
from karama.care.actions.family import amend_family_session, record_family_session
from karama.care.actions.familygoals import amend_family_rating, move_family_goal, rate_family, set_family_goal
from karama.care.actions.handing_over import hand_over_caseload
from karama.care.actions.intake import answer_chapter, finish_chapter, keep_chapter_words, skip_chapter
from karama.care.actions.intakeown import (
    answer_own_chapter,
    begin_own_chapter,
    end_own_chapter,
    promise_call,
    say_leaving,
    settle_call,
)
from karama.care.actions.intakescreening import lower_urgency, screen
from karama.care.actions.leaving import (
    cancel_grant_closing,
    cancel_site_closing,
    plan_grant_closing,
    plan_site_closing,
    say_goodbye,
)
from karama.care.actions.living import take_back_death
from karama.care.actions.meetings import decide_in_meeting, finish_decision, hold_meeting, wish_discussion
from karama.care.actions.missing import note_missed
from karama.care.actions.needs import follow_need, note_need
from karama.care.actions.nextsteps import settle_next_step
from karama.care.actions.notes import amend_note, keep_note_draft, review_note, supervise, write_note
from karama.care.actions.papering import begin_paper, keep_printed, put_paper_aside, settle_paper
from karama.care.actions.paying import attribute
from karama.care.actions.planning import (
    check_waiting,
    decide_layer,
    move_goal,
    name_contact,
    record_view,
    set_goal,
)
from karama.care.actions.prescribing import check_medicines, prescribe, stop_prescription
from karama.care.actions.questions import answer_question, follow_question
from karama.care.actions.recording import record_response
from karama.care.actions.reviewing import review_stuck
from karama.care.actions.sessions import amend_session, record_session
from karama.care.actions.sharing import agree_goal, share_goal
from karama.care.actions.supervision import (
    answer_supervision,
    finish_supervision_task,
    record_supervision,
    review_alert,
)
from karama.care.actions.talking import (
    answer_group,
    answer_talk,
    begin_talk,
    finish_talk,
    give_brief_intervention,
)
from karama.care.actions.visiting import keep_visit_draft, record_visit, tell_emergency

__all__ = [
    "agree_caution",
    "agree_goal",
    "amend_body_session",
    "amend_check",
    "amend_family_rating",
    "amend_family_session",
    "amend_note",
    "amend_response",
    "amend_session",
    "amend_visit",
    "answer_chapter",
    "answer_closure",
    "answer_group",
    "answer_item",
    "answer_own_chapter",
    "answer_question",
    "answer_supervision",
    "answer_talk",
    "attribute",
    "begin_own_chapter",
    "begin_paper",
    "keep_printed",
    "put_paper_aside",
    "begin_talk",
    "bring_episode",
    "bring_session",
    "call_colleague",
    "cancel_grant_closing",
    "cancel_site_closing",
    "change_episode_state",
    "check_medicines",
    "check_waiting",
    "choose_activity",
    "close_episode",
    "correct_stock",
    "decide_in_meeting",
    "decide_layer",
    "discard_draft",
    "dispense",
    "end_activity",
    "end_caution",
    "end_own_chapter",
    "expire_stock",
    "finish_chapter",
    "finish_decision",
    "finish_draft",
    "finish_supervision_task",
    "finish_talk",
    "follow_death",
    "follow_need",
    "follow_question",
    "give_brief_intervention",
    "hand_over_caseload",
    "hand_over_draft",
    "hold_meeting",
    "install_recording",
    "install_wording",
    "keep_chapter_words",
    "lower_urgency",
    "keep_note_draft",
    "keep_visit_draft",
    "move_family_goal",
    "move_goal",
    "name_contact",
    "name_focal_point",
    "note_missed",
    "note_need",
    "offer_service",
    "open_episode",
    "plan_grant_closing",
    "plan_site_closing",
    "prescribe",
    "promise_call",
    "rate_family",
    "receive_stock",
    "record_body_session",
    "record_death",
    "record_family_session",
    "record_incident",
    "record_permission",
    "record_response",
    "record_session",
    "record_supervision",
    "record_view",
    "record_visit",
    "remove_wording",
    "review_alert",
    "review_note",
    "review_stuck",
    "say_company",
    "say_goodbye",
    "say_leaving",
    "screen",
    "set_family_goal",
    "set_goal",
    "settle_call",
    "settle_next_step",
    "settle_paper",
    "share_goal",
    "skip_chapter",
    "stop_prescription",
    "supervise",
    "take_back_death",
    "tell_emergency",
    "tell_red_flags",
    "wish_discussion",
    "write_note",
]
