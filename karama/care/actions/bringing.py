"""Taking over what a programme kept in its own sheets: episodes and sessions of people who were brought in before.

What the sheet does not say stays unsaid: nobody asked about safety, no lead, no reason. The operator reads none of it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.db.models import Q
from pydantic import Field

from karama.care import pathways, targets
from karama.care.access import BRING
from karama.care.actions import shapes
from karama.care.actions.closing import Reason, keep_closure
from karama.care.days import to_come
from karama.care.deaths import has_died
from karama.care.models import Episode, Session
from karama.care.problems import (
    DayDoesNotFit,
    EpisodeOpen,
    PersonHasDied,
    SayHow,
    StateNotAllowed,
    TechniqueUnknown,
)
from karama.journal import Actor, action
from karama.people.models import Person
from karama.rules.episodes import ENDED_STATES, OPEN_STATES

Known = Literal["day", "month", "year", "approx"]


@action("care.bring_episode", access=BRING, target=targets.of_person, purpose="import", targets=targets.of_many_people)
def bring_episode(
    *,
    by: Actor,
    person: UUID,
    on: date,
    precision: Known = "day",
    ended: date | None = None,
    state: Literal["screening", "waiting", "active", "on_hold", "follow_up", "closed"] = "active",
    reason: Reason | None = None,
    outcome: Literal["improved", "partly", "unchanged", "worse", "unknown"] = "unknown",
    source: shapes.Source = "",
) -> Episode:
    """Take over one episode, open or ended. It has no lead yet: the supervisor's page shows it among those without.

    A `reason` makes the closure with it; without one the episode is closed and why is not known.

    Raises:
        EpisodeOpen: another one is open. StateNotAllowed: the end and the state contradict each other.
        PersonHasDied: one that would go on; what is over comes in.
        DayDoesNotFit: a day in the future, or an end before the beginning.
    """
    file = Person.objects.select_for_update(of=("self",)).get(pk=person)
    if to_come(ended or on, file.site_id) or (ended is not None and ended < on):
        raise DayDoesNotFit()
    if (state in ENDED_STATES) != (ended is not None) or (reason is not None and state != "closed"):
        raise StateNotAllowed()
    if state in OPEN_STATES and has_died(person):
        raise PersonHasDied()
    if state in OPEN_STATES and Episode.objects.filter(person_id=person, state__in=OPEN_STATES).exists():
        raise EpisodeOpen()
    row = Episode.objects.create(
        person_id=person,
        programme_id=file.programme_id,
        site_id=file.site_id,
        lead_id=None,
        opened_on=on,
        opened_precision=precision,
        ended_on=ended,
        state=state,
    )
    if reason is not None:
        keep_closure(row, reason=reason, outcome=outcome, follow_up="not_asked", words="", handed_to=None)
    return row


@action("care.bring_session", access=BRING, target=targets.of_person, purpose="import", targets=targets.of_many_people)
def bring_session(
    *,
    by: Actor,
    person: UUID,
    on: date,
    attended: Literal["came", "cancelled", "absent", "staff"],
    precision: Known = "day",
    modality: Literal["", "in_person", "phone", "online", "home"] = "",
    techniques: Annotated[list[shapes.Code], Field(max_length=20)] = [],  # noqa: B006 - pydantic copies it
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None,
    source: shapes.Source = "",
) -> Session:
    """Take over one session, held or missed. It belongs to the episode in whose time it lies, if there is one.

    Raises:
        DayDoesNotFit: a day in the future. SayHow: held, and not said where. TechniqueUnknown.
    """
    file = Person.objects.select_related("programme").get(pk=person)
    if to_come(on, file.site_id):
        raise DayDoesNotFit()
    held = attended == "came"
    if held and not modality:
        raise SayHow("modality")
    if not set(techniques) <= {one.code for one in pathways.of_programme(file.programme.code).techniques}:
        raise TechniqueUnknown()
    row = Session(
        person_id=person,
        episode=_episode_at(person, on),
        occurred_on=on,
        precision=precision,
        attended=attended,
        modality=modality if held else "",
        minutes=minutes if held else None,
    )
    row.seal("techniques", sorted(set(techniques)) if held and techniques else None)
    row.save()
    return row


def _episode_at(person: UUID, on: date) -> Episode | None:
    within = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    return Episode.objects.filter(within, person_id=person, opened_on__lte=on).order_by("-opened_on").first()
