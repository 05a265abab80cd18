"""What can go wrong with sessions, notes, waiting, closing and handing over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class SayHow(Problem):
    """A session that was held, without where, or without whether safety was asked about."""

    code = "care.say_how"
    what = _("For a session that was held, where it was and whether safety was asked about is missing.")
    do = _("Choose one of the answers. Not having asked is an answer, too.")

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class TechniqueUnknown(Problem):
    """A technique that the programme's pack does not list."""

    code = "care.technique_unknown"
    what = _("One of these techniques is not on the list of this programme.")
    do = _("Choose from the list, and say the rest in words.")

    def __init__(self) -> None:
        super().__init__(field="techniques")


class NotesAreClosed(Problem):
    """Words of a note from a duty that neither writes nor reads notes."""

    code = "care.notes_are_closed"
    what = _("In your duty no notes are kept.")
    do = _("Save the session without words. If somebody may be in danger, raise a worry.")

    def __init__(self) -> None:
        super().__init__(field="words")


class NothingWritten(Problem):
    """A note without a word."""

    code = "care.nothing_written"
    what = _("Nothing is written under any heading.")
    do = _("Write a few words, or go back.")


class WorkLeft(Problem):
    """Closing while something is open that is neither resolved nor handed over (D4)."""

    code = "care.work_left"
    what = _("Something is still open: an alert, an appointment, a task or a note.")
    do = _("Resolve each, or name the colleague who takes it over. An alert is answered on its own page.")

    def __init__(self) -> None:
        super().__init__(field="handed_to")


class ClosingWaits(Problem):
    """A second closure while one waits for its approval."""

    code = "care.closing_waits"
    what = _("A closure of this episode waits for the supervisor.")
    do = _("Wait for the answer, or ask the supervisor to send it back.")


class ClosedByClosing(Problem):
    """Closing by a change of state: it would have no reason of the list, no outcome and no approval."""

    code = "care.closed_by_closing"
    what = _("An episode is closed on its closing page, with its reason and outcome.")
    do = _("Open the episode and choose to close it.")

    def __init__(self) -> None:
        super().__init__(field="state")


class NoSuchColleague(Problem):
    """A colleague who cannot stand in care at this site."""

    code = "care.no_such_colleague"
    what = _("This colleague cannot take it over at this site.")
    do = _("Choose one of the colleagues who are offered.")

    def __init__(self, field: str = "contact") -> None:
        super().__init__(field=field)


class StepSettled(Problem):
    """What a session left to do is open no more, or it says something else."""

    code = "care.step_settled"
    what = _("This is settled already, or the session says something else now.")
    do = _("Open the session and read what stands there now.")
    status = 409


class DecidedAlready(Problem):
    """A second decision on one view."""

    code = "care.decided_already"
    what = _("This was decided already.")
    do = _("Write down your view of today first, then decide anew.")
    status = 409


class PersonHasDied(Problem):
    """Care that would begin, or be taken up again, after a death."""

    code = "care.person_has_died"
    what = _("The death of this person is written down, so no care begins.")
    do = _("If this person lives, open the death on the person's page and take it back first.")
    status = 409


class TakenBackAlready(Problem):
    """What follows a death that was taken back, or taking it back once more."""

    code = "care.taken_back_already"
    what = _("This death was taken back already: the person lives.")
    do = _("Nothing more is needed here. Go back to the person's page.")
    status = 409


class NothingToHandOver(Problem):
    """A handover that names nobody."""

    code = "care.nothing_to_hand_over"
    what = _("Nobody was chosen.")
    do = _("Choose a colleague for at least one person.")

    def __init__(self) -> None:
        super().__init__(field="receivers")


class NobodyMet(Problem):
    """A meeting without anybody of the site."""

    code = "care.nobody_met"
    what = _("Nobody was chosen who met.")
    do = _("Choose the colleagues who were there.")

    def __init__(self) -> None:
        super().__init__(field="attended")


class OwnerAndDay(Problem):
    """Something to do without somebody or without a day."""

    code = "care.owner_and_day"
    what = _("What is to be done needs a colleague and a day.")
    do = _("Choose both, or neither when nothing is to be done.")

    def __init__(self) -> None:
        super().__init__(field="owner")


class PlannedAlready(Problem):
    """Planning a closing that is planned already."""

    code = "care.planned_already"
    what = _("This closing is planned already.")
    do = _("Open its list, or say there that it goes on.")


class NotPlanned(Problem):
    """A goodbye at a site that does not close."""

    code = "care.not_planned"
    what = _("No closing is planned for this site.")
    do = _("Plan it first, or close the episode on its own page.")


class ClosingOver(Problem):
    """A goodbye for a closing that was taken back, or for a grant that is closed."""

    code = "care.closing_over"
    what = _("This closing was taken back, or the grant is closed already.")
    do = _("Ask the supervisor what is to become of this goodbye.")


class WhoTakesOver(Problem):
    """Handed over when a grant ends, and nobody was asked to take this person on."""

    code = "care.who_takes_over"
    what = _("No other grant goes on here, and no referral is on its way.")
    do = _("Refer this person first, with their yes; then write down the goodbye.")

    def __init__(self) -> None:
        super().__init__(field="onward")


class DoesNotCarry(Problem):
    """A grant that does not go on paying at this site."""

    code = "care.does_not_carry"
    what = _("This grant does not go on long enough, or pays nothing at this site.")
    do = _("Choose one of those that are offered.")

    def __init__(self) -> None:
        super().__init__(field="grant")


class PaidByNobody(Problem):
    """An attribution that would leave an episode without a grant that goes on."""

    code = "care.paid_by_nobody"
    what = _("No other grant surely goes on paying for this care.")
    do = _("Write down first which one does.")

    def __init__(self) -> None:
        super().__init__(field="paid")


class NobodyTold(Problem):
    """A closing of a grant of which nobody is told."""

    code = "care.nobody_told"
    what = _("Nobody was chosen who is told of this.")
    do = _("Choose at least one colleague of those who are offered.")

    def __init__(self) -> None:
        super().__init__(field="told")


class SharingNotAgreed(Problem):
    """A goal that other disciplines would read, without the person's yes to that."""

    code = "care.sharing_not_agreed"
    what = _("Colleagues of other disciplines read a goal only when the person agrees.")
    do = _("Ask this person. Without a yes, write the goal in the plan.")

    def __init__(self) -> None:
        super().__init__(field="agreed")


class AgreementNeeded(Problem):
    """Handing a person over without their yes."""

    code = "care.agreement_needed"
    what = _("Nobody is handed over to another service without their yes.")
    do = _("Ask this person. Without a yes choose that they want no other service.")

    def __init__(self) -> None:
        super().__init__(field="agreed")


class AlertFirst(Problem):
    """An alert is said to be raised and none is open."""

    code = "care.alert_first"
    what = _("No alert about this person is open.")
    do = _("Raise the worry first, so that somebody has it; then write down the goodbye.")

    def __init__(self) -> None:
        super().__init__(field="last_check")
