"""A writer that does real work: a whole installation, then people registered and answers recorded by actions.

Usage: action_writer.py FOLDER PEOPLE. What is acknowledged is what the action's receipt promised.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

CHECKPOINT_PAGES = 40
READY = "ready"


def main(folder: Path, people: int) -> None:
    """Found an installation below the folder, then register and record, and acknowledge after each receipt."""
    os.environ["KARAMA_HOME"] = str(folder / "home")
    os.environ["KARAMA_KEYRING"] = str(folder / "home.keyring")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karama.settings")
    from karama.cli.founding import found

    found(organisation="Tests", programmes=("colombia-community",), administrator="samir", operator="hana")
    from django.db import connection

    from karama.accounts.queries import actor_by_name
    from karama.care.actions import record_response
    from karama.people.actions import register_person
    from karama.programme.models import Site

    by, site = actor_by_name("hana"), Site.objects.values_list("id", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    _acknowledge(READY)
    for number in range(people):
        person = register_person(
            by=by,
            site=site,
            identity_mode="coded",
            series="s",
            series_key=f"K{number}",
            basis="agreed with the partner",
            basis_purposes=["care", "report"],
        ).record
        _acknowledge(f"person {person}")
        answers = {f"q{item}": "several_days" for item in range(1, 10)}
        response = record_response(
            by=by, person=person, instrument="phq9", answers=answers, mode="imported", precision="unknown"
        ).record
        _acknowledge(f"response {response}")


def _acknowledge(token: str) -> None:
    os.write(1, f"ack {token}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
