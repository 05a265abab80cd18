"""The course of care: goals in the person's own words, decided layers, waiting, closing, and a death."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import Fact, SealedField, State
from karama.rules.episodes import CLOSURE_REASONS, GOAL_STATES
from karama.rules.stepped_care import LAYERS


class GoalState(models.TextChoices):
    """Where a goal stands. In progress is not met."""

    PLANNED = "planned", pgettext_lazy("a goal", "Planned")
    IN_PROGRESS = "in_progress", pgettext_lazy("a goal", "In progress")
    MET = "met", pgettext_lazy("a goal", "Met")
    PARTLY = "partly", pgettext_lazy("a goal", "Partly met")
    NOT_MET = "not_met", pgettext_lazy("a goal", "Not met")
    DROPPED = "dropped", pgettext_lazy("a goal", "No longer wanted")


class Layer(models.TextChoices):
    """Layers of care of the IASC pyramid, from the widest to the narrowest."""

    BASIC = "basic", _("Basic services and safety")
    COMMUNITY = "community", _("Community and family supports")
    FOCUSED = "focused", _("Focused support")
    SPECIALISED = "specialised", _("Specialised care")


class Goal(State):
    """A goal of an episode, in the person's own words. Its history stands in `GoalStep`.

    `shared`: the words that the person agreed to share with everybody in care who works with her; empty: not shared.
    """

    KIND: ClassVar[int] = 105
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "episode": "general", "state": "clinical"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="goals")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="goals")
    state = models.CharField(max_length=11, choices=GoalState.choices, default=GoalState.PLANNED)
    words = SealedField(compartment="clinical")
    shared = SealedField(compartment="general")

    class Meta:
        db_table = "care_goal"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=GOAL_STATES), name="care_goal_state_known")
        ]


class GoalStep(Fact):
    """A goal was set, or stands somewhere else now."""

    KIND: ClassVar[int] = 106
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "goal": "general", "state": "clinical"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=11, choices=GoalState.choices)
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_goal_step"


class OwnView(Fact):
    """What a worker saw herself and what the person wishes, kept before any suggestion is told."""

    KIND: ClassVar[int] = 107
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "episode": "general", "layer": "clinical"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="views")
    layer = models.CharField(max_length=11, choices=Layer.choices)
    wish = SealedField(compartment="clinical")
    seen = SealedField(compartment="clinical")
    """Codes of `rules.stepped_care.SWITCH_OFF` that were seen or suspected."""

    class Meta(Fact.Meta):
        db_table = "care_own_view"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(layer__in=LAYERS), name="care_own_view_layer_known"),
        ]


class LayerStep(Fact):
    """The layer of care that was decided, by a person, with her reason. `direction`: up, down, same or first."""

    KIND: ClassVar[int] = 108
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "view": "general",
        "layer": "clinical",
        "direction": "clinical",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="layer_steps")
    view = models.OneToOneField(OwnView, on_delete=models.PROTECT, related_name="step")
    layer = models.CharField(max_length=11, choices=Layer.choices)
    direction = models.CharField(max_length=5)
    suggested = SealedField(compartment="clinical")
    """What was suggested at that moment: `{"layer", "because", "off"}`."""
    reason = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_layer_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(layer__in=LAYERS), name="care_layer_step_layer_known"),
        ]


class Wait(State):
    """A person who waits: since when, how pressing (1 most, 4 least), and who stays in touch. Ends with `until_on`."""

    KIND: ClassVar[int] = 109
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "contact": "general",
        "need": "general",
        "since_on": "general",
        "until_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="waits")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="waits")
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    need = models.IntegerField()
    since_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        db_table = "care_wait"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["episode"], condition=models.Q(until_on__isnull=True), name="care_wait_once"
            ),
            models.CheckConstraint(condition=models.Q(need__gte=1, need__lte=4), name="care_wait_need_known"),
        ]


class WaitCheck(Fact):
    """Somebody asked a waiting person again. `worse`: she said, or it was seen, that it has become worse."""

    KIND: ClassVar[int] = 65
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "wait": "general", "reached": "general", "worse": "clinical"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    wait = models.ForeignKey(Wait, on_delete=models.PROTECT, related_name="checks")
    reached = models.BooleanField()
    worse = models.BooleanField()
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_wait_check"


class Closure(Fact):
    """The closing of an episode as asked for. It holds once it is approved, where the pack wants that."""

    KIND: ClassVar[int] = 66
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "episode": "general",
        "reason": "clinical",
        "outcome": "clinical",
        "follow_up": "general",
        "handed_to": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey("care.Episode", on_delete=models.PROTECT, related_name="closures")
    reason = models.CharField(max_length=20)
    outcome = models.CharField(max_length=9)
    follow_up = models.CharField(max_length=9)
    handed_to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    goals = SealedField(compartment="clinical")
    """How many goals stood where: `{state: count}`."""
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_closure"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=models.Q(reason__in=CLOSURE_REASONS), name="care_closure_reason_known"),
        ]


class ClosureAnswer(Fact):
    """A supervisor approved a closure or sent it back."""

    KIND: ClassVar[int] = 67
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "closure": "general", "approved": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    closure = models.OneToOneField(Closure, on_delete=models.PROTECT, related_name="answer")
    approved = models.BooleanField()
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_closure_answer"


class Death(Fact):
    """A participant has died. `on` is empty when the day is not known. Everything sent and asked stops at once.

    `again`: how many of this file were taken back before it; empty: none. So no two stand at once. Whoever asks whether
    somebody has died asks `care.deaths`.
    """

    KIND: ClassVar[int] = 68
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "on": "general", "again": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="deaths")
    on = models.DateField(null=True)
    again = models.PositiveSmallIntegerField(null=True)
    suspected = SealedField(compartment="clinical")
    """none, suicide, homicide or unknown."""
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_death"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(again__isnull=True), name="care_death_first_once"
            ),
            models.UniqueConstraint(fields=["person", "again"], name="care_death_again_once"),
        ]


class DeathTakenBack(Fact):
    """A death was written down by mistake: the person lives. Both stay readable, and the death counts nowhere."""

    KIND: ClassVar[int] = 239
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "death": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    death = models.OneToOneField(Death, on_delete=models.PROTECT, related_name="taken_back")
    reason = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_death_taken_back"


class DeathStep(Fact):
    """What followed a death: support offered to the bereaved, or the review without blame was held."""

    KIND: ClassVar[int] = 69
    OPEN: ClassVar[dict[str, str]] = {"person": "general", "death": "general", "step": "general"}

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=9, choices=[("support", _("Support offered")), ("review", _("Review held"))])
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "care_death_step"
