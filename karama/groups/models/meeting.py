"""A meeting of a group, what each colleague wrote down of it, and what a human settled where they differ."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.groups.models.group import Cycle
from karama.journal import Fact, SealedField
from karama.rules.groups import ATTENDANCE, FIDELITY, MODALITIES, RATERS, WHY_NOT


class AttendanceState(models.TextChoices):
    """Whether somebody was there (`rules.groups.ATTENDANCE`). Who was not tapped has no row: not recorded."""

    PRESENT = "present", pgettext_lazy("a group meeting", "Here")
    LEFT_EARLY = "left_early", pgettext_lazy("a group meeting", "Left early")
    EXCUSED = "excused", pgettext_lazy("a group meeting", "Let us know")
    ABSENT = "absent", pgettext_lazy("a group meeting", "Not here")


class MeetingModality(models.TextChoices):
    """How a meeting was held: of this meeting, never of the group (`rules.groups.MODALITIES`)."""

    IN_PERSON = "in_person", pgettext_lazy("a group meeting", "Together")
    PHONE = "phone", pgettext_lazy("a group meeting", "By telephone")
    ONLINE = "online", pgettext_lazy("a group meeting", "Online")
    HYBRID = "hybrid", pgettext_lazy("a group meeting", "Some together, some at a distance")


class FidelityAnswer(models.TextChoices):
    """What became of a part of the meeting (`rules.groups.FIDELITY`)."""

    DONE = "done", pgettext_lazy("part of a meeting", "Done")
    ADAPTED = "adapted", pgettext_lazy("part of a meeting", "Adapted")
    NOT_DONE = "not_done", pgettext_lazy("part of a meeting", "Not done")


class WhyNot(models.TextChoices):
    """Why a part was adapted or not done (`rules.groups.WHY_NOT`)."""

    MODALITY = "modality", pgettext_lazy("part of a meeting", "Not possible at a distance")
    TIME = "time", pgettext_lazy("part of a meeting", "Not enough time")
    WISH = "group_wish", pgettext_lazy("part of a meeting", "The group wanted something else")
    FITTING = "not_fitting", pgettext_lazy("part of a meeting", "Did not fit this group")
    MATERIALS = "materials", pgettext_lazy("part of a meeting", "Material or place was missing")
    SAFETY = "safety", pgettext_lazy("part of a meeting", "It was not safe")
    OTHER = "other", pgettext_lazy("part of a meeting", "Another reason")


class Rater(models.TextChoices):
    """Who wrote it down (`rules.groups.RATERS`). An observer says nothing about who was there."""

    FACILITATOR = "facilitator", _("By a facilitator")
    OBSERVER = "observer", _("By somebody who watched")


class GroupMeeting(Fact):
    """Meeting `number` of a cycle took place. What is known of it are its records."""

    KIND: ClassVar[int] = 144
    OPEN: ClassVar[dict[str, str]] = {"cycle": "general", "number": "general", "first_on": "general"}

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    """The day in the first record of it; the day that counts is told by the records together."""

    class Meta(Fact.Meta):
        db_table = "groups_meeting"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["cycle", "number"], name="groups_meeting_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="groups_meeting_counts_from_one"),
        ]
        indexes: ClassVar = [models.Index(fields=["cycle", "first_on"], name="groups_meeting_day")]


class MeetingRecord(Fact):
    """What one colleague wrote down of a meeting; corrected only by a newer one. Nobody is named in it.

    `walk_ins`: people who were there without a name; None when it was not said. `mood`: the faces of the group at the
    end, 1 to 5.
    """

    KIND: ClassVar[int] = 145
    OPEN: ClassVar[dict[str, str]] = {
        "meeting": "general",
        "rater": "general",
        "occurred_on": "general",
        "modality": "general",
        "minutes": "general",
        "walk_ins": "general",
        "mood": "general",
    }

    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="records")
    rater = models.CharField(max_length=11, choices=Rater.choices)
    occurred_on = models.DateField()
    modality = models.CharField(max_length=9, choices=MeetingModality.choices)
    minutes = models.PositiveSmallIntegerField(null=True)
    walk_ins = models.PositiveSmallIntegerField(null=True)
    mood = models.PositiveSmallIntegerField(null=True)
    activities = SealedField(compartment="general")
    """Codes of the activities that were done, of those the plan has for this meeting."""
    words = SealedField(compartment="clinical")

    class Meta(Fact.Meta):
        db_table = "groups_record"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["amends"], name="groups_record_one_chain"),
            models.UniqueConstraint(
                fields=["meeting", "author_id"],
                condition=models.Q(amends__isnull=True),
                name="groups_record_once_each",
            ),
            models.CheckConstraint(condition=models.Q(modality__in=MODALITIES), name="groups_record_modality_known"),
            models.CheckConstraint(condition=models.Q(rater__in=RATERS), name="groups_record_rater_known"),
            models.CheckConstraint(
                condition=models.Q(mood__isnull=True) | models.Q(mood__gte=1, mood__lte=5), name="groups_record_mood"
            ),
            models.CheckConstraint(
                condition=models.Q(rater="facilitator") | models.Q(walk_ins__isnull=True, mood__isnull=True),
                name="groups_record_observer_counts_nobody",
            ),
        ]


class Attendance(Fact):
    """Whether a member was there, as one record says."""

    KIND: ClassVar[int] = 146
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "meeting": "general",
        "record": "general",
        "state": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="group_attendance")
    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="attendance")
    record = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="attendance")
    state = models.CharField(max_length=10, choices=AttendanceState.choices)

    class Meta(Fact.Meta):
        db_table = "groups_attendance"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["record", "person"], name="groups_attendance_once"),
            models.CheckConstraint(condition=models.Q(state__in=ATTENDANCE), name="groups_attendance_state_known"),
        ]


class FidelityItem(Fact):
    """What became of one part of the meeting, as one record says. A reason goes with everything but done."""

    KIND: ClassVar[int] = 147
    OPEN: ClassVar[dict[str, str]] = {"record": "general", "item": "general", "answer": "general", "why": "general"}

    record = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="fidelity")
    item = models.CharField(max_length=40)
    answer = models.CharField(max_length=8, choices=FidelityAnswer.choices)
    why = models.CharField(max_length=11, choices=WhyNot.choices, blank=True, default="")

    class Meta(Fact.Meta):
        db_table = "groups_fidelity"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["record", "item"], name="groups_fidelity_once"),
            models.CheckConstraint(condition=models.Q(answer__in=FIDELITY), name="groups_fidelity_answer_known"),
            models.CheckConstraint(
                condition=models.Q(answer="done", why="") | ~models.Q(answer="done") & models.Q(why__in=WHY_NOT),
                name="groups_fidelity_reason_paired",
            ),
        ]


class Settlement(Fact):
    """Where two records of a meeting differ, somebody decided which one counts. Both stay.

    `item`: attendance (of `person`), a field of the record, or `fidelity.<item>`. The newest one counts.
    """

    KIND: ClassVar[int] = 148
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "meeting": "general",
        "item": "general",
        "chosen": "general",
    }

    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="settlements")
    item = models.CharField(max_length=50)
    chosen = models.ForeignKey(MeetingRecord, on_delete=models.PROTECT, related_name="+")

    class Meta(Fact.Meta):
        db_table = "groups_settlement"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(item="attendance", person__isnull=False)
                | ~models.Q(item="attendance") & models.Q(person__isnull=True),
                name="groups_settlement_person_paired",
            ),
        ]
