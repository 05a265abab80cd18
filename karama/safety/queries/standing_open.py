"""Every open alert with its standing: for the lists, which cut it to what a reader may see, and for the job."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from karama.safety.models import Alert, AlertStep
from karama.safety.standing import Standing, standings


def not_closed(*, historic: bool) -> QuerySet[Alert]:
    """Alerts whose last closing or reopening is not a closing."""
    last = AlertStep.objects.filter(alert=OuterRef("pk"), step__in=("closed", "reopened"))
    word = Subquery(last.order_by("-recorded_at", "-id").values("step")[:1])
    rows = Alert.objects.filter(historic=historic).annotate(last_word=word).select_related("site")
    return rows.filter(Q(last_word__isnull=True) | Q(last_word="reopened")).order_by("raised_at", "id")


def open_standings(*, historic: bool, now: datetime | None = None) -> list[Standing]:
    """Where every open alert stands."""
    return [one for one in standings(not_closed(historic=historic), now) if one.state.is_open]
