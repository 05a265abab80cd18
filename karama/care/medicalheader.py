"""What medicines, the body and visits hang into other rooms' pages: lines on Today and blocks on a person's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.accounts.today import Line, Shortcut
from karama.accounts.today import shortcuts as offered
from karama.care import medicalwords as words
from karama.care.access import BODY_READERS, GIVING, MEDICINE_READERS
from karama.care.queries import body, medicines, missed, stock
from karama.journal import Absent, Actor, registries
from karama.journal.together import Asks, asks, one_list, together
from karama.notices.kinds import name_kind
from karama.people import pages
from karama.rules.classes import CARE_DUTIES
from karama.ui import shell
from karama.ui.addresses import reverse
from karama.ui.dates import day as day_words
from karama.ui.labels import said

RANK = 500
ROUTES = {
    "care.medicines": _("looked at your medicines"),
    "care.prescription": _("looked at a prescription of yours"),
    "care.prescribe": _("prescribed a medicine for you"),
    "care.hand_out": _("handed out a medicine to you"),
    "care.dispense": _("handed out a medicine to you"),
    "care.stop_prescription": _("stopped a medicine of yours"),
    "care.check_medicines": _("asked how you do with your medicines"),
    "care.body": _("looked at what is written about your body"),
    "care.body_session": _("looked at what is written about your body"),
    "care.new_body_session": _("wrote down a session of physiotherapy with you"),
    "care.record_body_session": _("wrote down a session of physiotherapy with you"),
    "care.tell_red_flags": _("told a doctor that you may need help"),
    "care.choose_activity": _("wrote down what you want to be able to do again"),
    "care.end_activity": _("wrote down what you want to be able to do again"),
    "care.cautions": _("looked at what is to be avoided with you"),
    "care.agree_caution": _("wrote down what is to be avoided with you"),
    "care.end_caution": _("wrote down what is to be avoided with you"),
    "care.needs": _("looked at which products you need"),
    "care.note_need": _("wrote down which products you need"),
    "care.follow_need": _("wrote down which products you need"),
    "care.visits": _("looked at your visits to the nurse"),
    "care.new_visit": _("wrote down your visit to the nurse"),
    "care.visit_form": _("wrote down your visit to the nurse"),
    "care.follow_up": _("wrote down your visit to the nurse"),
    "care.draft_visit": _("wrote down your visit to the nurse"),
    "care.keep_visit_draft": _("wrote down your visit to the nurse"),
    "care.record_visit": _("wrote down your visit to the nurse"),
    "care.tell_emergency": _("told a colleague that you need help now"),
    "care.visit": _("looked at your visits to the nurse"),
    "care.check": _("looked at your medicines"),
    "care.amend_visit": _("corrected what was written of your visit to the nurse"),
    "care.amend_check": _("corrected what was written of your medicines"),
    "care.amend_body_session": _("corrected what was written of a session of physiotherapy"),
    "care.missed": _("looked whether you came again to the nurse"),
    "care.note_missed": _("wrote down that you did not come again to the nurse"),
    "care.begin_visit": _("looked for you by your hospital number"),
    "care.registers": _("counted visits to the nurse, yours among them"),
    "care.register": _("counted visits to the nurse, yours among them"),
}
"""Routes and actions in plain words, for a participant who asks who saw her record."""


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """Refills for the prescriber; what runs short at a site for those who hand out. No medicine is named."""
    return (yield from one_list(_refills(by), _missed(by), _stock(by)))


def _refills(by: Actor) -> Asks[list[Line]]:
    told = yield from medicines.refills_due.asking(by)
    return [
        Line(
            RANK + place,
            _("A medicine has run out") if state == "lapsed" else _("A medicine ends soon: look whether it goes on"),
            reverse("care:prescription", args=[prescription]),
            grade="today" if state == "lapsed" else None,
            badge="waiting",
            code=code,
        )
        for place, (prescription, _person, code, _until, state) in enumerate(told)
    ]


def _missed(by: Actor) -> Asks[list[Line]]:
    """Who was to come again and has not, and when something was tried for her."""
    return [
        Line(
            RANK + 200 + place,
            _("Was to come again to the nurse"),
            reverse("care:missed", args=[one.person]),
            detail=_("tried on %(day)s") % {"day": day_words(one.tried_on)} if one.tried_on else day_words(one.day),
            badge="missing",
            code=one.code,
        )
        for place, one in enumerate((yield from missed.missed_today.asking(by)))
    ]


def _stock(by: Actor) -> Asks[list[Line]]:
    found = []
    for place, (site, _name, low, ending) in enumerate((yield from stock.shortages.asking(by))):
        count = low or ending
        detail = (
            ngettext("%(count)d medicine runs short", "%(count)d medicines run short", count)
            if low
            else ngettext("%(count)d medicine expires", "%(count)d medicines expire", count)
        ) % {"count": count}
        url = reverse("care:stock", args=[site])
        found.append(Line(RANK + 400 + place, _("Stock of medicines"), url, detail=detail, badge="waiting"))
    return found


@asks
def parts(*, by: Actor, person: UUID) -> Asks[Sequence[pages.Part]]:
    """The medical block: cautions that keep somebody safe first, then the ways to each page of this duty."""
    if by.duty not in CARE_DUTIES:
        return []
    try:
        needs, result, cautions = yield from together(
            body.needs_of.asking(by, person), body.disability_of.asking(by, person), body.cautions_of.asking(by, person)
        )
    except Absent:
        return []
    missing = [fields["product"] for row, fields in needs if row.provided_on is None]
    context: dict[str, Any] = {
        "links": links(by, person),
        "cautions": [words.word("cautions", avoid) for _row, avoid in cautions],
        "needs": words.words_of("assistive_products", missing),
        "disability": said(result.scored.algorithms["disability3"]) if result else "",
    }
    drawn = render_to_string("care/medical_part.html", context)
    return [pages.Part(_("Body and medicines"), drawn, order=12)]


def links(by: Actor, person: UUID) -> list[tuple[Any, str]]:
    """(label, address) of the pages this duty may open about a person."""
    return [
        (label, reverse(f"care:{name}", args=[person]))
        for label, name, duties in (
            (_("Medicines"), "medicines", MEDICINE_READERS),
            (_("Visits to the nurse"), "visits", MEDICINE_READERS),
            (_("Body and movement"), "body", BODY_READERS),
            (_("What to avoid"), "cautions", CARE_DUTIES),
            (_("Disability and needs"), "needs", CARE_DUTIES),
        )
        if by.duty in duties
    ]


def shortcuts() -> Sequence[Shortcut]:
    """A visit begins with the number of the hospital."""
    return [Shortcut(_("Visit by hospital number"), reverse_lazy("care:begin_visit"), frozenset(GIVING), "search", 3)]


def registers(request: HttpRequest) -> Sequence[shell.Link]:
    """The register of visits, for whoever sees people as a nurse does; a supervisor has it on her own page."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.duty not in GIVING:
        return []
    return [shell.Link(_("Register of visits"), reverse("care:registers"), icon="document", order=40)]


def install() -> None:
    """Hang the entries in. Called once, when Django is ready."""
    registries.today.register("care_medical", today)
    offered.register("care_medical", shortcuts)
    shell.navigation.register("care_medical", registers)
    pages.page_parts.register("care_medical", parts)
    for route, told in ROUTES.items():
        pages.name_route(route, told)
    name_kind("care.visit_corrected", _("A visit that you wrote down was corrected"), "care:visit")
    name_kind("care.body_corrected", _("A session of physiotherapy of yours was corrected"), "care:body_session")
    name_kind("care.check_corrected", _("What you wrote of medicines was corrected"), "care:check")
