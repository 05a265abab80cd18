"""What care puts on Today: what is due, notes, deaths, who waits, decisions and goodbyes, by code."""

from __future__ import annotations

from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.accounts.today import Line
from karama.care import queries
from karama.care.access import CLINICAL, MEDICINE_READERS
from karama.care.models import Closing
from karama.care.openwork import said_in
from karama.care.queries import waits_shown
from karama.care.queries.files import deepest
from karama.care.waiting import open_waits
from karama.journal import Actor
from karama.journal.together import Asks, asks, one_list, together
from karama.people.joined import last_file
from karama.programme.days import today_at, today_for
from karama.rules.classes import CARE_DUTIES
from karama.ui.addresses import reverse
from karama.ui.dates import day as day_words

RANK = 1000
WRITING = (*CLINICAL, "social_worker")
"""Duties that write sessions down."""
DUE_SHOWN = 8
"""So many people to be asked again stand on Today; the others are counted, so that what is urgent stays in sight."""


@asks
def today(*, by: Actor) -> Asks[list[Line]]:
    """What waits for this worker or supervisor in care, by code."""
    return (yield from one_list(_after_joined(by), _conferences(by), _due(by)))


def _after_joined(by: Actor) -> Asks[list[Line]]:
    """What also lies in files that were joined with another: how many times is asked first."""
    if by.duty not in CARE_DUTIES:
        return []
    yield from deepest.asking()
    return (yield from one_list(_notes(by), _deaths(by), _waiting(by), _decisions(by), _steps(by), _goodbyes(by)))


def _due(by: Actor) -> Asks[list[Line]]:
    """One line for each person for whom a measure is due, by code."""
    found, due = [], (yield from queries.due_for.asking(by))
    for place, one in enumerate(due[:DUE_SHOWN]):
        count = len(one.measures)
        detail = ngettext("%(count)d questionnaire", "%(count)d questionnaires", count) % {"count": count}
        if one.ask_first:
            detail = f"{detail} · {_('Ask first whether this person wants it')}"
        url = reverse("care:episode", args=[one.episode])
        found.append(Line(RANK + place, _("Time to ask again"), url, detail=detail, badge="waiting", code=one.code))
    if len(due) > DUE_SHOWN:
        more = len(due) - DUE_SHOWN
        words_of_more = ngettext("%(count)d more to ask again", "%(count)d more to ask again", more) % {"count": more}
        found.append(Line(RANK + DUE_SHOWN, words_of_more, reverse("people:caseload"), badge="waiting"))
    return found


def _deaths(by: Actor) -> Asks[list[Line]]:
    """Told gently, by code, to those who worked with the person, also that it was a mistake; the supervisor sees what
    is still to do."""
    if by.duty not in CARE_DUTIES:
        return []
    reads = by.duty in CLINICAL
    near, mistakes, follow = yield from together(
        queries.deaths_near.asking(by), queries.mistakes_near.asking(by), queries.deaths_to_follow.asking(by)
    )
    died, lives = _("Somebody you worked with has died"), _("This person lives: a death was written down by mistake")
    told = [
        (words, reverse("care:death", args=[death]) if reads else reverse("people:person", args=[person]), code)
        for words, found in ((died, near), (lives, mistakes))
        for death, person, code in found
    ]
    words = _("After a death: support or review is still to do")
    told += [(words, reverse("care:death", args=[death]), code) for death, code in follow]
    return [Line(RANK - 300 + n, words, url, badge="open", code=code) for n, (words, url, code) in enumerate(told)]


def _waiting(by: Actor) -> Asks[list[Line]]:
    """People who wait and are to be asked again today, for whom this worker is the named contact."""
    if by.duty not in CARE_DUTIES:
        return []
    waits = yield from open_waits.asking(by)
    shown = yield from waits_shown.asking([one for one in waits if one.contact_id == by.id])
    mine = [one for one in shown if one.recheck.on <= today_at(one.wait.episode.site_id)]
    return [
        Line(
            RANK - 200 + place,
            _("Ask how this person is"),
            reverse("care:waiting", args=[one.wait.episode_id]),
            grade="today" if one.recheck.worse or one.wait.need == 1 else None,
            badge="waiting",
            code=last_file(one.wait.person).code,
        )
        for place, one in enumerate(mine)
    ]


