"""What can go wrong with screenings, chapters of an intake, and what happened. No sentence tells what was said."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NoIntakeHere(Problem):
    """A screening or a chapter in a programme whose pack has none."""

    code = "care.no_intake_here"
    what = _("This programme has no intake in chapters.")
    do = _("Write a note instead.")


class NotBegun(Problem):
    """The end of a chapter that nobody began, or that was ended already."""

    code = "care.chapter_not_begun"
    what = _("This chapter has not begun, or it was finished already.")
    do = _("Open the chapter again from the page of the intake.")


class ToldAlready(Problem):
    """Leaving a chapter out in which something was told."""

    code = "care.chapter_told"
    what = _("Somebody has told this chapter already.")
    do = _("Read what stands there. You may add to it.")
    status = 409


class UrgencySettled(Problem):
    """Saying that something can wait of which nobody says any more that it cannot."""

    code = "care.urgency_settled"
    what = _("Somebody has settled this already.")
    do = _("Read what stands there.")
    status = 409


class StandsAlready(Problem):
    """Asking once more what was asked once."""

    code = "care.stands_already"
    what = _("This was asked once. Nobody asks it again.")
    do = _("Read what stands. Add to it only when the person wants to say more.")


class NotAloneNow(Problem):
    """Opening what happened before it was said that nobody can overhear."""

    code = "care.not_alone_now"
    what = _("First say who is here. This opens only when nobody can overhear.")
    do = _("Answer “Who is here?”, and come back.")


class AgreeFirst(Problem):
    """Opening what happened before the limits were explained, or without a yes to care."""

    code = "care.agree_first"
    what = _("First explain what cannot be kept secret, and ask whether the person agrees to care.")
    do = _("Open “Decisions” on the page of this person.")


class HowLeavingFirst(Problem):
    """Ending a session, or opening the chapter once more, before asking how the person leaves."""

    code = "care.how_leaving_first"
    what = _("First ask: how are you leaving?")
    do = _("Answer it on the page of the intake. If nobody could ask, say why.")


class NoCallAgreed(Problem):
    """A call is promised to somebody who did not agree to be called."""

    code = "care.no_call_agreed"
    what = _("This person did not agree to be called.")
    do = _("Make an appointment instead.")


class NoCallOpen(Problem):
    """Promising or settling a call where there is none to promise or to settle."""

    code = "care.no_call_open"
    what = _("There is no call to promise or to settle here.")
    do = _("Look at the page of the person.")
