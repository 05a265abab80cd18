"""What every record about the programme inherits: a client-made id, captured writes, and its nature.

Fact: happened, never changes. State: small and editable, each change journalled. Reference: versioned knowledge.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db import models

from karama.journal import canonical, clock, inserting
from karama.journal.problems import OutsideAction, Unchangeable
from karama.journal.sealed import ERASED, SealedField
from karama.journal.writing import Touch, current_frame, current_work
from karama.security import vault
from karama.security.identifiers import uuid7

Model = TypeVar("Model", bound="Record")


class RecordQuerySet(models.QuerySet[Model]):
    """Bulk writes that are captured like single ones."""

    def bulk_create(self, objs: Iterable[Model], *args: Any, **options: Any) -> list[Model]:
        if options.get("ignore_conflicts") or options.get("update_conflicts"):
            raise OutsideAction()
        rows = list(objs)
        for row in rows:
            row._sign()
        made = super().bulk_create(rows, *args, **options)
        for row in rows:
            row._capture(before=None)
        return made

    def update(self, **values: Any) -> int:
        current_frame()
        rows = list(self)
        for row in rows:
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        return len(rows)

    def bulk_update(self, *args: Any, **options: Any) -> int:
        raise OutsideAction()

    def delete(self) -> tuple[int, dict[str, int]]:
        current_frame()
        rows = list(self)
        for row in rows:
            row.delete()
        return len(rows), {}

    def erase(self) -> int:
        """Delete rows of any nature inside an action that erases; the journal keeps a tombstone without values."""
        frame = current_frame()
        if not frame.erases:
            raise Unchangeable()
        rows = list(self)
        for row in rows:
            frame.touch(Touch(row.KIND, row.id, row.subject_id, before={}, after=None))
        super().delete()
        return len(rows)


RecordManager = models.Manager.from_queryset(RecordQuerySet)


class Record(models.Model):
    """A row about the programme. Subclasses declare `KIND`, `OPEN` and an explicit `db_table`.

    `KIND`: a permanent number, bound into every ciphertext of the row, never used for another model.
    `OPEN`: the unsealed fields with their compartment; every other field is a `SealedField`.
    """

    KIND: ClassVar[int]
    OPEN: ClassVar[dict[str, str]] = {}
    BASE_OPEN: ClassVar[dict[str, str]] = {
        "id": "general",
        "recorded_at": "general",
        "author_id": "general",
        "author_duty": "general",
        "amends": "general",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(editable=False)
    author_id = models.UUIDField(editable=False)
    author_duty = models.CharField(max_length=60, editable=False)

    objects = RecordManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.id}"

    @property
    def subject_id(self) -> UUID | None:
        """The participant whose keys seal this row; None for a row about no participant."""
        subject: UUID | None = getattr(self, "person_id", None)
        return subject

    def save(self, *args: Any, **options: Any) -> None:
        adding = self._state.adding
        self._sign()
        before = None if adding else self._stored()
        if adding:
            opened = current_work()
            inserting.insert(self, opened.waiting if opened else None)
        else:
            super().save()
        self._capture(before)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        frame = current_frame()
        before = self._stored()
        row, subject = self.id, self.subject_id
        super().delete()
        frame.touch(Touch(self.KIND, row, subject, before=before, after=None))
        return 1, {}

    def seal(self, name: str, value: Any) -> None:
        """Put a JSON value under seal in the field `name`. Call before saving; `None` empties the field."""
        field = self._sealed_field(name)
        if value is None:
            setattr(self, name, None)
            return
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        if self.subject_id is None:
            setattr(self, name, vault.seal_installation(self._place(name), plain))
            return
        setattr(
            self,
            name,
            vault.seal(self.subject_id, field.store, kind=self.KIND, row=self.id, field=name, value=plain),
        )

    def text_of(self, name: str) -> str:
        """The words under seal as text; empty when there are none, or none any more. Like `unseal` otherwise."""
        value = self.unseal(name)
        return "" if value is None or value is ERASED else str(value)

    def unseal(self, name: str) -> Any:
        """The value under seal; None when empty; `ERASED` when the person's keys are destroyed.

        Writes the access log first, and raises `OutsideReading` when nobody has said who is reading.
        """
        from karama.journal import access_log

        field = self._sealed_field(name)
        ciphertext = getattr(self, name)
        if ciphertext is None:
            return None
        if self.subject_id is None:
            return json.loads(vault.open_installation(self._place(name), bytes(ciphertext)))
        access_log.opening(self.subject_id)
        try:
            plain = vault.open_sealed(
                self.subject_id,
                field.store,
                kind=self.KIND,
                row=self.id,
                field=name,
                ciphertext=bytes(ciphertext),
            )
        except vault.Erased:
            return ERASED
        return json.loads(plain)

    def snapshot(self) -> dict[str, Any]:
        """Every column as canonical JSON values."""
        return {name: spell(getattr(self, attname)) for name, attname, spell in _columns(type(self))}

    def _place(self, name: str) -> str:
        return f"{self.KIND}:{self.id.hex}:{name}"

    def _sealed_field(self, name: str) -> SealedField:
        field = self._meta.get_field(name)
        if not isinstance(field, SealedField):
            raise TypeError(f"{name} is not a sealed field")
        return field

    def _sign(self) -> None:
        """Name the author of a new row; of a state, the author of its last change."""
        frame = current_frame()
        self.author_id = frame.actor.id
        self.author_duty = frame.actor.duty
        if self._state.adding or self.recorded_at is None:
            self.recorded_at = clock.now()

    def _stored(self) -> dict[str, Any]:
        return type(self)._default_manager.get(pk=self.pk).snapshot()

    def _capture(self, before: dict[str, Any] | None) -> None:
        after = self.snapshot()
        if before != after:
            current_frame().touch(Touch(self.KIND, self.id, self.subject_id, before=before, after=after))


@lru_cache(maxsize=256)
def _columns(model: type[Record]) -> tuple[tuple[str, str, Callable[[Any], Any]], ...]:
    return tuple((field.name, field.attname, _speller(field)) for field in model._meta.concrete_fields)


def _speller(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a column is spelt: through the field's own Python type first, so text and UUID forms agree."""
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.BinaryField | models.JSONField):
        return canonical.plain
    kept = inserting.KEPT.get(type(target))
    identifies = isinstance(target, models.UUIDField)

    def spell(value: Any) -> Any:
        if value is None or type(value) is kept:
            return value
        if identifies and type(value) is UUID:
            return value.hex
        return canonical.plain(target.to_python(value))

    return spell


class Fact(Record):
    """It happened. Corrected only by a newer fact that `amends` it with a reason; both stay readable."""

    amends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amended_by")
    amend_reason = SealedField(compartment="general")

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(amends__isnull=True, amend_reason__isnull=True)
                | models.Q(amends__isnull=False, amend_reason__isnull=False),
                name="%(app_label)s_%(class)s_amend_paired",
            )
        ]

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise Unchangeable()
        super().save()

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise Unchangeable()


class State(Record):
    """Small and editable. Each change is journalled with what stood there before."""

    class Meta:
        abstract = True


class Reference(Record):
    """Versioned knowledge kept in the database. Retired rows still resolve."""

    class Meta:
        abstract = True
