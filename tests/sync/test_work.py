"""The work of the simulated telephones is real work: each kind can be done."""

from __future__ import annotations

import pytest

from tests.people.conftest import Clinic
from tests.sync.simulator import begin
from tests.sync.work import ROWS, WORK


@pytest.mark.parametrize("kind", sorted(WORK))
def test_each_kind_of_work_is_done(kind: str, clinic: Clinic) -> None:
    """SY142: each kind of work of the random days is done when nothing goes wrong, and stands in one row."""
    world = begin(clinic)
    phone = world.phones[0]
    op = WORK[kind](phone, world.people[0], world.there)
    phone.sync(pull=False)
    assert phone.outcome(op) == "done"
    assert ROWS[kind].objects.count() == 1
