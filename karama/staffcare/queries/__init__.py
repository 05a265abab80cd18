"""Reading: what is one's own, and what one was asked. Nothing else is there for anybody."""

from karama.staffcare.queries.pages import (
    AskedPage,
    OwnPage,
    TalkPage,
    agreed_to_be_asked,
    asked_page,
    offer_of,
    own_page,
    talk_page,
)
from karama.staffcare.queries.talks import TalkLine, asked_of, own_talks

__all__ = [
    "AskedPage",
    "OwnPage",
    "TalkLine",
    "TalkPage",
    "agreed_to_be_asked",
    "asked_of",
    "asked_page",
    "offer_of",
    "own_page",
    "own_talks",
    "talk_page",
]
