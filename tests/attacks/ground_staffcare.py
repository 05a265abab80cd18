"""A colleague's own talk on the ground: what she asked, whom, and an offer; a canary in her word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from karama.staffcare.actions import agree_to_be_asked, ask_colleague, offer
from karama.staffcare.jobs import CARER


def made_staffcare(made: Any, canary: Callable[[str], str]) -> None:
    """The agent asks the psychologist of her site; two others, who agreed as well, are not asked."""
    agent, asked = made.actors["community_agent.assigned"], made.actors["psychologist.assigned"]
    for who in ("psychologist.assigned", "interpreter.near", "supervisor.near"):
        agree_to_be_asked(by=made.actors[who])
    made.ids["support"] = ask_colleague(by=agent, colleague=asked.id, words=canary("talk_words")).value.id
    made.ids["offer"] = offer(by=CARER, user=agent.id).value.id
