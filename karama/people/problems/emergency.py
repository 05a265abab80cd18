"""What can go wrong when a record is opened in an emergency."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class EmergencyReason(Problem):
    """An emergency without a reason that somebody can look at afterwards."""

    code = "people.emergency_reason"
    what = _("Say in a sentence why this cannot wait.")
    do = _("Write what happens now and whom you tried to reach. It is read afterwards.")

    def __init__(self, field: str = "reason") -> None:
        super().__init__(field=field)


class EmergencyPause(Problem):
    """More emergencies in a day than one colleague meets."""

    code = "people.emergency_pause"
    what = _("You have opened three records in an emergency within a day.")
    do = _("Call the supervisor of the site, or raise a worry: that is never refused.")
    status = 429


class GlassReviewed(Problem):
    """Another review came first."""

    code = "people.glass_reviewed"
    what = _("Somebody has looked at this already. Yours was not kept.")
    do = _("What was said first stands. Open the list again.")
    status = 409


class NobodyFound(Problem):
    """Nobody, more than one, or nobody who exists for this asker."""

    code = "people.nobody_found"
    what = _("Nobody is found with exactly this.")
    do = _("Check the code, or both names and the birth year. You can raise a worry without finding anybody.")
    status = 404
