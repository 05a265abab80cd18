"""What can go wrong in this room. No sentence holds a name, a code or another personal value."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from karama.journal import Problem


class NotNow(Problem):
    """A step that the law of referrals does not allow after the last one: somebody was quicker."""

    code = "referrals.not_now"
    what = _("This referral stands somewhere else now.")
    do = _("Open it again and look at its steps.")


class WhoTold(Problem):
    """An arrival without saying who knows it."""

    code = "referrals.who_told"
    what = _("It is not said who told this.")
    do = _("Choose who told. If nobody knows, leave it unknown: that is an answer, too.")

    def __init__(self) -> None:
        super().__init__(field="source")


class NoBarrier(Problem):
    """A barrier where somebody did go."""

    code = "referrals.no_barrier"
    what = _("A barrier is written down only for somebody who did not go.")
    do = _("Leave it empty, or choose what happened.")

    def __init__(self) -> None:
        super().__init__(field="barrier")


class DayNeeded(Problem):
    """An agreed day without the day, or a day that cannot be."""

    code = "referrals.day"
    what = _("This day cannot be right.")
    do = _("Write a day from today on, within a year; for what has happened, a day of the last year.")

    def __init__(self, field: str = "scheduled_on") -> None:
        super().__init__(field=field)


class ServiceGone(Problem):
    """A service that is closed or belongs to another programme."""

    code = "referrals.service_gone"
    what = _("This service is not in the directory any more.")
    do = _("Choose another one, or ask who keeps the directory.")

    def __init__(self) -> None:
        super().__init__(field="service")


class ReasonNeeded(Problem):
    """Something that cannot be done without words."""

    code = "referrals.reason_needed"
    what = _("Some words are missing.")
    do = _("Write in a sentence why.")

    def __init__(self, field: str = "words") -> None:
        super().__init__(field=field)


class NeverShared(Problem):
    """A field that is never shared with anybody."""

    code = "referrals.never_shared"
    what = _("This is never shared.")
    do = _("Choose only from what is offered.")

    def __init__(self) -> None:
        super().__init__(field="fields")


class NothingToShare(Problem):
    """A packet without anything in it."""

    code = "referrals.nothing_to_share"
    what = _("Nothing is chosen that could be shared.")
    do = _("Give the person a slip to carry: it shares nothing, and the service is the same.")


class WordsKept(Problem):
    """Words of a referral that whoever asks may not read."""

    code = "referrals.words_kept"
    what = _("What would be shared here is kept for whoever wrote it and for those whose work it is. Nothing was sent.")
    do = _("Ask the colleague who prepared it to send it, or give the person a slip to carry: it shares nothing.")


class NotAgreed(Problem):
    """The person has not agreed to share this with this partner."""

    code = "referrals.not_agreed"
    what = _("The person has not agreed to share this with this organisation, so nothing was sent.")
    do = _("Ask again, or give the person a slip to carry: it shares nothing, and the service is the same.")


class NoAgreement(Problem):
    """No sharing agreement with this partner is in force."""

    code = "referrals.no_agreement"
    what = _("There is no sharing agreement with this organisation today, or it has lapsed. Nothing was sent.")
    do = _(
        "The referral stays with you. Give the person a slip to carry, call ahead, or go along;"
        " tell the data protection officer that the agreement is missing."
    )


class BeyondAgreement(Problem):
    """The agreement does not cover what was chosen."""

    code = "referrals.beyond_agreement"
    what = _("The sharing agreement with this organisation does not cover everything that is chosen.")
    do = _("Choose less, or give the person a slip to carry.")


class AtRest(Problem):
    """The person asked that the record rests."""

    code = "referrals.at_rest"
    what = _("This record is at rest: nothing of it is shared.")
    do = _("Give the person a slip to carry: it shares nothing, and the service is the same.")


class LookAgain(Problem):
    """What would be shared is not what was looked at."""

    code = "referrals.look_again"
    what = _("What would be shared has changed since you looked at it. Nothing was sent.")
    do = _("Look at it again, then send it.")


class NoPartner(Problem):
    """A packet for a service without a partner organisation."""

    code = "referrals.no_partner"
    what = _("This service belongs to no partner organisation, so nothing can be sent to it.")
    do = _("Give the person a slip to carry: it shares nothing, and the service is the same.")


class NotTwoTold(Problem):
    """An emergency of which two people cannot be told."""

    code = "referrals.not_two_told"
    what = _("Two colleagues have to learn of this, and nobody is there who could. Nothing was shared.")
    do = _("Call the emergency service and go along now. Raise a worry: that always reaches somebody.")


class NotForEmergency(Problem):
    """Help that does not keep somebody alive today."""

    code = "referrals.not_for_emergency"
    what = _("Without the person's yes only medical and mental health emergencies are referred.")
    do = _("Refer in the usual way, or raise a worry.")

    def __init__(self) -> None:
        super().__init__(field="service")


class AgreementThere(Problem):
    """A second agreement with the same partner."""

    code = "referrals.agreement_there"
    what = _("An agreement with this organisation is in force already.")
    do = _("End it first, then write down the new one.")

    def __init__(self) -> None:
        super().__init__(field="organisation")


class CannotHandOn(Problem):
    """A referral that its worker still has, or a colleague who cannot take it."""

    code = "referrals.cannot_hand_on"
    what = _("This referral cannot be given to this colleague.")
    do = _("Choose somebody from the list. If nobody is there, put a colleague on the person's care first.")

    def __init__(self) -> None:
        super().__init__(field="to")


class NoSuchSlip(Problem):
    """A number that stands on no slip that may be taken in here."""

    code = "referrals.no_such_slip"
    what = _("No open slip has this number.")
    do = _("Look at each character. If it stays so, ask whoever gave the slip; receive the person all the same.")

    def __init__(self) -> None:
        super().__init__(field="number")


class EnoughSaid(Problem):
    """Somebody outside has answered very often."""

    code = "referrals.enough_said"
    what = _("Very many answers were given here already.")
    do = _("Speak with whoever referred.")
