"""A fact with the versions before it, as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from karama.accounts.queries import aliases_of
from karama.journal import Actor, Fact
from karama.journal.access_log import opening_all
from karama.people.queries import fields_of

Row = TypeVar("Row", bound=Fact)


@dataclass(frozen=True)
class Version(Generic[Row]):
    """One version: who wrote it, what the reader opens of it, and why it was corrected (empty for the first)."""

    row: Row
    who: str
    reason: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Versions(Generic[Row]):
    """A version and those before it, the newest first; `newer`: what corrects it."""

    all: tuple[Version[Row], ...]
    newer: UUID | None

    @property
    def newest(self) -> Version[Row]:
        """The one that was asked for."""
        return self.all[0]


def versions_of(by: Actor, row: Row, names: tuple[str, ...]) -> Versions[Row]:
    """A fact that the reader may see, with every version before it."""
    model: Any = type(row)
    chain: list[Any] = [row]
    while chain[-1].amends_id is not None:
        chain.append(model.objects.get(pk=chain[-1].amends_id))
    opening_all([one.person_id for one in chain])
    who = aliases_of({one.author_id for one in chain})
    told = tuple(
        Version(
            one,
            who.get(one.author_id, ""),
            str(fields_of(by, one, ("amend_reason",)).get("amend_reason") or ""),
            fields_of(by, one, names),
        )
        for one in chain
    )
    return Versions(told, model.objects.filter(amends=row).values_list("id", flat=True).first())
