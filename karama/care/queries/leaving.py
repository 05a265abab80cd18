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
from karama.care.queries.files import clinical_words, living_rows
from karama.care.queries.paying import Pair, counted, left_with, open_in, pairs_of
from karama.journal import Absent, Actor, clock
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


def planned_ends(grants: Collection[UUID]) -> dict[UUID, date]:
    """The last day of each of these grants whose closing is planned."""
    rows = Closing.objects.filter(grant__in=list(grants), cancelled_on__isnull=True)
    return {key: day for key, day in rows.values_list("grant_id", "ends_on") if key is not None}


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
    left, paid = under(closing, visible(by, near(closing)))
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


def without(closing: Closing) -> list[Pair]:
    """Everybody under a closing without a goodbye, whoever asks."""
    left, _stay = under(closing, near(closing))
    said = _said(closing)
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


def near(closing: Closing) -> QuerySet[Episode]:
    """Open episodes that may lie under what ends; of folded files all of them."""
    if closing.grant is not None:
        return open_in(closing.grant.programme_id)
    at = Q(person__site_id=closing.site_id) | Q(person__merged_into__isnull=False)
    return Episode.objects.filter(at, state__in=OPEN_STATES)


def under(closing: Closing, rows: QuerySet[Episode]) -> tuple[list[Pair], list[Pair]]:
    """Of these episodes those that lie under what ends, and those that another grant goes on paying for."""
    pairs = pairs_of(rows)
    if closing.grant is not None:
        return left_with(closing.grant, pairs, closing.ends_on)
    return [pair for pair in pairs if pair[1].site_id == closing.site_id], []


def _said(closing: Closing) -> dict[UUID, tuple[str, str]]:
    """File -> how its newest goodbye ended. A handover to a grant that does not go on after all is none any more."""
    rows = Farewell.objects.filter(closing=closing).select_related("person").order_by("recorded_at")
    newest = {last_file(one.person).id: one for one in rows}
    return {file: (one.onward, one.last_check) for file, one in newest.items() if one.grant_id is None}


def _people(by: Actor, closing: Closing) -> list[Leaving]:
    return listed(closing, under(closing, visible(by, near(closing)))[0])


def listed(closing: Closing, pairs: Sequence[Pair]) -> list[Leaving]:
    """These people as a list, those without a goodbye first."""
    said = _said(closing)
    names = aliases_of({one.lead_id for one, _file in pairs if one.lead_id})
    sites = dict(Site.objects.values_list("id", "name")) if closing.grant_id else {}
    found: dict[UUID, Leaving] = {}
    for one, file in pairs:
        onward, last_check = said.get(file.id, ("", ""))
        who = names.get(one.lead_id, "") if one.lead_id else ""
        found.setdefault(file.id, Leaving(file.id, file.code, who, onward, last_check, sites.get(file.site_id, "")))
    return sorted(found.values(), key=lambda one: one.done)


def visible(by: Actor, rows: QuerySet[Episode]) -> QuerySet[Episode]:
    """Of these episodes those whose people the reader may say goodbye to."""
    return living_rows(rows, by=by, policy=FAREWELL)
