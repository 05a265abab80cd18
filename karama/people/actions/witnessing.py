"""Who was there when something was decided: asked at the desk, and kept under seal."""

from __future__ import annotations

from typing import Literal

from karama.journal import Actor
from karama.people.models import Consent, Paper
from karama.people.problems import WitnessMissing, WitnessNotThere

WitnessKin = Literal["", "not_relative", "relative", "partner", "colleague", "interpreter"]
WITH_WITNESS = frozenset({"witnessed", "mark"})
"""Ways of deciding at which somebody else is, or may be, there."""


def note_witness(by: Actor, fact: Consent, sheet: Paper | None, witness: str, kin: WitnessKin) -> None:
    """Keep who was there. At the desk a decision before a witness names her and what she is to the person; what comes
    from a telephone, from paper or with an import may do so.

    Raises:
        WitnessMissing: name or relation is missing. WitnessNotThere: somebody is named, and nobody was there.
    """
    if (witness or kin) and fact.method not in WITH_WITNESS:
        raise WitnessNotThere()
    at_the_desk = by.kind == "user" and by.device is None and by.duty != "data_import" and sheet is None
    wanted = fact.method == "witnessed" and at_the_desk
    if (wanted or kin) and not witness:
        raise WitnessMissing("witness")
    if (wanted or witness) and not kin and at_the_desk:
        raise WitnessMissing("witness_kin")
    fact.seal("witness", witness or None)
    fact.seal("witness_kin", kin or None)
