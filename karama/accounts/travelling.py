"""What telephones learn of colleagues: who works at the own sites, by work alias."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from karama.accounts.models import Leave, Posting, Rota
from karama.accounts.queries.staff import staff_at
from karama.journal import Actor
from karama.programme.travelling import open_sites


def kinds() -> Collection[int]:
    """The records on which it depends who works and answers at a site."""
    return (Posting.KIND, Leave.KIND, Rota.KIND)


def knowledge(by: Actor) -> Mapping[str, Any]:
    """The part `colleagues`: never a real name, nobody of another site."""
    sites = {
        str(site.id): [{"user": str(user), "alias": alias, "duty": duty} for user, alias, duty in staff_at(by, site.id)]
        for site in open_sites(by)
    }
    return {"colleagues": {"sites": sites}} if sites else {}
