"""Reserving codes for a telephone, and giving one of them to somebody who was registered there."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from karama.journal import Actor, action, clock
from karama.people.access import RESERVE
from karama.people.models import Person, ReservedCode
from karama.people.problems import CodeNotReserved
from karama.rules import codes
from karama.security import randomness

MOST = 50
"""Codes that one user may have unused on one telephone: more than a day's work, less than a store of them."""


@action("people.reserve_codes", access=RESERVE)
def reserve_codes(*, by: Actor, device: UUID, number: Annotated[int, Field(ge=1, le=MOST)]) -> list[str]:
    """Reserve codes until so many are unused on this telephone. They are in the receipt's value."""
    unused = unused_codes(by.id, device)
    while len(unused) < number:
        code = codes.format_code(randomness.code(codes.RANDOM_LENGTH, codes.ALPHABET))
        if Person.objects.filter(code=code).exists() or ReservedCode.objects.filter(code=code).exists():
            continue
        ReservedCode.objects.create(user_id=by.id, device_id=device, code=code)
        unused.append(code)
    return unused


def unused_codes(user: UUID, device: UUID) -> list[str]:
    """The codes of this user on this telephone that nobody has yet."""
    rows = ReservedCode.objects.filter(user_id=user, device_id=device, used_at__isnull=True)
    return list(rows.order_by("recorded_at", "id").values_list("code", flat=True))


def take_code(by: Actor, typed: str) -> str:
    """Give a reserved code away, inside the registration. Raises `CodeNotReserved`."""
    row = (
        ReservedCode.objects.select_for_update(of=("self",))
        .filter(code=typed, user_id=by.id, device_id=by.device, used_at__isnull=True)
        .first()
        if by.device
        else None
    )
    if row is None:
        raise CodeNotReserved()
    row.used_at = clock.now()
    row.save()
    return row.code
