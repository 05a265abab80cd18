"""The secret words of the attacks: one for each sealed field, found again wherever it leaks."""

from __future__ import annotations

from typing import Final

CANARIES: Final = {
    "called": ("general", "Qzcalledq"),
    "first": ("general", "Qzfirstq"),
    "last": ("general", "Qzlastq"),
    "place": ("general", "Qzplaceq"),
    "gender_words": ("kp_sogi", "Qzgenderq"),
    "ethnicity": ("protection", "Qzethnicq"),
    "contact_address": ("general", "Qzaddressq"),
    "safe_hours": ("general", "Qzhoursq"),
    "phrase": ("general", "Qzphraseq"),
    "consent_note": ("general", "Qzconsentq"),
    "hidden_reason": ("officer", "Qzhiddenq"),
    "emergency_reason": ("reviewer", "Qzemergencyreasonq"),
    "episode_words": ("clinical", "Qzepisodeq"),
    "amend_reason": ("clinical", "Qzamendq"),
    "relation_called": ("general", "Qzrelationq"),
    "relation_note": ("general", "Qzrelnoteq"),
    "worry_words": ("clinical", "Qzworryq"),
    "contact_note": ("clinical", "Qzcontactq"),
    "session_words": ("clinical", "Qzsessionq"),
    "note_words": ("clinical", "Qznoteq"),
    "note_reason": ("clinical", "Qznotereasonq"),
    "review_words": ("clinical", "Qzreviewq"),
    "goal_words": ("clinical", "Qzgoalq"),
    "goal_step": ("clinical", "Qzstepq"),
    "layer_reason": ("clinical", "Qzlayerq"),
    "death_words": ("clinical", "Qzdeathq"),
    "closing_words": ("clinical", "Qzclosingq"),
    "incident_words": ("incident", "Qzincidentq"),
    "incident_step": ("incident", "Qzfollowedq"),
    "farewell_words": ("clinical", "Qzfarewellq"),
    "closing_why": ("incident", "Qzsitewhyq"),
    "wish_why": ("clinical", "Qzwishq"),
    "decided_words": ("clinical", "Qzdecidedq"),
    "decision_words": ("clinical", "Qzdoneq"),
    "wish_language": ("general", "Qzz-Qzspokeq"),
    "try_words": ("clinical", "Qztriedq"),
    "activity_words": ("body", "Qzactivityq"),
    "caution_reason": ("clinical", "Qzcautionreasonq"),
    "stop_words": ("clinical", "Qzstopq"),
    "referral_reason": ("clinical", "Qzreferralreasonq"),
    "receiver_words": ("clinical", "Qzreceiverq"),
    "referral_words": ("clinical", "Qzreferralq"),
    "feedback_words": ("clinical", "Qzfeedbackq"),
    "request_note": ("general", "Qzrequestq"),
    "request_words": ("general", "Qzanswerq"),
    "held_words": ("clinical", "Qzheldq"),
    "visit_note": ("incident", "Qzvisitnoteq"),
    "visit_step": ("incident", "Qzvisitstepq"),
    "security_words": ("incident", "Qzonthewayq"),
    "security_step": ("incident", "Qzonthewaystepq"),
    "issue_reason": ("incident", "Qzissuereasonq"),
    "goods_source": ("incident", "Qzgoodsfromq"),
    "goods_batch": ("incident", "Qzgoodsbatchq"),
    "goods_why": ("incident", "Qzgoodswhyq"),
    "goods_reason": ("incident", "Qzgoodsreasonq"),
    "talk_words": ("talk", "Qztalkq"),
    "message_words": ("message", "Qzsaidtousq"),
    "feedback_about": ("message", "Qzaboutwhomq"),
    "feedback_step": ("message", "Qzlookedintoq"),
}
"""Field: (compartment of the independent table, token). `officer`: supervisor and data protection officer only."""


def canary(name: str) -> str:
    """The token that stands in this field and nowhere else."""
    return CANARIES[name][1]
