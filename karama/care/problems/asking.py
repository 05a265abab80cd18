"""What can go wrong when an instrument is put to a person, and with its wording."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class UnknownInstrument(Problem):
    """No card of this code and version."""

    code = "care.unknown_instrument"
    what = _("This questionnaire is not known here.")
    do = _("Choose one of the list of questionnaires.")

    def __init__(self) -> None:
        super().__init__(field="instrument")


class AnswersDoNotFit(Problem):
    """An item or an answer that the card does not know. Names the item, never the answer."""

    code = "care.answers_do_not_fit"
    do = _("Look at this question again. Nothing was saved yet.")

    def __init__(self, item: str) -> None:
        self.item = item
        what = _("The answer to the question “%(item)s” is none of this questionnaire's answers.") % {"item": item}
        super().__init__(what=what, field="answers")


class ItemUnknown(Problem):
    """An item that the card does not have."""

    code = "care.item_unknown"
    what = _("One of the questions does not belong to this questionnaire.")
    do = _("Start the questionnaire again. Nothing was saved yet.")

    def __init__(self) -> None:
        super().__init__(field="answers")


class NothingAnswered(Problem):
    """No answer at all, and no missing code either."""

    code = "care.nothing_answered"
    what = _("There is no answer yet, not even a skipped or refused one.")
    do = _("Answer, skip or refuse at least one question.")

    def __init__(self) -> None:
        super().__init__(field="answers")


class WordingMissing(Problem):
    """Asking an instrument whose official wording is not loaded."""

    code = "care.wording_missing"
    what = _("The official wording of this questionnaire is not loaded in this language, so it cannot be asked.")
    do = _("Choose a language that is loaded, or ask the administrator to load it with karama wording add.")

    def __init__(self) -> None:
        super().__init__(field="language")


class Locked(Problem):
    """The owner's permission is not recorded, or a safety rule is still a draft."""

    code = "care.locked"
    what = _("This questionnaire is locked.")
    do = _("Record the permission of its owner first, or choose another questionnaire.")

    def __init__(self, why: str = "permission_required") -> None:
        what = {
            "permission_required": _(
                "The owner of this questionnaire has to allow its use, and no permission that holds today is recorded."
            ),
            "draft_safety": _("The safety rule of this questionnaire has not been checked yet, so it is not asked."),
        }.get(why, self.what)
        super().__init__(what=what, field="instrument")


class DayDoesNotFit(Problem):
    """A day in the future, or a day and its precision that contradict each other."""

    code = "care.day_does_not_fit"
    what = _("This day does not fit: it lies in the future, or it is missing.")
    do = _("Enter the day on which the person answered, or say that it is not known.")

    def __init__(self) -> None:
        super().__init__(field="on")


class OnlyImported(Problem):
    """An import operator who records anything else, or somebody else who says it was imported."""

    code = "care.only_imported"
    what = _("Answers that were collected elsewhere come in by import, and an import brings nothing else.")
    do = _("Choose how the answers were taken, or use karama import responses.")

    def __init__(self) -> None:
        super().__init__(field="mode")


class ReasonNeeded(Problem):
    """A correction without a reason."""

    code = "care.reason_needed"
    what = _("The reason is missing.")
    do = _("Say in a few words why this changes. Both versions stay readable.")

    def __init__(self, field: str = "reason") -> None:
        super().__init__(field=field)


class AmendedMeanwhile(Problem):
    """The version that was to be corrected has been corrected already."""

    code = "care.amended_meanwhile"
    what = _("Somebody has corrected these answers in the meantime.")
    do = _("Look at the newest version, then correct that one if it is still needed.")
    status = 409


class NothingChanged(Problem):
    """A correction that corrects nothing."""

    code = "care.nothing_changed"
    what = _("These are the same answers as before.")
    do = _("Change what was wrong, or go back.")

    def __init__(self) -> None:
        super().__init__(field="answers")


class StateNotAllowed(Problem):
    """A state that may not follow the present one."""

    code = "care.state_not_allowed"
    what = _("The episode cannot go from where it stands to there.")
    do = _("Choose one of the states that are offered.")

    def __init__(self) -> None:
        super().__init__(field="state")


class EpisodeOpen(Problem):
    """A second episode while one is open."""

    code = "care.episode_open"
    what = _("This person has an open episode of care.")
    do = _("Continue that one, or close it first.")


class DoesNotBelong(Problem):
    """The episode is another person's."""

    code = "care.does_not_belong"
    what = _("This episode of care belongs to another file.")
    do = _("Go back to the person and start again from there.")

    def __init__(self) -> None:
        super().__init__(field="episode")


class WordingDoesNotFit(Problem):
    """A wording that does not fit the instrument's card. The sentence says which item."""

    code = "care.wording_does_not_fit"
    do = _("Correct the file and load it again. Nothing was changed.")

    def __init__(self, sentence: object) -> None:
        super().__init__(what=str(sentence))


class NoSuchWording(Problem):
    """Removing what is not there."""

    code = "care.no_such_wording"
    what = _("No wording of this questionnaire is loaded in this language.")
    do = _("See what is loaded with karama wording list.")


class NoPermissionNeeded(Problem):
    """Recording a permission of an instrument that anybody may use."""

    code = "care.no_permission_needed"
    what = _("The owner of this questionnaire lets everybody use it: there is no permission to record.")
    do = _("Load its wording with karama wording add.")

    def __init__(self) -> None:
        super().__init__(field="instrument")


class PermissionDays(Problem):
    """A permission that ends before it begins."""

    code = "care.permission_days"
    what = _("The permission ends before the day on which it was given.")
    do = _("Look at both days in the owner's letter and enter them again.")

    def __init__(self) -> None:
        super().__init__(field="until")


class CannotHandOver(Problem):
    """Handing over the screen where somebody has to read out or interpret."""

    code = "care.cannot_hand_over"
    what = _("These questions are not there in a validated wording of this language, so they cannot be read alone.")
    do = _("Read them out or ask through an interpreter.")


class AnsweringNow(Problem):
    """Joining a file in which the person is answering alone: the next answer would find nothing, one of danger too."""

    code = "care.answering_now"
    what = _("Questions of one of these files are being answered just now.")
    do = _("Wait until they are finished, or end them with the colleague who began. Then join the files.")


class NobodyOnShift(Problem):
    """Leaving a person alone with questions while nobody could come."""

    code = "care.nobody_on_shift"
    what = _("Nobody is on shift who could come if an answer shows danger.")
    do = _("Stay in the room while the person answers, or do it when somebody is on shift.")

    def __init__(self) -> None:
        super().__init__(field="alone")


class RecordingDoesNotFit(Problem):
    """A file that is no sound, or too long a one."""

    code = "care.recording_does_not_fit"
    what = _("This is no sound file that a browser plays, or it is larger than 3 MB.")
    do = _("Save the recording as MP3, Ogg, M4A or WebM, one question in one file, and load it again.")

    def __init__(self) -> None:
        super().__init__(field="content")


class SayIfActed(Problem):
    """A safety answer that stood on paper for days, without a word about what was done."""

    code = "care.say_if_acted"
    what = _("An answer on this paper asks for somebody, and the paper is not of today.")
    do = _("Say whether something was done on that day. The alert is raised all the same.")

    def __init__(self) -> None:
        super().__init__(field="acted")


class DraftOpen(Problem):
    """A paper with questions of which the worker has begun other answers."""

    code = "care.draft_open"
    what = _("You have other answers to these questions that are not finished.")
    do = _("Finish them or throw them away first. Then type in the paper.")
    status = 409
