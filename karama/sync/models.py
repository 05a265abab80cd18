"""What needs a human: operations that were not done, and edits of one field that met."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karama.journal import Fact, SealedField
from karama.security.identifiers import uuid7


class Why(models.TextChoices):
    """Why an operation was held. The telephone is told less (`receiving.told`)."""

    REFUSED = "refused", _("The author may not do this to this person now, or there is no such person")
    NOT_FROM_PHONE = "not_from_phone", _("This is not done from a telephone")
    DOES_NOT_FIT = "does_not_fit", _("Something in it does not fit")
    REUSED = "op_id_reused", _("It came a second time with other content")
    REVOKED = "revoked", _("The telephone may no longer speak for its author")
    NO_DUTY = "no_duty", _("The author no longer holds the duty in which it was done")
    PROBLEM = "problem", _("It was not accepted; the answer is named")
    UNREADABLE = "unreadable", _("It could not be read; the app may be of another version")
    ERASED = "erased", _("The person was erased; nothing about them is kept")
    FAILED = "failed", _("Something broke while it was entered")


class SealedWithSomebody(Fact):
    """A fact about a person who may not be known here: sealed with her own keys where she has any.

    `person_id` has no foreign key: people live above this room, and an operation may come before its person.
    """

    person_id = models.UUIDField(null=True)
    own_keys = models.BooleanField(default=False)

    class Meta(Fact.Meta):
        abstract = True

    @property
    def subject_id(self) -> UUID | None:
        """The participant whose keys seal it; None when it is sealed with the installation's."""
        return self.person_id if self.own_keys else None


class HeldOperation(SealedWithSomebody):
    """An operation that its author signed and that was not done. It counts nowhere, and it is never lost.

    `signer_id`: who signed it; `device_id`: on which telephone. `digest`: of its text. `evidence`: what proves the
    signature (`proof.evidence`), in hexadecimal. `problem`: the code of the answer, where there was one.
    """

    KIND: ClassVar[int] = 210
    OPEN: ClassVar[dict[str, str]] = {
        "person_id": "general",
        "own_keys": "general",
        "op_id": "general",
        "digest": "general",
        "signer_id": "staff",
        "device_id": "staff",
        "posting_id": "staff",
        "site_id": "general",
        "action": "general",
        "why": "general",
        "problem": "general",
        "counter": "general",
        "evidence": "staff",
        "device_at": "general",
        "received_at": "general",
        "named": "staff",
    }

    op_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)
    signer_id = models.UUIDField()
    device_id = models.UUIDField()
    posting_id = models.UUIDField()
    site_id = models.UUIDField(null=True)
    action = models.CharField(max_length=80, blank=True, default="")
    why = models.CharField(max_length=14, choices=Why.choices)
    problem = models.CharField(max_length=80, blank=True, default="")
    counter = models.BigIntegerField(default=0)
    evidence = models.CharField(max_length=220)
    device_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    named = models.CharField(blank=True, default="")
    """Keyed digests of the ids in it: a colleague whom it names does not see it (`oversight`)."""
    content = SealedField(compartment="clinical")
    """The text of the operation, as it was signed. Empty when its person was erased."""

    class Meta(Fact.Meta):
        db_table = "sync_held_operation"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["signer_id", "digest"], name="sync_held_once"),
            models.CheckConstraint(condition=Q(content__isnull=False) | Q(why="erased"), name="sync_held_content_kept"),
            models.CheckConstraint(
                condition=Q(own_keys=False) | Q(person_id__isnull=False), name="sync_held_keys_of_somebody"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site_id", "received_at"], name="sync_held_site"),
            models.Index(fields=["person_id"], name="sync_held_person"),
            models.Index(fields=["op_id"], name="sync_held_op"),
        ]


class DeviceShare(Fact):
    """This server's half of what opens the records on one telephone: random, made here, under a key of its own.

    It is given to nobody but the user of that telephone, a day at a time, and destroyed with its key when the telephone
    is taken back (`sharing`). What it opens lies on the telephone, and needs her pictures as well.
    """

    KIND: ClassVar[int] = 214
    OPEN: ClassVar[dict[str, str]] = {"device_id": "staff"}

    device_id = models.UUIDField(unique=True)
    secret = SealedField(compartment="staff", store="identity")

    class Meta(Fact.Meta):
        db_table = "sync_device_share"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(condition=Q(secret__isnull=False), name="sync_share_not_empty"),
        ]

    @property
    def subject_id(self) -> UUID | None:
        """Its own key, which is nobody's person."""
        return self.id


