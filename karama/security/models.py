"""The tables of the key database: wrapped keys of participants, tombstones of erased ones, links, one state row."""

from __future__ import annotations

from django.db import models


class Store(models.IntegerChoices):
    """Which of a participant's two keys."""

    IDENTITY = 1, "identity"
    CLINICAL = 2, "clinical"


class PersonKey(models.Model):
    """One participant's key for one store, wrapped by a version of that store's key-encryption key."""

    key_id = models.BigIntegerField(primary_key=True)
    person_id = models.UUIDField()
    store = models.PositiveSmallIntegerField(choices=Store.choices)
    kek_version = models.PositiveIntegerField()
    wrapped = models.BinaryField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "security_person_key"
        constraints = [
            models.UniqueConstraint(fields=["person_id", "store"], name="security_one_key_per_store"),
            models.CheckConstraint(condition=models.Q(store__in=[1, 2]), name="security_key_store_known"),
            models.CheckConstraint(condition=models.Q(key_id__gt=0), name="security_key_id_positive"),
        ]
        indexes = [models.Index(fields=["made_at"], name="security_key_made")]

    def __str__(self) -> str:
        return f"key {self.key_id}"


class ErasedPerson(models.Model):
    """A person whose keys were destroyed; ``settled_at`` is empty until her rows are gone as well."""

    person_id = models.UUIDField(primary_key=True)
    erased_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "security_erased_person"

    def __str__(self) -> str:
        return f"erased {self.person_id}"


class PersonLink(models.Model):
    """A person merged into another; both keep their keys, so the merge can be undone."""

    person_id = models.UUIDField(primary_key=True)
    into_id = models.UUIDField(db_index=True)
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "security_person_link"
        constraints = [
            models.CheckConstraint(condition=~models.Q(person_id=models.F("into_id")), name="security_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} into {self.into_id}"


class KeyState(models.Model):
    """The one row that orders changes of keys between processes.

    ``generation`` changes when a cached key may have become invalid (erasure, link, rotation, restore); ``serial``
    with every change, so that a keys bundle can be compared with the data it must open.
    """

    generation = models.BigIntegerField(default=1)
    serial = models.BigIntegerField(default=0)
    identity_version = models.PositiveIntegerField()
    clinical_version = models.PositiveIntegerField()
    index_version = models.PositiveIntegerField()
    rotated_at = models.DateTimeField()
    ledger_position = models.BigIntegerField(default=0)

    class Meta:
        db_table = "security_key_state"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="security_one_state_row")]

    def __str__(self) -> str:
        return f"generation {self.generation}"
