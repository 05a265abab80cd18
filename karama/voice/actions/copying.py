"""What is kept about a person as a file to take along, under her own keys until it is downloaded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from karama.journal import Actor, action, clock
from karama.people.actions import shapes
from karama.people.joined import last_file
from karama.programme.days import today_at
from karama.voice.access import COPY
from karama.voice.actions.requesting import locked_request, of_request
from karama.voice.models import PortableCopy
from karama.voice.problems import NotNow
from karama.voice.queries.guardians import topics_of
from karama.voice.readable import gathered
from karama.voice.standing import steps_of

LASTS: Final = timedelta(hours=24)
"""How long whoever made a file can download it."""

GRANTED: Final = ("granted", "partly")


@action("voice.make_file", access=COPY, target=of_request, purpose="rights")
def make_file(*, by: Actor, rights: UUID, language: shapes.Language) -> PortableCopy:
    """Gather everything that is kept about a person, in this language, and keep it sealed for a day.

    Raises:
        NotNow: no file was asked for, or the officer has not granted it.
        WhichGuardian, GuardianMayNot: see `topics_of`; a guardian's file holds only what was agreed.
    """
    row = locked_request(rights)
    steps = steps_of(row)
    if row.right != "portability" or not steps or steps[-1].state not in GRANTED:
        raise NotNow()
    person = last_file(row.person)
    made = PortableCopy(person=person, request=row, until=clock.now() + LASTS)
    topics = topics_of(by, row, person)
    content: dict[str, Any] = {
        "made_on": today_at(person.site_id).isoformat(),
        "language": language,
        "sections": [
            {"title": one.title, "rows": [[label, value] for label, value in one.rows]}
            for one in gathered(by, person.id, language, topics)
        ],
    }
    made.seal("content", content)
    made.save()
    return made
