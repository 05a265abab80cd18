"""Who acts or reads: one user in one duty on one device, or a named job."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Actor:
    """The doer of an action, with the reach of one duty. Built by accounts; jobs and the first set-up build their own.

    `sites`, `teams`, `programmes`: ids within reach. `compartments`: the classes of fields the duty may open.
    `name`: the work alias shown on screens.
    """

    id: UUID
    kind: Literal["user", "job"]
    duty: str
    sites: frozenset[UUID] = frozenset()
    teams: frozenset[UUID] = frozenset()
    programmes: frozenset[UUID] = frozenset()
    compartments: frozenset[str] = frozenset()
    device: UUID | None = None
    name: str = field(default="", compare=False)

    def attributes(self) -> dict[str, object]:
        """The named attributes that a policy may ask about."""
        return {
            "id": self.id,
            "kind": self.kind,
            "duty": self.duty,
            "sites": self.sites,
            "teams": self.teams,
            "programmes": self.programmes,
            "compartments": self.compartments,
        }
