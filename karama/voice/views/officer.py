"""The data protection officer's page: requests, withdrawals, erasures, reads, backups. Nothing clinical."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from karama.accounts import duties
from karama.accounts.routes import route_policy
from karama.journal import clock
from karama.people.queries.erasures import erasures
from karama.people.queries.lapsing import Ended, lapsed_consents, withdrawn_consents
from karama.people.wordings import PURPOSES
from karama.ui.dates import day
from karama.ui.rendering import page
from karama.voice import queries
from karama.voice.access import OFFICER_PAGES
from karama.voice.views import actor_of, person_url, voice_url
from karama.voice.views.requests import row_of

RECENT: Final = timedelta(days=90)
SHOWN: Final = 10


@route_policy(OFFICER_PAGES)
@require_safe
def officer(request: HttpRequest) -> HttpResponse:
    """Everything she looks after, the most pressing first."""
    by = actor_of(request)
    since = clock.now() - RECENT
    certificates = queries.certificates(by)
    context = {
        "requests": [row_of(one) for one in queries.open_requests(by)],
        "withdrawn": [_ended(one, executed=True) for one in withdrawn_consents(by, since)],
        "lapsed": [_ended(one, executed=False) for one in lapsed_consents(by, since)],
        "erased": [
            [_code(one.code, certificates), day(one.on), _final(one.is_final, day(one.final_on))]
            for one in erasures(by)[:SHOWN]
        ],
        "reads": [[one.alias, duties.label(one.duty), one.people] for one in queries.reads_outside(by)],
        "kept": _kept(queries.kept(by)),
        "erased_headers": [_("Code"), _("Erased"), _("Final")],
        "reads_headers": [_("Who"), _("Duty"), _("People")],
    }
    return page(request, "voice/officer.html", context)


def _code(code: str, certificates: dict[str, Any]) -> Any:
    href = voice_url("certificate", certificates[code]) if code in certificates else ""
    return {"text": code, "href": href} if href else code


def _final(is_final: bool, on: str) -> Any:
    return (_("final since %(day)s") if is_final else _("final on %(day)s at the latest")) % {"day": on}


def _ended(one: Ended, *, executed: bool) -> dict[str, Any]:
    """A yes that ended, as a row."""
    row = {"code": one.code, "words": PURPOSES.get(one.purpose, one.purpose), "meta": day(one.at)}
    row["href"] = person_url(one.person, "consents")
    if not executed:
        return row | {"badge": "waiting", "state": _("has lapsed")}
    if one.pending:
        return row | {"badge": "today", "state": _("Not executed everywhere yet")}
    return row | {"badge": "done", "state": _("Executed everywhere")}


def _kept(found: queries.Kept) -> list[tuple[Any, Any]]:
    return [
        (_("Keys renewed on"), day(found.rotated_on) if found.rotated_on else _("not known")),
        (_("To be renewed by"), day(found.rotate_by) if found.rotate_by else _("not known")),
        (_("Newest backup in the folder"), day(found.backup_on) if found.backup_on else _("not known here")),
    ]
