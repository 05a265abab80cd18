"""Going out in the demonstration: a visit that came back, two that are planned, a closed area, what was given out."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from karama.accounts.queries import actor_by_name
from karama.journal import clock
from karama.outreach.actions import (
    come_back,
    follow_security,
    give_to_many,
    give_to_person,
    plan_visit,
    receive_goods,
    report_security,
    set_area,
    set_out,
)
from karama.programme.days import today_at
from karama.reception.desks import moment_at


def tell(users: dict[str, UUID], sites: dict[str, UUID], people: dict[str, UUID]) -> None:
    """Make everything at the first site, as its colleagues would."""
    site, now = sites["mosul"], clock.now()
    chantal, dilan, nadia = (actor_by_name(one) for one in ("chantal", "dilan", "nadia"))
    set_area(
        by=nadia, site=site, area="camps-south", state="no_go", until=now + timedelta(days=3),
        reason="The road is closed after rain; the camp asks us to come on Thursday.",
    )  # fmt: skip
    first = _visit(site, area="city-east", leaves=now - timedelta(hours=3), back=now + timedelta(hours=1))
    made = plan_visit(by=chantal, people=[people["Rezan"]], goes=[users["berivan"]], community=True, **first).value.id
    set_out(by=chantal, visit=made)
    come_back(by=chantal, visit=made, reached=11, basis="people", note="Tea with the neighbours; two ask for a talk.")
    event = report_security(
        by=chantal, site=site, kind="checkpoint", visit=made, at=now - timedelta(hours=1),
        words="Held for half an hour at the bridge; papers were looked at and given back.",
        present=[users["chantal"], users["berivan"]],
    ).value.id  # fmt: skip
    follow_security(
        by=nadia, event=event, step="learned", words="The letter of the directorate goes along from now on."
    )
    follow_security(by=nadia, event=event, step="staff_supported", words="We talked the same evening; both rested.")
    follow_security(by=nadia, event=event, step="closed", words="Talked about in the team.")
    tomorrow = today_at(site) + timedelta(days=1)
    morning = {"leaves": moment_at(site, tomorrow, time(9)), "back": moment_at(site, tomorrow, time(13))}
    plan_visit(
        by=chantal, people=[people["Amal"], people["Rezan"]], goes=[users["berivan"]], waits=users["nadia"],
        note="By car until the mosque, then on foot.", **_visit(site, area="city-west", **morning),
    )  # fmt: skip
    plan_visit(by=dilan, community=True, waits=users["nadia"], **_visit(site, area="city-east", **morning))
    receive_goods(
        by=nadia, site=site, what="kit", quantity=40, source="Bought in Mosul, grant G-12", batch="K-7",
        expires_on=today_at(site) + timedelta(days=40),
    )  # fmt: skip
    receive_goods(by=nadia, site=site, what="materials", quantity=45, source="Donated by the university")
    give_to_person(by=chantal, person=people["Amal"], what="kit", quantity=1, signed=True)
    give_to_person(by=chantal, person=people["Rezan"], what="transport", quantity=5000, signed=True)
    give_to_many(by=dilan, site=site, what="materials", quantity=30, count=25, basis="contacts")


def _visit(site: UUID, **more: Any) -> dict[str, Any]:
    return {"site": site, **more}
