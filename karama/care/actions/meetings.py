"""Meetings: who met, what was decided about whom, and that it was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.care import targets
from karama.care.access import DISCUSS, MEETING
from karama.care.actions import shapes
from karama.care.models import DecisionDone, Discussed, DiscussionWish, Episode, Meeting
from karama.care.problems import (
    DayDoesNotFit,
    DecidedAlready,
    DoesNotBelong,
    NobodyMet,
    NoSuchColleague,
    OwnerAndDay,
    StateNotAllowed,
)
from karama.journal import Actor, action
from karama.people import workers
from karama.people.joined import last_file
from karama.people.models import HiddenFrom
from karama.programme.days import today_at
from karama.rules.classes import CARE_DUTIES
from karama.rules.episodes import OPEN_STATES

Kind = Literal["intake", "conference", "supervision"]
How = Literal["together", "phone"]
Decided = Literal["accept", "wait", "go_on", "more", "less", "refer", "call", "close", "later"]
Minutes = Annotated[int, Field(ge=1, le=600)]
Attended = Annotated[list[UUID], Field(max_length=60)]


@action("care.hold_meeting", access=MEETING, target=targets.of_site)
def hold_meeting(
    *,
    by: Actor,
    site: UUID,
    kind: Kind,
    attended: Attended,
    on: date | None = None,
    mode: How = "together",
    minutes: Minutes | None = None,
) -> Meeting:
    """Write down that colleagues of a site met. Whoever writes it down was there.

    Raises:
        NobodyMet: nobody else is named. DayDoesNotFit: the day lies in the future.
    """
    today = today_at(site)
    if on is not None and on > today:
        raise DayDoesNotFit()
    there = sorted({str(one) for one in attended} | {str(by.id)})
    if len(there) < 2:
        raise NobodyMet()
    meeting = Meeting(site_id=site, kind=kind, mode=mode, occurred_on=on or today, minutes=minutes)
    meeting.seal("attended", there)
    meeting.save()
    return meeting


@action("care.wish_discussion", access=DISCUSS, target=targets.of_episode)
def wish_discussion(*, by: Actor, episode: UUID, why: shapes.Reason = "") -> DiscussionWish:
    """Ask that a person be discussed in the next care conference. Raises `StateNotAllowed`: the episode is closed."""
    row = _open_episode(episode)
    wish = DiscussionWish(person_id=row.person_id, episode=row)
    wish.seal("why", why or None)
    wish.save()
    return wish


@action("care.decide_in_meeting", access=DISCUSS, target=targets.of_episode)
def decide_in_meeting(
    *,
    by: Actor,
    episode: UUID,
    meeting: UUID,
    decision: Decided,
    owner: UUID | None = None,
    due_on: date | None = None,
    words: shapes.Words = "",
) -> Discussed:
    """Write down what a meeting decided about somebody, who does it and until when. A decision changes nothing by
    itself: what it asks for is done by its owner, through the page where that is done.

    Raises:
        DoesNotBelong: no meeting of the person's site. DecidedAlready: it is written down. OwnerAndDay: one without
        the other. NoSuchColleague: nobody in care there, or somebody the person is not shown to. StateNotAllowed.
    """
    row = _open_episode(episode)
    held = Meeting.objects.filter(pk=meeting, site_id=last_file(row.person).site_id).first()
    if held is None:
        raise DoesNotBelong()
    if Discussed.objects.filter(meeting=held, episode=row).exists():
        raise DecidedAlready()
    if (owner is None) != (due_on is None):
        raise OwnerAndDay()
    if owner is not None:
        _check_owner(row, owner)
    found = Discussed(
        person_id=row.person_id, episode=row, meeting=held, decision=decision, owner_id=owner, due_on=due_on
    )
    found.seal("words", words or None)
    found.save()
    return found


def _open_episode(episode: UUID) -> Episode:
    row = Episode.objects.select_related("person").get(pk=episode)
    if row.state not in OPEN_STATES:
        raise StateNotAllowed()
    return row


def _check_owner(row: Episode, owner: UUID) -> None:
    file = last_file(row.person)
    there = {one.user for one in workers.workers_for(file) if one.duty in CARE_DUTIES}
    hidden = HiddenFrom.objects.filter(person_id=file.id, user_id=owner, lifted_at__isnull=True)
    if owner not in there or hidden.exists():
        raise NoSuchColleague()


def of_discussed(*, by: Actor, discussed: UUID, **_more: Any) -> Mapping[str, object]:
    """The target of an action about a decision."""
    person = Discussed.objects.filter(pk=discussed).values_list("person_id", flat=True).first()
    return targets.present_file(by, person) if person is not None else {}


@action("care.finish_decision", access=DISCUSS, target=of_discussed)
def finish_decision(*, by: Actor, discussed: UUID, words: shapes.Reason = "") -> DecisionDone:
    """What was decided is done, or there is nothing more to do; the words say how it went.

    Raises:
        DecidedAlready: it was said before.
    """
    row = Discussed.objects.get(pk=discussed)
    if DecisionDone.objects.filter(discussed=row).exists():
        raise DecidedAlready()
    done = DecisionDone(person_id=row.person_id, discussed=row)
    done.seal("words", words or None)
    done.save()
    return done
