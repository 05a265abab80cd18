"""What this room hangs into other rooms' pages: lines on Today, a block and a tab on the page of a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karama.accounts.today import Line
from karama.care import cards, queries, words
from karama.care.access import CLINICAL
from karama.care.actions.living import NOTICE as TAKEN_BACK
from karama.care.models import Closing
from karama.care.queries import waits_shown
from karama.care.routewords import ROUTES
from karama.care.showing import NOTICE
from karama.care.waiting import open_waits
from karama.journal import Absent, Actor, clock, registries
from karama.notices.kinds import name_kind
from karama.people import pages
from karama.people.joined import last_file
from karama.rules.classes import CARE_DUTIES
from karama.rules.episodes import OPEN_STATES
from karama.ui import shell
from karama.ui.dates import about
from karama.ui.dates import day as day_words

RANK = 1000
WRITING = (*CLINICAL, "social_worker")
"""Duties that write sessions down."""
DUE_SHOWN = 8
"""So many people to be asked again stand on Today; the others are counted, so that what is urgent stays in sight."""

SESSION_BADGES = {"came": "done", "cancelled": "paused", "absent": "missing", "staff": "paused"}
"""Routes and actions in plain words, for a participant who asks who saw her record."""


def today(*, by: Actor) -> list[Line]:
    """One line for each person for whom a measure is due, by code."""
    found, due = [], queries.due_for(by)
    for place, one in enumerate(due[:DUE_SHOWN]):
        count = len(one.measures)
        detail = ngettext("%(count)d questionnaire", "%(count)d questionnaires", count) % {"count": count}
        url = reverse("care:episode", args=[one.episode])
        found.append(Line(RANK + place, _("Time to ask again"), url, detail=detail, badge="waiting", code=one.code))
    if len(due) > DUE_SHOWN:
        more = len(due) - DUE_SHOWN
        words_of_more = ngettext("%(count)d more to ask again", "%(count)d more to ask again", more) % {"count": more}
        found.append(Line(RANK + DUE_SHOWN, words_of_more, reverse("people:caseload"), badge="waiting"))
    return [*_notes(by), *_deaths(by), *_waiting(by), *_decisions(by), *_goodbyes(by), *found]


def _deaths(by: Actor) -> list[Line]:
    """Told gently, by code, to those who worked with the person, also that it was a mistake; the supervisor sees what
    is still to do."""
    if by.duty not in CARE_DUTIES:
        return []
    reads = by.duty in CLINICAL
    told = [
        (
            _("Somebody you worked with has died"),
            reverse("care:death", args=[death]) if reads else reverse("people:person", args=[person]),
            code,
        )
        for death, person, code in queries.deaths_near(by)
    ]
    mistake = _("This person lives: a death was written down by mistake")
    told += [
        (mistake, reverse("care:death", args=[death]) if reads else reverse("people:person", args=[person]), code)
        for death, person, code in queries.mistakes_near(by)
    ]
    words = _("After a death: support or review is still to do")
    told += [(words, reverse("care:death", args=[death]), code) for death, code in queries.deaths_to_follow(by)]
    return [Line(RANK - 300 + n, words, url, badge="open", code=code) for n, (words, url, code) in enumerate(told)]


def _waiting(by: Actor) -> list[Line]:
    """People who wait and are to be asked again today, for whom this worker is the named contact."""
    if by.duty not in CARE_DUTIES:
        return []
    today = clock.now().date()
    mine = [one for one in waits_shown(open_waits(by)) if one.wait.contact_id == by.id and one.recheck.on <= today]
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


def _decisions(by: Actor) -> list[Line]:
    """What meetings decided and this worker does; for a supervisor also what is overdue."""
    if by.duty not in CARE_DUTIES:
        return []
    today, told = clock.now().date(), queries.decisions_to_do(by)
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


def _goodbyes(by: Actor) -> list[Line]:
    """People to whom this worker says goodbye, as a site or a grant ends soon."""
    if by.duty not in WRITING:
        return []
    return [
        Line(
            RANK - 20 + place,
            _("Say goodbye: the site closes") if one.closing.grant is None else _("Say goodbye: a grant ends"),
            farewell_url(one.person, one.closing),
            detail=day_words(one.until),
            badge="open",
            code=one.code,
        )
        for place, one in enumerate(queries.goodbyes_to_say(by))
    ]


def farewell_url(person: UUID, closing: Closing) -> str:
    """Where this person's goodbye is written down."""
    places = [person] if closing.grant_id is None else [person, closing.id]
    return reverse("care:farewell" if closing.grant_id is None else "care:farewell_of", args=places)


