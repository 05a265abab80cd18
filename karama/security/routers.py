"""Which database a model lives in: key tables in ``keys``, everything else anywhere but there."""

from __future__ import annotations

from typing import Any

KEYS = "keys"
LABEL = "security"


class KeysRouter:
    """Keeps the wrapped keys and the data they open in two databases, so that one file never holds both."""

    def db_for_read(self, model: type[Any], **hints: Any) -> str | None:
        """Return ``keys`` for a key table, and no opinion for the rest."""
        return KEYS if model._meta.app_label == LABEL else None

    def db_for_write(self, model: type[Any], **hints: Any) -> str | None:
        """Return ``keys`` for a key table, and no opinion for the rest."""
        return self.db_for_read(model, **hints)

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        """Refuse a relation between a key table and any other table."""
        labels = {one._meta.app_label, other._meta.app_label}
        return None if LABEL not in labels else labels == {LABEL}

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Allow key tables only in ``keys``, and nothing else there."""
        if app_label == LABEL:
            return db == KEYS
        return False if db == KEYS else None
