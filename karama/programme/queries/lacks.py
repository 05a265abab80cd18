"""What a programme lacks before somebody may be asked there, and what rooms above would have put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from karama.journal import Actor
from karama.journal.clock import now as server_now
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.knowledge.packs import lacks
from karama.programme import packs, registries
from karama.programme.lacking import MISSING_AT_A_SITE, in_words, where_in_words
from karama.programme.models import CountryProgramme, Site
from karama.programme.problems import NoPack
from karama.programme.queries.lists import programme as programme_within
from karama.programme.queries.lists import programmes, sites
from karama.programme.queries.places import missing_at


@dataclass(frozen=True)
class Lack:
    """One thing a programme lacks: what, the way out, and where: a site, or a part of the pack.

    `blocks`: safety questions stay hidden, or an instrument unused, until it is put right.
    """

    code: str
    what: str | Promise
    do: str | Promise
    site: UUID | None = None
    where: str = ""
    blocks: bool = True


def what_blocks(by: Actor, programme: UUID) -> list[Lack]:
    """Of what a programme lacks, what keeps questions hidden. Rooms above are not asked what else is to do."""
    return [lack for lack in _lacks_before_asking(by, programme) if lack.blocks]


@asks
def what_blocks_anywhere(by: Actor) -> Asks[list[tuple[CountryProgramme, list[Lack]]]]:
    """The same for every open programme within reach."""
    rows, here = yield _open_programmes.later(by), _open_sites.later(by)
    told = [(one, _lacks_of(one, [site for site in here if site.programme_id == one.id])) for one in rows]
    return [(one, [lack for lack in lacking if lack.blocks]) for one, lacking in told]


@readymade
def _open_programmes(by: Actor) -> QuerySet[CountryProgramme]:
    return programmes(by).filter(closed_on__isnull=True)


@readymade
def _open_sites(by: Actor) -> QuerySet[Site]:
    return sites(by).filter(closed_on__isnull=True)


def what_lacks(by: Actor, programme: UUID) -> list[Lack]:
    """Everything a programme lacks, what blocks first: its pack, then each open site, then what rooms above would have
    put right in it. Raises `Absent`."""
    found = _lacks_before_asking(by, programme)
    if any(lack.code == NoPack.code for lack in found):
        return found
    told = [
        Lack(one.code, one.what, one.do, blocks=False)
        for _room, answer in registries.missing_in
        for one in answer(programme)
    ]
    return [*found, *told]


def _lacks_before_asking(by: Actor, programme: UUID) -> list[Lack]:
    return _lacks_of(programme_within(by, programme), sites(by, programme).filter(closed_on__isnull=True))


def _lacks_of(found: CountryProgramme, open_sites: Iterable[Site]) -> list[Lack]:
    """`open_sites`: those of the programme within reach."""
    moment = server_now()
    try:
        pack = packs.find(found.code)
    except NoPack as problem:
        return [Lack(problem.code, problem.what, problem.do)]
    told = [
        Lack(f"programme.{one.code}", *in_words(one), where=where_in_words(one.where), blocks=one.blocks)
        for one in lacks(pack, moment)
        if one.code not in MISSING_AT_A_SITE
    ]
    topics = frozenset(topic for topic, on in pack.safety.questions.items() if on)
    asked = list(open_sites) if topics else []
    at_sites = [
        Lack(f"programme.{code}", *MISSING_AT_A_SITE[code], site=here.id, where=here.name)
        for here in asked
        for code in missing_at(here.id, moment)
        if code in MISSING_AT_A_SITE
    ]
    nobody = [
        Lack(one.code, one.what, one.do, site=here.id, where=here.name)
        for here in asked
        for _room, answer in registries.missing_for
        for one in answer(here.id, topics)
    ]
    return sorted([*at_sites, *nobody, *told], key=lambda lack: not lack.blocks)
