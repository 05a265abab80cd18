"""What can go wrong when a paper is typed in. No sentence holds a code, a number or what stands on the paper."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class CheckNumber(Problem):
    """The number of a sheet is mistyped, or was never printed."""

    code = "people.check_number"
    what = _("Check the number of the paper: one character is wrong or missing.")
    do = _("Look at the top of the paper again, or scan the picture beside the number.")

    def __init__(self) -> None:
        super().__init__(field="number")


class PaperEntered(Problem):
    """The same sheet a second time."""

    code = "people.paper_entered"
    what = _("This paper was typed in already. Nothing was changed.")
    do = _("Destroy the paper. If it is a photocopy, write a new number on it and type that in.")
    status = 409

    def __init__(self) -> None:
        super().__init__(field="number")


class PaperDoesNotFit(Problem):
    """A sheet that somebody began to type in for another person or another form."""

    code = "people.paper_does_not_fit"
    what = _("This number belongs to another form, or to somebody else.")
    do = _("Look at the number and at the code on the paper, and type them in again.")
    status = 409

    def __init__(self) -> None:
        super().__init__(field="number")


class PaperInHands(Problem):
    """A sheet that a colleague began to type in a short while ago."""

    code = "people.paper_in_hands"
    what = _("A colleague is typing in this paper now.")
    do = _("Ask your colleagues who has it. In two hours anybody may go on with it.")
    status = 409

    def __init__(self) -> None:
        super().__init__(field="number")


class PaperTakenOver(Problem):
    """A sheet that a colleague went on with, or entered, while it was typed in here. Of registration also every sheet
    that is not the reader's own: one that is not there, or is of somebody hidden, answers alike."""

    code = "people.paper_taken_over"
    what = _("A colleague went on with this paper meanwhile. Nothing was saved a second time.")
    do = _("What you typed still stands here. Ask your colleagues who has the paper before you send it again.")
    status = 409

    def __init__(self) -> None:
        super().__init__(field="number")


class PaperDay(Problem):
    """A day that has not come yet."""

    code = "people.paper_day"
    what = _("This day has not come yet.")
    do = _("Enter the day on which the paper was filled in. About is enough.")

    def __init__(self) -> None:
        super().__init__(field="on")


class PaperTaker(Problem):
    """Who took the paper is nobody who works at the site."""

    code = "people.paper_taker"
    what = _("This colleague does not work at the site.")
    do = _("Choose who filled in the paper. If the colleague has left, choose the supervisor.")

    def __init__(self) -> None:
        super().__init__(field="taken_by")


class SayWhoActed(Problem):
    """It is said that something was done about a danger, but not by whom and when."""

    code = "people.say_who_acted"
    what = _("Something was done, but it is not said by whom and on which day.")
    do = _("Say who did it and when, or choose that it is not known. The alert is raised all the same.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class PaperOlder(Problem):
    """A sheet about something that is renewed as a whole, and that was renewed after the day of the sheet."""

    code = "people.paper_older"
    what = _("What stands is as new as this paper, or newer. Nothing was changed.")
    do = _("Read what stands. If the paper is right, ask the person and write it anew.")
    status = 409
