"""Telephones on the ground of the attacks: one enrolled, one operation about Amal held, one field of hers met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from karama.sync.models import Conflict, HeldOperation
from tests.sync.phone import Phone


def made_phones(made: Any, canary: Callable[[str], str]) -> None:
    """The agent who works with Amal, at her telephone."""
    phone = Phone(made.actors["community_agent.assigned"]).enrol()
    phone.do("care.amend_note", person=made.ids["person"], words=canary("held_words"))
    phone.do("care.move_goal", goal=made.ids["goal"], state="met")
    phone.sync(pull=False)
    made.ids |= {
        "device": phone.device,
        "operation": HeldOperation.objects.get().id,
        "conflict": Conflict.objects.get().id,
    }
