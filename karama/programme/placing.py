"""Sites with their programmes, as every room above asks for them: with each page, and with each action of a batch."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, cast
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import foreseen
from karama.journal.asking import once, remembering
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.programme.models import Site

PLACES: Final = "programme.places"


@once
@asks
def all_places() -> Asks[dict[UUID, Site]]:
    """Every site by its id: for a page that asks for several."""
    rows = yield _everywhere.later()
    return {one.id: one for one in rows}


@readymade
def _everywhere() -> QuerySet[Site]:
    return Site.objects.select_related("programme")


def place(site: UUID | None) -> Site | None:
    """A site with its programme, whoever asks: its zone and its pack are about no participant. For rooms above."""
    if site is None or remembering():
        return all_places().get(site) if site else None
    if site in (kept := foreseen(PLACES)):
        return cast(Site, kept[site])
    return cast("Site | None", _places.first([site]))


def places(sites: Collection[UUID]) -> list[Site]:
    """These sites with their programmes, in one question at most."""
    if remembering():
        return [one for key, one in all_places().items() if key in sites]
    return list(_places(sites)) if sites else []


def places_of(programme: UUID) -> list[Site]:
    """Every site of a programme, in one question at most."""
    if remembering():
        return [one for one in all_places().values() if one.programme_id == programme]
    return list(_of_programme(programme))


def foresee_places(sites: Collection[UUID]) -> None:
    """For a batch of actions that change no site: look them up at once. Called inside its transaction."""
    foreseen(PLACES).update({one.id: one for one in _places(sites)})


@readymade
def _places(sites: Collection[UUID]) -> QuerySet[Site]:
    return Site.objects.select_related("programme").filter(pk__in=sites)


@readymade
def _of_programme(programme: UUID) -> QuerySet[Site]:
    return Site.objects.select_related("programme").filter(programme_id=programme)
