"""Deaths that are written down, as alerts ask about them: what comes from before one, and who may say that it is so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from karama.journal import clock
from karama.people.joined import all_files_of
from karama.programme.days import day_at
from karama.rules.risk import CLOSING_STEPS, Told, WrittenDown, from_before, settled_by_death
from karama.safety.models import AlertSource
from karama.safety.registries import DeathSaid, day_answered, deaths_said
from karama.safety.standing import Standing, others_left


def deaths_that_stand(files: Sequence[UUID]) -> list[DeathSaid]:
    """The deaths written down in these files of one person that were not taken back."""
    return [one for one in deaths_said(files) if one.stands]


def deaths_about(standing: Standing) -> list[DeathSaid]:
    """The deaths that stand of the person an alert is about; none of somebody who is not known here."""
    person = standing.around.person
    return deaths_that_stand(all_files_of(person.id)) if person is not None else []


def comes_from_before(told: AlertSource, deaths: Iterable[DeathSaid], said_at: datetime | None = None) -> bool:
    """Whether this was answered before each of these deaths. When nobody knows, it was not, and it keeps its clock.

    `said_at`: what the telephone said that it was told with, if it was just told with one.
    """
    if told.alert.historic:
        return True
    place, moment = told.alert.site_id, said_at or told.recorded_at
    on = day_answered(told.source_record_id)
    if on is None and told.source_record_id is None and said_at is not None:
        on = day_at(place, said_at)
    said = Told(told.source, on, moment, day_at(place, moment))
    today = day_at(place, clock.now())
    return all(from_before(said, WrittenDown(one.on or day_at(place, one.at), one.at), today) for one in deaths)


def told_since(standing: Standing, deaths: Sequence[DeathSaid], said_at: datetime | None) -> bool:
    """Whether this was told, or opened again by somebody, after one of these deaths, also after one that was taken
    back: no death settles it then.

    `said_at`: what the telephone said that a death was just written down with.
    """
    again = _opened_again(standing)
    return any(
        any(at > one.at for at in again) or any(_later(told, one, said_at) for told in standing.sources)
        for one in deaths
    )


def _opened_again(standing: Standing) -> list[datetime]:
    """When a human opened it again, which takes words; the house, which also does, says none."""
    return [one.recorded_at for one in standing.steps if one.step == "reopened" and one.note is not None]


def _later(told: AlertSource, death: DeathSaid, said_at: datetime | None) -> bool:
    written = told.recorded_at > min(death.at, said_at or death.at)
    on_a_later_day = death.on is not None and day_at(told.alert.site_id, told.recorded_at) > death.on
    return (written or on_a_later_day) and not comes_from_before(told, [death])


def wrote_it_alone(by: UUID, standing: Standing, deaths: Sequence[DeathSaid]) -> bool:
    """Whether nobody but this colleague says that the person has died, and the alert was told, or opened again by
    somebody, after she had said so."""
    since = [*(one.recorded_at for one in standing.sources), *_opened_again(standing)]
    told = bool(deaths) and any(at > deaths[0].at for at in since)
    return told and standing.state.state != "after_death" and all(one.author == by for one in deaths)


def closed_by_death(standing: Standing) -> bool:
    """Whether an alert that is closed was closed because the person had died, by the house or by a colleague."""
    last = [one for one in standing.steps if one.step in (*CLOSING_STEPS, "reopened")][-1:]
    return not standing.state.is_open and any(one.outcome == "died" for one in last)


def may_be_confirmed(standing: Standing, deaths: Sequence[DeathSaid]) -> bool:
    """Whether this alert ends when a death is confirmed: one stands, and nobody else may be in danger."""
    own = not others_left(standing.steps) and settled_by_death(standing.alert.text_of("kind"))
    return own and bool(deaths)
