"""A site that closes: who is in care there, and with whom there was a goodbye."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from karama.accounts.queries import aliases_of
from karama.care.access import CLOSE_SITE, FAREWELL
from karama.care.models import Episode, Farewell, SiteClosing
from karama.care.queries.files import clinical_words, living_rows
from karama.journal import Absent, Actor, clock
from karama.people.access import purpose_of
from karama.people.joined import last_file
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.programme.models import Site
from karama.programme.registries import GoingOn, going_on, going_on_for
from karama.rules.episodes import OPEN_STATES
from karama.rules.permission import permit

TOLD_BEFORE = timedelta(days=60)
"""So long before the last day the goodbyes stand on the workers' Today pages."""


@dataclass(frozen=True)
class Leaving:
    """Somebody in care at a site that closes. `onward` and `last_check` are empty before a goodbye; `safe`: this person
    was asked, or an alert is open."""

    person: UUID
    code: str
    who: str
    onward: str
    last_check: str

    @property
    def done(self) -> bool:
        """There was a goodbye, and this person was asked about safety or could not be reached at all."""
        return bool(self.onward) and (self.last_check != "not_asked" or self.onward == "not_reached")


@dataclass(frozen=True)
class ClosingSite:
    """The list of a site."""

    site: UUID
    name: str
    closing: SiteClosing | None
    people: list[Leaving]
    going_on: list[GoingOn] = field(default_factory=list)
    unseen: int = 0
    """What goes on there besides, of which this reader learns only how much."""

    @property
    def done(self) -> int:
        """With how many there was a goodbye."""
        return sum(one.done for one in self.people)

    @property
    def finished(self) -> bool:
        """A goodbye with everybody whom the reader may see, and nothing goes on there any more."""
        return self.closing is not None and self.done == len(self.people) and not self.going_on and not self.unseen


def closing_sites(by: Actor) -> list[ClosingSite]:
    """The sites at which this reader plans closings, with their lists."""
    found = []
    for site in Site.objects.filter(pk__in=by.sites, closed_on__isnull=True).order_by("name"):
        if permit(CLOSE_SITE, by.attributes(), {"site": site.id}, purpose_of(by), clock.now()).allowed:
            closing = SiteClosing.objects.filter(site=site, cancelled_on__isnull=True).first()
            if closing is None:
                found.append(ClosingSite(site.id, site.name, None, []))
            else:
                shown = going_on_for(by, site.id)
                unseen = going_on(site.id) - len(shown)
                found.append(ClosingSite(site.id, site.name, closing, _people(by, closing), shown, unseen))
    return found


def goodbyes_to_say(by: Actor) -> list[tuple[UUID, str, date]]:
    """People whom the reader leads, at a site that closes soon, without a goodbye: (person, code, last day)."""
    soon = clock.now().date() + TOLD_BEFORE
    rows = SiteClosing.objects.filter(site__in=by.sites, cancelled_on__isnull=True, ends_on__lte=soon)
    return [
        (one.person, one.code, closing.ends_on)
        for closing in rows
        for one in _people(by, closing, lead=by.id)
        if not one.done
    ]


def farewell_person(by: Actor, person: UUID) -> tuple[Person, SiteClosing]:
    """A person to whom this reader may say goodbye, and the closing. Raises `Absent`."""
    found = person_in_reach(by, person, FAREWELL)
    closing = SiteClosing.objects.filter(site_id=found.site_id, cancelled_on__isnull=True).first()
    if closing is None:
        raise Absent()
    return found, closing


def farewells_of(by: Actor, person: Person, closing: SiteClosing) -> list[tuple[Farewell, str, str]]:
    """Goodbyes that were said to this person, the newest first: (row, alias, words)."""
    rows = list(Farewell.objects.filter(person=person, closing=closing).order_by("-recorded_at"))
    names = aliases_of({one.author_id for one in rows})
    return [(one, names.get(one.author_id, ""), clinical_words(by, one, "words")) for one in rows]


def why_of(closing: SiteClosing) -> str:
    """Why a site closes."""
    return str(closing.unseal("why") or "")


def in_care_at(site: UUID) -> int:
    """How many people are in care at a site, for whoever wants to close it."""
    rows = Episode.objects.filter(state__in=OPEN_STATES)
    alone = set(rows.filter(person__site_id=site, person__merged_into__isnull=True).values_list("person_id", flat=True))
    folded = rows.filter(person__merged_into__isnull=False).select_related("person")
    return len(alone | {file.id for one in folded if (file := last_file(one.person)).site_id == site})


def _people(by: Actor, closing: SiteClosing, lead: UUID | None = None) -> list[Leaving]:
    at = Q(person__site_id=closing.site_id) | Q(person__merged_into__isnull=False)
    rows = _visible(by, Episode.objects.filter(at, state__in=OPEN_STATES))
    if lead is not None:
        rows = rows.filter(lead_id=lead)
    near = [(one, last_file(one.person)) for one in rows.select_related("person").order_by("opened_on", "id")]
    episodes = [(one, file) for one, file in near if file.site_id == closing.site_id]
    goodbyes = Farewell.objects.filter(closing=closing).select_related("person").order_by("recorded_at")
    said = {last_file(one.person).id: one for one in goodbyes}
    names = aliases_of({one.lead_id for one, _file in episodes if one.lead_id})
    found: dict[UUID, Leaving] = {}
    for one, file in episodes:
        last = said.get(file.id)
        found.setdefault(
            file.id,
            Leaving(
                person=file.id,
                code=file.code,
                who=names.get(one.lead_id, "") if one.lead_id else "",
                onward=last.onward if last else "",
                last_check=last.last_check if last else "",
            ),
        )
    return sorted(found.values(), key=lambda one: one.done)


def _visible(by: Actor, rows: Any) -> Any:
    return living_rows(rows, by=by, policy=FAREWELL)
