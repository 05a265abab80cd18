"""What rooms above put on a person's page, and their routes in plain words for whoever asks who saw her record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from karama.journal import Actor
from karama.journal.registries import Registry
from karama.journal.together import Asks, asking_of, asks, one_list

Text = str | Promise


@dataclass(frozen=True)
class Part:
    """One block on a person's page: a heading, ready HTML, and optionally a link to more. Lower `order` comes first."""

    title: Text
    body: SafeString
    order: int = 50
    href: str = ""
    link: Text = ""


page_parts: Registry[Callable[..., Sequence[Part]]] = Registry("people.page_parts")
"""Called as `answer(by=, person=UUID)`: the blocks this actor may see. Safety comes first: order 0-9."""

page_tabs: Registry[Callable[..., Sequence[tuple[Text, str]]]] = Registry("people.page_tabs")
"""Called as `answer(by=, person=UUID)`: `(label, address)` of further pages about the person."""

family_parts: Registry[Callable[..., Sequence[Part]]] = Registry("people.family_parts")
"""Called as `answer(by=, person=UUID)`: blocks for a page that a whole family may look at. Nothing that one member said
alone, and nothing that tells that there is something."""

known_paper: Registry[Callable[[], str]] = Registry("people.known_paper")
"""Called as `answer()`: the address that takes `paper` and `code` for a sheet of registration of somebody found."""

print_addresses: Registry[Callable[..., str]] = Registry("people.print_addresses")
"""Called as `answer(by=, person=UUID, kind=)`: where a form is printed for a person; empty for a duty that does not
fill it in."""

paper_marks: Registry[Callable[..., None]] = Registry("people.paper_marks")
"""Called as `answer(kind, form)` while a sheet of this kind is typed in: puts the marks of the paper before the
words."""

ways_on: Registry[Callable[..., Sequence[tuple[Text, str]]]] = Registry("people.ways_on")
"""Called as `answer(by=, person=UUID, offer=UUID)`: `(label, address)` of what may follow a service that was offered
(`care.models.Offer`) and that the person wants: a room above takes it on from there."""

ROUTE_WORDS: dict[str, Text] = {
    "people.break_glass": _("opened a few fields because of an emergency"),
    "people.opened": _("looked at a few fields because of an emergency"),
    "people.review_glass": _("looked whether the emergency was right"),
    "people.review_emergency": _("looked whether the emergency was right"),
    "people.search": _("searched, and you were among the names found"),
    "today": _("looked at what is to be done today"),
    "people.due": _("looked at which decisions are to be asked again"),
    "people.caseload": _("looked at their own list of people"),
    "people.person": _("opened your page and read what their duty may read there"),
    "people.correct": _("opened your page to correct it"),
    "people.contact": _("looked at how you may be reached"),
    "people.protection": _("looked at who decides for you"),
    "people.guardian": _("looked at who decides for you"),
    "people.guardian_knows": _("looked at what your guardian may be told"),
    "people.ask_interest": _("looked at who decides for you"),
    "people.decide_interest": _("looked at who decides for you"),
    "people.protect": _("looked at a list of decisions to take"),
    "people.name_guardian": _("wrote down who may decide for you"),
    "people.end_guardian": _("wrote down who may decide for you"),
    "people.agree_guardian_knows": _("wrote down what your guardian may be told"),
    "people.ask_best_interest": _("asked a colleague to decide what is best for you"),
    "people.decide_best_interest": _("wrote down what is best for you, together with you"),
    "people.review_best_interest": _("looked again at what is best for you"),
    "people.family": _("looked at who belongs to you"),
    "people.relation": _("looked at who belongs to you"),
    "people.member": _("looked at who belongs to you"),
    "people.add_relation": _("wrote down who belongs to you"),
    "people.end_relation": _("took somebody off your page"),
    "people.keep_apart": _("saw to it that nobody else's page leads to yours"),
    "people.begin_family": _("wrote down whether you are accompanied with your family"),
    "people.add_family_member": _("wrote down whether you are accompanied with your family"),
    "people.set_family_answer": _("wrote down whether you are accompanied with your family"),
    "people.leave_family": _("wrote down whether you are accompanied with your family"),
    "people.questions": _("looked at which questions you chose for a lost card"),
    "people.set_find_me": _("kept your two questions for a lost card"),
    "people.find_me": _("found you by your two answers"),
    "people.search_outside": _("searched; a machine compared, and nobody was shown who you are"),
    "people.compare": _("compared files by machine; nobody read it"),
    "people.duplicates": _("looked whether two files are one person"),
    "people.decide_pair": _("decided whether two files are one person"),
    "people.note_suggestions": _("compared files by machine; nobody read it"),
    "people.look_at_new_file": _("looked whether two files are one person"),
    "people.transfer": _("looked at handing your care to another site"),
    "people.transfers": _("looked at handing your care to another site"),
    "people.transfer_answer": _("looked at handing your care to another site"),
    "people.propose_transfer": _("proposed to hand your care to another site"),
    "people.accept_transfer": _("took over your care at another site"),
    "people.decline_transfer": _("answered a proposal to hand over your care"),
    "people.take_back_transfer": _("took back a proposal to hand over your care"),
    "people.numbers": _("looked at your hospital numbers"),
    "people.drop_a_number": _("looked at your hospital numbers"),
    "people.note_number": _("wrote down your hospital number"),
    "people.drop_number": _("took a hospital number off your file"),
    "people.consents": _("looked at what you agreed to"),
    "people.who_saw": _("opened this list"),
    "people.assign": _("changed who works with you"),
    "people.say_conflict": _("said whether they are related to you"),
    "people.rebuild_index": _("renewed the search index, by machine; nobody read it"),
    "people.register_person": _("registered you"),
    "people.end_assignment": _("changed who works with you"),
    "people.set_contact_rules": _("wrote down how you may be reached"),
    "people.record_consent": _("wrote down what you decided"),
    "people.withdraw_consent": _("wrote down that you took a yes back"),
    "people.repeat_withdrawal": _("took your yes back again after a backup was restored, by machine"),
    "people.explain_limits": _("wrote down that the limits of confidentiality were explained"),
    "people.correct_identity": _("corrected who you are"),
    "people.close_file": _("closed your file"),
    "people.reopen_file": _("opened your file again"),
    "people.join_files": _("joined two files of yours"),
    "people.separate_files": _("separated two files"),
    "people.hold_file": _("gave your file to one team"),
    "people.release_file": _("gave your file back to the usual workers"),
}
"""Routes and actions in plain words, said to the participant. Rooms add theirs with `name_route`."""


def name_route(route: str, words: Text) -> None:
    """Say in plain words what a route or action is, for "who has seen my record"."""
    ROUTE_WORDS[route] = words


def words_of(route: str, *, wrote: bool) -> Text:
    """The plain words for a route; unknown ones are told as what they are: reading or writing."""
    key = route.replace(":", ".")
    return ROUTE_WORDS.get(key) or (_("wrote in your record") if wrote else _("opened something of your record"))


@asks
def parts_for(by: Actor, person: UUID, among: Registry[Callable[..., Sequence[Part]]] = page_parts) -> Asks[list[Part]]:
    """Every block for this actor, in order. What the rooms want to know for them is asked together."""
    found = yield from one_list(*(asking_of(answer, by=by, person=person) for _room, answer in among))
    return sorted(found, key=lambda part: part.order)
