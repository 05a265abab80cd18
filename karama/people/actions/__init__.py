"""What a person does in this room: one keyword-only function for each thing, a file per noun."""

from karama.people.actions.consenting import explain_limits, record_consent, withdraw_consent
from karama.people.actions.contact import leave_contact_undecided, set_contact_rules
from karama.people.actions.emergency import break_glass, check_emergency, review_glass
from karama.people.actions.erasing import erase_person, settle_erasure
from karama.people.actions.facility import drop_number, note_number
from karama.people.actions.family import (
    add_family_member,
    add_relation,
    begin_family,
    end_relation,
    keep_apart,
    leave_family,
    set_family_answer,
)
from karama.people.actions.file import close_file, correct_identity, hold_file, release_file, reopen_file
from karama.people.actions.lost_card import find_me, look_at_new_file, open_find_me, set_find_me
from karama.people.actions.merging import join_files, separate_files
from karama.people.actions.pairing import decide_pair, note_suggestions
from karama.people.actions.protecting import (
    agree_guardian_knows,
    ask_best_interest,
    decide_best_interest,
    end_guardian,
    name_guardian,
    review_best_interest,
)
from karama.people.actions.registering import prepare_people, register_person
from karama.people.actions.relations import assign, end_assignment, hide_from, say_conflict, unhide
from karama.people.actions.reserving import reserve_codes
from karama.people.actions.restoring import repeat_withdrawal
from karama.people.actions.rotating import begin_rotation, finish_rotation
from karama.people.actions.settling import settle_effect
from karama.people.actions.transferring import (
    accept_transfer,
    decline_transfer,
    propose_transfer,
    take_back_transfer,
)

__all__ = [
    "settle_effect",
    "break_glass",
    "reserve_codes",
    "review_glass",
    "accept_transfer",
    "add_family_member",
    "add_relation",
    "begin_family",
    "begin_rotation",
    "decide_pair",
    "drop_number",
    "note_number",
    "decline_transfer",
    "end_relation",
    "find_me",
    "finish_rotation",
    "leave_contact_undecided",
    "leave_family",
    "look_at_new_file",
    "note_suggestions",
    "open_find_me",
    "propose_transfer",
    "set_family_answer",
    "set_find_me",
    "take_back_transfer",
    "agree_guardian_knows",
    "ask_best_interest",
    "assign",
    "check_emergency",
    "close_file",
    "correct_identity",
    "decide_best_interest",
    "end_assignment",
    "end_guardian",
    "erase_person",
    "explain_limits",
    "hide_from",
    "hold_file",
    "join_files",
    "keep_apart",
    "name_guardian",
    "prepare_people",
    "record_consent",
    "register_person",
    "release_file",
    "reopen_file",
    "repeat_withdrawal",
    "review_best_interest",
    "say_conflict",
    "separate_files",
    "set_contact_rules",
    "settle_erasure",
    "unhide",
    "withdraw_consent",
]
