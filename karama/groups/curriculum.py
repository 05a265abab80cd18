"""What a cycle's intervention says, and what the programme's pack says about it, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from karama.groups.models import Cycle
from karama.journal.asking import once
from karama.knowledge.intervention_cards import Component, Intervention, intervention
from karama.knowledge.loader import KnowledgeError
from karama.knowledge.pack_groups import USUAL, Groups, Run, groups_of
from karama.knowledge.packs import PackError
from karama.knowledge.value_sets import coded
from karama.programme import packs
from karama.programme.models import Site


@once
def pack_at(site: UUID) -> Groups:
    """The groups of a site's programme; those of the house where the pack says nothing that can be read."""
    code = Site.objects.filter(pk=site).values_list("programme__code", flat=True).first()
    try:
        return groups_of(code or "")
    except PackError:
        return USUAL


def card_of(code: str) -> Intervention | None:
    """The card of an intervention; None without one, or when it cannot be read."""
    if not code:
        return None
    try:
        return intervention(code)
    except KnowledgeError:
        return None


def run_of(cycle: Cycle) -> Run | None:
    """How the programme runs what this cycle follows."""
    return pack_at(cycle.group.site_id).run(cycle.intervention) if cycle.intervention else None


def planned_for(site: UUID, code: str) -> int | None:
    """How many meetings a cycle has by itself: what the pack says, else what is verified; never a draft."""
    run, card = pack_at(site).run(code), card_of(code)
    if run is not None and run.meetings is not None:
        return run.meetings
    return card.usual_meetings if card else None


def offered_at(site: UUID) -> list[tuple[str, str]]:
    """(code, words) of what may be run in groups there."""
    cards = ((run.intervention, card_of(run.intervention)) for run in pack_at(site).runs)
    return [(code, packs.words(card.names)) for code, card in cards if card is not None]


def said(parts: Iterable[Component]) -> list[tuple[str, str]]:
    """(code, words in the reader's language)."""
    return [(one.code, packs.words(one.names)) for one in parts]


def told(texts: Mapping[str, str]) -> str:
    """Words of the pack in the reader's language."""
    return packs.words(texts)


def four_ws(only: Iterable[str] = ()) -> list[tuple[str, str, bool]]:
    """(code, words, whether it is a draft) of the list of activities; `only`: whose code begins so."""
    begins = tuple(only)
    return [
        (one.code, f"{one.code} {packs.words(one.names)}", one.evidence.draft)
        for one in coded("four_ws")
        if not begins or one.code.startswith(begins)
    ]
