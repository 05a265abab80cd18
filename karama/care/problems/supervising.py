"""What can go wrong with supervision and with alerts that are read once more."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NotInCareHere(Problem):
    """Somebody supervised who holds no duty of care at the site now, or the supervisor herself."""

    code = "care.not_in_care_here"
    what = _("One of these colleagues does not work in care at this site now.")
    do = _("Choose from the colleagues who are offered.")

    def __init__(self) -> None:
        super().__init__(field="also")


class HowMany(Problem):
    """Several colleagues, where one was supervised; or one where there were several."""

    code = "care.how_many"
    what = _("How you met and who was there do not fit.")
    do = _("With one colleague, choose the two of us. With more, choose several together.")

    def __init__(self) -> None:
        super().__init__(field="mode")


class RatedAlone(Problem):
    """Skills of one colleague in a supervision of several, where the others would read them."""

    code = "care.rated_alone"
    what = _("What is seen of one colleague is not written down before others.")
    do = _("Leave it empty, and write it down when the two of you meet.")

    def __init__(self) -> None:
        super().__init__(field="mode")


class NotKnownToAll(Problem):
    """Somebody who was spoken about and whom not everybody there may see."""

    code = "care.not_known_to_all"
    what = _("One of these people is not on the list that all of you may see.")
    do = _("Choose from the list. Speak of the others only in general.")

    def __init__(self) -> None:
        super().__init__(field="people")


class SkillUnknown(Problem):
    """A skill or level that the list does not hold."""

    code = "care.skill_unknown"
    what = _("One of these skills or levels is not on the list.")
    do = _("Choose from the list.")


class TaskIncomplete(Problem):
    """Something agreed without what, who or a day."""

    code = "care.task_incomplete"
    what = _("What was agreed needs words, somebody who was there, and a day from today on.")
    do = _("Fill in all three, or leave all of it empty.")

    def __init__(self) -> None:
        super().__init__(field="agreed")


class AnsweredAlready(Problem):
    """The same thing said a second time."""

    code = "care.answered_already"
    what = _("This is answered already.")
    do = _("Open the page again and look at what stands there.")


class NotClosedYet(Problem):
    """An alert read once more while it is open."""

    code = "care.not_closed_yet"
    what = _("This alert is open.")
    do = _("Open the alert itself. It is read once more when it is closed.")


class NobodyToAsk(Problem):
    """A question, where nobody leads, where the supervisor leads herself, or where who is asked may not open it now."""

    code = "care.nobody_to_ask"
    what = _("There is no colleague here whom you can ask about this now.")
    do = _("Take it over, or hand it to a colleague first.")

    def __init__(self) -> None:
        super().__init__(field="words")


class AnsweredMeanwhile(Problem):
    """A question that is settled or asked once more from a page on which its answer did not stand yet."""

    code = "care.answered_meanwhile"
    what = _("An answer has come since you opened this page.")
    do = _("Read the answer first. It is on this page now.")


class ReadByMore(Problem):
    """A question that more people can read than its page had said: whoever is asked opens no clinical words now."""

    code = "care.read_by_more"
    what = _("Everybody who works with this person can read what you ask.")
    do = _("Nothing was sent. Change your words, or ask again.")

    def __init__(self) -> None:
        super().__init__(field="words")


class MovesAgain(Problem):
    """Somebody looked at with whom it moves: there is nothing to look away from."""

    code = "care.moves_again"
    what = _("It moves again, or somebody has to be responsible first.")
    do = _("Open the supervisor's page and look at what stands there now.")


class NotAnsweredYet(Problem):
    """An answer that is read before there is one."""

    code = "care.not_answered_yet"
    what = _("There is no answer yet.")
    do = _("Wait for it, or say that no answer is needed any more.")
