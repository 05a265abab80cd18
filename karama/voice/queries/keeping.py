"""When the keys were renewed and the installation was backed up last, as far as this machine knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
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


def backups(folder: Path | None) -> list[datetime]:
    """When each data bundle in a folder was written, by its name."""
    found = []
    for path in folder.glob("*.data.age") if folder is not None and folder.is_dir() else ():
        try:
            found.append(datetime.strptime(path.name[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC))
        except ValueError:
            continue
    return sorted(found)


def _newest(folder: Path | None) -> date | None:
    """The day of the newest data bundle."""
    return max((one.date() for one in backups(folder)), default=None)
