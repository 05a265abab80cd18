"""This server's share of what opens the records on a telephone: made, given for a day, destroyed.

A telephone locks what was sent about people under her pictures and this share together (`daily_share` of the pack).
Here the share lies under a key of its own, so that destroying it is more than a word; what it opens never lies here.
docs/decisions/0110-a-share-of-the-server.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from karama.journal import Actor, action, reading
from karama.journal.problems import Collided
from karama.security import digests, randomness, signing, vault
from karama.sync import files, wire
from karama.sync.access import OWN_SHARE
from karama.sync.models import DeviceShare
from karama.sync.registries import Signer, Terms, first, signers

PURPOSE: Final = "administration"
ROUTE: Final = "sync.share"


def _of_device(*, by: Actor, device: UUID) -> Mapping[str, object]:
    signer: Signer | None = first(signers, device)
    return {"user": signer.user, "revoked": signer.revoked_at is not None} if signer else {}


@action("sync.make_share", access=OWN_SHARE, target=_of_device, purpose=PURPOSE)
def make_share(*, by: Actor, device: UUID) -> DeviceShare:
    """Make the share of one's own telephone, under a key that is made before it. One telephone has one."""
    row = DeviceShare(device_id=device)
    vault.create_keys([row.id])
    row.seal("secret", randomness.token())
    row.save()
    return row


@action("sync.destroy_share", access=OWN_SHARE, target=_of_device, purpose=PURPOSE, erases=True)
def destroy_share(*, by: Actor, device: UUID) -> UUID:
    """Destroy the share of a telephone with its key; nothing when there is none. What lay under it opens no more."""
    for key in DeviceShare.objects.filter(device_id=device).values_list("pk", flat=True):
        for one in vault.erase(key):
            files.empty_rows(by=by, person=one)
        transaction.on_commit(partial(vault.settled, key))
    return device


def share_for(by: Actor, device: UUID, ask: wire.Ask, terms: Terms, now: datetime) -> dict[str, Any]:
    """What a telephone is told about its share, under this server's signature and for this one question.

    `id`: under which share its records are to lie, "" for none. `secret`: that of the one which was made for it, until
    `until`; also when it is no longer wanted and the telephone still has to open with it. `kept`: this server has the
    one the telephone named by its digest, so that what lay without it may go.
    """
    asked = ask.share or wire.ShareAsk()
    row = DeviceShare.objects.filter(device_id=device).first()
    if terms.daily and row is None:
        row = _made(by, device)
    if row is not None and not terms.daily and asked.id != str(row.id):
        destroy_share(by=by, device=device)
        row = None
    secret = _opened(by, row)
    if row is not None and not secret:  # its key is gone: another one, and what lay under the first comes again
        destroy_share(by=by, device=device)
        row = _made(by, device) if terms.daily else None
        secret = _opened(by, row)
    until = terms.day_ends or now + timedelta(days=1)
    told = {"id": str(row.id) if row is not None and terms.daily else "", "until": until.isoformat()}
    return _signed(device, ask, told | (_given(row, secret, asked) if row is not None else {}))


def _opened(by: Actor, row: DeviceShare | None) -> str:
    """The share itself, after its row in the access log; empty without one, or without its key."""
    if row is None:
        return ""
    try:
        with reading(by=by, purpose=PURPOSE, route=ROUTE):
            return row.text_of("secret")
    except (vault.NoKeys, vault.CannotOpen):
        return ""


def _made(by: Actor, device: UUID) -> DeviceShare:
    try:
        made: DeviceShare = make_share(by=by, device=device).value
        return made
    except Collided:  # the same question twice at once: the first one made it
        return DeviceShare.objects.get(device_id=device)


def _given(row: DeviceShare, secret: str, asked: wire.ShareAsk) -> dict[str, Any]:
    kept = digests.constant_time_equal(check_of(secret).encode(), asked.check.encode())
    return {"of": str(row.id), "secret": secret, "kept": kept}


def check_of(secret: str) -> str:
    """What a telephone names a share by which it holds in memory: sixteen characters that tell nothing of it."""
    return digests.sha256(secret.encode()).hex()[:16]


def _signed(device: UUID, ask: wire.Ask, told: dict[str, Any]) -> dict[str, Any]:
    text = wire.text_of(told)
    return {"text": text, "signature": wire.b64(signing.sign(wire.share_message(device, ask.challenge, text)))}
