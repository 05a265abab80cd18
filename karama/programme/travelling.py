"""What telephones learn of the programme: its names, the languages people speak, the duties in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings

from karama.journal import Actor
from karama.journal.asking import once
from karama.knowledge.packs import Pack
from karama.programme import packs
from karama.programme.models import CountryProgramme, Responder, Site, SiteAnswer
from karama.programme.problems import NoPack
from karama.programme.registries import duty_words
from karama.rules.classes import DUTIES
from karama.security import courier
from karama.sync import wire
from karama.sync.knowledge import in_languages, once_for_each


def kinds() -> Collection[int]:
    """The records on which parts about places depend."""
    return (CountryProgramme.KIND, Site.KIND, Responder.KIND, SiteAnswer.KIND)


def pack_of(by: Actor) -> Pack | None:
    """The pack of the programme this actor works in, the first by its code of several; None when it cannot be read."""
    code = _code_of(by.programmes)
    try:
        return packs.find(code) if code else None
    except NoPack:
        return None


@once
def _code_of(programmes: frozenset[UUID]) -> str:
    rows = CountryProgramme.objects.filter(pk__in=programmes).order_by("code")
    return rows.values_list("code", flat=True).first() or ""


def pack_at(site: Site) -> Pack | None:
    """The pack of a site's programme."""
    try:
        return packs.find(site.programme.code)
    except NoPack:
        return None


@once
def open_sites(by: Actor) -> tuple[Site, ...]:
    """The sites of this actor that are open, in the order of their codes."""
    rows = Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).select_related("programme")
    return tuple(rows.order_by("programme__code", "code"))


def knowledge(by: Actor) -> Mapping[str, Any]:
    """The part `programme`."""
    pack = pack_of(by)
    if pack is None:
        return {}
    told = {
        "code": pack.code,
        "names": dict(pack.names),
        "languages": list(pack.languages),
        "demo": settings.KARAMA_DEMO,
        "duties": _in_words(DUTIES),
        "courierKey": wire.b64(courier.public_key()),
    }
    return {"programme": told}


@once_for_each
def _in_words(duties: tuple[str, ...]) -> Mapping[str, Mapping[str, str]]:
    return {code: in_languages(partial(duty_words, code)) for code in duties}
