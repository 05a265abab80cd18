"""What can go wrong with groups. No sentence says who else is in one, nor why somebody needs another."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NameTells(Problem):
    """A name that says what people come for."""

    code = "groups.name_tells"
    what = _("This name would tell others what people come for.")
    do = _("Choose a neutral one, such as a river, a flower or a day of the week.")

    def __init__(self) -> None:
        super().__init__(field="name")


class NotRunHere(Problem):
    """An intervention that the programme does not run in groups, or none where one is needed."""

    code = "groups.not_run_here"
    what = _("This programme does not run that in groups.")
    do = _("Choose one of the list, or a group without a plan. The programme's pack says which there are.")

    def __init__(self) -> None:
        super().__init__(field="intervention")


class MayNotDeliver(Problem):
    """A colleague in a duty that may not deliver the intervention, or who is not at the site."""

    code = "groups.may_not_deliver"
    what = _("This colleague cannot facilitate this group.")
    do = _("Choose somebody of this site whose duty may deliver it, or ask your supervisor.")

    def __init__(self, field: str = "user") -> None:
        super().__init__(field=field)


class TwoAlready(Problem):
    """A third facilitator, or the last one leaving."""

    code = "groups.pair"
    what = _("A group has one or two facilitators.")
    do = _("Let one of them go first, or name another one before the last one goes.")

    def __init__(self) -> None:
        super().__init__(field="user")


class AnotherGroup(Problem):
    """Somebody cannot be in this group. It is never said why, nor with whom."""

    code = "groups.another_group"
    what = _("Another group is needed for this person.")
    do = _("Choose another group, or ask your supervisor for one. It is not the person's fault, nor anybody's.")

    def __init__(self) -> None:
        super().__init__(field="person")


class Full(Problem):
    """No place is left."""

    code = "groups.full"
    what = _("No place is left in this group.")
    do = _("Choose another group, or change how many may come.")

    def __init__(self) -> None:
        super().__init__(field="person")


class NotForWhom(Problem):
    """The group is for others; a facilitator may still take the person in, and says why."""

    code = "groups.not_for_whom"
    what = _("This group is meant for others, by age or gender.")
    do = _("Choose another group; or say in a few words why this one is right all the same.")

    def __init__(self) -> None:
        super().__init__(field="why")


class OnTheList(Problem):
    """Already a member."""

    code = "groups.on_the_list"
    what = _("This person is on the list already.")
    do = _("Look at the list of the group.")

    def __init__(self) -> None:
        super().__init__(field="person")


class NotOnTheList(Problem):
    """Attendance of somebody who is not a member."""

    code = "groups.not_on_the_list"
    what = _("Somebody here is not on the list of this group.")
    do = _("Open the page again. Who has no place on the list is counted as a walk-in.")

    def __init__(self) -> None:
        super().__init__(field="attendance")


class NoCycle(Problem):
    """Nothing is going on in this group."""

    code = "groups.no_cycle"
    what = _("This group has no meetings at the moment.")
    do = _("Begin a new cycle first.")


class CycleOpen(Problem):
    """A cycle begins while another one is open."""

    code = "groups.cycle_open"
    what = _("The meetings of this group are still going on.")
    do = _("End this cycle first.")


class HowMany(Problem):
    """The number of meetings is not known: it is never guessed from a draft."""

    code = "groups.how_many"
    what = _("How many meetings there will be is not said.")
    do = _("Say how many. A number that nobody has verified is never filled in by itself.")

    def __init__(self) -> None:
        super().__init__(field="planned")


class DayAhead(Problem):
    """A meeting or activity of a day that has not come, or before the cycle began."""

    code = "groups.day"
    what = _("This day lies ahead, or before the first one.")
    do = _("Write down what took place, on the day on which it did.")

    def __init__(self) -> None:
        super().__init__(field="on")


class RecordedAlready(Problem):
    """The same colleague writes the same meeting down twice."""

    code = "groups.recorded_already"
    what = _("You have written this meeting down already.")
    do = _("Open the meeting and correct what you wrote.")


class ReasonNeeded(Problem):
    """A correction, or a part that was not done, without a reason."""

    code = "groups.reason_needed"
    what = _("A reason is missing.")
    do = _("Say in a few words, or choose, why.")

    def __init__(self, field: str = "reason") -> None:
        super().__init__(field=field)


class CorrectedMeanwhile(Problem):
    """A newer version is there."""

    code = "groups.corrected_meanwhile"
    what = _("This was corrected meanwhile.")
    do = _("Open the newest version and look whether anything is left to correct.")


class NothingToSettle(Problem):
    """No difference of this kind is open, or the record is not one of those that differ."""

    code = "groups.nothing_to_settle"
    what = _("There is nothing to settle here any more.")
    do = _("Open the meeting again: somebody may have settled it, or corrected what was written.")


class NotThisNow(Problem):
    """A step that does not follow: something ended ends again, a check-in is answered twice."""

    code = "groups.not_now"
    what = _("This was done already, or cannot be done now.")
    do = _("Open the page again to see where it stands.")


class CountNeeded(Problem):
    """An activity without any count."""

    code = "groups.count_needed"
    what = _("Nobody is counted.")
    do = _("Write at least one number. Whoever is not known by age goes into the line for that.")


class NoSuchCode(Problem):
    """A code that the list does not hold."""

    code = "groups.no_such_code"
    what = _("This is not on the list.")
    do = _("Choose one of the list.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)