def _decisions(by: Actor) -> Asks[list[Line]]:
    """What meetings decided and this worker does; for a supervisor also what is overdue."""
    if by.duty not in CARE_DUTIES:
        return []
    today, told = today_for(by), (yield from queries.decisions_to_do.asking(by))
    return [
        Line(
            RANK - 50 + place,
            what,
            reverse("care:decision", args=[decision]),
            detail=day_words(until),
            grade="today" if until <= today else None,
            badge="open",
            code=code,
        )
        for place, (decision, code, what, until) in enumerate(told)
    ]


def _conferences(by: Actor) -> Asks[list[Line]]:
    """The weekly care conference of a site, for those who hold it."""
    return [
        Line(
            RANK - 60 + place,
            _("The weekly care conference is due"),
            reverse("care:new_meeting", args=[site, "conference"]),
            detail=name,
            badge="waiting",
        )
        for place, (site, name, _since) in enumerate((yield from queries.conferences_due.asking(by)))
    ]


def _steps(by: Actor) -> Asks[list[Line]]:
    """Whom this worker wanted to refer or to meet sooner: one line each, and how many more there are."""
    told = yield from queries.steps_to_do.asking(by)
    found = [
        Line(
            RANK - 40 + place,
            _step_words(one, reads=by.duty in MEDICINE_READERS),
            said_in(one.session, one.visit)
            if one.visit is None or by.duty in MEDICINE_READERS
            else reverse("care:step", args=[one.id]),
            detail=day_words(one.since),
            badge="open",
            code=one.code,
        )
        for place, one in enumerate(told[:DUE_SHOWN])
    ]
    if more := len(told) - len(found):
        words = ngettext("%(count)d more next step", "%(count)d more next steps", more) % {"count": more}
        found.append(Line(RANK - 40 + DUE_SHOWN, words, reverse("people:caseload"), badge="open"))
    return found


def _step_words(one: queries.ToDo, *, reads: bool) -> Promise:
    """What there is to do. Of a colleague's session or visit, and to who opens no visits, nothing of where it was said;
    `reads`: whether this reader opens visits."""
    if one.step == "sooner":
        return _("Meet this person sooner: book a time")
    if one.own and one.visit is None:
        return _("Refer this person, as your session says")
    return _("Refer this person: your visit is not finished") if one.own and reads else _("Refer this person")


def _goodbyes(by: Actor) -> Asks[list[Line]]:
    """People to whom this worker says goodbye, as a site or a grant ends soon: one line, below what is due."""
    if by.duty not in WRITING:
        return []
    found = yield from queries.goodbyes_to_say.asking(by)
    if not found:
        return []
    first, place = min(found, key=lambda one: one.until), RANK + DUE_SHOWN + 1
    if len(found) == 1:
        words, url = goodbye_words(first.closing), farewell_url(first.person, first.closing)
        return [Line(place, words, url, detail=day_words(first.until), badge="open", code=first.code)]
    count = {"count": len(found)}
    said = ngettext("%(count)d goodbye to say", "%(count)d goodbyes to say", len(found)) % count
    return [Line(place, said, reverse("care:goodbyes"), detail=day_words(first.until), badge="open")]


def goodbye_words(closing: Closing) -> Promise:
    """Why a goodbye is to be said."""
    return _("Say goodbye: the site closes") if closing.grant_id is None else _("Say goodbye: a grant ends")


def farewell_url(person: UUID, closing: Closing) -> str:
    """Where this person's goodbye is written down."""
    places = [person] if closing.grant_id is None else [person, closing.id]
    return reverse("care:farewell" if closing.grant_id is None else "care:farewell_of", args=places)


def _notes(by: Actor) -> Asks[list[Line]]:
    """Notes to co-sign, by code and without a word of them. Questions about own notes: `supervisionheader`."""
    if by.duty not in CLINICAL:
        return []
    sign = yield from queries.notes_to_sign.asking(by)
    words = _("A note to co-sign")
    return [
        Line(
            RANK - 100 + n, words, reverse("care:note", args=[one.note]), detail=one.who, badge="waiting", code=one.code
        )
        for n, one in enumerate(sign)
    ]
