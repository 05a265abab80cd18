"""What can go wrong with programmes, sites and teams."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NoOrganisation(Problem):
    """A programme was to be opened before the organisation stands."""

    code = "programme.no_organisation"
    what = _("This installation has no organisation yet.")
    do = _("Set up the organisation first: karama init does it.")


class OrganisationExists(Problem):
    """The organisation was to be set up a second time."""

    code = "programme.organisation_exists"
    what = _("The organisation of this installation is set up already.")
    do = _("Add another organisation as a partner, or make another installation for it.")


class NameTaken(Problem):
    """Something of this name or code exists already."""

    code = "programme.name_taken"
    what = _("This name or code is in use already.")
    do = _("Choose another one, or open the one that exists.")


class NoPack(Problem):
    """There is no pack with this code, or it cannot be read."""

    code = "programme.no_pack"
    what = _("There is no programme pack with this code that can be read.")
    do = _("Look at the list of packs with karama programme list, and type the code as it stands there.")


class AlreadyOpen(Problem):
    """The programme is open."""

    code = "programme.already_open"
    what = _("This programme is open already.")
    do = _("Open its page to add a site or a team.")


class UnknownTimeZone(Problem):
    """The time zone is not an IANA name."""

    code = "programme.time_zone"
    what = _("This time zone is not known.")
    do = _("Type its name as in America/Bogota or Asia/Baghdad.")


class NotStaff(Problem):
    """A responder must be somebody who works at the site now."""

    code = "programme.not_staff"
    what = _("This colleague does not work at this site now, and cannot answer there.")
    do = _("Give this colleague a duty at the site first, or choose somebody else.")


class AnswersAlready(Problem):
    """The same person cannot be responder and deputy of one site."""

    code = "programme.answers_already"
    what = _("This colleague answers at this site already.")
    do = _("Choose a second person: responder and deputy must be two people.")


class NotYetVerified(Problem):
    """A day in the future, or a verified day without a service."""

    code = "programme.verified_on"
    what = _("The day on which the service was verified does not fit.")
    do = _("Name the service, and enter the day on which somebody called or visited it: today or earlier.")


class StillInUse(Problem):
    """A site with open teams cannot be closed."""

    code = "programme.still_in_use"
    what = _("This site still has teams.")
    do = _("Close its teams first, then the site.")


class StillInCare(Problem):
    """A site where people are in care was to be closed."""

    code = "programme.still_in_care"
    what = _("People are in care at this site.")
    do = _(
        "Let the supervisor plan the closing: everybody gets a goodbye and a way onward, then the site can be closed."
    )


class StillExpected(Problem):
    """A site at which somebody is expected was to be closed."""

    code = "programme.still_expected"
    what = _("Somebody still has an appointment at this site.")
    do = _("Let the front desk move or cancel the appointments that are to come, then the site can be closed.")


class StillGoingOn(Problem):
    """A site where groups meet was to be closed."""

    code = "programme.still_going_on"
    what = _("Groups still meet at this site.")
    do = _("Let the supervisor end each of them with its people, then the site can be closed.")


class GrantMeanwhile(Problem):
    """A page was open while somebody else gave a grant another last day."""

    code = "programme.grant_meanwhile"
    what = _("Somebody else changed the last day meanwhile.")
    do = _("Open the grant again, and look at its last day first.")

    def __init__(self) -> None:
        super().__init__(field="to_on")


class GrantDays(Problem):
    """The last day of a grant lies before its first, or in the past."""

    code = "programme.grant_days"
    what = _("The days of this grant do not fit.")
    do = _("The last day comes after the first, and not before today.")

    def __init__(self) -> None:
        super().__init__(field="to_on")


class NotPaidHere(Problem):
    """A line of a grant with a place or service that is not of its programme."""

    code = "programme.not_paid_here"
    what = _("This site, service or team is not part of the programme.")
    do = _("Choose one of those that are offered.")


class GrantClosed(Problem):
    """Something new was to be paid from a grant that is closed."""

    code = "programme.grant_closed"
    what = _("This grant is closed.")
    do = _("Choose a grant that goes on.")


class ClosingNotPlanned(Problem):
    """A grant was to be closed without a plan."""

    code = "programme.closing_not_planned"
    what = _("No closing of this grant is planned.")
    do = _("Plan it first, so that everybody hears of it in time.")


class LastDayToCome(Problem):
    """A grant was to be closed before its planned last day."""

    code = "programme.last_day_to_come"
    what = _("The last day of this grant has not come yet.")
    do = _("Close it on that day, or plan an earlier one.")


class NoGoodbyeYet(Problem):
    """A grant was to be closed while somebody whom only it pays for had no goodbye."""

    code = "programme.no_goodbye_yet"
    what = _("Somebody whom only this grant pays for had no goodbye yet.")
    do = _("Let the colleagues on the list say it. People hidden from a supervisor are told to others.")


class GroupsGoOn(Problem):
    """A grant was to be closed while groups that only it pays for meet."""

    code = "programme.groups_go_on"
    what = _("Groups that only this grant pays for still meet.")
    do = _("End each of them with its people, or let another grant pay for its site.")
