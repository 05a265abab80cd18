"""What can go wrong with families that are accompanied together. No sentence tells which member it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NotTogether(Problem):
    """A session or a goal of a family, asked for through somebody who is not accompanied together."""

    code = "care.not_together"
    what = _("This person is not accompanied together with a family now.")
    do = _("Meet this person alone. The person may say yes to it at any time.")


class NotOfTheFamily(Problem):
    """Somebody among those who came of whom this worker knows no yes. One answer for all of these."""

    code = "care.not_of_the_family"
    what = _("Only members who said yes themselves, and whom you see here, can be written down.")
    do = _("Look who is on the list now, and save again.")


class BeforeTheFamily(Problem):
    """A session of a family on a day on which this person was not in it."""

    code = "care.before_the_family"
    what = _("On that day this person was not in the family yet.")
    do = _("Choose a later day, or write it down for the person alone.")

    def __init__(self) -> None:
        super().__init__(field="on")


class NobodyCame(Problem):
    """A session of a family without a single member who came."""

    code = "care.nobody_came"
    what = _("Nobody is written down as having come.")
    do = _("Tap who came. If nobody came, write it down for each person alone.")


class ChildUndecided(Problem):
    """A member who is, or may be, a child, and for whom nobody who may do so has said yes."""

    code = "care.child_undecided"
    what = _("Somebody here may be a child, and nobody has decided for the child yet.")
    do = _("Look under Protection who decides for the child. Until then meet without the child.")


class OffTheScale(Problem):
    """A number that the scale does not have, or a scale where the programme has none."""

    code = "care.off_the_scale"
    what = _("This number is not on the scale.")
    do = _("Choose one of the numbers shown, or say why there is none.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)
