"""What is written down: entries and changes (writes), access (reads and refusals).

Actor and subject ids stand here without foreign keys: the journal outlives what it tells of.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from karama.security.identifiers import uuid7


class Counter(models.Model):
    """One row: the epoch, the last sequence number and the head of the chain. Locked last before each commit."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    epoch = models.UUIDField()
    seq = models.BigIntegerField(default=0)
    head = models.BinaryField(default=bytes)

    class Meta:
        db_table = "journal_counter"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="journal_one_counter")]

    def __str__(self) -> str:
        return f"{self.epoch}:{self.seq}"


class Entry(models.Model):
    """One action that was done. `seq` is gapless and in commit order; `hash` chains it to the one before."""

    seq = models.BigIntegerField(primary_key=True)
    epoch = models.UUIDField()
    id = models.UUIDField(unique=True)
    parent = models.UUIDField(null=True)
    action = models.CharField(max_length=80)
    actor_kind = models.CharField(max_length=4)
    actor_id = models.UUIDField()
    actor_duty = models.CharField(max_length=60)
    device_id = models.UUIDField(null=True)
    op_id = models.UUIDField(null=True, unique=True)
    digest = models.BinaryField()
    result = models.UUIDField(null=True)
    device_at = models.DateTimeField(null=True)
    server_at = models.DateTimeField()
    changes_digest = models.BinaryField()
    hash = models.BinaryField()
    author_signature = models.BinaryField(null=True)

    class Meta:
        db_table = "journal_entry"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(seq__gte=1), name="journal_entry_seq")]
        indexes: ClassVar = [models.Index(fields=["actor_id", "seq"], name="journal_entry_actor")]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"


class Change(models.Model):
    """One record touched by an entry: `{field: [before, after]}` as canonical JSON; sealed fields as ciphertext."""

    seq = models.BigIntegerField()
    place = models.PositiveIntegerField()
    kind = models.PositiveIntegerField()
    row = models.UUIDField()
    subject = models.UUIDField(null=True)
    deed = models.CharField(max_length=6, choices=[("insert", "insert"), ("update", "update"), ("delete", "delete")])
    fields = models.TextField()

    class Meta:
        db_table = "journal_change"
        constraints: ClassVar = [models.UniqueConstraint(fields=["seq", "place"], name="journal_change_place")]
        indexes: ClassVar = [
            models.Index(fields=["kind", "row", "seq"], name="journal_change_row"),
            models.Index(fields=["subject", "seq"], name="journal_change_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}.{self.place} {self.deed} {self.kind}"


class Access(models.Model):
    """One request that read, or was refused. Outside the sequence: reading never waits for writers."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_duty = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=80, default="")
    purpose = models.CharField(max_length=20)
    route = models.CharField(max_length=120)
    outcome = models.CharField(max_length=12)
    reason = models.CharField(max_length=80, default="")
    people = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "journal_access"
        indexes: ClassVar = [models.Index(fields=["at"], name="journal_access_at")]

    def __str__(self) -> str:
        return f"{self.route} {self.outcome}"


class AccessPerson(models.Model):
    """One participant whose identity or notes were opened by a request."""

    access = models.ForeignKey(Access, on_delete=models.CASCADE, related_name="opened")
    person_id = models.UUIDField()

    class Meta:
        db_table = "journal_access_person"
        indexes: ClassVar = [models.Index(fields=["person_id", "access"], name="journal_access_whom")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["access", "person_id"], name="journal_access_person_once")
        ]

    def __str__(self) -> str:
        return str(self.access_id)
