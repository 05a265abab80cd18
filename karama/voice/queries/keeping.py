"""When the keys were renewed and the installation was backed up last, as far as this machine knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from karama.journal import Actor
from karama.security import rotation


@dataclass(frozen=True)
class Kept:
    """`backup_on`: the newest backup in the folder of the installation; None when there is none or it is not known."""

    rotated_on: date | None
    rotate_by: date | None
    backup_on: date | None


def kept(by: Actor) -> Kept:
    """For the officer. A backup stays in its folder only when it could be opened again (see `backup.write`)."""
    due = rotation.due_on()
    return Kept(
        rotated_on=None if due is None else due - rotation.ROTATE_EVERY,
        rotate_by=due,
        backup_on=_newest(settings.KARAMA_BACKUPS),
    )


def _newest(folder: Path | None) -> date | None:
    """The day in the name of the newest data bundle."""
    days = []
    for path in folder.glob("*.data.age") if folder is not None and folder.is_dir() else ():
        try:
            days.append(datetime.strptime(path.name[:8], "%Y%m%d").date())  # noqa: DTZ007 - a day of a file's name
        except ValueError:
            continue
    return max(days, default=None)
