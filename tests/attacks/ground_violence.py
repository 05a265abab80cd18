"""What Amal said alone: a named colleague with a record, an offered service, a short conversation that goes on."""

from __future__ import annotations

from typing import Any

from karama.care.actions import (
    answer_talk,
    begin_talk,
    finish_talk,
    give_brief_intervention,
    name_focal_point,
    offer_service,
    record_incident,
)


def made_alone(made: Any) -> None:
    """The psychologist who works with her is named, and recorded what she wanted passed on."""
    agent, ada, person = (
        made.actors["community_agent.assigned"], made.actors["psychologist.assigned"], made.ids["person"],
    )  # fmt: skip
    name_focal_point(by=made.actors["supervisor.near"], user=ada.id, site=made.ids["site"], named=True)
    record_incident(by=ada, person=person, type="physical_assault", timing="month", services={"health": "accepted"})
    made.ids["offered"] = offer_service(by=agent, person=person, way="protected", said="accepted").value.id
    begin_talk(by=agent, person=person)
    answer_talk(by=agent, person=person, item="worry", answer="often")
    answer_talk(by=agent, person=person, item="hurt", answer="no")
    finish_talk(by=agent, person=person)
    give_brief_intervention(by=agent, person=person, kind="coping")
    begin_talk(by=agent, person=person, again=True)
