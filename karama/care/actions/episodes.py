"""Opening an episode of care and saying where it stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from karama.accounts.models import User
from karama.care import targets
from karama.care.access import EPISODE
from karama.care.actions import shapes
from karama.care.actions.handing_over import leads_on
from karama.care.actions.planning import somebody_stays
from karama.care.deaths import has_died
from karama.care.models import Episode, Wait
from karama.care.problems import (
    ClosedByClosing,
    DayDoesNotFit,
    EpisodeOpen,
    PersonHasDied,
    ReasonNeeded,
    StateNotAllowed,
)
from karama.journal import Actor, action
from karama.people.actions import conflicts
from karama.people.joined import file_that_remains
from karama.people.models import Person
from karama.programme.days import today_at
from karama.rules.episodes import OPEN_STATES, allowed_states, ended_on

NEED_A_REASON = frozenset({"on_hold"})


@action("care.open_episode", access=EPISODE, target=targets.of_person)
def open_episode(
    *,
    by: Actor,
    person: UUID,
    on: date | None = None,
    lead: UUID | None = None,
    state: shapes.Code = "screening",
    conflict: conflicts.OwnSaid = "not_asked",
    conflict_note: shapes.Line = "",
) -> Episode:
    """Open an episode of care. `lead`: the worker responsible; without one, the one who opens it, of whom `conflict`
    says whether she is involved with the person.

    Raises:
        PersonHasDied. EpisodeOpen: one is open. StateNotAllowed: it cannot begin there. DayDoesNotFit: the day lies in
        the future.
    """
    file = Person.objects.select_for_update(of=("self",)).get(pk=person)
    if has_died(person):
        raise PersonHasDied()
    if Episode.objects.filter(person_id=person, state__in=OPEN_STATES).exists():
        raise EpisodeOpen()
    if state not in ("screening", "waiting", "active"):
        raise StateNotAllowed()
    today = today_at(file.site_id)
    if on is not None and on > today:
        raise DayDoesNotFit()
    worker = lead or (by.id if by.kind == "user" else None)
    if worker is not None and not User.objects.filter(pk=worker).exists():
        worker = None
    if worker == by.id:
        conflicts.note(by, person, by.id, conflict, conflict_note)
    made = Episode.objects.create(
        person_id=person,
        programme_id=file.programme_id,
        site_id=file.site_id,
        lead_id=worker,
        opened_on=on or today,
        state=state,
    )
    if state == "waiting":
        somebody_stays(by, made)
    return made


@action("care.change_episode_state", access=EPISODE, target=targets.of_episode)
def change_episode_state(
    *,
    by: Actor,
    episode: UUID,
    state: shapes.Code,
    reason: shapes.Reason = "",
    conflict: conflicts.OwnSaid = "not_asked",
    conflict_note: shapes.Line = "",
) -> Episode:
    """Say where the episode stands now. No score decides it; a pause and a reopening take a reason. Taken up again, it
    is led as before, or by who takes it up, where that worker has left or may not see the person any more: `conflict`
    says whether she is involved with the person.

    Raises:
        StateNotAllowed: the law of episodes does not allow it. PersonHasDied: nothing is taken up again.
        ReasonNeeded: without a reason. EpisodeOpen: another episode is open. ClosedByClosing: closing goes through
        `close_episode`.
    """
    _hold_file(episode)
    row = Episode.objects.select_for_update(of=("self",)).get(pk=episode)
    if row.state == "closed" and has_died(row.person_id):
        raise PersonHasDied()
    if state not in allowed_states(row.state):
        raise StateNotAllowed()
    if state == "closed":
        raise ClosedByClosing()
    if (state in NEED_A_REASON or row.state == "closed") and not reason:
        raise ReasonNeeded()
    others = Episode.objects.filter(person_id=row.person_id, state__in=OPEN_STATES).exclude(pk=row.pk)
    if row.state == "closed" and others.exists():
        raise EpisodeOpen()
    if row.state == "closed" and by.kind == "user" and not leads_on(row):
        row.lead_id = by.id
    if row.lead_id == by.id:
        conflicts.note(by, file_that_remains(row.person_id), by.id, conflict, conflict_note)
    put_in_state(row, state, reason)
    if state == "waiting":
        somebody_stays(by, row)
    return row


def _hold_file(episode: UUID) -> None:
    """Before a closed episode is taken up again its person's file is held, as it is while a death is written down."""
    person = Episode.objects.filter(pk=episode, state="closed").values_list("person_id", flat=True).first()
    if person is not None:
        Person.objects.select_for_update(of=("self",)).get(pk=file_that_remains(person))


def put_in_state(row: Episode, state: str, reason: str) -> Episode:
    """Change the state and what hangs on it: the day regular care ended, and the wait. Called inside an action."""
    today = today_at(row.site_id)
    row.ended_on = ended_on(state, row.ended_on, max(today, row.opened_on))
    row.state = state
    row.seal("reason", reason or None)
    row.save()
    if state != "waiting":
        Wait.objects.filter(episode=row, until_on__isnull=True).update(until_on=today)
    return row
