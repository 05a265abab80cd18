"""What can go wrong outside. While a visit is open, saying that somebody is fine or back is never among it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class AreaClosed(Problem):
    """A plan for an area that is closed now."""

    code = "outreach.area_closed"
    what = _("This area is closed: nobody goes there now.")
    do = _("Choose another area, a call or a later day. Your supervisor knows why and opens it again.")

    def __init__(self) -> None:
        super().__init__(field="area")


class NoSuchArea(Problem):
    """An area that the programme does not know."""

    code = "outreach.no_such_area"
    what = _("This area is not one of this site.")
    do = _("Choose one of the areas that are offered.")

    def __init__(self) -> None:
        super().__init__(field="area")


class NotAlone(Problem):
    """Going alone where nobody goes alone."""

    code = "outreach.not_alone"
    what = _("Nobody goes alone to this area.")
    do = _("Choose a colleague who goes along, or another area.")

    def __init__(self) -> None:
        super().__init__(field="goes")


class NobodyWaits(Problem):
    """Going alone without anybody who waits for a call."""

    code = "outreach.nobody_waits"
    what = _("Whoever goes alone is waited for by a colleague who stays.")
    do = _("Choose who waits for your call, or a colleague who goes along.")

    def __init__(self) -> None:
        super().__init__(field="waits")


class TimesDoNotFit(Problem):
    """Times that cannot be those of a visit."""

    code = "outreach.times"
    what = _("These times do not fit: back after setting out, within two days, and not in the past.")
    do = _("Write when you leave and when you mean to be back.")

    def __init__(self, field: str = "back") -> None:
        super().__init__(field=field)


class ForNobody(Problem):
    """A visit for nobody."""

    code = "outreach.for_nobody"
    what = _("It is not said for whom you go.")
    do = _("Choose people, or say that it is for the community.")

    def __init__(self) -> None:
        super().__init__(field="people")


class NotYourPeople(Problem):
    """A participant who is not on the planner's list, or who does not exist: one answer."""

    code = "outreach.not_your_people"
    what = _("A person whom you chose is not on your list any more.")
    do = _("Open the page again and choose from the list.")

    def __init__(self) -> None:
        super().__init__(field="people")


class CannotComeAlong(Problem):
    """A colleague who cannot be part of this visit. It does not say why."""

    code = "outreach.cannot_come_along"
    what = _("This visit cannot be made with these colleagues and these people together.")
    do = _("Choose other colleagues, or plan two visits.")

    def __init__(self) -> None:
        super().__init__(field="goes")


class NotNow(Problem):
    """A step that does not follow from where the visit stands."""

    code = "outreach.not_now"
    what = _("This does not follow from where the visit stands now; perhaps a colleague was faster.")
    do = _("Open the visit again and look at its steps.")
    status = 409


class SayHowYouKnow(Problem):
    """A step said for others, or of an overdue visit, without words."""

    code = "outreach.say_how_you_know"
    what = _("It is not said how you know.")
    do = _("Write with whom you spoke and when, in a few words.")

    def __init__(self) -> None:
        super().__init__(field="note")


class CountNeedsBasis(Problem):
    """A number of people without what it counts."""

    code = "outreach.count_needs_basis"
    what = _("A number was given, but not what it counts.")
    do = _("Say whether each person was counted once, or leave the number empty.")

    def __init__(self) -> None:
        super().__init__(field="basis")


class ReasonNeeded(Problem):
    """A change without a reason."""

    code = "outreach.reason_needed"
    what = _("It is not said why.")
    do = _("Write the reason in a few words, without names.")

    def __init__(self, field: str = "reason") -> None:
        super().__init__(field=field)


class NotInForce(Problem):
    """A time of expiry that is over, or too far away."""

    code = "outreach.until"
    what = _("Until when it holds must lie ahead, and within a month.")
    do = _("Choose a day and a time; say it again when that is over.")

    def __init__(self) -> None:
        super().__init__(field="until")


