"""What can go wrong with families. No sentence tells which member it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class AlreadyInFamily(Problem):
    """A person who is in a family already."""

    code = "people.already_in_family"
    what = _("This person cannot be taken into this family now.")
    do = _("Ask the person, and let the person leave another family first if that is wished.")

    def __init__(self) -> None:
        super().__init__(field="code")


class AnsweredMeanwhile(Problem):
    """A page was open while somebody else wrote down another answer of this member."""

    code = "people.answered_meanwhile"
    what = _("Somebody else wrote down another answer meanwhile.")
    do = _("Ask the person again, and save what the person says now.")

    def __init__(self) -> None:
        super().__init__(field="agrees")
