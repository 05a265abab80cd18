"""What can go wrong at the front desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class TimeTaken(Problem):
    """Person, worker, room or interpreter is taken at that time."""

    code = "reception.time_taken"
    what = _("This time is taken.")
    do = _("Choose another time, or another room.")
    words = {
        "person": _("The person has another appointment at this time."),
        "worker": _("The colleague has another appointment at this time, or is away."),
        "room": _("The room is taken at this time."),
        "interpreter": _("The interpreter is taken at this time, or is away."),
        "children": _("There are not enough places in childcare at this time."),
    }
    fields_of = {
        "person": "day",
        "worker": "worker",
        "room": "room",
        "interpreter": "interpreter",
        "children": "children",
    }

    def __init__(self, taken: str) -> None:
        super().__init__(what=self.words[taken], field=self.fields_of[taken])


class TimeDoesNotFit(Problem):
    """In the past, too far ahead, outside the hours of the centre, or at a site that is closed."""

    code = "reception.time_does_not_fit"
    what = _("An appointment cannot be at this time.")
    do = _("Choose a time from now on, within the hours of the centre and within a year.")

    def __init__(self) -> None:
        super().__init__(field="day")


class OutcomeNeeded(Problem):
    """An appointment of a sheet that is over, without what became of it."""

    code = "reception.outcome_needed"
    what = _("This appointment is over, and nothing says what became of it.")
    do = _("Fill in what became of it, or leave the row out.")

    def __init__(self) -> None:
        super().__init__(field="outcome")


class KeptAlready(Problem):
    """The same person, colleague and moment are in the calendar."""

    code = "reception.kept_already"
    what = _("This appointment stands in the calendar already.")
    do = _("Leave the row out, or look at the appointment in the calendar.")

    def __init__(self) -> None:
        super().__init__(field="day")


class NotBookable(Problem):
    """Nothing is booked for this person any more."""

    code = "reception.not_bookable"
    what = _("No appointment can be made for this person now.")
    do = _("Ask the colleague who is responsible, or the supervisor of the site.")


class NoSuchChoice(Problem):
    """A colleague, room or interpreter that is not of this site, or not any more."""

    code = "reception.no_such_choice"
    what = _("This cannot be chosen here.")
    do = _("Choose from the list: it holds who and what is there at this site.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class NotThisInterpreter(Problem):
    """The interpreter does not fit. Whether the person does not want her is not told."""

    code = "reception.not_this_interpreter"
    what = _("This interpreter cannot be booked for this person.")
    do = _("Choose another one from the list. Why is not told here.")

    def __init__(self) -> None:
        super().__init__(field="interpreter")


class StepNotAllowed(Problem):
    """The state does not allow this step."""

    code = "reception.step_not_allowed"
    what = _("This does not follow from where it stands now.")
    do = _("Load the page again: a colleague may have been quicker.")


class TooEarly(Problem):
    """Not having come is noted only after the time and some grace."""

    code = "reception.too_early"
    what = _("It is too early to say that this person did not come.")
    do = _("Wait until some minutes after the time. Who comes late has come.")


class ReasonNeeded(Problem):
    """A cancelled appointment needs a reason."""

    code = "reception.reason_needed"
    what = _("A reason is needed.")
    do = _("Choose why it is cancelled.")

    def __init__(self, field: str = "reason") -> None:
        super().__init__(field=field)


class SayWithWhom(Problem):
    """Somebody is with a colleague, but with whom is not said."""

    code = "reception.say_with_whom"
    what = _("With whom is missing.")
    do = _("Choose the colleague.")

    def __init__(self) -> None:
        super().__init__(field="worker")


class NotThisWay(Problem):
    """Asking after somebody by a way that was not agreed."""

    code = "reception.not_this_way"
    what = _("The person did not agree to be reached in this way.")
    do = _("Use the way that was agreed. Without one, say so: the supervisor then decides.")

    def __init__(self) -> None:
        super().__init__(field="way")


class NotThisHour(Problem):
    """Outside the hours that the person called safe."""

    code = "reception.not_this_hour"
    what = _("It is not one of the hours which the person called safe.")
    do = _("Wait for a safe hour. Where the hours are in words, read them and say that it is safe now.")

    def __init__(self) -> None:
        super().__init__(field="safe_now")


class EndedAlready(Problem):
    """Asking after somebody has ended."""

    code = "reception.ended_already"
    what = _("This has ended already.")
    do = _("Load the page again to see what came of it.")


class TryFirst(Problem):
    """Giving up without a try, where a way was agreed."""

    code = "reception.try_first"
    what = _("Nobody has tried yet.")
    do = _("Try at least twice, on two days, by the way that was agreed.")


class RoomInUse(Problem):
    """A room with appointments to come cannot be closed."""

    code = "reception.room_in_use"
    what = _("There are appointments in this room.")
    do = _("Give them another room first.")


class NameTaken(Problem):
    """There is such a room, or the colleague is on the roster already."""

    code = "reception.there_already"
    what = _("This is there already.")
    do = _("Look at the list.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)
