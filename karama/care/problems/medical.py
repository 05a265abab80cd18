"""What can go wrong with medicines, stock, the body map, visits and needs. No sentence holds a value."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class CautionBlocks(Problem):
    """A caution that is passed only with a written reason (E2). `codes`: which cautions speak."""

    code = "care.caution_blocks"
    what = _("A caution speaks against this medicine for this person.")
    do = _("Read it. Choose another medicine, or write down why it is given all the same.")

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(field="reason")


class CodeUnknown(Problem):
    """A code that stands on none of the lists that are offered."""

    code = "care.code_unknown"
    what = _("One of these choices is not on the list.")
    do = _("Choose from the list.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class PrescriptionEnded(Problem):
    """A prescription that was stopped or goes on in a newer one."""

    code = "care.prescription_ended"
    what = _("This prescription was stopped, or goes on in a newer one.")
    do = _("Open the medicines of this person and look at the newest one.")
    status = 409


class StockTooSmall(Problem):
    """More would leave a batch than is there (E3)."""

    code = "care.stock_too_small"
    what = _("There is not so much of this batch.")
    do = _("Take another batch, hand out less, or count the batch and correct it.")

    def __init__(self) -> None:
        super().__init__(field="quantity")


class MoreThanPrescribed(Problem):
    """More would be handed out than is left of the prescription."""

    code = "care.more_than_prescribed"
    what = _("That is more than what is left of this prescription.")
    do = _("Hand out what is left, or ask the prescriber for a new prescription.")

    def __init__(self) -> None:
        super().__init__(field="quantity")


class BatchDoesNotFit(Problem):
    """A batch of another medicine or place, or one that has expired."""

    code = "care.batch_does_not_fit"
    what = _("This batch cannot be handed out here: another medicine, another place, or expired.")
    do = _("Take another batch of this medicine.")

    def __init__(self) -> None:
        super().__init__(field="batch")


class BatchDiffers(Problem):
    """A batch number that is known with another day of expiry."""

    code = "care.batch_differs"
    what = _("This batch number is known here with another day of expiry.")
    do = _("Look at the package again: number and day belong together.")

    def __init__(self) -> None:
        super().__init__(field="expires_on")


class NotExpired(Problem):
    """Taking out a batch as expired that has not."""

    code = "care.not_expired"
    what = _("This batch has not expired, or nothing of it is left.")
    do = _("If packages are missing or broken, correct the count and say why.")


class MapDoesNotFit(Problem):
    """Marks on a body map that do not belong together."""

    code = "care.map_does_not_fit"
    what = _("The marks on the body do not fit: pain that spreads begins somewhere.")
    do = _("Mark where it hurts first, then where it spreads to.")

    def __init__(self) -> None:
        super().__init__(field="pain")


class ThreeActivities(Problem):
    """A fourth activity."""

    code = "care.three_activities"
    what = _("Three activities are chosen already.")
    do = _("End one of them first.")

    def __init__(self) -> None:
        super().__init__(field="words")


class EndedAlready(Problem):
    """Something that was ended or delivered before."""

    code = "care.ended_already"
    what = _("This was ended or delivered before.")
    do = _("Open the page again to see how it stands.")
    status = 409


class NobodyMissed(Problem):
    """Nobody was expected on this day, or the person came since, or a colleague wrote it down meanwhile."""

    code = "care.nobody_missed"
    what = _("Nobody is missed on this day any more: somebody came, or a colleague wrote it down.")
    do = _("Open the page again to see how it stands.")
    status = 409


class SayTried(Problem):
    """A missed visit without anything that was tried and without a reason."""

    code = "care.say_tried"
    what = _("Nothing is chosen: neither what was tried, nor why the person did not come.")
    do = _("Choose one of them.")

    def __init__(self) -> None:
        super().__init__(field="tried")
