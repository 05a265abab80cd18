"""What can go wrong with a file: finding, registering, deciding, joining, handing over."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class CheckCode(Problem):
    """The typed code does not agree with its check character, or is no code."""

    code = "people.check_code"
    what = _("Check the code: one character is wrong or missing.")
    do = _("Look at the card again and type all ten characters. You can also search by name and birth year.")

    def __init__(self) -> None:
        super().__init__(field="code")


class SearchFirst(Problem):
    """A registration without a search before it."""

    code = "people.search_first"
    what = _("Nobody has searched yet whether this person is registered already.")
    do = _("Search first: by code, or by first name, last name and birth year. Then register from that page.")


class SearchPause(Problem):
    """Too many searches in a short time."""

    code = "people.search_pause"
    what = _("You have searched many times within an hour, so searching pauses.")
    do = _("Wait a while, or ask your supervisor to look. In danger, raise a worry: that is always open.")
    status = 429


class SearchTooLittle(Problem):
    """A search with too little to go by."""

    code = "people.search_too_little"
    what = _("This is too little to search by.")
    do = _("Enter the code; or first name and last name, and the birth year if it is known.")


class NameNotKept(Problem):
    """Names were given although the person chose to be known without one."""

    code = "people.name_not_kept"
    what = _("This person chose to be known without a name, a birth year or a place.")
    do = _("Leave these empty, or ask whether the person wants to be known with a name.")


class NameMissing(Problem):
    """Named, but without a name."""

    code = "people.name_missing"
    what = _("The name is missing.")
    do = _("Enter what to call the person, or register with a code only.")

    def __init__(self) -> None:
        super().__init__(field="called")


class ReasonMissing(Problem):
    """Something that needs a reason came without one."""

    code = "people.reason_missing"
    what = _("A reason is needed here.")
    do = _("Write in a few words why. It is sealed with the record.")

    def __init__(self, field: str = "reason") -> None:
        super().__init__(field=field)


class ConflictOfInterest(Problem):
    """The worker is a relative, neighbour or otherwise involved."""

    code = "people.conflict_of_interest"
    what = _("This worker is related to the person or otherwise involved.")
    do = _("Choose somebody else. If the person wants this worker, a supervisor notes why and that the person agreed.")


class NotAWorker(Problem):
    """The user does not exist, cannot be assigned, or must not see this person."""

    code = "people.not_a_worker"
    what = _("This worker cannot be put in charge of this person.")
    do = _("Choose somebody else from the list.")

    def __init__(self) -> None:
        super().__init__(field="user")


class Unsaid(Problem):
    """A channel without the address it needs."""

    code = "people.contact_unsaid"
    what = _("This way of reaching the person needs a number, or the name of whoever is in between.")
    do = _("Enter it, or choose that the person is not contacted at all.")

    def __init__(self) -> None:
        super().__init__(field="address")


class ConsentMustCite(Problem):
    """A yes after a no or a withdrawal that does not say which one it lifts."""

    code = "people.consent_must_cite"
    what = _("The person has said no to this before, or taken a yes back.")
    do = _("Open the decisions, show the earlier one to the person, and ask again from there.")


class ConsentRecipient(Problem):
    """A yes to sharing that does not name with whom."""

    code = "people.consent_recipient"
    what = _("A yes to sharing names with whom.")
    do = _("Choose the organisation, or record that the person wants to be asked later.")

    def __init__(self) -> None:
        super().__init__(field="organisation")


class ConsentClasses(Problem):
    """Data classes that cannot stand in one decision."""

    code = "people.consent_classes"
    what = _("Sensitive matters are agreed to one by one.")
    do = _("Record one decision for each of them.")

    def __init__(self) -> None:
        super().__init__(field="data_classes")


class ConsentCapacity(Problem):
    """A yes by somebody who cannot decide alone."""

    code = "people.consent_capacity"
    what = _("Whoever said yes here is not who decides for this person.")
    do = _(
        "An adult decides alone. For a child, record the guardian's yes together with the child's own. If no guardian "
        "is safe, open Protection on the person's page: a protection duty decides. Care in danger does not wait."
    )

    def __init__(self) -> None:
        super().__init__(field="given_by")


class KeyTaken(Problem):
    """The key of a series stands for another person already."""

    code = "people.key_taken"
    what = _("This key of the series belongs to a person already.")
    do = _("Add to that person's record instead of registering a new one.")


class AlreadyRegistered(Problem):
    """A person id that is used already."""

    code = "people.already_registered"
    what = _("This registration was saved before.")
    do = _("Search for the person: the file is there.")
    status = 409


class CannotJoin(Problem):
    """Two files that may not be joined or separated."""

    code = "people.cannot_join"
    what = _("These two files cannot be joined or separated.")
    do = _("Look whether one of them was joined with another file, or erased, and start from the remaining one.")


class FileClosed(Problem):
    """A person's file that is not active."""

    code = "people.file_closed"
    what = _("This file is closed, joined with another one, or erased.")
    do = _("Search for the person again and go on in the file that is found.")


