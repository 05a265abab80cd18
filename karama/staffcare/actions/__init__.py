"""What a colleague does for herself, and for another."""

from karama.staffcare.actions.answering import decline, give_back, say_talked, take
from karama.staffcare.actions.asking import allow, ask_colleague, ask_for_call, withdraw
from karama.staffcare.actions.erasing import delete_request, end_all, erase_over
from karama.staffcare.actions.offering import answer_offer, end_offer, forget_offers, offer
from karama.staffcare.actions.supporting import agree_to_be_asked, stop_being_asked
from karama.staffcare.actions.telling import tell_turn

__all__ = [
    "agree_to_be_asked",
    "allow",
    "answer_offer",
    "ask_colleague",
    "ask_for_call",
    "decline",
    "delete_request",
    "end_all",
    "end_offer",
    "erase_over",
    "forget_offers",
    "give_back",
    "offer",
    "say_talked",
    "stop_being_asked",
    "take",
    "tell_turn",
    "withdraw",
]
