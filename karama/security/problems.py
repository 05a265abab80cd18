"""What can go wrong at the seal door: each with a code, a sentence and a way out, never a personal value."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class SecurityProblem(Exception):
    """Base of every problem of this room: ``code``, ``sentence`` and ``way_out`` are safe to show and log."""

    code: ClassVar[str] = "security.problem"
    sentence: Any = _("Something about keys or backups is not as it should be.")
    way_out: Any = _("Run 'karama check' and ask the administrator.")

    def __init__(self, sentence: Any = None, way_out: Any = None) -> None:
        super().__init__(self.code)
        if sentence is not None:
            self.sentence = sentence
        if way_out is not None:
            self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence} {self.way_out}"


class Erased(SecurityProblem):
    """The person was erased: her keys no longer exist."""

    code = "security.erased"
    sentence = _("This person was erased.")
    way_out = _("Nothing can be opened or written about her any more; register a new person if she comes back.")


class CannotOpen(SecurityProblem):
    """A ciphertext does not open here: moved from another row, damaged, or sealed elsewhere."""

    code = "security.cannot_open"
    sentence = _("A sealed value does not open in the place where it was found.")
    way_out = _("Run 'karama check': it names the record. Restore it from a backup if it was damaged.")


class NoKeys(SecurityProblem):
    """The person has no keys: they must be created, durably, before any data about her."""

    code = "security.no_keys"
    sentence = _("This person has no keys yet.")
    way_out = _("Create the keys before the first record about a person.")


class KeyringUnsafe(SecurityProblem):
    """The keyring folder is inside the data folder, or other accounts of the machine can read it."""

    code = "security.keyring_unsafe"
    sentence = _("The keyring is not in a private place.")
    way_out = _("Put KARAMA_KEYRING outside the data folder, with permissions 0700 (folder) and 0600 (files).")


class KeyringMissing(SecurityProblem):
    """The keyring, or one key of it, is not there although data sealed with it exists."""

    code = "security.keyring_missing"
    sentence = _("The keyring that opens this data folder is missing or incomplete.")
    way_out = _("Mount the place that holds it, or rebuild it from the escrow file with the recovery kit.")


class LedgerMissing(SecurityProblem):
    """The outlives ledger is absent."""

    code = "security.ledger_missing"
    sentence = _("The outlives ledger is missing, so it is not known who was erased.")
    way_out = _("Copy the newest outlives.ledger (it lies beside every backup) and give it with --ledger.")


class LedgerOlder(SecurityProblem):
    """The outlives ledger is older than what it must cover, or belongs to another history."""

    code = "security.ledger_older"
    sentence = _("The outlives ledger is older than the backup or belongs to another installation.")
    way_out = _("Find the newest outlives.ledger of this installation and give it with --ledger.")


class LedgerDamaged(SecurityProblem):
    """A record before the last one does not verify."""

    code = "security.ledger_damaged"
    sentence = _("The outlives ledger was changed or damaged in the middle.")
    way_out = _("Replace it by the copy that lies beside the newest backup.")


class BundleRefused(SecurityProblem):
    """A backup bundle is truncated, altered, of another installation, or does not fit its partner."""

    code = "security.bundle_refused"
    sentence = _("This backup file is incomplete, was altered, or does not belong to this installation.")
    way_out = _("Nothing was changed. Try another copy of the same backup, or an older one.")


class BackupImpossible(SecurityProblem):
    """A backup cannot be made with what is installed or configured."""

    code = "security.backup_impossible"
    sentence = _("The backup could not be made.")
    way_out = _("Read the sentence above, mend it, and run the backup again. The last backup is untouched.")


class RestoreImpossible(SecurityProblem):
    """A restore cannot start or cannot be completed; the target is as it was."""

    code = "security.restore_impossible"
    sentence = _("The backup could not be restored.")
    way_out = _("Nothing was changed. Stop Karama, read the sentence above, and run the restore again.")


class SweepRefused(SecurityProblem):
    """A sweep would remove far more keys than interrupted registrations can explain."""

    code = "security.sweep_refused"
    sentence = _("The sweep of unused keys would remove too many keys and was refused.")
    way_out = _("The data folder and the key folder may not belong together. Run 'karama check' first.")