def _notes(by: Actor) -> list[Line]:
    """Notes to co-sign, and own notes that were asked about: by code, without a word of them."""
    if by.duty not in CLINICAL:
        return []
    told = [(_("A note to co-sign"), "waiting", one) for one in queries.notes_to_sign(by)]
    told += [(_("Your note was asked about"), "open", one) for one in queries.notes_asked_about(by)]
    return [
        Line(
            RANK - 100 + place, words, reverse("care:note", args=[one.note]), detail=one.who, badge=badge, code=one.code
        )
        for place, (words, badge, one) in enumerate(told)
    ]


def parts(*, by: Actor, person: UUID) -> Sequence[pages.Part]:
    """Where her care stands, and the last result of each measure."""
    if by.duty not in CARE_DUTIES:
        return []
    try:
        episodes = queries.episodes_of(by, person)
        latest = _latest(by, person) if by.duty in CLINICAL else []
        sessions = queries.sessions_of(by, person, most=3)
        death = queries.death_of(by, person)
    except Absent:
        return []
    stands = death is not None and death.stands
    context = {
        "death": death,
        "death_url": reverse("care:death", args=[death.id]) if death is not None and by.duty in CLINICAL else "",
        "episodes": [
            (
                about(one.opened_on, one.opened_precision),
                words.STATES[one.state],
                words.STATE_BADGES[one.state],
                reverse("care:episode", args=[one.id]),
            )
            for one in episodes
        ],
        "latest": latest,
        "sessions": [
            (
                one.session.get_attended_display(),
                SESSION_BADGES[one.session.attended],
                about(one.session.occurred_on, one.session.precision),
                one.who,
                reverse("care:amend_session", args=[one.session.id]) if by.duty in WRITING else "",
                one.session.amends_id is not None,
            )
            for one in sessions
        ],
        "family_days": [day_words(on) for on in queries.family_days_of(by, person, most=3)],
        "session_url": reverse("care:new_session", args=[person]) if by.duty in WRITING else "",
        "notes_url": reverse("care:notes", args=[person]) if by.duty in CLINICAL else "",
        "may_open": not stands and not any(one.state in OPEN_STATES for one in episodes),
        "may_ask": by.duty in CLINICAL,
        "open_url": reverse("care:new_episode", args=[person]),
        "ask_url": reverse("care:choose", args=[person]),
    }
    body = render_to_string("care/part.html", context)
    href = reverse("care:answers", args=[person]) if latest else ""
    return [pages.Part(_("Care"), body, order=20, href=href, link=_("All answers"))]


def _latest(by: Actor, person: UUID) -> list[tuple[Any, ...]]:
    """The newest response of each measure, without opening any: the score stands behind the link."""
    found: dict[str, tuple[Any, ...]] = {}
    for one in queries.responses_of(by, person):
        day = day_words(one.occurred_on) if one.occurred_on else _now("day not known")
        found.setdefault(
            one.instrument,
            (cards.card(one.instrument, one.version).name, "", day, reverse("care:response", args=[one.id])),
        )
    return list(found.values())


def tabs(*, by: Actor, person: UUID) -> list[tuple[Any, str]]:
    """The answers, for the duties that read them."""
    if by.duty not in CLINICAL:
        return []
    return [(_("Answers"), reverse("care:answers", args=[person])), (_("Notes"), reverse("care:notes", args=[person]))]


def links(request: HttpRequest) -> Sequence[shell.Link]:
    """Meetings for the duties of care; the supervisor's page for supervisors."""
    actor = getattr(request, "actor", None)
    if actor is not None and actor.duty == "director":
        return [_closing_link()]
    if actor is None or actor.duty not in CARE_DUTIES:
        return []
    found = [shell.Link(_("Meetings"), reverse("care:meetings"), icon="list", order=35)]
    if actor.duty == "supervisor":
        found.append(shell.Link(_("Supervision"), reverse("care:supervision"), icon="shield", order=30))
        found.append(_closing_link())
    return found


def _closing_link() -> shell.Link:
    return shell.Link(_("Sites that close"), reverse("care:closing_sites"), icon="out", order=78)


def install() -> None:
    """Hang the entries in. Called once, when Django is ready."""
    registries.today.register("care", today)
    shell.navigation.register("care", links)
    pages.page_parts.register("care", parts)
    pages.page_tabs.register("care", tabs)
    for route, said in ROUTES.items():
        pages.name_route(route, said)
    name_kind(NOTICE, _("A telephone showed another result than the one that counts"), "care:response")
    name_kind(TAKEN_BACK, _("A death was written down by mistake: the person lives"), "people:person")
    name_kind("care.session_corrected", _("A session that you wrote down was corrected"), "care:amend_session")
