"""The place of a page without an account: what four digits of a poster name, and what is to be done in danger there."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Final

from babel import Locale
from django.db import Error
from django.http import HttpRequest
from django.utils import translation

from karama.people.words import pack_of
from karama.programme.models import CountryProgramme, Site
from karama.safety.queries import emergency_at
from karama.ui.locales import current
from karama.voice import pace, packs, places

log = logging.getLogger(__name__)

told_last: Final[dict[tuple[str, str], dict[str, Any]]] = {}
"""What was shown last for a site (its digits) in a language, for the moments in which the database does not answer.
Only of sites that exist: nobody fills it with digits."""


@dataclass(frozen=True)
class Shown:
    """What a page shows of its place. `around`: whom to call there, and who outside may be told."""

    programme: CountryProgramme | None
    site: Site | None
    around: dict[str, Any]


def shown(request: HttpRequest) -> Shown:
    """The place of this page; it is remembered what to do in danger there."""
    programme, site = place_shown(request)
    found = around(programme, site)
    if site is not None or not place_code(request):
        told_last[place_code(request) if site else "", translation.get_language() or "en"] = found
    return Shown(programme, site, found)


def last_shown(request: HttpRequest) -> dict[str, Any]:
    """Whom to call at this place; while the database does not answer what was shown there last, else everywhere."""
    try:
        return shown(request).around
    except Error:
        log.warning("the database did not answer for a page without an account")
    code, language = place_code(request), translation.get_language() or "en"
    if code and (code, language) not in told_last:
        pace.WRONG_PLACES.too_fast()  # digits tell nobody more while the database is busy
    known = "" if pace.WRONG_PLACES.is_spent() else code
    return told_last.get((known, language)) or told_last.get(("", language)) or {"help": [], "outside": []}


def place_code(request: HttpRequest) -> str:
    """The four digits that were sent; empty where there are none."""
    code = request.POST.get("p", "") or request.GET.get("p", "")
    return code if len(code) == 4 and code.isascii() and code.isdigit() else ""


def place(request: HttpRequest) -> tuple[CountryProgramme | None, Site | None]:
    """The programme and site that a poster names; the only programme where there is one."""
    return _place_of(place_code(request))


def place_shown(request: HttpRequest) -> tuple[CountryProgramme | None, Site | None]:
    """What a page shows of it. While many digits of no place are tried, right ones look like those: four digits tell
    nobody what is said at which site. A message comes in from its place all the same.
    """
    code = place_code(request)
    if code and code not in places.codes().values():
        pace.WRONG_PLACES.too_fast()
    return _place_of("" if pace.WRONG_PLACES.is_spent() else code)


def _place_of(code: str) -> tuple[CountryProgramme | None, Site | None]:
    wanted = {one for one, named in places.codes().items() if named == code}
    programmes = list(CountryProgramme.objects.filter(closed_on__isnull=True).order_by("code"))
    site = next((one for one in _sites() if one.id in wanted), None)
    if site is not None:
        return site.programme, site
    wanted |= set(Site.objects.filter(pk__in=wanted).values_list("programme_id", flat=True))  # closed: its poster hangs
    chosen = next((one for one in programmes if one.id in wanted), None)
    return chosen or (programmes[0] if len(programmes) == 1 else None), None


def _sites() -> list[Site]:
    rows = Site.objects.filter(closed_on__isnull=True, programme__closed_on__isnull=True)
    return list(rows.select_related("programme").order_by("id"))


def countries() -> list[tuple[str, str]]:
    """(code, country) of each programme, when there are several. A programme is never named here."""
    programmes = list(CountryProgramme.objects.filter(closed_on__isnull=True).order_by("code"))
    if len(programmes) < 2:
        return []
    named = places.codes()
    return sorted(((named.get(one.id, ""), _country(one)) for one in programmes), key=lambda one: one[1])


def _country(programme: CountryProgramme) -> str:
    pack = pack_of(programme.id)
    locale: Locale = current()
    return str(locale.territories.get(pack.country, pack.country)) if pack else ""


def around(programme: CountryProgramme | None, site: Site | None) -> dict[str, Any]:
    """What to do in danger: each instruction of a country once, with every number; and who outside may be told."""
    sites = [site] if site else [one for one in _sites() if programme is None or one.programme_id == programme.id]
    several = len({one.programme_id for one in sites}) > 1
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in sites:
        told = emergency_at(one.id)
        country = _country(one.programme) if several else ""
        here = found.setdefault((country, told.words), {"words": told.words, "numbers": [], "country": country})
        here["numbers"] += [number for number in told.numbers if number not in here["numbers"]]
        if site is not None:
            here |= {"out_of_hours": told.out_of_hours, "service": told.service}
    return {"help": list(found.values()), "outside": _outside(programme)}


def _outside(programme: CountryProgramme | None) -> list[tuple[str, str]]:
    codes = [programme.code] if programme else CountryProgramme.objects.order_by("code").values_list("code", flat=True)
    return list(dict.fromkeys(one for code in codes for one in packs.outside_of(code)))


def forget() -> None:
    """Begin anew: for tests."""
    told_last.clear()
