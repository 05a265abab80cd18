"""First start: makes the keyring, the recovery kit, the escrow file and the ledger, or refuses to pretend."""

from __future__ import annotations

from django.db import connections

from karama.security import keyring, ledger, places, recovery
from karama.security.models import KeyState, PersonKey
from karama.security.problems import KeyringMissing, LedgerMissing
from karama.security.routers import KEYS


def _tables_ready() -> bool:
    return PersonKey._meta.db_table in connections[KEYS].introspection.table_names()


def _keys_in_use() -> bool:
    return _tables_ready() and PersonKey.objects.using(KEYS).exists()


def _ledger_in_use() -> bool:
    return _tables_ready() and KeyState.objects.using(KEYS).filter(ledger_position__gt=0).exists()


def prepare() -> recovery.RecoveryKit | None:
    """Make what is missing on an installation that has no data yet; return the kit if one was made.

    The kit must be shown to the operator now: it is stored nowhere. Calling it again makes nothing and returns None.

    Raises:
        KeyringMissing: there is sealed data but no keyring; a new keyring could never open it.
        LedgerMissing: people were erased but the ledger is gone.
        KeyringUnsafe: the keyring folder is not a private place.
    """
    if not places.installation_id():
        raise KeyringMissing
    folder = places.keyring_folder()
    if not keyring.exists(folder):
        if places.escrow_path().exists() or places.ledger_path().exists() or _keys_in_use():
            raise KeyringMissing
        keyring.create(folder)
    kit = None
    if not (folder / keyring.PUBLIC_NAME).exists():
        kit = recovery.renew_kit()
    if not places.ledger_path().exists():
        if _ledger_in_use() or _keys_in_use():
            raise LedgerMissing
        ledger.ledger().create()
    return kit