class SayWhatHappened(Problem):
    """An incident, or a step after one, without words."""

    code = "outreach.say_what_happened"
    what = _("It is not said what happened or what was done.")
    do = _("Write it in a few plain words, without names.")

    def __init__(self) -> None:
        super().__init__(field="words")


class NotYet(Problem):
    """Something that happened at a moment that has not come."""

    code = "outreach.not_yet"
    what = _("This moment lies in the future.")
    do = _("Choose when it happened; about is enough.")

    def __init__(self, field: str = "on") -> None:
        super().__init__(field=field)


class NotOfThisSite(Problem):
    """Naming somebody who holds no duty at the site."""

    code = "outreach.not_of_this_site"
    what = _("This colleague does not work at this site.")
    do = _("Choose one of the colleagues who are offered.")

    def __init__(self, field: str = "present") -> None:
        super().__init__(field=field)


class DeviceFirst(Problem):
    """Closing an incident while somebody may still be signed in on a lost device."""

    code = "outreach.device_first"
    what = _("A device was lost, and nobody has said that its sessions are ended.")
    do = _("Ask the administrator to end them, write that down, then close.")

    def __init__(self) -> None:
        super().__init__(field="step")


class SupportFirst(Problem):
    """Closing an incident at which colleagues were, without a word on how they were looked after."""

    code = "outreach.support_first"
    what = _("Colleagues were there: an incident is closed after somebody looked after them.")
    do = _("Write down how they were supported, or that they wanted nothing, then close it.")

    def __init__(self) -> None:
        super().__init__(field="step")


class ReviewFirst(Problem):
    """Closing an incident of which nothing was learned."""

    code = "outreach.review_first"
    what = _("An incident is closed after what was learned from it is written down.")
    do = _("Hold the review without blame, write down what was learned, then close it.")

    def __init__(self) -> None:
        super().__init__(field="step")


class SomebodyElseCloses(Problem):
    """Closing an incident in which one was oneself."""

    code = "outreach.somebody_else_closes"
    what = _("You were there yourself, so somebody else closes it.")
    do = _("Ask another supervisor or the director to close it.")

    def __init__(self) -> None:
        super().__init__(field="step")


class NotGivenHere(Problem):
    """Something that the programme does not give out, or an amount that cannot be."""

    code = "outreach.not_given_here"
    what = _("This is not given out here, or the number does not fit.")
    do = _("Choose one of the things that are offered and a number above zero.")

    def __init__(self, field: str = "what") -> None:
        super().__init__(field=field)


class NotInStock(Problem):
    """A stock of money, of something that is not given out, or a number that cannot be."""

    code = "outreach.not_in_stock"
    what = _("No stock of this is kept here, or the number does not fit.")
    do = _("Choose one of the things that are offered. Money is no stock. Never more than what came can be taken out.")

    def __init__(self, field: str = "what") -> None:
        super().__init__(field=field)


class SayFromWhom(Problem):
    """A delivery from nobody."""

    code = "outreach.say_from_whom"
    what = _("It is not said from whom this came.")
    do = _("Write who sent or bought it, with the reference of the donor if there is one.")

    def __init__(self) -> None:
        super().__init__(field="source")


class NotExpired(Problem):
    """Taking out what has not expired, or what was taken out."""

    code = "outreach.not_expired"
    what = _("This delivery has not expired, or what was left of it is taken out already.")
    do = _("Open the list again. If something else is missing, count what is there.")
    status = 409


class AlreadyAmended(Problem):
    """Correcting a line that was corrected by now."""

    code = "outreach.already_amended"
    what = _("This line was corrected in the meantime.")
    do = _("Open the list again and correct the newest line.")
    status = 409


class NoSite(Problem):
    """Coming to a page in a duty that reaches no site."""

    code = "outreach.no_site"
    what = _("Your duty reaches no site that is open.")
    do = _("Ask the administrator to open the site. If somebody is in danger, raise a worry now.")
