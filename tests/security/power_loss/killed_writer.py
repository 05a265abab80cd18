"""A writer on PostgreSQL whose server is killed under it: people registered by actions, each with an operation id.

Usage: killed_writer.py FIRST. Works in `KARAMA_HOME`, from number FIRST on, until the database is gone.
"""

from __future__ import annotations

import os
import sys
from uuid import UUID

from karama.cli.starting import start

MANY = 1_000_000


def main(first: int) -> None:
    """Register one person after the other and acknowledge each number after its receipt."""
    start()
    from django.db import DatabaseError

    from karama.accounts.queries import actor_by_name
    from karama.people.actions import register_person
    from karama.programme.models import Site

    by, site = actor_by_name("hana"), Site.objects.values_list("id", flat=True)[0]
    try:
        for number in range(first, MANY):
            receipt = register_person(
                by=by,
                op_id=UUID(int=number + 1),
                site=site,
                identity_mode="coded",
                series="s",
                series_key=f"K{number}",
                basis="agreed with the partner",
                basis_purposes=["care", "report"],
            )
            os.write(1, f"{number} {receipt.record} {int(receipt.replayed)}\n".encode())
    except DatabaseError:
        return


if __name__ == "__main__":
    main(int(sys.argv[1]))
