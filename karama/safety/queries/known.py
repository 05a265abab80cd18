"""How pressing it is about several people at once, for a list: a grade, never what it is about."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from karama.journal import Actor, clock
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.rules.permission import permit
from karama.safety import access
from karama.safety.models import Alert
from karama.safety.queries.lists import AlertLine, as_line
from karama.safety.queries.standing_open import not_closed
from karama.safety.standing import standings

HISTORIC: Final = "historic"
MOST_URGENT: Final = ("now", "today", "soon", HISTORIC)


@asks
def pressing_among(by: Actor, files: Collection[UUID]) -> Asks[dict[UUID, str]]:
    """File -> the most urgent grade of the open alerts about it that this reader may see; `historic` where only
    answers of before wait to be looked at. A file of which there is none, or none for this reader, is not in it."""
    if not files:
        return {}
    now = clock.now()
    told = yield from standings.asking(_about.later(list(files)), now)
    found: dict[UUID, str] = {}
    for one in told:
        seen = permit(access.SEE, by.attributes(), one.attributes(), "safety", now).allowed
        if not seen or not one.state.is_open or one.alert.person_id is None:
            continue
        before, grade = found.get(one.alert.person_id), _grade(as_line(by, one, ""))
        found[one.alert.person_id] = grade if before is None else min(before, grade, key=MOST_URGENT.index)
    return found


def _grade(line: AlertLine) -> str:
    return HISTORIC if line.historic else line.grade


@readymade
def _about(files: list[UUID]) -> QuerySet[Alert, Alert]:
    return not_closed().filter(person_id__in=files)
