"""Visits on telephones: whoever goes, waits or is called for one, and whom it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from karama.outreach.actions import set_out
from karama.outreach.jobs import tell_next
from karama.outreach.models import Visit, VisitPerson, VisitStep
from tests.outreach.conftest import after, field, monday, plan
from tests.people.conftest import Clinic, amal, clinic
from tests.sync.phone import Phone

__all__ = ["amal", "clinic", "field", "monday", "plan"]


def test_a_visit_is_with_everybody_who_has_to_do_with_it(
    field: Clinic, amal: UUID, plan: Callable[..., Visit], monday: Any
) -> None:
    """SY138: a visit is on the telephones of whoever goes and waits, with whom it is for where that file travels, and
    with who was called because nothing was heard; of nobody else."""
    agent = field.hire("salma", "community_agent", field.here)
    made = plan(waits=agent.id)
    who = {"chantal": field["chantal"], "diego": field["diego"], "salma": agent, "tunde": field["tunde"]}
    phones = {name: Phone(by).enrol() for name, by in who.items()}
    for one in phones.values():
        one.sync()
    assert phones["chantal"].fields(amal, VisitPerson.KIND) == [{"visit": str(made.id)}]
    assert all(len(phones[name].fields("", Visit.KIND)) == 1 for name in ("chantal", "diego", "salma"))
    assert not any(str(amal) in str(phones[name].files) for name in ("diego", "salma", "tunde"))
    set_out(by=field["chantal"], visit=made.id)
    monday.move_to(after(hours=5))
    assert tell_next() > 0
    for one in phones.values():
        one.sync()
    called = {step["to_id"] for step in phones["diego"].fields("", VisitStep.KIND) if step["to_id"]}
    assert str(agent.id) in called
    assert phones["tunde"].fields("", Visit.KIND) == phones["tunde"].fields("", VisitStep.KIND) == []
