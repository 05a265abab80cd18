"""From the records of an episode to the question that `rules.stepped_care` answers."""

from __future__ import annotations

from karama.care import cards, pathways
from karama.care.models import LayerStep, OwnView, Response
from karama.care.queries.responses import opened
from karama.care.queries.scoring import Result
from karama.journal import ERASED, Actor
from karama.rules.stepped_care import Line, Suggestion, suggest


def suggestion_for(by: Actor, view: OwnView) -> Suggestion:
    """What the newest scores suggest beside this view. The view must be in the actor's reach.

    A safety question without an answer in the newest response of any measure switches it off, and so does a response
    of today's measures that nobody can score.
    """
    episode = view.episode
    lines = [
        Line(one.instrument, one.at_least, one.layer)
        for one in pathways.of_programme(episode.programme.code).steps
        if cards.compartment_of(one.instrument) in by.compartments
    ]
    rows = Response.objects.filter(
        person_id=episode.person_id, amended_by__isnull=True, compartment__in=by.compartments
    ).order_by("-occurred_on", "-recorded_at")
    newest: dict[str, Result] = {}
    for one in opened(by, episode.person, list(rows)):
        newest.setdefault(one.card.code, one)
    before = LayerStep.objects.filter(episode=episode).order_by("-recorded_at", "-id").first()
    wish, seen = view.unseal("wish"), view.unseal("seen")
    return suggest(
        lines,
        {code: one.scored.total for code, one in newest.items() if one.response.validated},
        now_at=before.layer if before is not None else "",
        own_view=view.layer,
        wish="" if wish is None or wish is ERASED else str(wish),
        safety_missing=any(one.must_ask for one in newest.values()),
        seen=() if seen is None or seen is ERASED else tuple(seen),
    )
