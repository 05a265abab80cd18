"""What can go wrong with alerts. Raising one is never among it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NotNow(Problem):
    """The law of steps does not allow this step in the present state."""

    code = "safety.not_now"
    what = _("This step does not follow from where the alert stands now; perhaps a colleague was faster.")
    do = _("Look at the steps on its page, and choose one of the steps that are offered there.")
    status = 409


class NotTriedEnough(Problem):
    """Closing an alert as not found before there were tries enough."""

    code = "safety.not_tried_enough"
    what = _("It is too soon to stop looking for this person.")
    do = _("Try again on other days, in other ways, and write each try down. A colleague must have tried too.")
    status = 409


class WroteItAlone(Problem):
    """Closing what was told after a death by the only one who says that the person has died."""

    code = "safety.wrote_it_alone"
    what = _("You wrote down that this person has died. Somebody else has to close this.")
    do = _("Hand it over to a colleague or the supervisor. If the death was a mistake, take it back.")
    status = 409


class CannotTakeOver(Problem):
    """The colleague named cannot own this alert."""

    code = "safety.cannot_take_over"
    what = _("This colleague cannot take this over.")
    do = _("Choose somebody of the list who holds a duty of care at the site.")


class NoScreener(Problem):
    """The programme names no follow-up screener for this danger."""

    code = "safety.no_screener"
    what = _("The programme names no follow-up questions for this.")
    do = _("Speak with the person, and record the first contact and what you agreed.")


class AnswersDoNotFit(Problem):
    """The answers are not those of the follow-up screener."""

    code = "safety.answers"
    what = _("The answers do not belong to the follow-up questions of this programme.")
    do = _("Open the follow-up page of the alert again and enter them there.")


class NoteMissing(Problem):
    """A step that needs words came without them."""

    code = "safety.note_missing"
    what = _("It is not written down what happened.")
    do = _("Write one sentence, then save again.")


class PlanIsEmpty(Problem):
    """A safety plan without a word."""

    code = "safety.plan_empty"
    what = _("Nothing is written in the plan yet.")
    do = _("Write at least one thing the person can do or somebody they can ask.")


class PlanMovedOn(Problem):
    """The version that was to be renewed has been renewed by a colleague."""

    code = "safety.plan_moved_on"
    what = _("A colleague has renewed this plan in the meantime.")
    do = _("Look at the newest plan together with the person, then change that one. What you wrote is still below.")
    status = 409


class SayWhatHappened(Problem):
    """An incident, or a step after one, without words."""

    code = "safety.say_what_happened"
    what = _("It is not said what happened or what was done.")
    do = _("Write it in a few plain words, without names.")

    def __init__(self) -> None:
        super().__init__(field="words")


class DayInFuture(Problem):
    """Something that happened on a day that has not come."""

    code = "safety.day_in_future"
    what = _("This day lies in the future.")
    do = _("Choose today or a day before.")

    def __init__(self) -> None:
        super().__init__(field="on")


class NotOfThisSite(Problem):
    """Naming somebody who holds no duty at the site of an incident."""

    code = "safety.not_of_this_site"
    what = _("This colleague does not work at this site.")
    do = _("Choose one of the colleagues who are offered.")

    def __init__(self) -> None:
        super().__init__(field="user")


class NobodyLeft(Problem):
    """Naming a colleague without whom nobody could answer for an incident."""

    code = "safety.nobody_left"
    what = _("Without this colleague nobody else would be left who answers for this incident.")
    do = _("Ask the administrator who else answers at this site, or speak with the director first.")

    def __init__(self) -> None:
        super().__init__(field="user")


class SomebodyElseCloses(Problem):
    """Closing an incident that one has taken from a colleague."""

    code = "safety.somebody_else_closes"
    what = _("You named a colleague in this incident, so somebody else closes it.")
    do = _("Ask the director or another supervisor to close it.")

    def __init__(self) -> None:
        super().__init__(field="step")


class ReviewFirst(Problem):
    """Closing an incident of which nothing was learned."""

    code = "safety.review_first"
    what = _("An incident is closed after what was learned from it is written down.")
    do = _("Hold the review without blame, write down what was learned, then close it.")

    def __init__(self) -> None:
        super().__init__(field="step")


class NoSiteYet(Problem):
    """Writing down an incident in a duty that reaches no site."""

    code = "safety.no_site_yet"
    what = _("Your duty reaches no site, so there is no place to write this down for.")
    do = _("Ask the administrator to open the site. If somebody is in danger, raise a worry now.")
