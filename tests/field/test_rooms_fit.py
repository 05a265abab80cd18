"""What the screens of safety, groups, visits, referrals and messages send fits the actions of the server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from pydantic import ValidationError

from karama.journal.doing import ACTIONS
from karama.sync.declared import may_come
from tests.field.node import node
from tests.machinery.reference import modules

EXAMPLES = Path(__file__).with_name("room_examples.ts")
ACTIONS_SENT = 15


def test_what_the_screens_send_fits() -> None:
    """FD655: every way in which these screens ask for an action has arguments that the server takes."""
    list(modules())  # every room's actions are known once its modules are
    told = subprocess.run([node(), str(EXAMPLES)], capture_output=True, text=True, timeout=120, check=True).stdout
    examples = [json.loads(line) for line in told.splitlines()]
    wrong = [f"{action}: {fault}" for action, arguments in examples if (fault := _fault(action, arguments))]
    assert wrong == []
    assert len({action for action, _arguments in examples}) == ACTIONS_SENT


def _fault(action: str, arguments: dict[str, object]) -> str:
    up = may_come(action)
    if up is None:
        return "does not come from telephones"
    try:
        up.sends(**arguments) if up.sends else ACTIONS[action]._shape.model_validate(arguments)
    except ValidationError as wrong:
        return str(wrong.errors(include_input=False))
    return ""
