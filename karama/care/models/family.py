"""A family accompanied as one: goals, sessions, and how each and all say it goes. What was said in front of everybody
is kept once for each who was there, under her own key: an erased member leaves the others what is theirs.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from karama.care.models.session import Modality
from karama.journal import Fact, SealedField, State
from karama.rules.families import ATTENDANCE, GOAL_STATES


class FamilyGoalState(models.TextChoices):
    """Where a goal of a family stands (`rules.families.GOAL_STATES`). In progress is not met."""

    OPEN = "open", pgettext_lazy("a goal of a family", "Open")
    IN_PROGRESS = "in_progress", pgettext_lazy("a goal of a family", "In progress")
    MET = "met", pgettext_lazy("a goal of a family", "Met")
    LEFT = "left", pgettext_lazy("a goal of a family", "Left aside")


class FamilyAttended(models.TextChoices):
    """Whether a member was at a session of the family (`rules.families.ATTENDANCE`)."""

    CAME = "came", pgettext_lazy("a session", "Came")
    ABSENT = "absent", pgettext_lazy("a session", "Did not come")
    UNSAID = "unsaid", pgettext_lazy("a session", "Not recorded")


class FamilyGoal(State):
    """A goal that a family set together. Its words stand in `FamilyGoalWords`, its history in `FamilyGoalStep`."""

    KIND: ClassVar[int] = 230
    OPEN: ClassVar[dict[str, str]] = {"family": "general", "state": "clinical"}

    family = models.ForeignKey("people.Family", on_delete=models.PROTECT, related_name="goals")
    state = models.CharField(max_length=11, choices=FamilyGoalState.choices, default=FamilyGoalState.OPEN)

    class Meta:
        db_table = "care_family_goal"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=GOAL_STATES), name="care_family_goal_state_known")
        ]

    @property
    def subject_id(self) -> UUID | None:
        """A family is nobody's file."""
        return None


class FamilyGoalStep(Fact):
    """A goal of a family was set, or stands somewhere else now."""

    KIND: ClassVar[int] = 231
    OPEN: ClassVar[dict[str, str]] = {"goal": "general", "state": "clinical"}

    goal = models.ForeignKey(FamilyGoal, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=11, choices=FamilyGoalState.choices)

    class Meta(Fact.Meta):
        db_table = "care_family_goal_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(state__in=GOAL_STATES), name="care_family_goal_step_known"),
        ]


class FamilyGoalWords(Fact):
    """The words of a goal, as one of those who set it has them."""

    KIND: ClassVar[int] = 232
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "goal": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(FamilyGoal, on_delete=models.PROTECT, related_name="told")
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_family_goal_words"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["goal", "person"], name="care_family_goal_words_once"),
        ]


class FamilySession(Fact):
    """A session of a family, as it was told or corrected. Who was there, and every word, stand in `FamilyAttendance`.

    `led_by` and `co_led_by`: colleagues. `interpreter_id`: who interpreted, when it is known; never a name.
    """

    KIND: ClassVar[int] = 233
    OPEN: ClassVar[dict[str, str]] = {
        "family": "general",
        "site": "general",
        "occurred_on": "general",
        "modality": "general",
        "minutes": "general",
        "interpreted": "general",
        "interpreter_id": "general",
        "led_by": "general",
        "co_led_by": "general",
    }

    family = models.ForeignKey("people.Family", on_delete=models.PROTECT, related_name="sessions")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateField()
    modality = models.CharField(max_length=9, choices=Modality.choices)
    minutes = models.PositiveSmallIntegerField(null=True)
    interpreted = models.BooleanField(default=False)
    interpreter_id = models.UUIDField(null=True)
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    co_led_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        db_table = "care_family_session"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_family_session_one_chain"),
            models.CheckConstraint(
                condition=models.Q(interpreter_id__isnull=True) | models.Q(interpreted=True),
                name="care_family_session_interpreter_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(co_led_by__isnull=True) | ~models.Q(co_led_by=models.F("led_by")),
                name="care_family_session_two_lead",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["family", "occurred_on"], name="care_family_session_day")]


class FamilyAttendance(Fact):
    """Whether one member was there, and what is hers of it. `held`: the first version of the session; `session`: the
    version in which this was said. A newer row of the same member amends the older one.

    `agreed`, `rating`, `techniques`: as everybody who came has them. `risk_asked`: told apart from the others.
    """

    KIND: ClassVar[int] = 234
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "held": "general",
        "session": "general",
        "state": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="family_attendance")
    episode = models.ForeignKey("care.Episode", null=True, on_delete=models.PROTECT, related_name="family_attendance")
    held = models.ForeignKey(FamilySession, on_delete=models.PROTECT, related_name="all_attendance")
    session = models.ForeignKey(FamilySession, on_delete=models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=6, choices=FamilyAttended.choices)
    risk_asked = SealedField(compartment="clinical")
    techniques = SealedField(compartment="clinical")
    agreed = SealedField(compartment="clinical")
    rating = SealedField(compartment="clinical")
    """A number on the scale, or why there is none (`rules.families.NO_NUMBER`); empty for who was not there."""

    class Meta(Fact.Meta):
        db_table = "care_family_attendance"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["session", "person"], name="care_family_attendance_once"),
            models.UniqueConstraint(fields=["amends"], name="care_family_attendance_one_chain"),
            models.CheckConstraint(condition=models.Q(state__in=ATTENDANCE), name="care_family_attendance_known"),
            models.CheckConstraint(
                condition=models.Q(state="came")
                | models.Q(agreed__isnull=True, rating__isnull=True, techniques__isnull=True, risk_asked__isnull=True),
                name="care_family_attendance_only_who_came",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="care_family_attendance_who")]


class FamilyRating(Fact):
    """What one member says alone about how they are doing together: hers, and on no page of the family.

    `said`: a number on the scale, or why there is none. `scale`, `version`: what was asked.
    """

    KIND: ClassVar[int] = 235
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "occurred_on": "general",
        "scale": "general",
        "version": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateField()
    scale = models.CharField(max_length=24)
    version = models.CharField(max_length=12)
    said = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_family_rating"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="care_family_rating_one_chain"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "occurred_on"], name="care_family_rating_day")]
