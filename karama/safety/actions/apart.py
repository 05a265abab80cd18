"""Dangers told by people without an account: kept from everybody who is part of them, and many of them in one alert.

Called inside the actions of whoever took in what was told; each of these functions writes within the action around it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from karama.safety.actions.raising import WORRY_SOURCES
from karama.safety.models import Alert, AlertSource, KeptFrom
from karama.safety.standing import standings

LONGEST_TOLD: Final = 21_000
"""Letters of what somebody without an account tells: they stand nowhere else for whoever answers."""

MOST_TOGETHER: Final = 50
"""So many are told in one alert; then another one is opened, so that none becomes too long to read."""

NEWEST: Final = 60
LATELY: Final = timedelta(hours=12)


def keep_apart(alert: UUID, users: Collection[UUID]) -> None:
    """Keep an alert that was just raised from all of these, also when nobody else is left: whoever told it is then told
    so at once, and whoever takes office later finds it. It never goes to somebody who is part of it.
    """
    known = set(KeptFrom.objects.filter(alert=alert).values_list("user_id", flat=True))
    for user in users:
        if user not in known:
            KeptFrom.objects.create(alert_id=alert, user_id=user)


def untaken_of(author: UUID, site: UUID | None, kind: str, kept: Collection[UUID], now: datetime) -> Alert | None:
    """The newest alert that this author has told lately about this place and kind, kept from exactly these, that nobody
    has taken yet and that is not full. None when another one must be raised.

    Whoever has taken one has read what stood in it then: what comes later must be asked anew.
    """
    rows = Alert.objects.filter(sources__author_id=author, site=site, person_id=None, raised_at__gt=now - LATELY)
    for one in standings(rows.distinct().order_by("-raised_at", "-id")[:NEWEST], now):
        alike = one.alert.text_of("kind") == kind and one.around.barred == frozenset(kept)
        if alike and one.state.owner is None and one.state.is_open and len(one.sources) < MOST_TOGETHER:
            return one.alert
    return None


def tell_with(alert: Alert, words: str) -> AlertSource:
    """One more danger told in the same alert."""
    row = AlertSource(alert=alert, source=WORRY_SOURCES[0], grade=alert.grade)
    row.seal("words", words.strip()[:LONGEST_TOLD] or None)
    row.save()
    return row
