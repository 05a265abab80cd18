"""What a person does in this room: one keyword-only function for each thing, a file per noun."""

from karama.referrals.actions.directory import (
    close_service,
    end_agreement,
    keep_service,
    record_agreement,
    verify_service,
)
from karama.referrals.actions.emergency import refer_in_emergency
from karama.referrals.actions.incoming import accept_incoming, give_feedback, receive_referral
from karama.referrals.actions.receiving import answer_packet, lock_packet, open_packet, try_packet
from karama.referrals.actions.referring import prepare_referral, renew_slip, send_referral
from karama.referrals.actions.slips import take_in_slip
from karama.referrals.actions.stepping import hand_on, record_step, take_up

__all__ = [
    "accept_incoming",
    "answer_packet",
    "close_service",
    "end_agreement",
    "give_feedback",
    "hand_on",
    "keep_service",
    "lock_packet",
    "open_packet",
    "prepare_referral",
    "receive_referral",
    "record_agreement",
    "record_step",
    "refer_in_emergency",
    "renew_slip",
    "send_referral",
    "take_in_slip",
    "take_up",
    "try_packet",
    "verify_service",
]
