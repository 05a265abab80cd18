"""What can go wrong with whoever was there when something was decided."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class WitnessMissing(Problem):
    """Something was decided before a witness, and nobody says who that was, or what she is to the person."""

    code = "people.witness_missing"
    what = _("Say who the witness was, and what this is to the person.")
    do = _("A name is enough. If nobody was there, choose how it was said instead.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class WitnessNotThere(Problem):
    """A witness of a decision at which nobody else was."""

    code = "people.witness_not_there"
    what = _("A witness is named, but it was not said before one.")
    do = _('Choose "Said before a witness" or "Finger mark", or leave the witness empty.')

    def __init__(self) -> None:
        super().__init__(field="method")
