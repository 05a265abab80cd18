"""The problems that belong to no room: what the browser sent, and what the server could not do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal.problems import Problem


class BadRequest(Problem):
    """The browser sent something that is not a page, a form or a file of this system."""

    code = "ui.bad_request"
    what = _("The browser sent something that could not be read.")
    do = _("Go back, look at what you entered and send it again. Nothing was saved.")
    status = 400


class FormExpired(Problem):
    """The forgery check refused a form: usually a page left open across a lock or sign-out."""

    code = "ui.form_expired"
    what = _("This page was open too long, or you signed in again in between. Nothing was saved.")
    do = _("Go back, load the page again and send it once more.")
    status = 403


class TooMany(Problem):
    """A limit on attempts was reached."""

    code = "ui.too_many"
    what = _("There were too many attempts in a short time.")
    do = _("Wait a few minutes, then try again. An alert or a worry can still be raised by phone.")
    status = 429


class Failed(Problem):
    """Something broke that nobody foresaw."""

    code = "ui.failed"
    what = _("Something broke on our side. It is not your mistake.")
    do = _("Go back and try once more. What you saved before is still there; what you sent last may not be.")
    status = 500


class Busy(Problem):
    """The database did not answer in time."""

    code = "ui.busy"
    what = _("The system is busy just now. What you sent was not saved.")
    do = _("Wait half a minute, go back and send it again.")
    status = 503
