"""Fields whose value is a ciphertext bound to its person, record kind, row and field."""

from __future__ import annotations

from typing import Any, Final, Literal

from django.db import models

Store = Literal["identity", "clinical"]


class _Erased:
    """What a sealed field holds once its person's keys are destroyed."""

    def __repr__(self) -> str:
        return "ERASED"

    def __bool__(self) -> bool:
        return False


ERASED: Final = _Erased()


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """A ciphertext column. Write with `record.seal(name, value)`, read with `record.unseal(name)`.

    `compartment`: who may open it. `store`: which of the person's two keys seals it.
    """

    def __init__(self, *, compartment: str, store: Store = "clinical", **options: Any) -> None:
        self.compartment = compartment
        self.store: Store = store
        options.setdefault("null", True)
        options["editable"] = False
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, positional, options = super().deconstruct()
        options["compartment"] = self.compartment
        options["store"] = self.store
        return name, path, positional, options