class HeldStep(Fact):
    """What a person decided about a held operation: it was entered after all, or set aside with a reason."""

    KIND: ClassVar[int] = 211
    OPEN: ClassVar[dict[str, str]] = {"held": "general", "step": "general"}

    held = models.ForeignKey(HeldOperation, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=9, choices=[("entered", _("Entered after all")), ("set_aside", _("Set aside"))])
    reason = SealedField(compartment="staff")

    class Meta(Fact.Meta):
        db_table = "sync_held_step"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["held"], name="sync_held_settled_once"),
            models.CheckConstraint(condition=Q(step__in=["entered", "set_aside"]), name="sync_held_step_known"),
        ]


class Conflict(SealedWithSomebody):
    """Two edits of one field of one row that did not know of each other. Both versions are kept.

    `kind`, `row_id`, `field`: what was edited. `action`: what arrived; who may do that action now may decide.
    `earlier_by`, `later_by`: the authors. `kept`: which stands until a person decides: the later one, the earlier one,
    or neither (`rules.merge`).
    """

    KIND: ClassVar[int] = 212
    OPEN: ClassVar[dict[str, str]] = {
        "person_id": "general",
        "own_keys": "general",
        "kind": "general",
        "row_id": "general",
        "field": "general",
        "action": "general",
        "earlier_by": "staff",
        "later_by": "staff",
        "kept": "general",
        "met_at": "general",
    }

    kind = models.IntegerField()
    row_id = models.UUIDField()
    field = models.CharField(max_length=40)
    action = models.CharField(max_length=80)
    earlier_by = models.UUIDField()
    later_by = models.UUIDField()
    kept = models.CharField(max_length=7, choices=[("earlier", "earlier"), ("later", "later"), ("neither", "neither")])
    met_at = models.DateTimeField()
    earlier = SealedField(compartment="general", store="identity")
    later = SealedField(compartment="general", store="identity")

    class Meta(Fact.Meta):
        db_table = "sync_conflict"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(own_keys=False) | Q(person_id__isnull=False), name="sync_conflict_keys_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(kept__in=["earlier", "later", "neither"]), name="sync_conflict_kept_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person_id"], name="sync_conflict_person"),
            models.Index(fields=["kind", "row_id"], name="sync_conflict_row"),
        ]


class ConflictDecision(Fact):
    """Which version a person chose after all."""

    KIND: ClassVar[int] = 213
    OPEN: ClassVar[dict[str, str]] = {"conflict": "general", "chosen": "general"}

    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="decisions")
    chosen = models.CharField(max_length=7, choices=[("earlier", "earlier"), ("later", "later"), ("as_is", "as_is")])

    class Meta(Fact.Meta):
        db_table = "sync_conflict_decision"
        constraints: ClassVar = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(fields=["conflict"], name="sync_conflict_decided_once"),
            models.CheckConstraint(
                condition=Q(chosen__in=["earlier", "later", "as_is"]), name="sync_conflict_chosen_known"
            ),
        ]


class Attachment(models.Model):
    """Bytes on their way to a record, by the digest under which an operation of their author names them.

    No record of the programme: once their record has them, only that so many bytes came on this day is left, for a
    day, without what they belonged to. `whole`: all are here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signer_id = models.UUIDField()
    device_id = models.UUIDField()
    op_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField()
    came_on = models.DateField()
    whole = models.BooleanField(default=False)

    class Meta:
        db_table = "sync_attachment"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["op_id", "digest"], condition=Q(op_id__isnull=False), name="sync_attachment_once"
            ),
            models.CheckConstraint(
                condition=Q(op_id__isnull=True, digest="", whole=True) | Q(op_id__isnull=False) & ~Q(digest=""),
                name="sync_attachment_of_something",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["device_id", "came_on"], name="sync_attachment_day")]

    def __str__(self) -> str:
        return f"attachment {self.id}"


class AttachmentPart(models.Model):
    """Some of the bytes, sealed with the installation's key, from byte `at` on."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="parts")
    at = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "sync_attachment_part"
        constraints: ClassVar = [models.UniqueConstraint(fields=["attachment", "at"], name="sync_attachment_part_once")]

    def __str__(self) -> str:
        return f"part of an attachment from {self.at}"
