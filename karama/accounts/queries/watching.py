"""What the data protection officer watches: telephones nobody has seen, and passwords somebody else knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import DateField, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from karama.accounts import reach
from karama.accounts.models import Device, DeviceSeen, Posting, User
from karama.journal import Actor
from karama.journal.clock import day_in_utc, now

OFFICER: Final = "data_protection_officer"
UNSEEN: Final = timedelta(days=30)
JUST_LET_IN: Final = timedelta(days=1)
"""A telephone asks in the minute in which it is let in: one that has not by the next day has not arrived."""


def note_seen(device: UUID) -> bool:
    """Remember the day on which a telephone asked under its own key; written at most once a day."""
    today = day_in_utc()
    if DeviceSeen.objects.filter(device_id=device, seen_on__gte=today).exists():
        return False
    DeviceSeen.objects.update_or_create(device_id=device, defaults={"seen_on": today})
    return True


def unseen_devices(by: Actor) -> QuerySet[Device]:
    """Telephones in use that did not ask for more than 30 days, or never: the longest silence first. Each with
    `last_on`: the day on which it was seen, or let in. Whoever holds no duty any more is within every officer's reach.
    """
    if by.duty != OFFICER:
        return Device.objects.none()
    moment = now()
    rows: Any = Device.objects.filter(revoked_at__isnull=True).exclude(user_id__in=_beyond(by))
    silent = Q(seen__seen_on__lt=(moment - UNSEEN).date())
    never = Q(seen__isnull=True, enrolled_at__lt=moment - JUST_LET_IN)
    rows = rows.filter(silent | never).select_related("seen")
    last = Coalesce("seen__seen_on", Cast("enrolled_at", DateField()))
    found: QuerySet[Device] = rows.annotate(last_on=last).order_by("last_on", "id")
    return found


def handed_passwords(by: Actor) -> QuerySet[User]:
    """Users who still sign in with a password that somebody else handed to them, the oldest first."""
    if by.duty != OFFICER:
        return User.objects.none()
    rows = User.objects.filter(must_change_password=True, is_active=True).exclude(pk__in=_beyond(by))
    return rows.order_by("password_at", "pk")


def officers_for(user: UUID) -> list[UUID]:
    """The data protection officers within whose reach a user is, now; herself never."""
    held = Posting.objects.filter(reach.current(now()), duty=OFFICER, user__is_active=True).exclude(user_id=user)
    places = Posting.objects.filter(reach.not_over(now()), user_id=user).values_list("programme_id", flat=True)
    theirs = set(places)
    found = [one for one in held.order_by("from_on", "id") if one.programme_id is None or theirs <= {one.programme_id}]
    return list(dict.fromkeys(one.user_id for one in found))


def duties_of(users: list[UUID]) -> dict[UUID, str]:
    """The duty in which each of them works, by her newest posting that began; also one that is over."""
    rows = Posting.objects.filter(user_id__in=users, from_on__lte=day_in_utc()).order_by("from_on", "id")
    return dict(rows.values_list("user_id", "duty"))


def _beyond(by: Actor) -> QuerySet[Any]:
    """Users of whom something lies outside this officer's programmes."""
    held = Posting.objects.filter(reach.not_over(now()))
    if reach.reaches_all(by):
        return held.none().values("user_id")
    outside = Q(programme__isnull=True) | ~Q(programme_id__in=by.programmes)
    return held.filter(outside).values("user_id")
