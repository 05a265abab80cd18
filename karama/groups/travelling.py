"""What telephones learn to lead a group: the interventions this programme runs, and the list of activities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from karama.groups.access import FACILITATING
from karama.groups.curriculum import card_of
from karama.journal import Actor
from karama.knowledge.intervention_cards import Component, Fidelity, Intervention
from karama.knowledge.pack_groups import USUAL, Groups, Run, groups_of
from karama.knowledge.packs import PackError
from karama.knowledge.value_sets import coded
from karama.programme.travelling import pack_of
from karama.sync.knowledge import once_for_each


def knowledge(by: Actor) -> Mapping[str, Any]:
    """The part `groups`, for duties that may facilitate."""
    pack = pack_of(by)
    if pack is None or by.duty not in FACILITATING:
        return {}
    try:
        return {"groups": _part(groups_of(pack.code))}
    except PackError:
        return {"groups": _part(USUAL)}


@once_for_each
def _part(groups: Groups) -> Mapping[str, Any]:
    cards = ((run, card_of(run.intervention)) for run in groups.runs)
    return {
        "interventions": {run.intervention: _intervention(run, card) for run, card in cards if card is not None},
        "fourWs": [
            {"code": one.code, "names": dict(one.names), "draft": one.evidence.draft} for one in coded("four_ws")
        ],
    }


def _intervention(run: Run, card: Intervention) -> Mapping[str, Any]:
    """Of evidence only whether something still has to be checked: it is shown with that mark."""
    return {
        "names": dict(card.names),
        "format": card.format,
        "draft": card.draft,
        "planned": run.meetings or card.usual_meetings,
        "meetings": [
            {"number": one.number, "names": {}, "activities": [_said(part) for part in card.activities(one.number)]}
            for one in card.plan
        ],
        "activities": [_said(part) for part in card.components],
        "fidelity": [_said(part) for part in card.fidelity],
        "checkInAfter": list(run.check_in_after),
        "checkInDays": run.check_in_days,
        "instruments": list(run.instruments),
    }


def _said(part: Component) -> dict[str, Any]:
    far = {"atADistance": part.at_a_distance} if isinstance(part, Fidelity) else {}
    return {"code": part.code, "names": dict(part.names), **far}
