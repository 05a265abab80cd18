"""What can go wrong in this room. No sentence holds a name, a code or another personal value."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NotNow(Problem):
    """A step that the law of requests does not allow after the last one: somebody was quicker."""

    code = "voice.not_now"
    what = _("This request stands somewhere else now.")
    do = _("Open it again and look at its steps.")


class TooMuchNow(Problem):
    """So much is written on the public page that the disk would fill. What was typed stays on the page."""

    code = "voice.too_much_now"
    status = 429
    what = _("Very much is written to us at this moment.")
    do = _("Send it shorter, or again in an hour. A danger always arrives: say below that there is one.")


class LastReader(Problem):
    """Nobody would be left who may look at a message."""

    code = "voice.last_reader"
    what = _("You are the last one who may look at this.")
    do = _("Take it and hand it to somebody outside, or ask the administrator for one more data protection officer.")


class AlreadyAsked(Problem):
    """The same right is open already."""

    code = "voice.already_asked"
    what = _("The same request is open already.")
    do = _("Go on with the open one: its clock runs from the day it was received.")

    def __init__(self) -> None:
        super().__init__(field="right")


class WhichGuardian(Problem):
    """A request through a guardian without one who is on record for this person, or one named where none asks."""

    code = "voice.which_guardian"
    what = _("It is not noted which guardian asks.")
    do = _("Choose a guardian of this person, or say in which other way you know who asks.")

    def __init__(self, field: str = "guardian") -> None:
        super().__init__(field=field)


class GuardianMayNot(Problem):
    """A request through a guardian who is not safe, or to whom nothing of a copy may be told."""

    code = "voice.guardian_may_not"
    what = _("This guardian cannot be given that.")
    do = _("Speak with the child alone, and with the protection focal point, about what may be told.")

    def __init__(self) -> None:
        super().__init__(field="guardian")


class AsksAlone(Problem):
    """A request through a guardian of somebody who is an adult."""

    code = "voice.asks_alone"
    what = _("This person is an adult: nobody else asks for their record.")
    do = _("Ask the person. If the age is wrong, correct it on the person's page first.")

    def __init__(self) -> None:
        super().__init__(field="checked")


class DayAhead(Problem):
    """A request received in the future, or so long ago that it is a slip."""

    code = "voice.day"
    what = _("This day cannot be when the request was received.")
    do = _("Write a day of the last twelve months, today at the latest.")

    def __init__(self) -> None:
        super().__init__(field="received_on")


class ReasonNeeded(Problem):
    """Refused, or granted in part, without a reason and words that can be told to the person."""

    code = "voice.reason_needed"
    what = _("Say why, as it will be told to the person.")
    do = _("Choose a reason and write a sentence. The person may complain about it.")

    def __init__(self, field: str = "reason") -> None:
        super().__init__(field=field)


class SecondPerson(Problem):
    """A deletion that is not prepared."""

    code = "voice.second_person"
    what = _("This deletion is not prepared, or was sent back.")
    do = _("The data protection officer prepares it first; then somebody else approves.")


class SomethingOpen(Problem):
    """A deletion while an alert about the person is open."""

    code = "voice.something_open"
    what = _("This record is still needed: something that was asked for this person is not finished.")
    do = _("Ask the supervisor of the site, and approve it when that is done.")
    status = 409


class NothingSaid(Problem):
    """A message without a face and without a word."""

    code = "voice.nothing_said"
    what = _("There is nothing in it yet.")
    do = _("Choose a face, or write something. One of both is enough.")

    def __init__(self) -> None:
        super().__init__(field="words")


class WordsNeeded(Problem):
    """A step that tells nothing without words."""

    code = "voice.words_needed"
    what = _("Some words are needed here.")
    do = _("Write a sentence.")

    def __init__(self, field: str = "words") -> None:
        super().__init__(field=field)


class PersonalWords(Problem):
    """A line for the board that could point at somebody."""

    code = "voice.personal_words"
    what = _("A name, a number or a code stands in it.")
    do = _("Say it so that it points at nobody.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class AssessmentDays(Problem):
    """An impact assessment of a day that cannot be, or that nobody would look at again."""

    code = "voice.assessment_days"
    what = _("This day does not fit.")
    do = _("It was done today or before, and is looked at again within two years after.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class AssessmentWords(Problem):
    """An impact assessment that does not say who, what or which measures."""

    code = "voice.assessment_words"
    what = _("Something is missing here.")
    do = _("Write it in a few sentences. Name no participant.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class KeptUntil(Problem):
    """A record that would be kept until a day that is over, or for ever."""

    code = "voice.kept_until"
    what = _("Until when is it kept?")
    do = _("Choose a day ahead, at most five years from now. Then it is looked at again.")

    def __init__(self) -> None:
        super().__init__(field="until")
