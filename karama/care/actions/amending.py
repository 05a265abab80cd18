"""Correcting answers: a newer response that names the one it corrects. What followed from the first one stays."""

from __future__ import annotations

from uuid import UUID

from karama.care import cards, targets
from karama.care.access import AMEND
from karama.care.actions import shapes
from karama.care.actions.recording import keep
from karama.care.models import Response
from karama.care.problems import AmendedMeanwhile, NothingChanged, ReasonNeeded
from karama.journal import ERASED, Absent, Actor, action


@action("care.amend_response", access=AMEND, target=targets.of_response)
def amend_response(*, by: Actor, response: UUID, answers: shapes.Answers, reason: shapes.Reason) -> Response:
    """Correct the answers of a response; both versions stay readable, with who and why.

    No alert is cleared by it: a safety answer that was positive keeps its alert, one that becomes positive raises its
    own. An import corrects the newest version whatever it is; a worker the version she has seen.

    Raises:
        ReasonNeeded, AmendedMeanwhile, NothingChanged, AnswersDoNotFit, ItemUnknown: see `problems`.
    """
    if not reason:
        raise ReasonNeeded()
    first = Response.objects.get(pk=response)
    newest = newest_of(first)
    if newest.id != first.id and by.duty != "data_import":
        raise AmendedMeanwhile()
    before = newest.unseal(newest.answers_field)
    if before is ERASED:
        raise Absent()
    card = cards.card(newest.instrument, newest.version)
    found = cards.whole(card, answers)
    if found == before:
        raise NothingChanged()
    row = Response(
        person_id=newest.person_id,
        amends=newest,
        **{name: getattr(newest, name) for name in CARRIED},
    )
    row.seal("amend_reason", reason)
    row.seal("acted", newest.unseal("acted"))
    told = [signal.code for signal in cards.signals(card, before) if signal.state == "positive"]
    return keep(by=by, card=card, answers=found, row=row, historic=newest.mode == "imported", told=told)


CARRIED = (
    "episode_id",
    "wave",
    "occurred_on",
    "precision",
    "language",
    "mode",
    "validated",
    "wording",
    "source",
    "taken_by_id",
)
"""What a correction of answers does not change."""


def newest_of(response: Response) -> Response:
    """The version that counts: the end of the chain of corrections."""
    current = response
    while (following := Response.objects.filter(amends=current).first()) is not None:
        current = following
    return current
