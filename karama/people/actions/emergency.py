"""Opening a few fields of a record because life is in danger, and looking at it afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef

from karama.journal import Absent, Actor, action, clock
from karama.notices.actions import tell
from karama.people.access import BREAK_GLASS, REVIEW_GLASS
from karama.people.actions import shapes
from karama.people.attributes import person_attributes
from karama.people.models import Assignment, BreakGlass, GlassReview
from karama.people.problems import EmergencyPause, EmergencyReason, GlassReviewed
from karama.people.reviewing import left_to_director

LASTS: Final = timedelta(hours=24)
"""How long a record stays open after an emergency (PROMISES, consent rule 10)."""

TOLD: Final = {
    "justified": "people.emergency_right",
    "talk": "people.emergency_talk",
    "not_justified": "people.emergency_asked",
}
"""The kind of notice with which whoever opened it hears what was said."""

MOST_A_DAY: Final = 3
SHORTEST_REASON: Final = 15


def _of_glass(*, by: Actor, glass: UUID, **_more: Any) -> dict[str, object]:
    person = BreakGlass.objects.filter(pk=glass).values_list("person_id", flat=True).first()
    if person is None:
        return {}
    return {**person_attributes(person), "left_to_director": left_to_director(glass)}


@action("people.break_glass", access=BREAK_GLASS, target=shapes.of_person, purpose="safety")
def break_glass(*, by: Actor, person: UUID, reason: shapes.Words) -> BreakGlass:
    """Open the few fields that help to keep a person alive. The supervisor and the officer are told at once.

    Raises:
        EmergencyReason: the reason is missing or too short. EmergencyPause: too often in a day.
    """
    check_emergency(by, reason)
    file = shapes.locked(person)
    made = BreakGlass(person=file, site_id=file.site_id, user_id=by.id, until=clock.now() + LASTS)
    made.seal("reason", reason)
    made.save()
    return made


def check_emergency(by: Actor, reason: str) -> None:
    """Whether this colleague may open anybody now, whoever it is: asked before anybody is looked for, so that no answer
    tells who exists without leaving an opening behind. Raises like `break_glass`.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise EmergencyReason()
    if emergencies_of(by.id, clock.now()) >= MOST_A_DAY:
        raise EmergencyPause()


@action("people.review_glass", access=REVIEW_GLASS, target=_of_glass, purpose="rights")
def review_glass(
    *, by: Actor, glass: UUID, verdict: Literal["justified", "talk", "not_justified"], words: shapes.Words = ""
) -> GlassReview:
    """Say what the review came to, with a word or without. Nobody reviews what she opened herself. Whoever opened it is
    told gently what was said, and never the words.

    Raises:
        Absent: it is the reviewer's own. GlassReviewed: another review came first, and stands.
    """
    row = BreakGlass.objects.get(pk=glass)
    if row.user_id == by.id:
        raise Absent()
    found = GlassReview.objects.filter(glass=row).first()
    if found is not None:
        if (found.author_id, found.verdict) != (by.id, verdict):
            raise GlassReviewed()
        return found
    made = GlassReview(person_id=row.person_id, glass=row, verdict=verdict)
    made.seal("words", words or None)
    made.save()
    tell(by=by, user=row.user_id, kind=TOLD[verdict], place=row.id)
    return made


def emergencies_of(user: UUID, now: datetime) -> int:
    """How many records of others this user opened in an emergency within the last day: referring somebody she works
    with in an emergency keeps her from nothing.
    """
    own = Assignment.objects.filter(person_id=OuterRef("person_id"), user_id=user, until__isnull=True)
    rows = BreakGlass.objects.filter(user_id=user, recorded_at__gt=now - timedelta(days=1))
    return rows.exclude(Exists(own)).count()