class AgeUnknown(Problem):
    """A yes by a person who may be a child."""

    code = "people.age_unknown"
    what = _("Nobody has noted whether this person is an adult, so the person may be a child.")
    do = _("Correct the age on the person's page, as well as you can tell, and save again.")

    def __init__(self) -> None:
        super().__init__(field="given_by")


class DecidesAlone(Problem):
    """A guardian or a decision in a child's interest for somebody who is an adult."""

    code = "people.decides_alone"
    what = _("This person is an adult and decides alone.")
    do = _("If the age is wrong, correct it on the person's page first.")


class AssentMissing(Problem):
    """A decision for a child against, or without, the child's own yes."""

    code = "people.assent_missing"
    what = _("Nothing is decided without the child's own yes.")
    do = _("Ask the child again when it is calm. If there is danger to life, raise a worry: that needs no consent.")

    def __init__(self) -> None:
        super().__init__(field="assent")


class GuardianSees(Problem):
    """Something would be told to a guardian that the child did not agree to, or to one who is not safe."""

    code = "people.guardian_sees"
    what = _("A guardian is told only what the child agrees to, and only when the guardian is safe.")
    do = _("Ask the child about each point by itself, or choose nothing.")

    def __init__(self) -> None:
        super().__init__(field="topics")


class ProtectionDuty(Problem):
    """A decision in a child's interest by a duty that the programme has not named for it."""

    code = "people.protection_duty"
    what = _("In this programme another duty decides in a child's best interest.")
    do = _("Leave it to the protection duty of the site: the request stays on that colleague's page until decided.")


class CannotLink(Problem):
    """Another file that is not there for this reader, or the same one. One answer for all of these."""

    code = "people.cannot_link"
    what = _("No such file is on your list.")
    do = _("Check the code. You can note the person in words without a link, and that is safer.")

    def __init__(self) -> None:
        super().__init__(field="code")


class TwoQuestions(Problem):
    """Twice the same question for a lost card, or one that is not asked here."""

    code = "people.two_questions"
    what = _("Two different questions are needed.")
    do = _("Choose another second question.")

    def __init__(self) -> None:
        super().__init__(field="second")


class AnswerTooShort(Problem):
    """An answer with too few letters to tell anybody apart."""

    code = "people.answer_too_short"
    what = _("An answer needs at least three letters.")
    do = _("Ask for a longer answer, or choose another question.")

    def __init__(self) -> None:
        super().__init__(field="first_answer")


class CannotTransfer(Problem):
    """A person who cannot be handed to that site now."""

    code = "people.cannot_transfer"
    what = _("This person cannot be handed to that site now.")
    do = _("Look whether a proposal is open already, or choose another open site of the programme.")

    def __init__(self) -> None:
        super().__init__(field="site")


class OpenWorkUnanswered(Problem):
    """Something is open that somebody has to take over knowingly."""

    code = "people.open_work"
    what = _("Something is open for this person: it comes with the person.")
    do = _("Look at the list, and say that your site takes it over.")

    def __init__(self) -> None:
        super().__init__(field="takes_open_work")
