"""Episodes of care of one person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from karama.accounts.queries import alias_of
from karama.care.access import SEE_EPISODES
from karama.care.deaths import has_died
from karama.care.models import Episode, Response
from karama.care.queries.files import files_of, with_owner
from karama.journal import ERASED, Actor
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.people.models import Person
from karama.people.queries import person_in_reach
from karama.rules.episodes import allowed_states


@dataclass(frozen=True)
class EpisodePage:
    """What the page of an episode shows. `reason` is empty where the reader's compartments do not open it."""

    episode: Episode
    person: Person
    lead: str
    reason: str
    following: tuple[str, ...]
    responses: list[Response]


@asks
def episodes_of(by: Actor, person: UUID) -> Asks[list[Episode]]:
    """The episodes of a person, the newest first. Raises `Absent`."""
    found = yield from person_in_reach.asking(by, person, SEE_EPISODES)
    rows: list[Episode] = yield _episodes.later((yield from files_of.asking(by, found)))
    return rows


@readymade
def _episodes(files: list[UUID]) -> QuerySet[Episode, Episode]:
    rows = Episode.objects.filter(person_id__in=files)
    return rows.select_related("lead", "site").order_by("-opened_on", "-recorded_at")


def episode_page(by: Actor, episode: UUID) -> EpisodePage:
    """One episode with its responses, as far as the reader's compartments open them. Raises `Absent`."""
    row = Episode.objects.filter(pk=episode).select_related("person", "site").first()
    row, person = with_owner(by, row, episode, SEE_EPISODES)
    dead = row.state == "closed" and has_died(person.id)
    reason = row.unseal("reason") if "clinical" in by.compartments else ""
    responses = Response.objects.filter(episode=row, compartment__in=by.compartments, amended_by__isnull=True)
    return EpisodePage(
        episode=row,
        person=person,
        lead=alias_of(row.lead_id),
        reason="" if reason is ERASED or reason is None else str(reason),
        following=() if dead else allowed_states(row.state),
        responses=list(responses.order_by("-occurred_on", "-recorded_at")),
    )
