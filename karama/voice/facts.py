"""Rows about feedback for analytics: counts, no words. What is about somebody who works here has no place but the
country.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from karama.journal import Actor, Refused, clock
from karama.rules.complaints import days_between
from karama.rules.disclosure import first_day
from karama.rules.permission import permit
from karama.voice.access import STATISTICS
from karama.voice.around import around_now
from karama.voice.asked import Standing, standings
from karama.voice.models import Feedback

CHUNK = 400


@dataclass(frozen=True)
class FeedbackRow:
    """One message that counts. `site`: None whenever it is about somebody who works here, or was coarsened.

    `days`: until the first answer; None while there is none. `month`: its first day.
    """

    kind: str
    channel: str
    month: date
    site: UUID | None
    about_staff: bool
    state: str
    days: int | None
    wants_answer: bool


def feedback_rows(*, by: Actor, programme: UUID) -> Iterator[FeedbackRow]:
    """Every message of a programme, held ones left out until somebody has taken them. Nothing is opened for reading.

    Also those whose words are erased, as long as the programme: they count as closed.

    A reader who is named in a message, or in line with somebody named, is not told that it exists.

    Raises:
        Refused: the duty counts nothing in this programme.
    """
    decision = permit(STATISTICS, by.attributes(), {"programme": programme}, "statistics", clock.now())
    if not decision.allowed:
        raise Refused(decision.reason)
    return _rows(by, programme)


def _rows(by: Actor, programme: UUID) -> Iterator[FeedbackRow]:
    rows = Feedback.objects.filter(programme_id=programme).order_by("received_on", "id")
    around = around_now()
    ids = list(rows.values_list("id", flat=True))
    for start in range(0, len(ids), CHUNK):
        found = standings(ids[start : start + CHUNK], around)
        yield from (_row(one) for one in found if by.id not in one.barred and not _is_held(one))


def _is_held(standing: Standing) -> bool:
    return standing.row.held and standing.state == "received"


def _row(standing: Standing) -> FeedbackRow:
    row = standing.row
    answered = next((one.recorded_at.date() for one in standing.steps if one.step in ("answered", "outside")), None)
    about_staff = standing.kind == "sensitive" or row.about is not None or row.about_duty is not None
    return FeedbackRow(
        kind=standing.kind,
        channel=row.channel,
        month=first_day(row.received_on, "month"),
        site=None if about_staff else row.site_id,
        about_staff=about_staff,
        state="closed" if standing.state == "erased" else standing.state,
        days=days_between(row.received_on, answered),
        wants_answer=bool(row.answer_key),
    )
