"""Letting a telephone speak for its user, and taking that back."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from karama.accounts import access, duties, problems, reach
from karama.accounts.models import Device, EnrolmentCode, Posting
from karama.journal import Actor, action
from karama.journal.clock import now
from karama.rules.permission import permit
from karama.rules.signs import ALPHABET
from karama.security import digests, ledger, randomness, signing
from karama.sync.sharing import destroy_share

PURPOSE = "administration"
VALID_FOR = timedelta(minutes=15)
CODE_LENGTH = 12
"""Twelve characters of an alphabet of 29: nobody tries them in a quarter of an hour."""

Why = Literal["lost", "stolen", "replaced", "left"]
Text = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True)
class OneTimeCode:
    """Shown once, to the user herself. `code` in groups of four."""

    id: UUID
    expires_at: datetime
    code: str = field(repr=False)


def plain_code(typed: str) -> str:
    """A code as it was drawn, from what somebody typed or a camera read."""
    return "".join(one for one in typed.upper() if one in ALPHABET)


def digest_of(typed: str) -> str:
    """What is kept of a code."""
    return digests.keyed("accounts.enrolment", plain_code(typed).encode()).hex()


def decoded(text: str) -> bytes:
    """Bytes from base64 for addresses, with or without filling; empty when it is none."""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


@action("accounts.offer_enrolment", access=access.OWN, target=reach.of_posting, purpose=PURPOSE)
def offer_enrolment(*, by: Actor, posting: UUID) -> OneTimeCode:
    """Draw a code with which one telephone may speak for the user, once, within a quarter of an hour.

    A code drawn before is worth nothing any more. Raises `NotByTelephone`.
    """
    duty = Posting.objects.values_list("duty", flat=True).get(id=posting)
    if duties.needs_second_factor(duty):
        raise problems.NotByTelephone()
    moment = now()
    for before in EnrolmentCode.objects.filter(user_id=by.id, used_at__isnull=True, expires_at__gt=moment):
        before.expires_at = moment
        before.save()
    code = randomness.code(CODE_LENGTH, ALPHABET)
    row = EnrolmentCode.objects.create(
        user_id=by.id, posting_id=posting, digest=digest_of(code), expires_at=moment + VALID_FOR
    )
    return OneTimeCode(row.id, row.expires_at, "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4)))


def open_code(typed: str) -> EnrolmentCode | None:
    """The code, while it may be used by somebody who still holds the duty in which it was drawn."""
    row = EnrolmentCode.objects.filter(
        digest=digest_of(typed), used_at__isnull=True, expires_at__gt=now(), user__is_active=True
    ).first()
    held = row is not None and Posting.objects.filter(reach.current(now()), id=row.posting_id).exists()
    return row if held else None


def _of_code(*, by: Actor, code: str, **_more: Any) -> Mapping[str, object]:
    row = open_code(code)
    return {"user": row.user_id} if row else {}


def proof(code: str, device: UUID, phone: UUID, public_key: bytes) -> bytes:
    """What the telephone signs to show that it holds the private half of its key."""
    return signing.message("karama.enrol.1", plain_code(code).encode(), device.bytes, phone.bytes, public_key)


@action("accounts.enrol_device", access=access.OWN, target=_of_code, purpose=PURPOSE)
def enrol_device(
    *, by: Actor, code: Text, device: UUID, phone: UUID, public_key: Text, proof_of_key: Text, system: Text = ""
) -> Device:
    """Let a telephone speak for the user from now on; an earlier key of hers on the same telephone no longer does.

    Raises:
        EnrolmentFailed: the code, the key or its proof does not fit, or the telephone was revoked. Never says which.
    """
    row = open_code(code)
    point = decoded(public_key)
    known = Device.objects.filter(id=device).first() or Device.objects.filter(public_key=public_key).first()
    refused = row is None or row.user_id != by.id or known is not None or device in revoked_for_good()
    signed = signing.verified(point, decoded(proof_of_key), proof(code, device, phone, point))
    if refused or row is None or not signed:
        raise problems.EnrolmentFailed()
    for before in Device.objects.filter(user_id=by.id, phone_id=phone, revoked_at__isnull=True):
        _revoke(by, before, "replaced")
    made = Device.objects.create(
        id=device, user_id=by.id, phone_id=phone, public_key=public_key, system=system[:40], enrolled_at=now()
    )
    row.used_at, row.device = made.enrolled_at, made
    row.save()
    return made


def of_device(*, by: Actor, device: UUID, **_more: Any) -> Mapping[str, object]:
    """Target attributes of an action about a telephone: those of its user."""
    owner = Device.objects.filter(id=device).values_list("user_id", flat=True).first()
    return reach.of_user(by=by, user=owner) if owner else {}


@action("accounts.tell_keeping", access=access.OWN, target=of_device, purpose=PURPOSE)
def tell_keeping(*, by: Actor, device: UUID, keeps: bool) -> Device:
    """Say whether one's telephone promised to keep what is not sent: her administrator sees which did not."""
    found = Device.objects.get(id=device)
    found.keeps = keeps
    found.save()
    return found


def told_to_keep(by: Actor, device: UUID, keeps: bool) -> bool:
    """Write down what a telephone says of itself, where it says something new."""
    if not Device.objects.filter(id=device).exclude(keeps=keeps).exists():
        return False
    tell_keeping(by=by, device=device, keeps=keeps)
    return True


@action("accounts.revoke_device", access=access.MANAGE_DEVICE, target=of_device, purpose=PURPOSE)
def revoke_device(*, by: Actor, device: UUID, why: Why, whole_phone: bool = False) -> Device:
    """Say that a telephone no longer speaks for its user. It is told to empty itself when it next connects; where the
    pack asks for this server's share, what it was sent about people opens nowhere any more from this moment.

    What was signed on it before is still received. `whole_phone`: for everybody who shares the telephone, as far as
    the asker may do so; whoever else shares it is left to her own administrator.
    """
    found = Device.objects.get(id=device)
    rows = [found]
    if whole_phone:
        others = Device.objects.filter(phone_id=found.phone_id, revoked_at__isnull=True).exclude(id=found.id)
        rows += [one for one in others if _may_manage(by, one)]
    for one in rows:
        _revoke(by, one, why)
    return found


@action("accounts.repeat_revocation", access=access.RESTORE, purpose=PURPOSE)
def repeat_revocation(*, by: Actor, device: UUID) -> Device | None:
    """After a restore: revoke again what the restored data believes to be in use. Nothing when it is unknown."""
    found = Device.objects.filter(id=device, revoked_at__isnull=True).first()
    if found is not None:
        _revoke(by, found, "lost")
    return found


def _may_manage(by: Actor, device: Device) -> bool:
    target = reach.of_user(by=by, user=device.user_id)
    return permit(access.MANAGE_DEVICE, by.attributes(), target, PURPOSE, now()).allowed


def _revoke(by: Actor, device: Device, why: str) -> None:
    if device.revoked_at is not None:
        return
    device.revoked_at, device.revoked_by, device.revoked_why = now(), by.id, why
    device.save()
    if device.id not in revoked_for_good():
        ledger.append("revocation", {"device": str(device.id)})
    destroy_share(by=by, device=device.id)


def revoked_for_good() -> frozenset[UUID]:
    """Every telephone that was ever revoked, also before a restore."""
    told = (str(entry.what.get("device", "")) for entry in ledger.entries() if entry.kind == "revocation")
    return frozenset(UUID(one) for one in told if len(one) == len(str(UUID(int=0))))
