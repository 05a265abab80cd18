"""What can go wrong in this room. No sentence holds a name, a word somebody wrote, or whom somebody asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NotNow(Problem):
    """A step that does not follow where the request stands now."""

    code = "staffcare.not_now"
    what = _("This talk stands somewhere else now.")
    do = _("Open it again and look.")
    status = 409


class NobodyToAsk(Problem):
    """Whoever was chosen did not agree to be asked, is away, or has left."""

    code = "staffcare.nobody"
    what = _("This colleague cannot be asked now.")
    do = _("Choose another one, or somebody outside.")


class TooManyOpen(Problem):
    """She has several talks open already."""

    code = "staffcare.too_many"
    what = _("You have asked for several talks already.")
    do = _("Open one of them: you can ask others there, or withdraw it.")


class TimeDoesNotFit(Problem):
    """A time for a call that is over, or more than two weeks away."""

    code = "staffcare.time"
    what = _("Nobody can call at this time.")
    do = _("Choose a time in the next two weeks.")

    def __init__(self) -> None:
        super().__init__(field="when")
