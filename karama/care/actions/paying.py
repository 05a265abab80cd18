"""Writing down which grant pays for an episode."""

from __future__ import annotations

from uuid import UUID

from karama.care import targets
from karama.care.access import ATTRIBUTE
from karama.care.actions import shapes
from karama.care.models import Attribution, Episode
from karama.care.problems import PaidByNobody, ReasonNeeded
from karama.care.queries.paying import works
from karama.journal import Absent, Actor, action
from karama.people.joined import last_file
from karama.programme.actions.granting import open_grant_row
from karama.programme.days import today_at
from karama.programme.grants import payers
from karama.rules.grants import carries


@action("care.attribute", access=ATTRIBUTE, target=targets.of_episode)
def attribute(*, by: Actor, episode: UUID, grant: UUID, paid: bool, reason: shapes.Reason) -> Attribution:
    """A grant pays for an episode, or does not, whatever its site and service say. Several may pay for one.

    Raises:
        Absent: no grant of this person's programme. GrantClosed. ReasonNeeded. PaidByNobody: it would leave the
            episode without a grant that surely goes on.
    """
    row = Episode.objects.select_for_update(of=("self",)).select_related("person").get(pk=episode)
    file = last_file(row.person)
    known = {one.id: one for one in payers(file.programme_id)}
    if not reason:
        raise ReasonNeeded("reason")
    if open_grant_row(grant).programme_id != file.programme_id:
        raise Absent()
    if not paid:
        work, today = works([(row, file)])[row.id], today_at(file.site_id)
        day = max(known[grant].last_day, today)
        if not any(carries(one, work, day) for one in known.values() if one.id != grant):
            raise PaidByNobody()
    return write_down(row, grant, paid, reason)


def write_down(episode: Episode, grant: UUID, paid: bool, reason: str) -> Attribution:
    """Save it. Called inside an action."""
    made = Attribution(person_id=episode.person_id, episode=episode, grant_id=grant, paid=paid)
    made.seal("reason", reason or None)
    made.save()
    return made
