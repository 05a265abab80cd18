"""Somebody comes at a time to a colleague. Why she comes is not written here."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karama.journal import State
from karama.rules.appointments import APPOINTMENT_STATES

STATES = (
    ("planned", pgettext_lazy("an appointment", "Planned")),
    ("arrived", pgettext_lazy("an appointment", "Is here")),
    ("in_room", pgettext_lazy("an appointment", "In the room")),
    ("done", pgettext_lazy("an appointment", "Done")),
    ("missed", pgettext_lazy("an appointment", "Did not come")),
    ("cancelled", pgettext_lazy("an appointment", "Cancelled")),
    ("moved", pgettext_lazy("an appointment", "Moved")),
)
assert tuple(code for code, _label in STATES) == APPOINTMENT_STATES


class CancelReason(models.TextChoices):
    """Why it is cancelled, neutral enough for a front desk. `ended`: everything planned ended at once.

    `unsaid`: brought in from a sheet that does not say.
    """

    PERSON = "person", _("The person called it off")
    STAFF = "staff", _("We had to call it off")
    CLOSED = "closed", _("The centre is closed")
    UNSAFE = "unsafe", _("The way was not safe")
    MISTAKE = "mistake", _("Booked by mistake")
    ENDED = "ended", _("Not needed any more")
    UNSAID = "unsaid", _("Why was not written down")


BY_DESK = ("person", "staff", "closed", "unsafe", "mistake")
"""The reasons that somebody who cancels may choose."""


class Appointment(State):
    """`moved_from`: the one it replaces. `children`: how many need childcare meanwhile.

    `imported`: brought in from a programme's own sheet. `settled_by`: the session that said whether the person came;
    it has no foreign key, since `care` stands above this room. `interpreter_sought_at`: since then somebody else is
    to be found who interprets.
    """

    KIND: ClassVar[int] = 70
    OPEN: ClassVar[dict[str, str]] = {
        "person": "general",
        "site": "general",
        "worker": "general",
        "room": "general",
        "interpreter": "general",
        "interpreter_sought_at": "general",
        "starts_at": "general",
        "ends_at": "general",
        "state": "general",
        "reason": "general",
        "children": "general",
        "moved_from": "general",
        "imported": "general",
        "settled_by": "general",
    }

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="appointments")
    site = models.ForeignKey("programme.Site", on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey("reception.Room", null=True, on_delete=models.PROTECT, related_name="+")
    interpreter = models.ForeignKey("reception.Interpreter", null=True, on_delete=models.PROTECT, related_name="+")
    interpreter_sought_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=STATES, default="planned")
    reason = models.CharField(max_length=8, choices=CancelReason.choices, blank=True, default="")
    children = models.IntegerField(default=0)
    moved_from = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="moved_to")
    imported = models.BooleanField(default=False)
    settled_by = models.UUIDField(null=True)

    class Meta:
        db_table = "reception_appointment"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=APPOINTMENT_STATES), name="reception_state_known"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="reception_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(state="cancelled") & ~models.Q(reason="")
                | ~models.Q(state="cancelled") & models.Q(reason=""),
                name="reception_cancel_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(children__gte=0, children__lte=20), name="reception_children_count"
            ),
            models.CheckConstraint(
                condition=models.Q(interpreter_sought_at__isnull=True) | models.Q(interpreter__isnull=True),
                name="reception_sought_or_there",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site", "starts_at"], name="reception_site_day"),
            models.Index(fields=["worker", "starts_at"], name="reception_worker_day"),
            models.Index(fields=["person", "state"], name="reception_of_person"),
        ]
