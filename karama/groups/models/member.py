"""Who is in a cycle, and who is asked after a meeting how they are."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from karama.groups.models.group import Cycle
from karama.journal import State
from karama.rules.groups import CHECK_IN_STATES, LEAVING


class Leaving(models.TextChoices):
    """Why somebody is no longer on the list (`rules.groups.LEAVING`)."""

    FINISHED = "finished", pgettext_lazy("leaving a group", "The meetings are over")
    LEFT = "left", pgettext_lazy("leaving a group", "Wanted to stop")
    MOVED = "moved", pgettext_lazy("leaving a group", "Moved away")
    OTHER = "other_group", pgettext_lazy("leaving a group", "Goes to another group")
    DIED = "died", pgettext_lazy("leaving a group", "Died")
    JOINED = "joined", pgettext_lazy("leaving a group", "The file was joined with another one")


class GroupMember(State):
    """A person on the list of a cycle, from a day until a day. Current while `until_on` is empty."""

    KIND: ClassVar[int] = 143
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "cycle": "general",
        "since_on": "general",
        "until_on": "general",
        "why": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="group_places")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="members")
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    why = models.CharField(max_length=11, choices=Leaving.choices, blank=True, default="")

    class Meta:
        db_table = "groups_member"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "cycle"], condition=models.Q(until_on__isnull=True), name="groups_member_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True, why="") | models.Q(until_on__isnull=False, why__in=LEAVING),
                name="groups_member_end_paired",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("since_on")),
                name="groups_member_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "until_on"], name="groups_member_person")]


class CheckInState(models.TextChoices):
    """Where a check-in stands (`rules.groups.CHECK_IN_STATES`). `ended`: nobody has to ask any more."""

    OPEN = "open", pgettext_lazy("a check-in", "To be done")
    DONE = "done", pgettext_lazy("a check-in", "Done")
    NOT_WANTED = "not_wanted", pgettext_lazy("a check-in", "The person did not want it")
    NOT_REACHED = "not_reached", pgettext_lazy("a check-in", "Could not be reached")
    ENDED = "ended", pgettext_lazy("a check-in", "No longer needed")


class CheckIn(State):
    """Somebody who came is asked after a meeting how they are. What they answer is kept in care."""

    KIND: ClassVar[int] = 149
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "cycle": "general",
        "number": "general",
        "due_on": "general",
        "state": "general",
        "settled_on": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="group_check_ins")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="check_ins")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=11, choices=CheckInState.choices, default=CheckInState.OPEN)
    settled_on = models.DateField(null=True)

    class Meta:
        db_table = "groups_check_in"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "cycle", "number"], name="groups_check_in_once"),
            models.CheckConstraint(condition=models.Q(state__in=CHECK_IN_STATES), name="groups_check_in_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="open", settled_on__isnull=True)
                | ~models.Q(state="open") & models.Q(settled_on__isnull=False),
                name="groups_check_in_settled_paired",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="groups_check_in_due")]
