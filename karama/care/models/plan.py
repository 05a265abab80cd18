"""What a person wants to reach, and how an episode of care ended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State
from karama.rules.sessions import CLOSURE_KINDS, GOAL_STATES


class GoalState(models.TextChoices):
    """What became of a goal. In progress is not met."""

    PLANNED = "planned", pgettext_lazy("a goal", "Planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("a goal", "In progress")
    MET = "met", pgettext_lazy("a goal", "Reached")
    PARTLY = "partly", pgettext_lazy("a goal", "Partly reached")
    NOT_MET = "not_met", pgettext_lazy("a goal", "Not reached")
    DROPPED = "dropped", pgettext_lazy("a goal", "No longer wanted")


class Goal(State):
    """One goal in the person's own words. Each change of state is in the journal."""

    KIND: ClassVar[int] = 68
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "state": "general",
        "set_on": "general",
        "changed_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="goals")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="goals")
    state = models.CharField(max_length=11, choices=GoalState.choices, default=GoalState.PLANNED)
    set_on = models.DateField()
    changed_on = models.DateField()
    words = SealedField(compartment="clinical")

    class Meta:
        db_table = "care_goal"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=GOAL_STATES), name="care_goal_state_known"),
            models.CheckConstraint(condition=models.Q(words__isnull=False), name="care_goal_has_words"),
        ]
        indexes: ClassVar = [models.Index(fields=["episode"], name="care_goal_episode")]


class ClosureReason(models.TextChoices):
    """Why care ended, in the terms of the field."""

    GOALS_REACHED = "goals_reached", _("The goals are reached")
    AGREED_END = "agreed_end", _("The end was agreed")
    MOVED_AWAY = "moved_away", _("Moved away")
    TRANSFERRED = "transferred", _("Another service continues")
    DECLINED = "declined", _("The person does not want to go on")
    LOST_CONTACT = "lost_contact", _("Contact was lost, after trying")
    NOT_ELIGIBLE = "not_eligible", _("Another kind of help is needed")
    SAFETY = "safety", _("It was not safe to go on")
    SERVICE_ENDS = "service_ends", _("The service ends here")
    DIED = "died", _("The person died")
    OTHER = "other", _("Another reason")


class FollowUp(models.TextChoices):
    """Whether the person agreed to be asked again later."""

    YES = "yes", _("Yes, ask again later")
    NO = "no", _("No")
    NOT_ASKED = "not_asked", _("Not asked")


class Closure(Fact):
    """How an episode ended. `kind` is what a count may know; reason, outcome and words are sealed."""

    KIND: ClassVar[int] = 69
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "kind": "general",
        "closed_on": "general",
        "follow_up": "general",
        "approved": "staff",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="closures")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="closures")
    kind = models.CharField(max_length=9)
    closed_on = models.DateField()
    follow_up = models.CharField(max_length=9, choices=FollowUp.choices)
    approved = models.BooleanField()
    """Whether whoever closed it supervises the site; else the supervisor's page shows it until somebody looked."""
    reason = SealedField(compartment="clinical")
    outcome = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_closure"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(kind__in=CLOSURE_KINDS), name="care_closure_kind_known"),
            models.CheckConstraint(condition=models.Q(reason__isnull=False), name="care_closure_has_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["episode"], name="care_closure_episode")]


class ClosureReview(Fact):
    """A supervisor looked at a closure and agrees with it."""

    KIND: ClassVar[int] = 100
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "closure": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="closure_reviews")
    closure = models.OneToOneField("care.Closure", on_delete=models.PROTECT, related_name="review")

    class Meta(Fact.Meta):
        db_table = "care_closure_review"
