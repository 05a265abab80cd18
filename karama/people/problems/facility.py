"""What can go wrong with the number of a hospital. No sentence holds it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NumberUnreadable(Problem):
    """What was typed or scanned can be no number of a hospital."""

    code = "people.number_unreadable"
    what = _("This cannot be a hospital number: it has a digit, and at most 40 characters.")
    do = _("Look at the card of the hospital and type it again.")

    def __init__(self) -> None:
        super().__init__(field="facility_no")


class NumberNotKept(Problem):
    """A number of a hospital for somebody known by a code only: it would tell who that is."""

    code = "people.number_not_kept"
    what = _("This person is known by a code only. A hospital number would tell who it is.")
    do = _("Leave it empty, or ask the person whether a name may be kept.")

    def __init__(self) -> None:
        super().__init__(field="facility_no")


class NumbersEnough(Problem):
    """More numbers than one person has."""

    code = "people.numbers_enough"
    what = _("Ten hospital numbers are kept for this person already.")
    do = _("Take off one that is not used any more.")

    def __init__(self) -> None:
        super().__init__(field="facility_no")
