"""What a programme lacks, in words for the person who manages it: what, and what to do now."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karama.knowledge.packs import Lack
from karama.programme import registries
from karama.programme.packs import TOPICS

Words = tuple[str | Promise, str | Promise]

MISSING_AT_A_SITE: Final[dict[str, Words]] = {
    "responder": (
        _("Nobody is named who answers when somebody is in danger."),
        _("Name a responder who works at this site."),
    ),
    "deputy": (
        _("There is no deputy for the responder, or it is the same person."),
        _("Name a second colleague as deputy."),
    ),
    "unreachable": (
        _("Responder and deputy are both away."),
        _("Name somebody who is there, or set deputies in their leave."),
    ),
    "out_of_hours": (
        _("It is not written down what happens out of hours."),
        _("Write what a colleague does at night and on free days: whom to call, where to go."),
    ),
    "service": (
        _("No service is named to which a person can be brought."),
        _("Name a service that a colleague has visited or called."),
    ),
    "service_lapsed": (
        _("Nobody has checked lately that the service answers."),
        _("Call or visit it, then enter the day."),
    ),
}
"""What is missing at a site before questions about danger may be asked there."""

REVIEW: Final = _("Let somebody who knows it look at it, and note who did.")

MISSING_IN_THE_PACK: Final[dict[str, Words]] = {
    "draft": (_("Nobody of the programme has reviewed this pack yet."), REVIEW),
    "sites": (_("The programme has no site."), _("Add the first one.")),
    "chain": (_("Nothing says who is asked next when nobody answers."), _("Write the chain of those who are asked.")),
    "unreviewed_language": (_("No native speaker has reviewed the texts in this language: %(language)s."), REVIEW),
    "responder_duty": (_("This duty may not answer an alert: %(duty)s."), _("Choose a duty of the care team.")),
    "no_instrument": (_("This instrument does not ship with Karama."), _("Take it out of the pack, or add its card.")),
    "locked": (_("Its safety rule has not been verified, so it is locked."), REVIEW),
    "permission": (
        _("It is locked until the permission of its owner is recorded."),
        _("Ask the owner, then record it: karama wording permission."),
    ),
    "question_off": (
        _("It asks about %(topic)s, and the pack does not switch such questions on."),
        _("Switch them on, or choose another instrument."),
    ),
    "no_cutoff": (
        _("The line %(line)s is not on the card of the instrument."),
        _("Choose a line that the card knows."),
    ),
    "no_follow_up": (
        _("Questions about suicide are on, and no follow-up questions are named."),
        _("Name a follow-up screener."),
    ),
    "follow_up_locked": (
        _("The follow-up screener %(instrument)s does not ship, or is locked."),
        _("Name another one."),
    ),
    "no_file": (
        _("This file is missing, so the house's own, cautious rules hold."),
        _("Write it with the people of the programme, after the example of another pack."),
    ),
    "wrong_file": (
        _("This file cannot be read, so the house's own, cautious rules hold."),
        _("Put right what the message of the check names."),
    ),
    "no_way": (
        _("Questions about violence are on, and no service after violence can be offered."),
        _("Name such a service, or switch the questions off."),
    ),
    "no_peers": (
        _("Peers lead groups, and nothing says what they keep to or who stands behind them."),
        _("Write it with them, after the example of another pack."),
    ),
    "no_consent_text": (_("No text explains this consent, so it cannot be asked: %(text)s."), _("Write the text.")),
    "missing_language": (_("The text on %(text)s is missing in: %(languages)s."), _("Have it translated.")),
    "draft_duty": (
        _("This duty to report is a draft: it is not used until a lawyer has verified it."),
        _("Ask a lawyer of the country."),
    ),
    "draft_threshold": (
        _("The line %(line)s was not set on this population: it is shown as a draft."),
        REVIEW,
    ),
    "emergency_number": (
        _("The emergency number has not been verified, so it is not shown."),
        _("Call it once, and note the day."),
    ),
}
"""What is missing in the pack itself, by the codes of `knowledge.packs.lacks`."""

TEXTS: Final[dict[str, Promise]] = {
    "limits": _("limits of confidentiality"),
    "care": _("care"),
    "notes": _("notes"),
    "share": _("sharing with others"),
    "report": _("being counted in reports"),
    "photo": _("photographs"),
    "quotation": _("quoting"),
    "research": _("research"),
    "forensic": _("documentation for a court"),
    "contact": _("contact"),
    "peers": _("what peers keep to"),
}
PLACES: Final[dict[str, Promise]] = {
    "site": _("Site %(code)s"),
    "instrument": _("Instrument %(code)s"),
    "duty": _("Duty to report %(code)s"),
    "follow_up": _("Follow-up for %(code)s"),
}


def in_words(lack: Lack) -> tuple[str, str]:
    """What is missing and what to do now, in the language of the reader."""
    what, do = MISSING_IN_THE_PACK[lack.code]
    values = dict(lack.values)
    for name, known in (("text", TEXTS), ("topic", TOPICS)):
        if values.get(name) in known:
            values[name] = str(known[values[name]])
    if "duty" in values:
        values["duty"] = registries.duty_words(values["duty"])
    return str(what) % values, str(do)


def where_in_words(where: str) -> str:
    """The place of a lack: a file of the pack as it is called, or a kind of thing and its code."""
    kind, _space, code = where.partition(" ")
    return str(PLACES[kind]) % {"code": code} if kind in PLACES else where
