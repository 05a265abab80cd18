"""An episode of care: one stretch of work with one person, from the first screening to its closure."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from karama.care.models.response import KNOWN
from karama.journal import SealedField, State
from karama.rules.episodes import ENDED_STATES, EPISODE_STATES


class EpisodeState(models.TextChoices):
    """Where an episode stands; `rules.episodes` says what may follow."""

    SCREENING = "screening", pgettext_lazy("an episode of care", "Screening")
    WAITING = "waiting", pgettext_lazy("an episode of care", "Waiting")
    ACTIVE = "active", pgettext_lazy("an episode of care", "In care")
    ON_HOLD = "on_hold", pgettext_lazy("an episode of care", "On hold")
    FOLLOW_UP = "follow_up", pgettext_lazy("an episode of care", "Follow-up")
    CLOSED = "closed", pgettext_lazy("an episode of care", "Closed")


class Episode(State):
    """One stretch of care. `ended_on`: the day regular care ended (follow-up or closed), empty while it goes on.

    `opened_precision`: how exactly the first day is known; `day` unless a sheet that was taken over knew less.
    """

    KIND: ClassVar[int] = 60
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "programme": "general",
        "site": "general",
        "lead": "general",
        "opened_on": "general",
        "opened_precision": "general",
        "ended_on": "general",
        "state": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="episodes")
    programme = models.ForeignKey("programme.CountryProgramme", on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    opened_precision = models.CharField(max_length=6, choices=KNOWN, default="day")
    ended_on = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=EpisodeState.choices, default=EpisodeState.SCREENING)
    reason = SealedField(compartment="clinical")
    """Why the state changed last, in words."""

    class Meta:
        db_table = "care_episode"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=EPISODE_STATES), name="care_episode_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=ENDED_STATES, ended_on__isnull=False)
                | (~models.Q(state__in=ENDED_STATES) & models.Q(ended_on__isnull=True)),
                name="care_episode_end_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("opened_on")),
                name="care_episode_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "state"], name="care_episode_person")]
