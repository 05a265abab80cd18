"""What can go wrong with users, duties and the sign-in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NameTaken(Problem):
    """The user name is in use."""

    code = "accounts.name_taken"
    what = _("This user name is in use.")
    do = _("Choose another one.")


class AliasTaken(Problem):
    """A work alias by which colleagues and participants know, or knew, somebody else."""

    code = "accounts.alias_taken"
    what = _("Somebody else is or was known by this work alias.")
    do = _("Choose another one, so that nobody is taken for somebody else.")


class BadName(Problem):
    """The user name has another form."""

    code = "accounts.username"
    what = _("A user name has 3 to 40 small letters, digits, dots or hyphens.")
    do = _("Type it again without spaces or capitals.")


class UnknownDuty(Problem):
    """There is no such duty."""

    code = "accounts.unknown_duty"
    what = _("There is no such duty.")
    do = _("Choose a duty of the list.")


class PlaceDoesNotFit(Problem):
    """Programme, site and team do not belong together, or the duty needs a programme."""

    code = "accounts.place"
    what = _("Programme, site and team do not belong together.")
    do = _(
        "Choose a site of the programme, and a team of the site. Only some duties can be held for the whole "
        "organisation."
    )


class HeldAlready(Problem):
    """The same duty in the same place."""

    code = "accounts.held_already"
    what = _("This colleague holds this duty there already.")
    do = _("End the other one first, or choose another place.")


class DaysDoNotFit(Problem):
    """The last day lies before the first."""

    code = "accounts.days"
    what = _("The last day lies before the first.")
    do = _("Look at both days again.")


class OwnDeputy(Problem):
    """Nobody stands in for herself."""

    code = "accounts.own_deputy"
    what = _("Nobody can be their own deputy.")
    do = _("Choose another colleague, or leave the deputy empty.")


class NotAtSite(Problem):
    """Only somebody who works at a site can be on call there."""

    code = "accounts.not_at_site"
    what = _("This colleague does not work at this site.")
    do = _("Give this colleague a duty at the site first, or choose somebody else.")


class LastAdministrator(Problem):
    """Without an administrator nobody could give duties any more."""

    code = "accounts.last_administrator"
    what = _("This is the last administrator.")
    do = _("Make another administrator first.")


class NoSuchUser(Problem):
    """A name on the command line that no user has, or who holds no such duty."""

    code = "accounts.no_such_user"
    what = _("No user of this name holds a duty that may do this.")
    do = _("Look at the name given with --as, or ask the administrator for the duty.")


class WhichUser(Problem):
    """The command line was not told who asks, and it is not plain."""

    code = "accounts.which_user"
    what = _("It is not plain who asks.")
    do = _("Say who, with --as NAME.")


class WeekdayOrDay(Problem):
    """A shift needs a weekday or a day, not both."""

    code = "accounts.weekday_or_day"
    what = _("A shift is every week on one weekday, or on one day.")
    do = _("Choose the weekday or enter the day, not both.")


class TooManyTries(Problem):
    """Wrong password several times on the locked screen."""

    code = "accounts.too_many_tries"
    what = _("The password was wrong several times.")
    do = _("Wait five minutes, then try again. If you forgot it, ask your administrator for a new one.")
    status = 429


class NotByTelephone(Problem):
    """A duty that needs a second factor does not work from a telephone."""

    code = "accounts.not_by_telephone"
    what = _("This duty is not done from a telephone.")
    do = _("Sign in at a screen, with your second factor. A telephone can be connected in a duty of care.")


class EnrolmentFailed(Problem):
    """A telephone was not let in. Whatever the reason, the answer is the same."""

    code = "accounts.enrolment_failed"
    what = _("This telephone was not connected.")
    do = _("Draw a new code on your account page and enter it within a quarter of an hour.")
    status = 400
