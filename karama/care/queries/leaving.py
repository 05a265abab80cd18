"""A site or a grant that ends: who is in care under it, with whom there was a goodbye, and who still has to say one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from karama.accounts.queries import aliases_of
from karama.care.access import CLOSE_SITE, FAREWELL
from karama.care.models import Closing, Episode, Farewell
from karama.care.queries.files import clinical_words, deepest, living_rows
from karama.care.queries.paying import Pair, counted, in_order, left_with, open_in, open_seen_in, pairs_of
from karama.journal import Absent, Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks, together
from karama.people.access import purpose_of
from karama.people.joined import last_file
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.programme.grants import grant as grant_in_reach
from karama.programme.models import Grant, Site
from karama.programme.registries import End, GoingOn, PaidAt, going_on, going_on_for
from karama.rules.episodes import OPEN_STATES
from karama.rules.permission import permit


@dataclass(frozen=True)
class Leaving:
    """Somebody in care under what ends. `onward` and `last_check` are empty before a goodbye; `safe`: this person was
    asked, or an alert is open."""

    person: UUID
    code: str
    who: str
    onward: str
    last_check: str
    site: str = ""

    @property
    def done(self) -> bool:
        """There was a goodbye, and this person was asked about safety or could not be reached at all."""
        return is_done(self.onward, self.last_check)


def is_done(onward: str, last_check: str) -> bool:
    """Whether a goodbye is one: with a way onward, and asked about safety unless nobody was reached."""
    return bool(onward) and (last_check != "not_asked" or onward == "not_reached")


@dataclass(frozen=True)
class Ending:
    """The list of a site or grant. `stay`: codes of those for whom another grant goes on paying. `counts`: for whoever
    opens no record, how many have had no goodbye, by site."""

    name: str
    closing: Closing | None
    people: list[Leaving]
    going_on: list[GoingOn] = field(default_factory=list)
    unseen: int = 0
    """What goes on there besides, of which this reader learns only how much."""
    site: UUID | None = None
    grant: Grant | None = None
    stay: list[str] = field(default_factory=list)
    counts: list[PaidAt] = field(default_factory=list)

    @property
    def done(self) -> int:
        """With how many there was a goodbye."""
        return sum(one.done for one in self.people)

    @property
    def finished(self) -> bool:
        """A goodbye with everybody whom the reader may see, and nothing goes on there any more."""
        nobody = self.done == len(self.people) and not self.counts
        return self.closing is not None and nobody and not self.going_on and not self.unseen


def standing(**where: Any) -> QuerySet[Closing]:
    """Closings that are planned and neither taken back nor, of a grant, carried out."""
    open_ones = Q(grant__isnull=True) | Q(grant__closed_on__isnull=True)
    return Closing.objects.filter(open_ones, cancelled_on__isnull=True, **where).select_related("grant")


@asks
def planned_ends(grants: Collection[UUID]) -> Asks[dict[UUID, date]]:
    """The last day of each of these grants whose closing is planned."""
    if not grants:
        return {}
    return {key: day for key, day in (yield _last_days.later(list(grants))) if key is not None}


@readymade
def _last_days(grants: list[UUID]) -> QuerySet[Any]:
    rows = Closing.objects.filter(grant__in=grants, cancelled_on__isnull=True)
    return rows.values_list("grant_id", "ends_on")


def closing_sites(by: Actor) -> list[Ending]:
    """The sites at which this reader plans closings, with their lists; for whoever opens no record only how many are
    left."""
    found = []
    for site in Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name"):
        if permit(CLOSE_SITE, by.attributes(), {"site": site.id}, purpose_of(by), clock.now()).allowed:
            closing = standing(site=site).first()
            if closing is None:
                found.append(Ending(site.name, None, [], site=site.id))
            else:
                people, meeting = _people(by, closing), _meeting(by, End(site=site.id))
                found.append(Ending(site.name, closing, people, *meeting, site=site.id, counts=_counts(by, closing)))
    return found


def closing_grant(by: Actor, grant: UUID) -> Ending:
    """A grant with its closing: the list of those whom the reader may see; for whoever opens no record only how many.

    Raises `Absent`.
    """
    row = grant_in_reach(by, grant)
    closing = Closing.objects.filter(grant=row, cancelled_on__isnull=True).select_related("grant").first()
    if closing is None or row.closed_on is not None:
        return Ending(row.name, closing, [], grant=row)
    left, paid = under(closing, visible(by, closing))
    people = listed(closing, left)
    codes = sorted({file.code for _one, file in paid} - {one.code for one in people})
    meeting = _meeting(by, End(grant=row.id))
    return Ending(row.name, closing, people, *meeting, grant=row, stay=codes, counts=_counts(by, closing))


def _counts(by: Actor, closing: Closing) -> list[PaidAt]:
    return [] if by.duty == "supervisor" else counted(without(closing), whole=True)


def _meeting(by: Actor, end: End) -> tuple[list[GoingOn], int]:
    shown = going_on_for(by, end)
    return shown, going_on(end) - len(shown)


def without_goodbye(grant: UUID) -> int:
    """With how many people, whom only this grant pays for, there was no goodbye yet, whoever may see them."""
    closing = standing(grant=grant).first()
    return len({file.id for _one, file in without(closing)}) if closing is not None else 0


@asks
def without(closing: Closing) -> Asks[list[Pair]]:
    """Everybody under a closing without a goodbye, whoever asks."""
    pairs, said = yield from together(_near(closing), _said(closing))
    left, _stay = yield from under.asking(closing, pairs)
    return [(one, file) for one, file in left if not is_done(*said.get(file.id, ("", "")))]


def farewell_person(by: Actor, person: UUID, closing: UUID | None = None) -> tuple[Person, Closing]:
    """A person to whom this reader may say goodbye, and the closing: of the site, or the one asked for. Raises
    `Absent`."""
    found = person_in_reach(by, person, FAREWELL)
    row = standing(site=found.site_id).first() if closing is None else standing(pk=closing).first()
    if row is None or (row.site_id or found.site_id) != found.site_id or not _same_programme(row, found):
        raise Absent()
    return found, row


def _same_programme(closing: Closing, person: Person) -> bool:
    return closing.grant is None or closing.grant.programme_id == person.programme_id


def farewells_of(by: Actor, person: Person, closing: Closing) -> list[tuple[Farewell, str, str]]:
    """Goodbyes that were said to this person, the newest first: (row, alias, words)."""
    rows = list(Farewell.objects.filter(person=person, closing=closing).order_by("-recorded_at"))
    names = aliases_of({one.author_id for one in rows})
    return [(one, names.get(one.author_id, ""), clinical_words(by, one, "words")) for one in rows]


def why_of(closing: Closing) -> str:
    """Why a site or a grant ends."""
    return closing.text_of("why")


def told_of(closing: Closing) -> list[str]:
    """The aliases of those who were told when it was planned."""
    users = [UUID(one) for one in closing.unseal("told") or []]
    names = aliases_of(set(users))
    return sorted(names[one] for one in users if names.get(one))


def in_care_at(site: UUID) -> int:
    """How many people are in care at a site, for whoever wants to close it."""
    rows = Episode.objects.filter(state__in=OPEN_STATES)
    alone = set(rows.filter(person__site_id=site, person__merged_into__isnull=True).values_list("person_id", flat=True))
    folded = rows.filter(person__merged_into__isnull=False).select_related("person")
    return len(alone | {file.id for one in folded if (file := last_file(one.person)).site_id == site})


def _near(closing: Closing) -> Asks[list[Pair]]:
    """Open episodes that may lie under what ends, whoever asks; of folded files all of them."""
    if closing.grant is not None:
        return pairs_of((yield open_in.later(closing.grant.programme_id)))
    assert closing.site_id is not None
    return pairs_of((yield _open_at.later(closing.site_id)))


@asks
def visible(by: Actor, closing: Closing) -> Asks[list[Pair]]:
    """Those of them whose people the reader may say goodbye to."""
    deep = yield from deepest.asking()
    if closing.grant is not None:
        return pairs_of((yield open_seen_in.later(by, closing.grant.programme_id, deep)))
    assert closing.site_id is not None
    return pairs_of((yield _open_seen_at.later(by, closing.site_id, deep)))


@readymade
def _open_at(site: UUID) -> QuerySet[Episode, Episode]:
    return in_order(_at(site))


@readymade
def _open_seen_at(by: Actor, site: UUID, deep: int) -> QuerySet[Episode, Episode]:
    return in_order(living_rows(_at(site), by=by, policy=FAREWELL, deep=deep))


def _at(site: UUID) -> QuerySet[Episode, Episode]:
    at = Q(person__site_id=site) | Q(person__merged_into__isnull=False)
    return Episode.objects.filter(at, state__in=OPEN_STATES)


@asks
def under(closing: Closing, pairs: Sequence[Pair]) -> Asks[tuple[list[Pair], list[Pair]]]:
    """Of these episodes those that lie under what ends, and those that another grant goes on paying for."""
    if closing.grant is not None:
        return (yield from left_with.asking(closing.grant, pairs, closing.ends_on))
    return [pair for pair in pairs if pair[1].site_id == closing.site_id], []


def _said(closing: Closing) -> Asks[dict[UUID, tuple[str, str]]]:
    """File -> how its newest goodbye ended. A handover to a grant that does not go on after all is none any more."""
    rows = yield _farewells.later(closing.id)
    newest = {last_file(one.person).id: one for one in rows}
    return {file: (one.onward, one.last_check) for file, one in newest.items() if one.grant_id is None}


@readymade
def _farewells(closing: UUID) -> QuerySet[Farewell, Farewell]:
    return Farewell.objects.filter(closing=closing).select_related("person").order_by("recorded_at")


def _people(by: Actor, closing: Closing) -> list[Leaving]:
    return listed(closing, under(closing, visible(by, closing))[0])


@asks
def listed(closing: Closing, pairs: Sequence[Pair]) -> Asks[list[Leaving]]:
    """These people as a list, those without a goodbye first."""
    if not pairs:
        return []
    leads = {one.lead_id for one, _file in pairs if one.lead_id}
    said, names, sites = yield from together(_said(closing), aliases_of.asking(leads), _names_of_sites(closing))
    found: dict[UUID, Leaving] = {}
    for one, file in pairs:
        onward, last_check = said.get(file.id, ("", ""))
        who = names.get(one.lead_id, "") if one.lead_id else ""
        found.setdefault(file.id, Leaving(file.id, file.code, who, onward, last_check, sites.get(file.site_id, "")))
    return sorted(found.values(), key=lambda one: one.done)


def _names_of_sites(closing: Closing) -> Asks[dict[UUID, str]]:
    """A grant may pay at several sites."""
    return dict((yield _sites.later())) if closing.grant_id else {}


@readymade
def _sites() -> QuerySet[Any]:
    return Site.objects.values_list("id", "name")
