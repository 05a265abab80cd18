"""Every open alert with its standing: for the lists, which cut it to what a reader may see, and for the job."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from karama.journal.asking import once
from karama.journal.readymade import readymade
from karama.journal.together import Asks, asks
from karama.rules.risk import CLOSING_STEPS
from karama.safety.models import Alert, AlertStep
from karama.safety.standing import Standing, standings


def not_closed(*, historic: bool | None = None) -> QuerySet[Alert]:
    """Alerts whose last closing or reopening is not a closing: historic ones, the others, or all."""
    last = AlertStep.objects.filter(alert=OuterRef("pk"), step__in=(*CLOSING_STEPS, "reopened"))
    word = Subquery(last.order_by("-recorded_at", "-id").values("step")[:1])
    rows = Alert.objects.alias(last_word=Coalesce(word, Value("reopened"))).filter(last_word="reopened")
    rows = rows if historic is None else rows.filter(historic=historic)
    return rows.select_related("site").order_by("raised_at", "id")


@asks
def open_standings(*, historic: bool, now: datetime | None = None) -> Asks[list[Standing]]:
    """Where every open alert stands; with `now`, at that moment."""
    asked = _open_now.asking(historic) if now is None else standings.asking(_open.later(historic), now)
    found = yield from asked
    return [one for one in found if one.state.is_open]


@once
@asks
def _open_now(historic: bool) -> Asks[list[Standing]]:
    """Answers of long ago never stand in the way of what is urgent: each kind is looked at by itself."""
    return (yield from standings.asking(_open.later(historic)))


@readymade
def _open(historic: bool) -> QuerySet[Alert, Alert]:
    return not_closed(historic=historic)
